"""The plain recurrent network (Elman 1990)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.cells.gate import quiet, sigmoid_of_negative
from tutor.engine.cells.sequence import check_finite, one_step, sequence
from tutor.engine.cells.tensors import (
    biases,
    check_sizes,
    drawn_tensors,
    dtype_of,
    keep_checked,
    one_direction,
)
from tutor.engine.scalars import choice
from tutor.engine.shapes import Array, Shapes

NONLINEARITIES = ("tanh", "relu", "sigmoid")


@dataclass(frozen=True, slots=True, eq=False)
class RnnWeights:
    """The weights of an RNN as PyTorch lays them out.

    Attributes:
        weight_ih: (h, d).
        weight_hh: (h, h).
        bias_ih: (h), or None for no bias.
        bias_hh: (h), or None; only the sum of both biases counts.

    Raises:
        EngineError: a tensor has a wrong shape, or an entry that is not finite.
    """

    weight_ih: Array
    weight_hh: Array
    bias_ih: Array | None = None
    bias_hh: Array | None = None

    def __post_init__(self) -> None:
        keep_checked(
            self,
            Shapes(),
            weight_ih=("h", "d"),
            weight_hh=("h", "h"),
            bias_ih=("h",),
            bias_hh=("h",),
        )

    @property
    def input_size(self) -> int:
        """d."""
        return int(self.weight_ih.shape[1])

    @property
    def hidden_size(self) -> int:
        """h."""
        return int(self.weight_ih.shape[0])

    @property
    def bias(self) -> Array:
        """The sum of the biases, (h)."""
        return biases(self.bias_ih, self.bias_hh, self.hidden_size)

    @property
    def tensors(self) -> tuple[Array | None, ...]:
        """All tensors, in the order of the attributes."""
        return self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh

    @classmethod
    def from_keras(
        cls, kernel: ArrayLike, recurrent_kernel: ArrayLike, bias: ArrayLike | None = None
    ) -> RnnWeights:
        """Return the weights of `keras.layers.SimpleRNN`.

        Args:
            kernel: (d, h).
            recurrent_kernel: (h, h), from the rows to the columns.
            bias: (h), or None.
        """
        shapes = Shapes()
        W = shapes.array("kernel", kernel, "d", "h")
        U = shapes.array("recurrent_kernel", recurrent_kernel, "h", "h")
        b = None if bias is None else shapes.array("bias", bias, "h")
        return cls(W.T, U.T, b)

    @classmethod
    def from_onnx(cls, W: ArrayLike, R: ArrayLike, B: ArrayLike | None = None) -> RnnWeights:
        """Return one direction of ONNX's `RNN`.

        Args:
            W: (1, h, d), as the operator takes it.
            R: (1, h, h).
            B: (1, 2h): the bias of W, then that of R; or None.
        """
        shapes = Shapes()
        w = shapes.array("W", one_direction("W", W), "h", "d")
        r = shapes.array("R", one_direction("R", R), "h", "h")
        if B is None:
            return cls(w, r)
        b = shapes.array("B", one_direction("B", B), "2h")
        return cls(w, r, *np.split(b, 2))

    @classmethod
    def drawn(
        cls, seed: int, input_size: int, hidden_size: int, *, bias: bool = True
    ) -> RnnWeights:
        """Return weights evenly spread in ±1/√h, a function of the seed.

        Args:
            seed: from 0 on.
            input_size: d.
            hidden_size: h.
            bias: whether there are biases, two as in PyTorch.
        """
        check_sizes(input_size=input_size, hidden_size=hidden_size)
        d, h = input_size, hidden_size
        W, U, b_ih, b_hh = drawn_tensors(seed, h, (h, d), (h, h), (h,), (h,))
        return cls(W, U, b_ih, b_hh) if bias else cls(W, U)


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
