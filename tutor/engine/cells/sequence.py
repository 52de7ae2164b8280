"""What cells read: a sequence of vectors and the state before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.error import EngineError
from tutor.engine.shapes import Array, Shapes, numbers
from tutor.text.message import msg


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """A checked sequence.

    Attributes:
        x: the vectors, (T, d) or (T, B, d).
        shapes: the sizes of the symbols, T and maybe B among them.
    """

    x: Array
    shapes: Shapes

    @property
    def steps(self) -> int:
        """T."""
        return len(self.x)

    @property
    def batch(self) -> tuple[int, ...]:
        """(B,), or () without a batch."""
        return self.x.shape[1:-1]

    def rows(self, dtype: np.dtype[np.floating]) -> Array:
        """Return the vectors of all steps under each other, (T·B, d)."""
        return self.x.reshape(-1, self.x.shape[-1]).astype(dtype, copy=False)

    def state(
        self, name: str, value: ArrayLike | None, symbol: str, dtype: np.dtype[np.floating]
    ) -> Array:
        """Return the state before the first step, ([B,] symbol); zeros if none is given.

        Raises:
            EngineError: it has a wrong shape, or an entry that is not finite.
        """
        if value is None:
            return np.zeros((*self.batch, self.shapes[symbol]), dtype)
        state = self.shapes.array(name, value, *(("B",) if self.batch else ()), symbol)
        return state.astype(dtype, copy=False)


def sequence(x: ArrayLike, input_size: int) -> Sequence:
    """Check a sequence for a cell that reads vectors of `input_size` numbers.

    Raises:
        EngineError: an empty sequence, a wrong shape, or an entry that is not finite.
    """
    array = numbers("x", x)
    shapes = Shapes()
    shapes.bind("d", input_size, "weight_ih")
    if 0 in array.shape:
        raise EngineError(
            msg("`x` is empty: its shape is ({shape}).", shape=", ".join(map(str, array.shape))),
            msg("A sequence has one step at least."),
            argument="x",
        )
    shapes.fit("x", array.shape, *(("T", "B", "d") if array.ndim == 3 else ("T", "d")))
    return Sequence(array, shapes)


def one_step(x: ArrayLike, input_size: int, **states: tuple[ArrayLike, str, int]) -> Array:
    """Return the input of a single step as a sequence of one, (1, d) or (1, B, d).

    Args:
        x: (d) or (B, d).
        input_size: d.
        states: by the names of the arguments: each with the symbol of its size, and the size.

    Raises:
        EngineError: shapes that do not fit, or entries that are not finite.
    """
    x = numbers("x", x)
    shapes = Shapes()
    shapes.bind("d", input_size, "weight_ih")
    batch = ("B",) if x.ndim == 2 else ()
    shapes.fit("x", x.shape, *batch, "d")
    for name, (state, symbol, size) in states.items():
        shapes.bind(symbol, size, "weight_hh")
        shapes.array(name, state, *batch, symbol)
    return x[None]


def check_finite(h: Array) -> None:
    """Refuse a run in which numbers have grown past what floats hold.

    Raises:
        EngineError: naming the first step at which it happened.
    """
    if not np.isfinite(h).all():
        step = int(np.argwhere(~np.isfinite(h))[0][0])
        raise EngineError(
            msg("The state overflows at step {step:,}.", step=step + 1),
            msg("Take smaller weights, or fewer steps."),
            argument="x",
        )
