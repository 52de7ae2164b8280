"""The sigmoid of gates, in place: beside the products a cell spends most of its time in it."""

from __future__ import annotations

import numpy as np

from tutor.engine.shapes import Array


def sigmoid_of_negative(z: Array, one: Array) -> None:
    """Put σ(−z) = 1 / (1 + e^z) in the place of z.

    Cells keep the weights of their gates negated, which saves a pass over the gates at every
    step. The precision is relative in both tails, so that products of nearly closed gates keep
    their digits. Where e^z is past the largest float, 1/∞ is the right 0: the caller silences
    the overflow for its whole sequence (`quiet`).

    Args:
        z: any shape.
        one: ones of the same shape; NumPy takes a whole array faster than a number.
    """
    np.exp(z, out=z)
    np.add(z, one, out=z)
    np.divide(one, z, out=z)


def quiet() -> np.errstate:
    """Return the context in which cells run: limits come without warnings."""
    return np.errstate(over="ignore", under="ignore", invalid="ignore")
