"""Weights that nobody has trained: drawn from a seed, of the size that a fresh layer has."""

from __future__ import annotations

import math

from tutor.engine import noise
from tutor.engine.scalars import entries, whole
from tutor.engine.shapes import Array

MOST_DRAWN = 5_000_000  # a layer of 1,024 columns


class Drawn:
    """Numbers of the standard normal distribution that are handed out in order."""

    def __init__(self, seed: int, count: int) -> None:
        entries("seed", count, most=MOST_DRAWN)
        self._numbers = noise.normal(whole("seed", seed, least=0), count)
        self._used = 0

    def take(self, *shape: int) -> Array:
        """Return the next numbers as an array."""
        start, self._used = self._used, self._used + math.prod(shape)
        return self._numbers[start : self._used].reshape(shape)

    def weight(self, n_out: int, n_in: int) -> Array:
        """Return a weight matrix: a sum over unit-variance inputs keeps their variance."""
        return self.take(n_out, n_in) / math.sqrt(n_in)

    def bias(self, n: int) -> Array:
        """Return a bias: small, but not 0, so that it can be seen."""
        return self.take(n) * 0.1
