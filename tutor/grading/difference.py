"""What a wrong formula has too little or too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from tutor.grading.equality import Comparison
from tutor.grading.expression import Value, simple_exact
from tutor.grading.formula import Formula
from tutor.grading.polynomial import Coefficient, Polynomial, TooLarge, add, exponents, multiply
from tutor.grading.written import shortest

MOST_TERMS = 4  # of a difference that is said in symbols
MOST_SUMMED = 8  # named terms that are tried together
MOST_WEIGHED = 12  # terms of which every sum is compared
_MOST_TIMES = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a formula is from the right one, as a polynomial in the question's names.

    Attributes:
        polynomial: what it has too much, or too little.
        less: whether that is missing from it.
        names: the names, in the order of the polynomial.
    """

    polynomial: Mapping[int, Coefficient]
    less: bool
    names: tuple[str, ...]

    @property
    def tex(self) -> str:
        """The difference as TeX, in the shorter way."""
        return shortest(dict(self.polynomial), self.names)

    def at(self, values: Mapping[str, Value]) -> Value:
        """Return the difference at some numbers, negative where it is the other way round."""
        total: Value = 0
        for key, coefficient in self.polynomial.items():
            product: Value = coefficient
            for name, power in zip(self.names, exponents(key), strict=False):
                product = product * values[name] ** power
            total = total + product
        return total if isinstance(total, float) else simple_exact(total)


def difference(comparison: Comparison, values: Mapping[str, Value]) -> Difference | None:
    """Return what the first of two formulas has too much or too little.

    Args:
        comparison: of two formulas that are not equal.
        values: this card's numbers; they decide which way the difference goes.

    Returns:
        The difference, or None if it is no short polynomial in the names.
    """
    algebra = comparison.algebra
    try:
        polynomial = algebra.whole(algebra.difference(comparison.two, comparison.one))
    except TooLarge:
        return None
    if not polynomial or not algebra.only_names(polynomial):
        return None
    found = Difference(polynomial, less=True, names=algebra.names)
    if found.at(values) < 0:
        negative = {key: -value for key, value in polynomial.items()}
        found = Difference(negative, less=False, names=algebra.names)
    return found if len(polynomial) <= MOST_TERMS else None


def ratio(comparison: Comparison) -> Coefficient | None:
    """Return how many times the second of two formulas the first is; None if that varies."""
    work, (one, two) = comparison.algebra.work, (comparison.one, comparison.two)
    try:
        left = multiply(one.top, two.bottom, work)
        right = multiply(two.top, one.bottom, work)
    except TooLarge:
        return None
    if not left or left.keys() != right.keys():
        return None
    ratios = {Fraction(value) / right[key] for key, value in left.items()}
    return simple_exact(ratios.pop()) if len(ratios) == 1 else None


def told_by(
    wanted: Polynomial, terms: Sequence[Polynomial | None]
) -> tuple[tuple[int, ...], int] | None:
    """Return which terms make up a difference, and how often; None if they do not.

    Args:
        wanted: the difference.
        terms: named polynomials; None for one that is no polynomial.

    Returns:
        The indices of the terms whose sum it is, the fewest, and 1; or of a single one, and the
        whole number it must be multiplied by.
    """
    known = [(index, term) for index, term in enumerate(terms) if term][:MOST_SUMMED]
    for count in range(1, len(known) + 1):
        for chosen in combinations(known, count):
            total: Polynomial = {}
            for _, term in chosen:
                total = add(total, term)
            if total == wanted:
                return tuple(index for index, _ in chosen), 1
    for index, term in known:
        key, coefficient = next(iter(term.items()))
        times = Fraction(wanted.get(key, 0)) / coefficient
        if (
            times.denominator == 1
            and 2 <= times <= _MOST_TIMES
            and {key: value * times for key, value in term.items()} == wanted
        ):
            return (index,), int(times)
    return None


def told_by_values(
    wanted: Sequence[Value], terms: Sequence[Sequence[Value]]
) -> tuple[int, ...] | None:
    """Return the indices of the terms that alone sum to a difference at every point.

    If others sum to it as well, nobody can tell which are meant, and it is None; but of single
    terms that are equal, the first stands for all.

    Args:
        wanted: the difference, point by point.
        terms: for each term its value, point by point.
    """
    if len(terms) > MOST_WEIGHED:
        return None
    found: tuple[int, ...] | None = None
    for count in range(1, len(terms) + 1):
        for chosen in combinations(range(len(terms)), count):
            if not all(
                sum(terms[index][place] for index in chosen) == value
                for place, value in enumerate(wanted)
            ):
                continue
            if found is None:
                found = chosen
            elif count > 1 or terms[chosen[0]] != terms[found[0]]:
                return None
    return found


def polynomial_of(comparison: Comparison, formula: Formula) -> Polynomial | None:
    """Return a named term as a polynomial in the unknowns of a comparison; None if it is none."""
    algebra = comparison.algebra
    try:
        return algebra.whole(algebra.rational(formula.expression))
    except TooLarge:
        return None
