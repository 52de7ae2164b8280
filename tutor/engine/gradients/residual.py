"""The gradient down a deep stack of tanh layers, with and without a way around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine import noise
from tutor.engine.error import EngineError
from tutor.engine.gradients.norms import Norms, binary_exponent, vector_norms
from tutor.engine.scalars import whole
from tutor.engine.shapes import Shapes, numbers
from tutor.text.message import msg

Array = NDArray[np.float64]

LARGEST = 1e100  # products of two are floats


@dataclass(frozen=True, slots=True, eq=False)
class ResidualFlow:
    """A stack's values on the way up, and its gradients on the way down.

    Attributes:
        x: the input of each layer and the output of the last, (L + 1, n).
        gradients: dL/dx for each of them, (L + 1, n); plain floats, so tiny ones may be 0.
        norms: their lengths, L + 1 of them, the input's first; these keep any size.
    """

    x: Array
    gradients: Array
    norms: Norms


def residual_flow(
    weights: ArrayLike,
    x: ArrayLike,
    gradient: ArrayLike,
    *,
    gate: ArrayLike = 1.0,
    coupled: bool = False,
    biases: ArrayLike | None = None,
) -> ResidualFlow:
    """Run x_{l+1} = f⊙x_l + tanh(W_l x_l + b_l), and a gradient back through it.

    The gate f decides what the "+" is: 0 for a plain stack, 1 for a skip connection (He et al.
    2015), between them a gated identity as in the LSTM's cell. Coupled, the layer's own part is
    multiplied by 1 − f, as in a Highway network (Srivastava et al. 2015).

    Args:
        weights: (L, n, n).
        x: the input, (n,).
        gradient: dL/dx of the output, (n,).
        gate: f, a number or (n,), from 0 to 1.
        coupled: whether tanh is weighted by 1 − f.
        biases: (L, n); zero where not given.

    Raises:
        EngineError: shapes that do not fit, a gate outside of 0 to 1, or numbers above
            10^100 in size.
    """
    shapes = Shapes()
    W = shapes.array("weights", weights, "L", "n", "n").astype(np.float64)
    value = shapes.array("x", x, "n").astype(np.float64)
    slope = shapes.array("gradient", gradient, "n").astype(np.float64)
    L, n = shapes["L"], shapes["n"]
    b = np.zeros((L, n)) if biases is None else shapes.array("biases", biases, "L", "n")
    for name, array in (("weights", W), ("x", value), ("gradient", slope), ("biases", b)):
        if np.abs(array).max(initial=0.0) > LARGEST:
            raise EngineError(
                msg("The numbers grow past what can be computed with."),
                msg("Use smaller numbers in the input and the weights."),
                argument=name,
            )
    f = _gate(shapes, gate)
    share = 1.0 - f if coupled else np.ones(n)

    values = [value]
    branches = np.empty((L, n))
    for layer in range(L):
        branches[layer] = np.tanh(W[layer] @ value + b[layer])  # (n,)
        value = f * value + share * branches[layer]  # (n,)
        values.append(value)

    scaled, exponents = np.empty((L + 1, n)), np.zeros(L + 1, dtype=np.int64)
    exponent = 0
    scaled[L] = slope
    for layer in reversed(range(L)):
        inner = share * (1.0 - branches[layer] ** 2) * slope  # (n,)
        slope = f * slope + inner @ W[layer]  # (n,)
        shift = binary_exponent(np.abs(slope).max())
        slope = np.ldexp(slope, -shift)
        exponent += shift
        scaled[layer], exponents[layer] = slope, exponent
    with np.errstate(over="ignore", under="ignore"):
        gradients = np.ldexp(scaled, exponents[:, None])
    return ResidualFlow(np.array(values), gradients, vector_norms(scaled, exponents))


def drawn_stack(
    layers: int, hidden_size: int, seed: int, weight_scale: float
) -> tuple[Array, Array, Array]:
    """Return weights (L, n, n), an input (n,) and a gradient at the output (n,) of length 1.

    Args:
        layers: L.
        hidden_size: n.
        seed: from 0 on.
        weight_scale: weights are normal with a deviation of weight_scale / √n.
    """
    whole("layers", layers)
    whole("hidden_size", hidden_size)
    n = hidden_size
    drawn = noise.normal(seed, layers * n * n + 2 * n)
    weights = weight_scale / np.sqrt(n) * drawn[: layers * n * n].reshape(layers, n, n)
    x, gradient = drawn[layers * n * n :].reshape(2, n)
    return weights, x, gradient / np.sqrt(gradient @ gradient)


def _gate(shapes: Shapes, gate: ArrayLike) -> Array:
    f = numbers("gate", gate)
    if f.ndim:
        shapes.fit("gate", f.shape, "n")
    if np.any((f < 0) | (f > 1)):
        raise EngineError(
            msg("`{name}` has the value {value}.", name="gate", value=str(f[(f < 0) | (f > 1)][0])),
            msg("A gate is a number from 0 to 1, or one for every unit."),
            argument="gate",
        )
    return np.broadcast_to(f, (shapes["n"],)).astype(np.float64)
