"""A single recurrent unit: the gradient through time is a product of numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.engine.gradients.activation import SLOPES, VALUES, known
from tutor.engine.gradients.bound import MOST_STEPS
from tutor.engine.gradients.norms import Norms, scaled_products
from tutor.engine.gradients.steps import overflow
from tutor.engine.scalars import real, whole

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ActivationChain:
    """What a unit does at each of T steps.

    Attributes:
        a: preactivations w·h_{t−1} + b, (T,).
        h: values φ(a_t), (T,).
        factors: φ′(a_t)·w = ∂h_t/∂h_{t−1}, (T,).
        products: |∂h_t/∂h_0|, of which a sign is known from `factors`, T of them.
    """

    a: Array
    h: Array
    factors: Array
    products: Norms


def activation_chain(
    activation: str, w: float, steps: int, *, b: float = 0.0, h_0: float = 0.0
) -> ActivationChain:
    """Run h_t = φ(w·h_{t−1} + b) and multiply its slopes.

    A sigmoid unit with w = 5, b = −2.5 that starts from its fixed point 0.5 has the factor 1.25
    at every step: its gradient explodes.

    Raises:
        EngineError: an unknown activation, a number that is not finite, no steps, a value that
            grows past what floats hold.
    """
    value, slope = VALUES[known("activation", activation)], SLOPES[activation]
    whole("steps", steps, most=MOST_STEPS)
    w, b, h = (real(name, x) for name, x in (("w", w), ("b", b), ("h_0", h_0)))
    a_all, h_all = np.empty(steps), np.empty(steps)
    for t in range(steps):
        a = w * h + b
        h = float(value(np.asarray(a)))
        if not math.isfinite(h):
            raise overflow(t)
        a_all[t], h_all[t] = a, h
    factors = slope(a_all) * w  # (T,)
    mantissa, exponent = scaled_products(np.abs(factors)[:, None, None])
    return ActivationChain(a_all, h_all, factors, Norms(mantissa[:, 0, 0], exponent))
