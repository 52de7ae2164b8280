"""Norms over hundreds of orders of magnitude: floats with an exponent of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Exponents = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Norms:
    """A curve of norms, mantissa · 2^exponent each: they neither underflow nor overflow.

    Attributes:
        mantissa: 0 where the norm is exactly 0.
        exponent: powers of two.
    """

    mantissa: Array
    exponent: Exponents

    def __len__(self) -> int:
        return len(self.mantissa)

    @property
    def plain(self) -> Array:
        """The norms as floats: 0 below 5e-324, infinity above 1.8e308."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(np.ldexp(self.mantissa, self.exponent), dtype=np.float64)

    @property
    def log10(self) -> Array:
        """Their decimal logarithms; −∞ where a norm is exactly 0."""
        with np.errstate(divide="ignore"):
            log = np.log10(self.mantissa) + self.exponent * np.log10(2.0)
        return np.asarray(log, dtype=np.float64)


def binary_exponent(largest: float) -> int:
    """Return e with |largest| in [2^(e−1), 2^e); 0 for 0."""
    return int(np.frexp(largest)[1])


def scaled_products(factors: Array, start: Array | None = None) -> tuple[Array, Exponents]:
    """Return the running products F_t ⋯ F_2 F_1 S, each divided by a power of two.

    Args:
        factors: (T, n, n), the first acts first.
        start: S, (n, m); the identity where not given.

    Returns:
        Products (T, n, m) with entries of at most 1, and the exponents (T,) of the powers.
    """
    product = np.eye(factors.shape[-1]) if start is None else start
    products = np.empty((len(factors), *product.shape))
    exponents = np.zeros(len(factors), dtype=np.int64)
    exponent = 0
    for t, factor in enumerate(factors):
        product = factor @ product  # (n, m)
        shift = binary_exponent(np.abs(product).max())
        product = np.ldexp(product, -shift)
        exponent += shift
        products[t], exponents[t] = product, exponent
    return products, exponents


def spectral_norms(matrices: Array, exponents: Exponents) -> Norms:
    """Return the largest singular value of each matrix (T, n, m) · 2^exponent."""
    largest = np.linalg.svd(matrices, compute_uv=False)[:, 0]  # (T,)
    return Norms(np.asarray(largest, dtype=np.float64), exponents)


def spectral_norm(matrix: Array) -> float:
    """Return σ_max, the largest singular value of a matrix (n, m)."""
    return float(spectral_norms(matrix[None], np.zeros(1, dtype=np.int64)).plain[0])


def vector_norms(vectors: Array, exponents: Exponents) -> Norms:
    """Return the length of each vector (T, n) · 2^exponent."""
    shift = np.frexp(np.abs(vectors).max(axis=1))[1]  # (T,)
    vectors = np.ldexp(vectors, -shift[:, None])
    return Norms(np.sqrt((vectors * vectors).sum(axis=1)), exponents + shift)


def powers(base: float, exponents: NDArray[np.int64]) -> Norms:
    """Return base^t for a base of 0 or more and t of 0 or more, out of any range."""
    if base == 0:
        zero = np.zeros(len(exponents), dtype=np.int64)
        return Norms(np.where(exponents == 0, 1.0, 0.0), zero)
    chain = np.full((int(exponents.max(initial=0)), 1, 1), base)
    mantissa, shift = scaled_products(chain)
    mantissa = np.concatenate(([1.0], mantissa[:, 0, 0]))
    shift = np.concatenate((np.zeros(1, dtype=np.int64), shift))
    return Norms(mantissa[exponents], shift[exponents])
