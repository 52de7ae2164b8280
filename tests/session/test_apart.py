from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.session.apart import apart


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], []),
        (["a", "b", "c"], ["a", "b", "c"]),
        (["a1", "a2", "b", "c"], ["a1", "b", "a2", "c"]),
        (["a1", "a2", "a3", "b", "c", "d"], ["a1", "b", "a2", "c", "a3", "d"]),
        (["b", "c", "a1", "a2"], ["b", "a2", "c", "a1"]),
        (["a1", "a2", "b1", "b2"], ["a1", "b1", "a2", "b2"]),
        (["a1", "a2", "a3"], ["a1", "a2", "a3"]),
        (["a1", "a2", "b", "a3", "a4"], ["a1", "b", "a2", "a3", "a4"]),
    ],
)
def test_siblings_are_kept_apart(before: list[str], after: list[str]) -> None:
    assert list(apart(before, lambda name: name[0])) == after


@given(st.lists(st.sampled_from("aaabbcd"), max_size=30))
def test_neighbours_differ_whenever_that_can_be(groups: list[str]) -> None:
    items = list(enumerate(groups))
    ordered = apart(items, lambda item: item[1])
    assert sorted(ordered) == items
    most = max(Counter(groups).values(), default=0)
    if most <= (len(groups) + 1) // 2:
        assert all(one[1] != other[1] for one, other in pairwise(ordered))


@given(st.lists(st.integers(), unique=True, max_size=30))
def test_without_siblings_the_order_is_kept(items: list[int]) -> None:
    assert list(apart(items, lambda item: item)) == items
