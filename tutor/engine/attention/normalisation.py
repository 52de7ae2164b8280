"""Layer normalisation: every token's vector to mean 0 and variance 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.error import EngineError
from tutor.engine.scalars import positive
from tutor.engine.shapes import Array, Shapes
from tutor.text.message import msg

EPS = 1e-5  # PyTorch's default; Keras has 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class LayerNormRun:
    """One layer normalisation.

    Attributes:
        mean: (..., 1), of each vector.
        variance: (..., 1), the mean squared distance from it: divided by d, not by d − 1.
        normalised: (..., d), the vectors before weight and bias.
        output: (..., d).
    """

    mean: Array
    variance: Array
    normalised: Array
    output: Array


@dataclass(frozen=True, slots=True, eq=False)
class LayerNormWeights:
    """The weights of PyTorch's `nn.LayerNorm`; Keras calls them gamma and beta.

    Attributes:
        weight: (d), or None for 1.
        bias: (d), or None for 0.
    """

    weight: ArrayLike | None = None
    bias: ArrayLike | None = None


def layer_norm(
    x: ArrayLike,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    eps: float = EPS,
) -> LayerNormRun:
    """Normalise over the last axis: (x − μ) / √(σ² + ε) · weight + bias.

    Args:
        x: (..., d).
        weight: (d), or None.
        bias: (d), or None.
        eps: ε, which keeps the root from 0 for a constant vector.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, or an ε that is not
            above 0.

    Source: Ba, Kiros & Hinton 2016; `torch.nn.functional.layer_norm`.
    """
    shapes = Shapes()
    x = shapes.array("x", x, "...", "d")
    eps = positive("eps", eps)
    with np.errstate(over="ignore", invalid="ignore"):  # refused below
        mean = x.mean(axis=-1, keepdims=True)  # (..., 1)
        centred = x - mean  # (..., d)
        variance = np.square(centred).mean(axis=-1, keepdims=True)  # (..., 1)
    if not np.isfinite(variance).all():
        raise EngineError(
            msg("The variance of `x` overflows."), msg("Use smaller numbers."), argument="x"
        )
    normalised = centred / np.sqrt(variance + eps)  # (..., d)
    output = normalised
    if weight is not None:
        output = output * shapes.array("weight", weight, "d")
    if bias is not None:
        output = output + shapes.array("bias", bias, "d")
    return LayerNormRun(mean, variance, normalised, output)
