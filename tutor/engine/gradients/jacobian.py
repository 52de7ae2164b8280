"""Step Jacobians: how the state after a step depends on the state before it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tutor.engine.cells.gru import GruRun, GruWeights
from tutor.engine.cells.lstm import LstmRun, LstmWeights
from tutor.engine.cells.rnn import RnnRun, RnnWeights
from tutor.engine.gradients.activation import SLOPES
from tutor.engine.shapes import Array as Given

Array = NDArray[np.float64]


def rnn_jacobians(run: RnnRun, weights: RnnWeights, nonlinearity: str) -> Array:
    """Return ∂h_t/∂h_{t−1} = diag(φ′(a_t)) U for every step, (T, h, h)."""
    slope = SLOPES[nonlinearity](run.a.astype(np.float64))  # (T, h)
    return slope[:, :, None] * weights.weight_hh


def gru_jacobians(run: GruRun, weights: GruWeights, *, reset_after: bool) -> Array:
    """Return ∂h_t/∂h_{t−1} for every step, (T, h, h).

    diag(z) + diag(z′(h_{t−1} − n)) U_z + diag(1 − z) ∂n/∂h, where ∂n/∂h is
    diag(n′)(diag(r) U_n + diag(m r′) U_r) with the reset after the product, and
    diag(n′) U_n (diag(r) + diag(h_{t−1} r′) U_r) with the reset before it.
    """
    U_r, U_z, U_n = _blocks(weights.weight_hh, 3)  # (h, h) each
    r, z, n, m = run.r, run.z, run.n, run.m  # (T, h) each
    h_prev = _before(run.h_0, run.h)
    dn = _rows(r * (1.0 - r) * m, U_r)  # what r does; (T, h, h)
    if reset_after:
        dn += _rows(r, U_n)
    else:
        _diagonal(dn)[:] += r
        dn = U_n @ dn
    step = _rows((1.0 - z) * (1.0 - n * n), dn)
    step += _rows(z * (1.0 - z) * (h_prev - n), U_z)
    _diagonal(step)[:] += z
    return step


def lstm_jacobians(run: LstmRun, weights: LstmWeights) -> Array:
    """Return ∂(h_t, c_t)/∂(h_{t−1}, c_{t−1}) for every step, (T, s + h, s + h).

    s is the size of h_t: h, or p with a projection. The block ∂c_t/∂c_{t−1} is diag(f_t), the
    direct path, and with peepholes more.
    """
    U_i, U_f, U_g, U_o = _blocks(weights.weight_hh, 4)  # (h, s) each
    i, f, g, o = run.i, run.f, run.g, run.o  # (T, h) each
    h, s = weights.hidden_size, weights.output_size
    c_prev, tanh_c = _before(run.c_0, run.c), np.tanh(run.c)
    P_i, P_f, P_o = np.zeros((3, h)) if weights.peepholes is None else weights.peepholes
    i_slope, f_slope = i * (1.0 - i) * g, f * (1.0 - f) * c_prev  # (T, h)
    g_slope, o_slope = (1.0 - g * g) * i, o * (1.0 - o) * tanh_c
    m_slope = o * (1.0 - tanh_c * tanh_c) + o_slope * P_o  # of o ⊙ tanh c by c

    step = np.zeros((len(f), s + h, s + h))
    c_by_h = step[:, s:, :s]  # views of what is returned: (T, h, s)
    c_by_c = f + i_slope * P_i + f_slope * P_f  # diagonals, (T, h)
    for scale, U in ((i_slope, U_i), (f_slope, U_f), (g_slope, U_g)):
        c_by_h += _rows(scale, U)
    m_by_h = _rows(o_slope, U_o)  # (T, h, s)
    m_by_h += _rows(m_slope, c_by_h)
    m_by_c = m_slope * c_by_c  # diagonals, (T, h)
    _diagonal(step[:, s:, s:])[:] = c_by_c
    if weights.weight_hr is None:
        step[:, :s, :s] = m_by_h
        _diagonal(step[:, :s, s:])[:] = m_by_c
    else:
        W_hr = weights.weight_hr  # (p, h)
        step[:, :s, :s] = W_hr @ m_by_h
        step[:, :s, s:] = W_hr * m_by_c[:, None, :]
    return step


def _blocks(tensor: Given, count: int) -> list[Array]:
    return np.split(tensor.astype(np.float64), count)


def _before(first: Given, states: Given) -> Array:
    """Return the state before every step, (T, n)."""
    return np.concatenate((first[None], states[:-1])).astype(np.float64)


def _rows(scale: Given, matrix: Array) -> Array:
    """Return diag(scale_t) · matrix for every step, (T, n, m)."""
    return np.asarray(scale[:, :, None] * matrix, dtype=np.float64)


def _diagonal(matrices: Array) -> Array:
    """Return a view of the diagonal of every matrix (T, n, n), (T, n)."""
    view: Array = np.einsum("tii->ti", matrices)
    return view
