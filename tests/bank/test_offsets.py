from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.bank.bank_reading import read
from tutor.bank.nodes import Mapping, Scalar
from tutor.bank.offsets import value_offset
from tutor.bank.source import Source

WORDS = st.lists(
    st.sampled_from(
        ["gate", "$\\sigma$", "it's", '"q"', "게이트", " ", "  ", "\n", "\n\n", "\\", "#x", ": "]
    ),
    min_size=1,
    max_size=30,
).map("".join)


def only_scalar(text: str) -> tuple[Scalar, Source]:
    root, source = read(text)
    assert source.problems == []
    assert isinstance(root, Mapping)
    scalar = root.child("a")
    assert isinstance(scalar, Scalar)
    return scalar, source


@pytest.mark.parametrize(
    "text",
    [
        "a: one two X",
        "a: one\n  two X",
        "a: 'it''s an X'",
        "a: 'folded\n\n   to X'",
        'a: "quote \\" \\u0041 X"',
        'a: "tab\\n and \\\n   break X"',
        "a: |\n  first\n    second X\n",
        "a: |2- # said\n   first\n\n  second X",
        "a: >\n  first\n  second\n\n    third X\n",
        "{a: {}}".replace("{}", "게이트 X"),
    ],
)
def test_a_character_of_a_value_is_found_in_the_file(text: str) -> None:
    scalar, source = only_scalar(text)
    assert isinstance(scalar.value, str)
    assert value_offset(source, scalar, scalar.value.index("X")) == source.text.index("X")


def test_the_end_and_white_space_are_after_the_character_before() -> None:
    scalar, source = only_scalar("a: 'x y'")
    assert value_offset(source, scalar, 1) == 5
    assert value_offset(source, scalar, 3) == 7


def test_a_number_has_no_inside() -> None:
    scalar, source = only_scalar("a: 123")
    assert value_offset(source, scalar, 2) == 3


@given(WORDS, st.sampled_from(['"', "'", "|", ">", None]), st.booleans())
def test_every_solid_character_is_found(  # hypothesis takes no keyword-only arguments
    value: str,
    style: str | None,
    unicode: bool,
) -> None:
    text = yaml.safe_dump({"a": value}, default_style=style, width=30, allow_unicode=unicode)
    root, source = read(text)
    assert isinstance(root, Mapping)
    scalar = root.child("a")
    assert isinstance(scalar, Scalar)
    value = yaml.safe_load(text)["a"]  # the writer may break a line that begins with a space
    assert scalar.value == value
    for offset, char in enumerate(value):
        place = value_offset(source, scalar, offset)
        if not char.isspace():
            assert source.text[place] in {char, "\\"}
