"""Polynomials in several unknowns, exact, and capped in size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from tutor.grading.expression import simple_exact

Coefficient = int | Fraction
# A product of powers is one number: 16 bits for the exponent of each unknown, so that products
# multiply by adding, and are in the lexicographic order of their numbers.
BITS = 16
MASK = (1 << BITS) - 1
Polynomial = dict[int, Coefficient]

ONE: Polynomial = {0: 1}
MAX_DEGREE = 64  # of a power
MAX_POWER = 256  # of an unknown after powers of powers: no product of them fills its 16 bits
MAX_COEFFICIENT = 512  # bits


class TooLarge(Exception):
    """More terms, or larger powers or numbers, than a formula of a person has."""


@dataclass(slots=True)
class Work:
    """How many products of terms may still be made, so that nothing takes long.

    Attributes:
        left: what is left.
    """

    left: int = 2_000

    def spend(self, count: int) -> None:
        """Count products of terms.

        Raises:
            TooLarge: there were too many.
        """
        self.left -= count
        if self.left < 0:
            raise TooLarge


def constant(value: Coefficient) -> Polynomial:
    """Return a number as a polynomial."""
    return {0: value} if value else {}


def unknown(index: int, power: int = 1) -> Polynomial:
    """Return a power of an unknown."""
    return {power << (BITS * index): 1}


def add(left: Polynomial, right: Polynomial, sign: int = 1) -> Polynomial:
    """Return the sum; with the sign -1, the difference."""
    total = dict(left)
    for key, coefficient in right.items():
        value = total.get(key, 0) + sign * coefficient
        if value:
            total[key] = value
        else:
            del total[key]
    return total


def multiply(left: Polynomial, right: Polynomial, work: Work) -> Polynomial:
    """Return the product.

    Raises:
        TooLarge: it is more work than is left, or a number grows too long.
    """
    if left is ONE:
        return right
    if right is ONE:
        return left
    product: Polynomial = {}
    if len(left) == len(right) == 1:
        (key, coefficient), (other, factor) = *left.items(), *right.items()
        product[key + other] = coefficient * factor
        work.spend(1)
        _check(product)
        return product
    work.spend(len(left) * len(right))
    for key, coefficient in left.items():
        for other, factor in right.items():
            product[key + other] = product.get(key + other, 0) + coefficient * factor
    _check(product)
    if 0 in product.values():
        return {key: value for key, value in product.items() if value}
    return product


def _check(product: Polynomial) -> None:
    for value in product.values():
        if _bits(value) > MAX_COEFFICIENT:
            raise TooLarge


def power(base: Polynomial, exponent: int, work: Work) -> Polynomial:
    """Return a power, the exponent not negative.

    Raises:
        TooLarge: as for a product, or the exponent is too large.
    """
    if not exponent:
        return ONE
    if base.keys() <= {0}:
        return _number_power(base, exponent)
    if exponent > MAX_DEGREE:
        raise TooLarge
    if len(base) == 1:
        ((key, coefficient),) = base.items()
        result = {key * exponent: _number_power({0: coefficient}, exponent)[0]}
    else:
        result = base
        for _ in range(exponent - 1):  # squaring saves nothing: it multiplies long by long
            result = multiply(result, base, work)
    if exponent > 1 and degree(result) > MAX_POWER:
        raise TooLarge
    return result


def _number_power(base: Polynomial, exponent: int) -> Polynomial:
    number = base.get(0, 0)
    if number in {0, 1}:
        return base
    if _bits(number) * exponent > MAX_COEFFICIENT:  # before it is computed: 9^9^9 would not end
        raise TooLarge
    return {0: number**exponent}


def _bits(value: Coefficient) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length() - 1


def degree(polynomial: Polynomial) -> int:
    """Return the largest exponent of any unknown."""
    largest = 0
    for key in polynomial:
        while key:
            largest = max(largest, key & MASK)
            key >>= BITS  # noqa: PLW2901 - the exponents of one product, one by one
    return largest


def quotient(dividend: Polynomial, divisor: Polynomial, work: Work) -> Polynomial | None:
    """Return what the divisor must be multiplied by, or None if that is no polynomial.

    Raises:
        TooLarge: it is more work than is left.
    """
    if divisor == ONE:
        return dividend
    rest, result = dict(dividend), dict[int, Coefficient]()
    lead = max(divisor)
    while rest:
        first = max(rest)
        if not _divides(lead, first):
            return None
        key = first - lead
        factor = simple_exact(Fraction(rest[first]) / divisor[lead])
        result[key] = factor
        work.spend(len(divisor) + len(rest) // 8)
        for other, value in divisor.items():
            left = rest.get(key + other, 0) - factor * value
            if left:
                rest[key + other] = left
            else:
                rest.pop(key + other, None)
    return result


def _divides(small: int, large: int) -> bool:
    while small:
        if small & MASK > large & MASK:
            return False
        small >>= BITS
        large >>= BITS
    return True


def content(polynomial: Polynomial) -> tuple[Coefficient, int]:
    """Return the number and the product of powers that all terms share, both positive."""
    numbers = polynomial.values()
    number = Fraction(
        gcd(*(value.numerator for value in numbers)),
        lcm(*(value.denominator for value in numbers)),
    )
    shared = 0
    shift = 0
    while any(key >> shift for key in polynomial):
        shared += min((key >> shift) & MASK for key in polynomial) << shift
        shift += BITS
    return simple_exact(number), shared


def exponents(key: int) -> Sequence[int]:
    """Return the exponent of each unknown in a product, as far as they go."""
    found = []
    while key:
        found.append(key & MASK)
        key >>= BITS
    return found
