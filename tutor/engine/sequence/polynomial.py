"""The roots of a polynomial with exact coefficients; repeated ones keep their digits.

A polynomial is its coefficients, those of the highest power first; () is 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import zip_longest

import numpy as np

Polynomial = tuple[Fraction, ...]


def roots(polynomial: Sequence[Fraction]) -> list[complex]:
    """Return the roots, the largest modulus first, each as often as it occurs.

    A root that occurs k times moves by about the k-th root of a rounding error if it is searched
    for in floats. Here every factor has simple roots only.

    Args:
        polynomial: not constant, the coefficient of the highest power is not 0.
    """
    found: list[complex] = []
    for times, factor in _factors(_monic(tuple(polynomial))):
        simple = [complex(root) for root in np.roots([float(value) for value in factor])]
        found += [root for root in simple for _ in range(times)]
    return sorted(found, key=abs, reverse=True)


def _factors(f: Polynomial) -> Iterator[tuple[int, Polynomial]]:
    """Yield polynomials with simple roots only, and how often each divides f.

    Source: Yun 1976, square-free factorisation.
    """
    slope = _derivative(f)
    common = _common(f, slope)
    b, c = _divided(f, common)[0], _divided(slope, common)[0]
    times = 1
    while len(b) > 1:
        d = _minus(c, _derivative(b))
        factor = _common(b, d)
        if len(factor) > 1:
            yield times, factor
        b, c = _divided(b, factor)[0], _divided(d, factor)[0]
        times += 1


def _monic(f: Polynomial) -> Polynomial:
    return tuple(value / f[0] for value in f)


def _derivative(f: Polynomial) -> Polynomial:
    degree = len(f) - 1
    return tuple((degree - k) * value for k, value in enumerate(f[:-1]))


def _minus(f: Polynomial, g: Polynomial) -> Polynomial:
    """Return f − g without leading zeros."""
    pairs = zip_longest(f[::-1], g[::-1], fillvalue=Fraction(0))
    difference = [a - b for a, b in pairs]
    while difference and difference[-1] == 0:
        difference.pop()
    return tuple(difference[::-1])


def _divided(f: Polynomial, g: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Return the quotient and the remainder of f / g."""
    quotient = []
    rest = list(f)
    while len(rest) >= len(g):
        share = rest[0] / g[0]
        quotient.append(share)
        for k, value in enumerate(g):
            rest[k] -= share * value
        rest.pop(0)
    while rest and rest[0] == 0:
        rest.pop(0)
    return tuple(quotient), tuple(rest)


def _common(f: Polynomial, g: Polynomial) -> Polynomial:
    """Return the greatest common divisor, its first coefficient 1."""
    while g:
        f, g = g, _divided(f, g)[1]
    return _monic(f)
