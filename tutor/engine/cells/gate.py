"""The sigmoid of gates, in place: a cell spends most of its time outside the products in it."""

from __future__ import annotations

import numpy as np

from tutor.engine.shapes import Array


def sigmoid_in_place(z: Array) -> None:
    """Put σ(z) = 1 / (1 + e^−z) in the place of z.

    The precision is relative in both tails, so that products of nearly closed gates keep their
    digits. From z = −709 down, in float32 from −88, e^−z is ∞ and σ(z) is 0: the caller silences
    the overflow for its whole sequence (`quiet`), since to do it here would cost a tenth.
    """
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1.0
    np.reciprocal(z, out=z)


def quiet() -> np.errstate:
    """Return the context in which cells run: limits come without warnings."""
    return np.errstate(over="ignore", invalid="ignore")
