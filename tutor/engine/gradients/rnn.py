"""Backpropagation through time for the plain RNN (Werbos 1990)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.cells.rnn import RnnRun, RnnWeights, check_nonlinearity
from tutor.engine.gradients.activation import SLOPES
from tutor.engine.gradients.backward import (
    backward,
    bias_gradient,
    earlier,
    weight_gradient,
)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RnnGradients:
    """dL/d… of everything an RNN read, each of the shape of what it belongs to.

    The two biases have the same gradient, since only their sum counts; a bias that the weights
    do not have is None.
    """

    weight_ih: Array
    weight_hh: Array
    bias_ih: Array | None
    bias_hh: Array | None
    x: Array
    h_0: Array


def rnn_gradients(
    run: RnnRun,
    weights: RnnWeights,
    dh: ArrayLike,
    *,
    nonlinearity: str = "tanh",
    truncation: int | None = None,
) -> RnnGradients:
    """Return the gradient of a loss that reads the states of an RNN.

    δ_t = φ′(a_t) ⊙ (dL/dh_t + Uᵀδ_{t+1}), dL/dU = Σ_t δ_t h_{t−1}ᵀ, dL/dW = Σ_t δ_t x_tᵀ.

    Args:
        run: what `rnn` returned for these weights.
        weights: the weights.
        dh: dL/dh_t at every step, (T, [B,] h), without what comes back from later steps.
        nonlinearity: φ, the one the run was made with.
        truncation: k: the gradient is cut before every k-th step, as by `h = h.detach()` in a
            PyTorch loop; the state itself goes on. From T on it changes nothing.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, an unknown
            nonlinearity, a truncation below 1.
    """
    check_nonlinearity(nonlinearity)
    sizes = {"d": (weights.input_size, "weight_ih"), "h": (weights.hidden_size, "weight_ih")}
    back = backward(run.x, run.h, sizes, truncation)
    x, h_0 = back.rows("x", run.x, "d"), back.row("h_0", run.h_0, "h")
    a, h = back.rows("a", run.a, "h"), back.rows("h", run.h, "h")
    outer_dh = back.rows("dh", dh, "h")
    U = weights.weight_hh.astype(np.float64, copy=False)

    slope = SLOPES[nonlinearity](a)  # (T, B, h)
    da = np.empty_like(a)
    dh_next = np.zeros_like(h_0)
    for t in reversed(range(back.steps)):
        da[t] = slope[t] * (outer_dh[t] + dh_next)  # (B, h)
        dh_next = np.zeros_like(h_0) if back.is_cut(t) else da[t] @ U  # (B, h)

    bias = bias_gradient(da)
    return RnnGradients(
        weight_ih=weight_gradient(da, x),
        weight_hh=weight_gradient(da, earlier(h_0, h)),
        bias_ih=None if weights.bias_ih is None else bias,
        bias_hh=None if weights.bias_hh is None else bias.copy(),
        x=back.unrows(da @ weights.weight_ih),
        h_0=back.unrow(dh_next),
    )
