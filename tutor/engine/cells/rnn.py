"""The plain recurrent network (Elman 1990)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.cells.gate import quiet, sigmoid_of_negative
from tutor.engine.cells.sequence import check_finite, one_step, sequence
from tutor.engine.cells.tensors import biases, dtype_of
from tutor.engine.cells.weights import CellWeights
from tutor.engine.scalars import choice
from tutor.engine.shapes import Array

NONLINEARITIES = ("tanh", "relu", "sigmoid")


@dataclass(frozen=True, slots=True, eq=False)
class RnnWeights(CellWeights):
    """The weights of an RNN as PyTorch lays them out.

    Attributes:
        weight_ih: (h, d).
        weight_hh: (h, h).
        bias_ih: (h), or None for no bias.
        bias_hh: (h), or None; only the sum of both biases counts.

    Raises:
        EngineError: a tensor has a wrong shape, or an entry that is not finite.
    """

    BLOCKS: ClassVar = 1
    ONNX_ORDER: ClassVar = (0,)

    @property
    def bias(self) -> Array:
        """The sum of the biases, (h)."""
        return biases(self.bias_ih, self.bias_hh, self.hidden_size)


@dataclass(frozen=True, slots=True, eq=False)
class RnnRun:
    """An RNN over a sequence. B is missing where x has no batch.

    Attributes:
        x: the input, (T, B, d).
        h_0: the state before the first step, (B, h).
        a: what the nonlinearity is applied to at every step, (T, B, h).
        h: the state after every step, (T, B, h).
    """

    x: Array
    h_0: Array
    a: Array
    h: Array


def rnn(
    x: ArrayLike,
    weights: RnnWeights,
    h_0: ArrayLike | None = None,
    *,
    nonlinearity: str = "tanh",
) -> RnnRun:
    """Run an RNN over a sequence, as `torch.nn.RNN` with one layer does.

    a_t = W x_t + b + U h_{t−1}, h_t = φ(a_t).

    Args:
        x: the input, (T, d) or (T, B, d).
        weights: what the cell has learned.
        h_0: the state before the first step, (h) or (B, h); zeros if left out.
        nonlinearity: φ: `tanh`, `relu` or `sigmoid`.

    Returns:
        Every step; float32 if x and weights are, otherwise float64.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, no steps, an unknown
            nonlinearity, or a state that grows past what floats hold.
    """
    check_nonlinearity(nonlinearity)
    read = sequence(x, weights.input_size)
    read.shapes.bind("h", weights.hidden_size, "weight_ih")
    dtype = dtype_of(read.x, *weights.tensors)
    start = read.state("h_0", h_0, "h", dtype)

    T, h = read.steps, weights.hidden_size
    W = weights.weight_ih.T.astype(dtype)  # (d, h)
    U = weights.weight_hh.T.astype(dtype)  # (h, h)
    h_last = start.reshape(-1, h)  # (B, h)
    B = len(h_last)
    states = np.empty((T, B, h), dtype)
    recurrent = np.empty((B, h), dtype)
    one = np.ones((B, h), dtype)
    with quiet():
        a = (read.rows(dtype) @ W + weights.bias.astype(dtype)).reshape(T, B, h)
        for a_t, h_t in zip(a, states, strict=True):
            np.add(a_t, np.dot(h_last, U, out=recurrent), out=a_t)
            match nonlinearity:
                case "tanh":
                    np.tanh(a_t, out=h_t)  # (B, h)
                case "relu":
                    np.maximum(a_t, 0.0, out=h_t)
                case _:
                    sigmoid_of_negative(np.negative(a_t, out=h_t), one)
            h_last = h_t
    check_finite(a)
    return RnnRun(
        x=read.x,
        h_0=start,
        a=a.reshape(T, *read.batch, h),
        h=states.reshape(T, *read.batch, h),
    )


def rnn_cell(
    x: ArrayLike, h: ArrayLike, weights: RnnWeights, *, nonlinearity: str = "tanh"
) -> Array:
    """Return the next h, as `torch.nn.RNNCell` does.

    Args:
        x: the input of one step, (d) or (B, d).
        h: the state, (h) or (B, h).
        weights: what the cell has learned.
        nonlinearity: φ: `tanh`, `relu` or `sigmoid`.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, an unknown
            nonlinearity, or a state that grows past what floats hold.
    """
    step = one_step(x, weights.input_size, h=(h, "h", weights.hidden_size))
    return np.asarray(rnn(step, weights, h, nonlinearity=nonlinearity).h[0])


def check_nonlinearity(name: str) -> None:
    """Refuse an activation that the RNN does not know.

    Raises:
        EngineError: naming those it knows.
    """
    choice("nonlinearity", name, NONLINEARITIES)
