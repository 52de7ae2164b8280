"""The activations of a recurrent unit, with the slope that its gradient is multiplied by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tutor.engine import activations
from tutor.engine.scalars import choice

Array = NDArray[np.float64]
Activation = Literal["tanh", "relu", "sigmoid"]

VALUES: dict[str, Callable[[Array], Array]] = {
    "tanh": activations.tanh,
    "relu": activations.relu,
    "sigmoid": activations.sigmoid,
}
SLOPES: dict[str, Callable[[Array], Array]] = {
    "tanh": activations.tanh_derivative,
    "relu": activations.relu_derivative,
    "sigmoid": activations.sigmoid_derivative,
}


def known(name: str, activation: str) -> str:
    """Return the name of an activation that has a slope.

    Args:
        name: the argument.
        activation: its value.

    Raises:
        EngineError: no such activation.
    """
    return choice(name, activation, SLOPES)


def numbers_of(x: float) -> Array:
    """Return a number as the arrays that these functions take."""
    return np.asarray(x, dtype=np.float64)
