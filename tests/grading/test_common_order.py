from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.common_order import common_order, order_credit

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
