"""Backpropagation through time for the LSTM."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.cells.lstm import LstmRun, LstmWeights
from tutor.engine.gradients.backward import (
    backward,
    bias_gradient,
    earlier,
    weight_gradient,
)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LstmGradients:
    """dL/d… of everything an LSTM read, each of the shape of what it belongs to.

    The two biases have the same gradient, since only their sum counts. What the weights do not
    have is None.
    """

    weight_ih: Array
    weight_hh: Array
    bias_ih: Array | None
    bias_hh: Array | None
    weight_hr: Array | None
    peepholes: Array | None
    x: Array
    h_0: Array
    c_0: Array


def lstm_gradients(
    run: LstmRun,
    weights: LstmWeights,
    dh: ArrayLike,
    dc: ArrayLike | None = None,
    *,
    truncation: int | None = None,
) -> LstmGradients:
    """Return the gradient of a loss that reads the states of an LSTM.

    Args:
        run: what `lstm` returned for these weights.
        weights: the weights.
        dh: dL/dh_t at every step, (T, [B,] h); with a projection p for h.
        dc: dL/dc_T of the last cell state, ([B,] h), where the loss reads it.
        truncation: k: the gradient is cut before every k-th step, as by detaching h and c in a
            PyTorch loop; the states themselves go on. From T on it changes nothing.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, a truncation below 1.
    """
    back = backward(
        run.x,
        run.h,
        {
            "d": (weights.input_size, "weight_ih"),
            "h": (weights.hidden_size, "weight_ih"),
            "p": (weights.output_size, "weight_hh"),
        },
        truncation,
    )
    x, h_0 = back.rows("x", run.x, "d"), back.row("h_0", run.h_0, "p")
    h, c_0 = back.rows("h", run.h, "p"), back.row("c_0", run.c_0, "h")
    i, f, g, o, c = (back.rows(name, getattr(run, name), "h") for name in "ifgoc")
    h_prev, c_prev = earlier(h_0, h), earlier(c_0, c)  # (T, B, p), (T, B, h)
    outer_dh = back.rows("dh", dh, "p")
    tanh_c = np.tanh(c)
    W_hr, P = weights.weight_hr, weights.peepholes
    U = weights.weight_hh.astype(np.float64, copy=False)

    # the slopes of what is multiplied with each error: σ′ = σ(1 − σ), tanh′ = 1 − tanh²
    i_slope, f_slope, o_slope = i * (1.0 - i) * g, f * (1.0 - f) * c_prev, o * (1.0 - o) * tanh_c
    g_slope, c_slope = (1.0 - g * g) * i, (1.0 - tanh_c * tanh_c) * o

    da = np.empty((*c.shape[:2], 4, c.shape[2]))  # (T, B, 4, h)
    dm = np.empty_like(c)  # error of o ⊙ tanh c, (T, B, h)
    dh_next = np.zeros_like(h_0)
    dc_next = np.zeros_like(c_0) if dc is None else back.row("dc", dc, "h")
    all_dh = np.empty_like(h)
    for t in reversed(range(back.steps)):
        dh_t = outer_dh[t] + dh_next  # (B, p)
        all_dh[t] = dh_t
        dm[t] = dh_t if W_hr is None else dh_t @ W_hr  # (B, h)
        da_i, da_f, da_g, da_o = da[t].swapaxes(0, 1)  # views, (B, h) each
        da_o[:] = dm[t] * o_slope[t]
        dc_t = dc_next + dm[t] * c_slope[t]
        if P is not None:
            dc_t = dc_t + da_o * P[2]
        da_i[:] = dc_t * i_slope[t]
        da_f[:] = dc_t * f_slope[t]
        da_g[:] = dc_t * g_slope[t]
        if back.is_cut(t):
            dh_next, dc_next = np.zeros_like(h_0), np.zeros_like(c_0)
            continue
        dh_next = da[t].reshape(len(h_0), -1) @ U  # (B, p)
        dc_next = dc_t * f[t]
        if P is not None:
            dc_next = dc_next + da_i * P[0] + da_f * P[1]

    flat = da.reshape(*c.shape[:2], -1)  # (T, B, 4h)
    bias = bias_gradient(flat)
    peepholes = None
    if P is not None:
        read = np.stack((c_prev, c_prev, c), axis=2)  # (T, B, 3, h)
        peepholes = (da[:, :, [0, 1, 3]] * read).sum(axis=(0, 1))
    return LstmGradients(
        weight_ih=weight_gradient(flat, x),
        weight_hh=weight_gradient(flat, h_prev),
        bias_ih=None if weights.bias_ih is None else bias,
        bias_hh=None if weights.bias_hh is None else bias.copy(),
        weight_hr=None if W_hr is None else weight_gradient(all_dh, o * tanh_c),
        peepholes=peepholes,
        x=back.unrows(flat @ weights.weight_ih),
        h_0=back.unrow(dh_next),
        c_0=back.unrow(dc_next),
    )
