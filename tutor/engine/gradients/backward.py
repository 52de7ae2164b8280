"""What backpropagation through time does alike for every cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.scalars import whole
from tutor.engine.shapes import Array as Given
from tutor.engine.shapes import Shapes

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Backward:
    """A run with its steps and rows of a batch, whether or not it has one.

    Attributes:
        shapes: T, B where there is a batch, and the sizes of the cell.
        batch: (B,), or ().
        truncation: every how many steps the gradient is cut, or None.
    """

    shapes: Shapes
    batch: tuple[int, ...]
    truncation: int | None

    @property
    def steps(self) -> int:
        """T."""
        return self.shapes["T"]

    def rows(self, name: str, value: ArrayLike, symbol: str) -> Array:
        """Return an array of every step, (T, B, symbol), with B = 1 for no batch."""
        dims = ("T", "B", symbol) if self.batch else ("T", symbol)
        return _float64(self.shapes.array(name, value, *dims), self.steps, -1, self.shapes[symbol])

    def row(self, name: str, value: ArrayLike, symbol: str) -> Array:
        """Return an array of one step, (B, symbol)."""
        dims = ("B", symbol) if self.batch else (symbol,)
        return _float64(self.shapes.array(name, value, *dims), -1, self.shapes[symbol])

    def unrow(self, array: Array) -> Array:
        """Return an array of one step in the shape that the run has."""
        return array.reshape(*self.batch, array.shape[-1])

    def unrows(self, array: Array) -> Array:
        """Return an array of every step in the shape that the run has."""
        return array.reshape(self.steps, *self.batch, array.shape[-1])

    def is_cut(self, t: int) -> bool:
        """Whether no gradient flows from step t (from 0) to the state before it."""
        return self.truncation is not None and t > 0 and t % self.truncation == 0


def backward(
    x: Given, h: Given, sizes: dict[str, tuple[int, str]], truncation: int | None
) -> Backward:
    """Return the sizes of a run that fits its weights.

    Args:
        x: the run's input, (T, [B,] d).
        h: the run's states, (T, [B,] s), s the symbol of the last of the sizes.
        sizes: for each symbol its size and the tensor that it comes from.
        truncation: the gradient is cut before every k-th step, as by `h = h.detach()` in front of
            steps k + 1, 2k + 1, …; the state itself goes on.

    Raises:
        EngineError: weights of other sizes than those of the run, a truncation below 1.
    """
    if truncation is not None:
        whole("truncation", truncation)
    shapes = Shapes()
    for symbol, (size, source) in sizes.items():
        shapes.bind(symbol, size, source)
    state = next(reversed(sizes))
    middle = ("B",) if x.ndim == 3 else ()
    shapes.fit("x", x.shape, "T", *middle, "d")
    shapes.fit("h", h.shape, "T", *middle, state)
    return Backward(shapes, x.shape[1:-1], truncation)


def earlier(first: Array, states: Array) -> Array:
    """Return the state before every step, (T, B, n)."""
    return np.concatenate((first[None], states[:-1]))


def weight_gradient(da: Array, read: Array) -> Array:
    """Return Σ_t da_tᵀ v_t over steps and batch, (m, n), for a product W v."""
    return da.reshape(-1, da.shape[-1]).T @ read.reshape(-1, read.shape[-1])


def bias_gradient(da: Array) -> Array:
    """Return Σ_t da_t over steps and batch, (m,)."""
    return np.asarray(da.sum(axis=(0, 1)), dtype=np.float64)


def _float64(array: Given, *shape: int) -> Array:
    return array.astype(np.float64, copy=False).reshape(shape)
