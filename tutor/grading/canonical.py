"""One text for all formulas that say the same."""

from __future__ import annotations

from decimal import Decimal

from tutor.grading.domain import Domain, points
from tutor.grading.expression import Expression
from tutor.grading.formula import Formula
from tutor.grading.numeric_value import At
from tutor.grading.polynomial import TooLarge
from tutor.grading.rational import Algebra
from tutor.grading.tokens import FormulaError
from tutor.grading.written import expanded

_POINTS = 6
_DIGITS = 24  # significant, of the 70 that are computed
_NOTHING = Decimal(10) ** -30  # what is left of a zero after it is computed to 70 digits


def canonical(formula: Formula, domain: Domain) -> str:
    """Return a text that is equal for equal formulas.

    A polynomial in the names, however it is written, is multiplied out; of any other formula
    these are its values at a few points of the domain, to more digits than chance explains. Only
    a polynomial behind roots or other functions, as `sqrt(h)^2`, or behind more than can be
    multiplied out, is not seen as one.
    """
    names = tuple(name for name, _ in domain)
    algebra = Algebra(names)
    try:
        whole = algebra.whole(algebra.rational(formula.expression))
    except (TooLarge, FormulaError):
        whole = None
    if whole is not None and algebra.only_names(whole):
        return expanded(whole, names)
    return " ".join(_at(formula.expression, point) for point, _ in points(domain)[:_POINTS])


def _at(expression: Expression, point: dict[str, Decimal]) -> str:
    value = At(point).value(expression)
    if value is None:
        return "?"
    return "0" if abs(value) < _NOTHING else f"{value:.{_DIGITS - 1}e}"
