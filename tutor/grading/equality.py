"""Whether two formulas say the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from tutor.grading.domain import Domain, Point, points, small_points
from tutor.grading.expression import Binary, Call, Expression, Name, Negative, Number
from tutor.grading.formula import Formula
from tutor.grading.numeric_value import At
from tutor.grading.polynomial import ONE, Polynomial, TooLarge
from tutor.grading.rational import Algebra, Rational, too_large
from tutor.grading.tokens import FormulaError

ENOUGH = 8  # points at which both must have a value


@dataclass(frozen=True)
class Reference:
    """A formula that others are compared with, on the numbers where they must agree."""

    formula: Formula
    domain: Domain

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the domain."""
        return tuple(name for name, _ in self.domain)

    @cached_property
    def polynomial(self) -> Polynomial | None:
        """The formula as a polynomial in the names; None if it is not written as one.

        Raises:
            TooLarge: it is too large to be multiplied out.
        """
        return Algebra(self.names).polynomial(self.formula.expression)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two formulas side by side.

    Attributes:
        equal: whether they are the same function on the domain.
        algebra: in which both were written.
        one: the first, as a rational function.
        two: the second.
    """

    equal: bool
    algebra: Algebra
    one: Rational
    two: Rational


def compare(one: Formula, two: Reference) -> Comparison:
    """Compare a formula with another.

    Polynomials and rational functions are compared exactly; formulas with functions, if algebra
    does not show that they are equal, at many points to 40 digits.

    Raises:
        FormulaError: a division by zero whatever the numbers, or too large a formula.
    """
    beside = _by_algebra(one, two)
    if not beside.algebra.has_atoms:
        return beside
    left, right = one.expression, two.formula.expression
    if not beside.equal:
        return replace(beside, equal=_agree(left, right, two.domain))
    if beside.one.bottom != ONE and not _has_values(left, right, two.domain):
        return replace(beside, equal=False)
    return beside


def _by_algebra(one: Formula, two: Reference) -> Comparison:
    """Compare a formula with another as rational functions: what they are equal in is proved.

    Raises:
        FormulaError: as `compare` does.
    """
    algebra = Algebra(two.names)
    try:
        known = two.polynomial
        right = algebra.rational(two.formula.expression) if known is None else Rational(known, ONE)
        left = algebra.rational(one.expression)
        return Comparison(algebra.equal(left, right), algebra, left, right)
    except TooLarge:
        raise too_large() from None


def check_alone(formula: Formula, names: tuple[str, ...]) -> None:
    """Refuse a formula that is too large whatever it is compared with.

    Raises:
        FormulaError: a division by zero whatever the numbers, or too large a formula.
    """
    try:
        Algebra(names).rational(formula.expression)
    except TooLarge:
        raise too_large() from None


def beside(formula: Formula, reference: Reference) -> Comparison | None:
    """Compare two formulas; None if each is fine, but they are too large together."""
    try:
        return compare(formula, reference)
    except FormulaError:
        return None


def agree(one: Formula, two: Reference) -> bool:
    """Return whether a formula agrees with another at many points, to 40 digits.

    It is what is left to do where two formulas are too large beside each other for `compare`.
    """
    return _agree(one.expression, two.formula.expression, two.domain)


def _agree(one: Expression, two: Expression, domain: Domain) -> bool:
    """Return whether two expressions agree at every point tried, of which there must be enough."""
    met = 0
    for point, whole in points(domain):
        agree = At(point).equal(one, two)
        if agree is False and not (whole and _is_gap(point, one, two)):
            return False
        met += agree is True
    # where both are analytic, what holds on an interval holds everywhere
    if met < ENOUGH or not (_has_branches(one) or _has_branches(two)):
        for point in small_points(domain):
            agree = At(point).equal(one, two)
            if agree is False:
                return False
            met += agree is True
    return met >= ENOUGH


def _has_values(one: Expression, two: Expression, domain: Domain) -> bool:
    """Return whether an expression has a value where another has: it may divide by a hidden zero.

    To algebra `sqrt(h^2) - h` is no zero, and cancels.
    """
    both = [(At(point).value(one), At(point).value(two)) for point, _ in points(domain)[:ENOUGH]]
    return any(left is not None for left, right in both if right is not None)


def _is_gap(point: Point, one: Expression, two: Expression) -> bool:
    """Return whether one of two has no value at a point, as (h - 8) / (h - 8) at 8."""
    at = At(point)
    return at.value(one) is None or at.value(two) is None


def _has_branches(expression: Expression) -> bool:
    """Return whether an identity may hold on a part of the numbers only, as sqrt(h^2) = h."""
    match expression:
        case Number() | Name():
            return False
        case Negative(of):
            return _has_branches(of)
        case Call(function, of):
            return function in {"sqrt", "log"} or _has_branches(of)
        case Binary(operator, left, right):
            root = operator == "^" and not isinstance(right, Number)
            return root or _has_branches(left) or _has_branches(right)
