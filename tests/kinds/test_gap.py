from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.kinds.gap import Gap, GapError, parse_gaps


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a [[b|c]] d", ("a ", Gap(1, ("b", "c")), " d")),
        ("[[x]][[y]]", (Gap(1, ("x",)), Gap(2, ("y",)))),
        ("[[2: x]] [[1: y]]", (Gap(2, ("x",)), " ", Gap(1, ("y",)))),
        (r"$W [[x]] y$ [[z]]", (r"$W [[x]] y$ ", Gap(1, ("z",)))),
        (r"[[$\sigma|x|]]$|σ]]", (Gap(1, (r"$\sigma|x|]]$", "σ")),)),
        (r"tanh x = 2[[$\sigma(2x)$]] - 1", ("tanh x = 2", Gap(1, (r"$\sigma(2x)$",)), " - 1")),
    ],
)
def test_gaps_are_found_but_never_inside_maths(text: str, parts: tuple[object, ...]) -> None:
    assert parse_gaps(text) == parts


@pytest.mark.parametrize(
    ("text", "offset"),
    [("a [[b", 2), ("[[]]", 2), ("[[a||b]]", 2), ("[[2: a]]", 0), ("[[$x]]$", 0)],
)
def test_a_gap_that_cannot_be_read_names_its_place(text: str, offset: int) -> None:
    with pytest.raises(GapError) as caught:
        parse_gaps(text)
    assert caught.value.offset == offset


@given(st.text(alphabet="ab[]|$\\: 12", max_size=40))
def test_any_text_is_parts_or_a_gap_error(text: str) -> None:
    try:
        parse_gaps(text)
    except GapError as error:
        assert 0 <= error.offset <= len(text)
