from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.message import msg, msgs
from tutor.text.template import (
    Slot,
    TemplateError,
    Writing,
    fill,
    labelled,
    parse_template,
    write_number,
)

VALUES = {"d": 10, "n": 123456, "x": 0.123456789, "half": Fraction(1, 2), "s": "a*b$[c]"}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{d} inputs", "10 inputs"),
        ("{n:,}", "123,456"),
        ("{x:.3f} {x:.1%} {x}", "0.123 12.3% 0.123457"),
        ("{half} {half:.2f}", "1/2 0.50"),
        (r"$\frac{a}{b} = \val{n:,}$", r"$\frac{a}{b} = 123,456$"),
        (r"$$h_{t-1} \val{d}$$", r"$$h_{t-1} 10$$"),
        ("{{literal}}", r"\{literal\}"),
        ("{s}", r"a\*b\$\[c\]"),
        (r"costs \$5 {d}", r"costs \$5 10"),
        ("a lone $ sign {d}", "a lone $ sign 10"),
    ],
)
def test_values_are_written_in(template: str, expected: str) -> None:
    assert fill(template, VALUES.__getitem__) == expected


def test_a_negative_number_gets_a_minus_sign_outside_maths_and_a_tex_one_inside() -> None:
    assert fill(r"{v} $\val{v}$ $\val{w:.1e}$", {"v": -3, "w": 2e-9}.__getitem__) == (
        r"−3 $-3$ $2.0 \times 10^{-9}$"
    )


@pytest.mark.parametrize(
    ("template", "offset"),
    [("an { open", 3), ("a }", 2), ("{}", 0), ("{d:>10}", 0), ("x {d:!r}", 2)],
)
def test_a_template_that_cannot_be_read_names_the_place(template: str, offset: int) -> None:
    with pytest.raises(TemplateError) as caught:
        parse_template(template)
    assert caught.value.offset == offset


def test_slots_know_where_they_stand() -> None:
    parts = parse_template(r"ab {d} $x \val{e:,}$")
    assert [part for part in parts if isinstance(part, Slot)] == [
        Slot("d", "", 3, in_maths=False),
        Slot("e", ",", 10, in_maths=True),
    ]


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        fill(text, lambda _: 1)
    except TemplateError as error:
        assert 0 <= error.offset <= len(text)


def test_messages_choose_their_plural_and_nest() -> None:
    assert str(msgs("{n} card", "{n} cards", n=1)) == "1 card"
    assert str(msgs("{n} card", "{n} cards", n=2)) == "2 cards"
    assert str(msg("Not yet: {why}", why=msg("**{s}**", s="*"))) == r"Not yet: **\***"


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [(3.0, ",", "3"), (1234567.0, ",", "1,234,567"), (Fraction(4, 2), "", "2"), (0.1, "", "0.1")],
)
def test_numbers_are_written_plainly(value: float, spec: str, text: str) -> None:
    assert write_number(value, spec) == text


def test_labels_are_names_or_maths() -> None:
    assert labelled("h.*.ln_1") == r"h.\*.ln_1"
    assert labelled(r"$\sigma(x)$") == r"$\sigma(x)$"
    words = msg("masked scores")
    assert labelled(words) is words


def test_a_writing_is_written_when_its_sentence_is_said() -> None:
    written = []

    class Sum(Writing):
        def markdown(self) -> str:
            written.append(self)
            return r"2 \cdot 3"

    message = msg(r"It is $\val{sum}$.", sum=Sum())
    assert not written
    assert str(message) == r"It is $2 \cdot 3$."
    assert len(written) == 1


@pytest.mark.parametrize(("template", "offset"), [(r"so \val{x}", 3), (r"$a$\val{x}", 3)])
def test_val_is_for_maths(template: str, offset: int) -> None:
    with pytest.raises(TemplateError, match="outside maths") as caught:
        parse_template(template)
    assert caught.value.offset == offset
    assert r"`\val` between dollars" in str(caught.value.hint)
