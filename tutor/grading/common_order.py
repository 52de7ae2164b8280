"""How much of an order two sequences share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def common_order(given: Sequence[Hashable], right: Sequence[Hashable]) -> tuple[int, ...]:
    """Return the places in `given` of a longest common subsequence with `right`.

    Of several as long, the one that keeps the earliest items of `given`. Time and memory are
    the product of the lengths.
    """
    m, n = len(given), len(right)
    # longest[i][j]: the length for given[i:] and right[j:]
    longest = [[0] * (n + 1) for _ in range(m + 1)]
    for i in reversed(range(m)):
        for j in reversed(range(n)):
            longest[i][j] = (
                longest[i + 1][j + 1] + 1
                if given[i] == right[j]
                else max(longest[i + 1][j], longest[i][j + 1])
            )
    places: list[int] = []
    j = 0
    for i in range(m):
        at = next((k for k in range(j, n) if right[k] == given[i]), None)
        if at is not None and longest[i + 1][at + 1] + 1 == longest[i][j]:
            places.append(i)
            j = at + 1
    return tuple(places)


def common_order_without(
    place: int, given: Sequence[Hashable], right: Sequence[Hashable]
) -> tuple[int, ...]:
    """Return the places of a longest common subsequence, one that leaves a place out if any does.

    Args:
        place: a place in `given`.
        given: the items as they were arranged.
        right: the items in the right order.
    """
    longest = common_order(given, right)
    others = [at for at in range(len(given)) if at != place]
    without = common_order([given[at] for at in others], right)
    return tuple(others[at] for at in without) if len(without) == len(longest) else longest


def order_credit(given: Sequence[Hashable], right: Sequence[Hashable]) -> float:
    """Return the credit for an order: (L − m) / (n − m), from 0 to 1.

    L is the length of the longest common subsequence and n the number of items. m is how often
    the most frequent item occurs: every order has those in common, so they earn nothing. Where
    all items differ m is 1, and an order that is wholly reversed earns 0.

    Args:
        given: the items as they were arranged, a permutation of `right`.
        right: the items in the right order, at least two of them different.
    """
    free = max(Counter(right).values())
    return (len(common_order(given, right)) - free) / (len(right) - free)
