"""The gated recurrent unit (Cho et al. 2014), reset before or after the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.cells.gate import quiet, sigmoid_of_negative
from tutor.engine.cells.sequence import check_finite, one_step, sequence
from tutor.engine.cells.tensors import dtype_of, gate_views, product_matrix, reordered
from tutor.engine.cells.weights import CellWeights
from tutor.engine.shapes import Array, Shapes, numbers


@dataclass(frozen=True, slots=True, eq=False)
class GruWeights(CellWeights):
    """The weights of a GRU as PyTorch lays them out, gates in the order r, z, n.

    Attributes:
        weight_ih: (3h, d).
        weight_hh: (3h, h).
        bias_ih: (3h), or None for no bias.
        bias_hh: (3h), or None. With the reset after the product its last third is no second
            bias: r multiplies it.

    Raises:
        EngineError: a tensor has a wrong shape, or an entry that is not finite.
    """

    BLOCKS: ClassVar = 3
    ONNX_ORDER: ClassVar = (1, 0, 2)  # z, r, h

    @classmethod
    def from_keras(
        cls, kernel: ArrayLike, recurrent_kernel: ArrayLike, bias: ArrayLike | None = None
    ) -> Self:
        """Return the weights of `keras.layers.GRU`: inputs × 3h, gates in the order z, r, h.

        Args:
            kernel: (d, 3h).
            recurrent_kernel: (h, 3h).
            bias: (2, 3h) with `reset_after`, the bias of the input first; (3h) without; or None.
        """
        shapes, order = Shapes(), (1, 0, 2)
        W = shapes.array("kernel", kernel, "d", "3h")
        U = shapes.array("recurrent_kernel", recurrent_kernel, "h", "3h")
        b_ih = b_hh = None
        if bias is not None:
            b = numbers("bias", bias)
            shapes.fit("bias", b.shape, *(("2", "3h") if b.ndim == 2 else ("3h",)))
            b_ih, *rest = (reordered(row, order) for row in np.atleast_2d(b))
            b_hh = rest[0] if rest else None
        return cls(reordered(W.T, order), reordered(U.T, order), b_ih, b_hh)


@dataclass(frozen=True, slots=True, eq=False)
class GruRun:
    """A GRU over a sequence. B is missing where x has no batch.

    Attributes:
        x: the input, (T, B, d).
        h_0: the state before the first step, (B, h).
        r: the reset gate at every step, (T, B, h), in (0, 1).
        z: the update gate, alike; 1 keeps the old state.
        n: the candidate, (T, B, h), in (−1, 1).
        m: what r multiplies, (T, B, h): U_n h_{t−1} + b_hn with the reset after the product,
            h_{t−1} with the reset before it.
        h: the state after every step, (T, B, h).
    """

    x: Array
    h_0: Array
    r: Array
    z: Array
    n: Array
    m: Array
    h: Array


def gru(
    x: ArrayLike,
    weights: GruWeights,
    h_0: ArrayLike | None = None,
    *,
    reset_after: bool = True,
) -> GruRun:
    """Run a GRU over a sequence, as `torch.nn.GRU` with one layer does.

    r, z = σ(W x_t + b + U h_{t−1}), h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}, and the candidate
    n = tanh(W_n x_t + b_in + r ⊙ (U_n h_{t−1} + b_hn)) with the reset after the product
    (PyTorch, Keras; Cho et al. v1), n = tanh(W_n x_t + b_n + U_n (r ⊙ h_{t−1})) with the reset
    before it (Cho et al. v3, d2l).

    Args:
        x: the input, (T, d) or (T, B, d).
        weights: what the cell has learned.
        h_0: the state before the first step, (h) or (B, h); zeros if left out.
        reset_after: whether r acts after the product with U_n, or before it.

    Returns:
        Every gate at every step; float32 if x and weights are, otherwise float64.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, no steps.
    """
    read = sequence(x, weights.input_size)
    read.shapes.bind("h", weights.hidden_size, "weight_hh")
    dtype = dtype_of(read.x, *weights.tensors)
    start = read.state("h_0", h_0, "h", dtype)

    T, h = read.steps, weights.hidden_size
    order = (0, 1, 2)
    W = product_matrix(weights.weight_ih, order, dtype, negated=2)  # (d, 3h)
    U = product_matrix(weights.weight_hh, order, dtype, negated=2)  # (h, 3h)
    b_x, b_h = _biases(weights)
    b_x = product_matrix(b_x, order, dtype, negated=2)  # (3h)
    b_h = product_matrix(b_h, order, dtype, negated=2)  # (3h)

    h_last = start.reshape(-1, h)  # (B, h)
    B = len(h_last)
    U_n = np.ascontiguousarray(U[:, 2 * h :])  # (h, h)
    b_n = np.tile(b_h[2 * h :], (B, 1))  # (B, h)
    m = np.empty((T, B, h), dtype)
    states = np.empty((T, B, h), dtype)
    recurrent = np.empty((B, 3 * h), dtype)
    product = np.empty((B, h), dtype)
    one = np.ones((B, 2 * h), dtype)
    with quiet():
        gates = (read.rows(dtype) @ W).reshape(T, B, 3 * h)
        gates += b_x
        gates[..., : 2 * h] += b_h[: 2 * h]
        for rz, r, z, n, m_t, h_t in zip(
            gates[..., : 2 * h], *gate_views(gates, 3), m, states, strict=True
        ):
            np.dot(h_last, U, out=recurrent)  # (B, 3h)
            np.add(rz, recurrent[:, : 2 * h], out=rz)
            sigmoid_of_negative(rz, one)  # (B, 2h)
            if reset_after:
                np.add(recurrent[:, 2 * h :], b_n, out=m_t)  # (B, h)
                np.add(n, np.multiply(r, m_t, out=product), out=n)
            else:
                m_t[:] = h_last
                np.add(n, (r * m_t) @ U_n, out=n)
                np.add(n, b_n, out=n)
            np.tanh(n, out=n)  # (B, h)
            np.subtract(h_last, n, out=h_t)  # n + z (h − n) = (1 − z) n + z h
            np.multiply(h_t, z, out=h_t)
            np.add(h_t, n, out=h_t)
            h_last = h_t
    check_finite(states)

    r, z, n = gate_views(gates.reshape(T, *read.batch, 3 * h), 3)
    return GruRun(
        x=read.x,
        h_0=start,
        r=r,
        z=z,
        n=n,
        m=m.reshape(T, *read.batch, h),
        h=states.reshape(T, *read.batch, h),
    )


def gru_cell(x: ArrayLike, h: ArrayLike, weights: GruWeights, *, reset_after: bool = True) -> Array:
    """Return the next h, as `torch.nn.GRUCell` does.

    Args:
        x: the input of one step, (d) or (B, d).
        h: the state, (h) or (B, h).
        weights: what the cell has learned.
        reset_after: whether r acts after the product with U_n, or before it.

    Raises:
        EngineError: shapes that do not fit, or entries that are not finite.
    """
    step = one_step(x, weights.input_size, h=(h, "h", weights.hidden_size))
    return np.asarray(gru(step, weights, h, reset_after=reset_after).h[0])


def _biases(weights: GruWeights) -> tuple[Array, Array]:
    """Return the biases beside x and beside h, (3h) each; zeros where there are none."""
    none = np.zeros(3 * weights.hidden_size)
    b_x, b_h = (none if b is None else b for b in (weights.bias_ih, weights.bias_hh))
    return b_x, b_h
