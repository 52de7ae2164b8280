"""The numbers at which formulas are compared when algebra cannot decide."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

POINTS = 32
_ROOTS = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)  # their fractions fill a box evenly


@dataclass(frozen=True, slots=True)
class Range:
    """Where a name's numbers lie, ends included."""

    first: float
    last: float
    whole: bool


Domain = tuple[tuple[str, Range], ...]
Point = dict[str, Decimal]


@lru_cache(maxsize=256)
def points(domain: Domain) -> tuple[tuple[Point, bool], ...]:
    """Return points spread over a domain, and whether each is one of whole numbers.

    Of names that take whole numbers every third point is whole; the others are not, though no
    card draws them: an identity holds there too, and an accident does not.
    """
    found = []
    for number in range(1, POINTS + 1):
        whole = number % 3 == 0 and any(bounds.whole for _, bounds in domain)
        point = {
            name: _between(bounds, _fraction(number, index), whole=whole and bounds.whole)
            for index, (name, bounds) in enumerate(domain)
        }
        found.append((point, whole))
    return tuple(found)


@lru_cache(maxsize=256)
def small_points(domain: Domain) -> tuple[Point, ...]:
    """Return points near zero, where functions that level off can still be told apart."""
    return tuple(
        {name: 2 * _fraction(number, index) for index, (name, _) in enumerate(domain)}
        for number in range(1, POINTS + 1)
    )


def _between(bounds: Range, fraction: Decimal, *, whole: bool) -> Decimal:
    first, last = Decimal(repr(bounds.first)), Decimal(repr(bounds.last))
    if first == last and not whole:
        last = first + 1
    place = first + (last - first) * fraction
    return place.to_integral_value() if whole else place


def _fraction(number: int, index: int) -> Decimal:
    root = Decimal(_ROOTS[index % len(_ROOTS)] * (1 + index // len(_ROOTS))).sqrt()
    return (number * root) % 1
