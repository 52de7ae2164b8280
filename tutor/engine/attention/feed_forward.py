"""The feed-forward network of a Transformer layer: the same for every position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tutor.engine import activations
from tutor.engine.attention.linear import LinearWeights, affine
from tutor.engine.scalars import choice
from tutor.engine.shapes import Array, Shapes

FeedForwardActivation = Literal["relu", "gelu"]
_ACTIVATIONS = {"relu": activations.relu, "gelu": activations.gelu}


@dataclass(frozen=True, slots=True, eq=False)
class FeedForwardRun:
    """One feed-forward network.

    Attributes:
        preactivation: (..., n, f), after the first layer.
        hidden: (..., n, f), after the activation.
        output: (..., n, d).
    """

    preactivation: Array
    hidden: Array
    output: Array


def feed_forward(
    x: Array,
    linear1: LinearWeights,
    linear2: LinearWeights,
    activation: FeedForwardActivation,
) -> FeedForwardRun:
    """Run activation(xW_1ᵀ + b_1)W_2ᵀ + b_2.

    Args:
        x: (..., n, d).
        linear1: (f, d).
        linear2: (d, f).
        activation: `relu`, or `gelu` in its exact form.

    Raises:
        EngineError: weights that do not fit, or an unknown activation.

    Source: Vaswani et al. 2017, 3.3.
    """
    function = _ACTIVATIONS[choice("activation", activation, _ACTIVATIONS)]
    shapes = Shapes()
    shapes.bind("d", x.shape[-1], "x")
    w1, b1 = _checked(shapes, "linear1", linear1, "f", "d")
    w2, b2 = _checked(shapes, "linear2", linear2, "d", "f")
    preactivation = affine(x, w1, b1)  # (..., n, f)
    hidden = np.asarray(function(preactivation), dtype=preactivation.dtype)
    return FeedForwardRun(preactivation, hidden, affine(hidden, w2, b2))


def _checked(
    shapes: Shapes, name: str, layer: LinearWeights, n_out: str, n_in: str
) -> tuple[Array, Array | None]:
    weight = shapes.array(f"{name}.weight", layer.weight, n_out, n_in)
    if layer.bias is None:
        return weight, None
    return weight, shapes.array(f"{name}.bias", layer.bias, n_out)
