from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.common_order import common_order, common_order_without, order_credit

WORDS = st.lists(st.sampled_from("abcd"), max_size=7)


def longest_by_trying(given: list[str], right: list[str]) -> int:
    def subsequences(items: list[str]) -> set[tuple[str, ...]]:
        return {pick for size in range(len(items) + 1) for pick in combinations(items, size)}

    return max(map(len, subsequences(given) & subsequences(right)))


@given(WORDS, WORDS)
def test_the_common_order_is_one_and_the_longest(given_items: list[str], right: list[str]) -> None:
    places = common_order(given_items, right)
    assert list(places) == sorted(set(places))
    rest = iter(right)
    assert all(given_items[place] in rest for place in places)  # each found after the one before
    assert len(places) == longest_by_trying(given_items, right)


@given(st.permutations(range(6)))
def test_credit_is_from_nothing_to_all(order: list[int]) -> None:
    right = list(range(6))
    credit = order_credit(order, right)
    assert 0 <= credit <= 1
    assert (credit == 1) == (order == right)


@pytest.mark.parametrize(
    ("given_items", "right", "credit"),
    [
        ("abc", "abc", 1),
        ("cba", "abc", 0),
        ("bac", "abc", 1 / 2),
        ("dcba", "abcd", 0),
        ("bcda", "abcd", 2 / 3),
        ("badc", "abcd", 1 / 3),
        ("baa", "aab", 0),  # any order has both a's in common
        ("aba", "aab", 0),
        ("abba", "abab", 1 / 2),
    ],
)
def test_credit(given_items: str, right: str, credit: float) -> None:
    assert order_credit(given_items, right) == pytest.approx(credit)


@given(st.permutations(range(6)), st.integers(0, 6))
def test_of_several_as_long_the_one_without_a_place(order: list[int], place: int) -> None:
    right = list(range(6))
    places = common_order_without(place, order, right)
    assert [order[at] for at in places] == sorted(order[at] for at in places)
    assert len(places) == len(common_order(order, right))
    others = order[:place] + order[place + 1 :]
    assert (place in places) == (len(common_order(others, right)) < len(places))


def test_the_step_that_is_named_is_marked() -> None:
    assert common_order([1, 0, 2], [0, 1, 2]) == (0, 2)
    assert common_order_without(0, [1, 0, 2], [0, 1, 2]) == (1, 2)
