"""A polynomial written out in the grammar of formulas."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tutor.grading.drawn import drawn
from tutor.grading.formula import parse_formula
from tutor.grading.polynomial import Coefficient, Polynomial, content, exponents


def expanded(polynomial: Polynomial, names: tuple[str, ...]) -> str:
    """Return a sum of products, higher powers first, and a minus only after another term."""
    if not polynomial:
        return "0"
    text = ""
    for key in _by_degree(polynomial):
        coefficient = polynomial[key]
        term = _term(-coefficient if coefficient < 0 else coefficient, exponents(key), names)
        if text:
            text += f" - {term}" if coefficient < 0 else f" + {term}"
        else:
            text = f"-{term}" if coefficient < 0 else term
    return text


def factored(polynomial: Polynomial, names: tuple[str, ...]) -> str:
    """Return what all terms share before the rest in brackets: `4*h*(d + h)`."""
    number, shared = content(polynomial)
    if len(polynomial) < 2 or (number == 1 and not shared):
        return expanded(polynomial, names)
    rest = {key - shared: _exact(Fraction(value) / number) for key, value in polynomial.items()}
    return f"{_term(number, exponents(shared), names)}*({expanded(rest, names)})"


def shortest(polynomial: Polynomial, names: tuple[str, ...]) -> str:
    """Return a polynomial as TeX, written out or factored, whichever is shorter."""
    forms = (expanded(polynomial, names), factored(polynomial, names))
    return min((drawn(parse_formula(form).expression) for form in forms), key=len)


def _by_degree(polynomial: Polynomial) -> Iterable[int]:
    def rank(key: int) -> tuple[object, ...]:
        powers = exponents(key)
        return (-sum(powers), [-power for power in powers])

    keys = sorted(polynomial, key=rank)
    first = next((key for key in keys if polynomial[key] > 0), keys[0])
    return [first, *(key for key in keys if key != first)]


def _term(number: Coefficient, powers: Iterable[int], names: tuple[str, ...]) -> str:
    factors = [
        name if power == 1 else f"{name}^{power}"
        for name, power in zip(names, powers, strict=False)
        if power
    ]
    if number.numerator != 1 or not factors:
        factors.insert(0, str(number.numerator))
    term = "*".join(factors)
    return term if number.denominator == 1 else f"{term}/{number.denominator}"


def _exact(value: Fraction) -> Coefficient:
    return value.numerator if value.denominator == 1 else value
