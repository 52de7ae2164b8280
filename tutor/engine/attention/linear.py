"""A fully connected layer inside attention and Transformer layers: xWᵀ + b."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.attention.drawn import Drawn
from tutor.engine.error import EngineError
from tutor.engine.shapes import Array
from tutor.text.message import msg


@dataclass(frozen=True, slots=True, eq=False)
class LinearWeights:
    """The weights of PyTorch's `nn.Linear`.

    Attributes:
        weight: (n_out, n_in).
        bias: (n_out), or None.
    """

    weight: ArrayLike
    bias: ArrayLike | None = None

    @classmethod
    def drawn(cls, source: Drawn, n_out: int, n_in: int) -> LinearWeights:
        """Return the next weights of a source."""
        return cls(source.weight(n_out, n_in), source.bias(n_out))

    @classmethod
    def from_pytorch(cls, state: Mapping[str, ArrayLike], name: str) -> LinearWeights:
        """Return the layer of this name from a module's `state_dict()`."""
        return cls(tensor(state, f"{name}.weight"), state.get(f"{name}.bias"))


def tensor(state: Mapping[str, ArrayLike], name: str) -> ArrayLike:
    """Return a tensor of a `state_dict()`.

    Raises:
        EngineError: it has none of this name.
    """
    if name not in state:
        raise EngineError(
            msg("The weights have no `{name}`.", name=name),
            msg("They are named as in the module's state dictionary in PyTorch."),
            argument=name,
        )
    return state[name]


def affine(x: Array, weight: Array, bias: Array | None) -> Array:
    """Return xWᵀ + b.

    Args:
        x: (..., n_in).
        weight: (n_out, n_in).
        bias: (n_out), or None.

    Raises:
        EngineError: the sums overflow.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # refused below
        y = np.asarray(x @ weight.T)  # (..., n_out)
        if bias is not None:
            y += bias
    return finite(y)


def finite(y: Array) -> Array:
    """Return what has been computed, if it is finite.

    Raises:
        EngineError: it is not.
    """
    if not np.isfinite(y).all():
        raise EngineError(
            msg("The numbers grow past what can be computed with."),
            msg("Use smaller numbers in the input and the weights."),
            argument=None,
        )
    return y
