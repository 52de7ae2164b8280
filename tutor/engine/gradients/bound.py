"""The bound on a gradient through time that depends on nothing but φ and W."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.gradients.activation import known
from tutor.engine.gradients.norms import Norms, powers, spectral_norm
from tutor.engine.gradients.peak import LARGEST_SLOPE
from tutor.engine.scalars import whole
from tutor.engine.shapes import Shapes

MOST_STEPS = 10_000


def sufficient_bound(weight_hh: ArrayLike, activation: str, steps: int) -> Norms:
    """Return (γ·σ_max(W))^t for t = 1 … steps: no norm of ∂h_t/∂h_0 of an RNN is above it.

    γ is 1/4 for the sigmoid and 1 for tanh and ReLU. γ·σ_max < 1 suffices for the gradient to
    vanish; γ·σ_max > 1 is only needed for it to explode, and does not make it.

    Source: Pascanu, Mikolov & Bengio 2013, section 2.1.

    Raises:
        EngineError: a matrix that is not square, an unknown activation, no steps.
    """
    weights = Shapes().array("weight_hh", weight_hh, "h", "h").astype(np.float64)
    whole("steps", steps, most=MOST_STEPS)
    gamma = LARGEST_SLOPE[known("activation", activation)]
    return powers(gamma * spectral_norm(weights), np.arange(1, steps + 1))
