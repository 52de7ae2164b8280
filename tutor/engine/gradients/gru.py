"""Backpropagation through time for the GRU."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.cells.gru import GruRun, GruWeights
from tutor.engine.gradients.backward import (
    backward,
    bias_gradient,
    earlier,
    weight_gradient,
)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class GruGradients:
    """dL/d… of everything a GRU read, each of the shape of what it belongs to.

    With the reset after the product the biases' gradients differ in the candidate's third, where
    r multiplies one of them. A bias that the weights do not have is None.
    """

    weight_ih: Array
    weight_hh: Array
    bias_ih: Array | None
    bias_hh: Array | None
    x: Array
    h_0: Array


def gru_gradients(
    run: GruRun,
    weights: GruWeights,
    dh: ArrayLike,
    *,
    reset_after: bool = True,
    truncation: int | None = None,
) -> GruGradients:
    """Return the gradient of a loss that reads the states of a GRU.

    Args:
        run: what `gru` returned for these weights.
        weights: the weights.
        dh: dL/dh_t at every step, (T, [B,] h), without what comes back from later steps.
        reset_after: the form the run was made with.
        truncation: k: the gradient is cut before every k-th step, as by `h = h.detach()` in a
            PyTorch loop; the state itself goes on. From T on it changes nothing.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, a truncation below 1.
    """
    sizes = {"d": (weights.input_size, "weight_ih"), "h": (weights.hidden_size, "weight_hh")}
    back = backward(run.x, run.h, sizes, truncation)
    x, h_0 = back.rows("x", run.x, "d"), back.row("h_0", run.h_0, "h")
    r, z, n, m, h = (back.rows(name, getattr(run, name), "h") for name in "rznmh")
    h_prev = earlier(h_0, h)  # (T, B, h)
    outer_dh = back.rows("dh", dh, "h")
    U = weights.weight_hh.astype(np.float64, copy=False)
    size = h.shape[-1]
    U_rz, U_n = U[: 2 * size], U[2 * size :]  # (2h, h), (h, h)

    # the slopes of what is multiplied with each error: σ′ = σ(1 − σ), tanh′ = 1 − tanh²
    r_slope, z_slope = r * (1.0 - r) * m, z * (1.0 - z) * (h_prev - n)
    n_slope = (1.0 - z) * (1.0 - n * n)

    da = np.empty((*h.shape[:2], 3, size))  # errors beside x, (T, B, 3, h)
    dh_next = np.zeros_like(h_0)
    for t in reversed(range(back.steps)):
        da_r, da_z, da_n = da[t].swapaxes(0, 1)  # views, (B, h) each
        dh_t = outer_dh[t] + dh_next  # (B, h)
        da_n[:] = dh_t * n_slope[t]
        da_z[:] = dh_t * z_slope[t]
        dm = da_n if reset_after else da_n @ U_n  # error of r ⊙ m, (B, h)
        da_r[:] = dm * r_slope[t]
        if back.is_cut(t):
            dh_next = np.zeros_like(h_0)
            continue
        through = r[t] * dm  # error of m
        dh_next = dh_t * z[t] + da[t, :, :2].reshape(len(h_0), -1) @ U_rz
        dh_next = dh_next + (through @ U_n if reset_after else through)

    # errors and states beside the three blocks of weight_hh
    beside_h = da.copy()
    read_n = r * h_prev
    if reset_after:
        beside_h[:, :, 2] *= r
        read_n = h_prev
    flat, flat_h = (errors.reshape(*h.shape[:2], -1) for errors in (da, beside_h))  # (T, B, 3h)
    rz = flat_h[:, :, : 2 * size]
    return GruGradients(
        weight_ih=weight_gradient(flat, x),
        weight_hh=np.concatenate(
            (weight_gradient(rz, h_prev), weight_gradient(flat_h[:, :, 2 * size :], read_n))
        ),
        bias_ih=None if weights.bias_ih is None else bias_gradient(flat),
        bias_hh=None if weights.bias_hh is None else bias_gradient(flat_h),
        x=back.unrows(flat @ weights.weight_ih),
        h_0=back.unrow(dh_next),
    )
