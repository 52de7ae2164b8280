"""Counts in symbols: polynomials whose symbols stand for sizes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import prod
from typing import TypeVar

from tutor.engine.params.stack import DOT


@dataclass(frozen=True, slots=True)
class Symbol:
    """A size with its name in formulas, as TeX."""

    tex: str
    value: int


@dataclass(frozen=True, slots=True)
class Monomial:
    """A product of sizes, times a whole number."""

    coefficient: int
    factors: tuple[Symbol, ...] = ()

    @property
    def tex(self) -> str:
        """The product in symbols: `2df`; symbols of several characters stand apart."""
        spaced = any(len(symbol.tex) > 1 for symbol in self.factors)
        powers = [_power(symbol.tex, times) for symbol, times in self._powers()]
        letters = (" " if spaced else "").join(powers)
        return letters if letters and self.coefficient == 1 else f"{self.coefficient:,}{letters}"

    @property
    def numbers(self) -> str:
        """The product with the sizes in it."""
        powers = [_power(f"{symbol.value:,}", times) for symbol, times in self._powers()]
        if self.coefficient != 1 or not powers:
            powers.insert(0, f"{self.coefficient:,}")
        return DOT.join(powers)

    def _powers(self) -> Iterable[tuple[Symbol, int]]:
        for symbol, same in groupby(self.factors):
            yield symbol, len(list(same))


def _power(base: str, exponent: int) -> str:
    return f"{base}^{{{exponent}}}" if exponent > 9 else base + f"^{exponent}" * (exponent > 1)


@dataclass(frozen=True, slots=True)
class Polynomial:
    """A sum of products of sizes.

    It adds and multiplies like a whole number, so a count is written once, as a function that
    takes either: of whole numbers it gives the count, of symbols the formula.
    """

    monomials: tuple[Monomial, ...]

    @property
    def value(self) -> int:
        """The number it stands for."""
        return sum(
            one.coefficient * prod(symbol.value for symbol in one.factors) for one in self.monomials
        )

    @property
    def tex(self) -> str:
        """The sum in symbols, higher powers first."""
        return " + ".join(one.tex for one in self._by_degree()) or "0"

    @property
    def numbers(self) -> str:
        """The sum in numbers, as TeX."""
        return " + ".join(one.numbers for one in self._by_degree()) or "0"

    def __add__(self, other: Polynomial | int) -> Polynomial:
        """Return the sum, with like products collected."""
        return _collected((*self.monomials, *_polynomial(other).monomials))

    __radd__ = __add__

    def __mul__(self, other: Polynomial | int) -> Polynomial:
        """Return the product, written out as a sum."""
        return _collected(
            Monomial(one.coefficient * two.coefficient, _side_by_side((*one.factors, *two.factors)))
            for one in self.monomials
            for two in _polynomial(other).monomials
        )

    __rmul__ = __mul__

    def _by_degree(self) -> list[Monomial]:
        return sorted(self.monomials, key=lambda one: -len(one.factors))


# a count: a whole number, or the same in symbols
N = TypeVar("N", int, Polynomial)


@lru_cache(maxsize=256)
def size(tex: str, value: int) -> Polynomial:
    """Return a size as a polynomial of one symbol."""
    return Polynomial((Monomial(1, (Symbol(tex, value),)),))


def _polynomial(value: Polynomial | int) -> Polynomial:
    return value if isinstance(value, Polynomial) else Polynomial((Monomial(value),))


def _side_by_side(factors: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Return the factors with equal ones next to each other."""
    return factors if len(factors) < 3 else tuple(sorted(factors, key=factors.index))


def _collected(monomials: Iterable[Monomial]) -> Polynomial:
    like: dict[tuple[str, ...], Monomial] = {}
    for one in monomials:
        names = [symbol.tex for symbol in one.factors]
        key = tuple(names if len(names) < 2 else sorted(names))
        known = like.get(key)
        if known is None:
            like[key] = one
        else:
            like[key] = Monomial(known.coefficient + one.coefficient, known.factors)
    return Polynomial(tuple(one for one in like.values() if one.coefficient))
