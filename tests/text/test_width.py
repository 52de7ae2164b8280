import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.document import Span
from tutor.text.width import cells, pad, truncate, wrap, wrap_text


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("LSTM", 4),
        ("게이트", 6),
        ("셀 상태 c", 9),
        ("x̂", 1),
        ("hₜ₋₁", 4),
        ("⎛─⎞", 3),
        ("日本", 4),
        ("\uff21", 2),  # full-width A
        ("\u1112\u1161\u11ab", 2),  # three conjoining letters draw one syllable
        ("a\u200bb", 2),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(st.text(), st.text())
def test_cells_add_up(left: str, right: str) -> None:
    assert cells(left + right) == cells(left) + cells(right)


@pytest.mark.parametrize(
    ("align", "padded"), [("left", "가나  "), ("centre", " 가나 "), ("right", "  가나")]
)
def test_pad(align: str, padded: str) -> None:
    assert pad("가나", 6, align) == padded  # type: ignore[arg-type]  # parametrized literal
    assert pad("가나다라", 6, "left") == "가나다라"


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("가나다", 5, "가나…"),
        ("가나다", 4, "가…"),
        ("ab", 0, ""),
    ],
)
def test_truncate(text: str, width: int, cut: str) -> None:
    assert truncate(text, width) == cut


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, []),
        ("   ", 10, []),
        ("one two three", 7, ["one two", "three"]),
        ("  one   two  ", 20, ["one   two"]),
        ("one   two", 4, ["one", "two"]),
        ("망각 게이트는 셀 상태를 지운다", 14, ["망각 게이트는", "셀 상태를", "지운다"]),
        ("장기의존성문제", 6, ["장기의", "존성문", "제"]),
        ("a 장기의존성문제", 6, ["a", "장기의", "존성문", "제"]),
        ("가나", 1, ["가", "나"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("in /home/minji/notes.yaml", 12, ["in", "/home/minji/", "notes.yaml"]),
        ("/home/minji/notes.yaml", 14, ["/home/minji/", "notes.yaml"]),
        ("/notes-of-day-14", 8, ["/notes-o", "f-day-14"]),  # a slash alone is no line
        ("n/a and/or", 7, ["n/a", "and/or"]),
        ("no\u00a0break here", 8, ["no\u00a0break", "here"]),
    ],
)
def test_wrap_text(text: str, width: int, lines: list[str]) -> None:
    assert wrap_text(text, width) == lines


def maths(text: str) -> Span:
    return Span(text, frozenset({"maths"}), "tex")


def texts(lines: list[tuple[Span, ...]]) -> list[str]:
    return ["".join(span.text for span in line) for line in lines]


def test_maths_stays_on_one_line_with_what_touches_it() -> None:
    spans = [Span("값은 "), maths("a + b"), Span("이다")]
    assert texts(wrap(spans, 10)) == ["값은", "a + b이다"]


def test_maths_wider_than_a_line_breaks_at_its_spaces() -> None:
    assert texts(wrap([maths("a + b + c")], 5)) == ["a + b", "+ c"]


def test_a_word_longer_than_a_line_is_cut_before_its_maths() -> None:
    spans = [Span("길다길다"), maths("a + b"), Span("이다")]
    assert texts(wrap(spans, 8)) == ["길다길다", "a + b이", "다"]


def test_styles_stay_with_their_text() -> None:
    strong = Span("세 게이트", frozenset({"strong"}))
    lines = wrap([strong, Span("와 후보")], 9)
    assert lines == [
        (Span("세", frozenset({"strong"})),),
        (Span("게이트", frozenset({"strong"})), Span("와")),
        (Span("후보"),),
    ]


def test_combining_marks_are_not_cut_off() -> None:
    assert wrap_text("x̂" * 4, 2) == ["x̂x̂", "x̂x̂"]


spans = st.lists(
    st.builds(
        Span,
        st.text(alphabet="ab 가나\u0302\n", max_size=12),
        st.sampled_from([frozenset(), frozenset({"strong"})]),
        st.sampled_from(["", "tex"]),
    ),
    max_size=6,
)


@given(spans, st.integers(1, 12))
def test_no_line_is_too_wide_or_has_orphan_spaces(parts: list[Span], width: int) -> None:
    for line in texts(wrap(parts, width)):
        assert cells(line) <= max(width, 2)
        whole = [part.text for part in parts if part.tex and 0 < cells(part.text) <= width]
        if not whole:
            assert line == line.strip(" ")


@given(spans, st.integers(1, 12))
def test_wrapping_keeps_every_letter(parts: list[Span], width: int) -> None:
    joined = "".join(texts(wrap(parts, width)))
    source = "".join(part.text for part in parts)
    assert joined.replace(" ", "").replace("\n", "") == source.replace(" ", "").replace("\n", "")


def test_decomposed_and_composed_hangul_are_as_wide() -> None:
    word = "게이트"
    assert cells(unicodedata.normalize("NFD", word)) == cells(word)
