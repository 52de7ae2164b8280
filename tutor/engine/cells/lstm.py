"""The long short-term memory (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.cells.gate import quiet, sigmoid_of_negative
from tutor.engine.cells.sequence import check_finite, one_step, sequence
from tutor.engine.cells.tensors import (
    LARGEST_SIZE,
    biases,
    check_sizes,
    drawn_tensors,
    dtype_of,
    gate_views,
    keep_checked,
    one_direction,
    product_matrix,
    reordered,
)
from tutor.engine.cells.weights import CellWeights
from tutor.engine.scalars import whole
from tutor.engine.shapes import Array, Shapes

STORED = (0, 1, 3, 2)  # i, f, o, g: the three sigmoids next to each other


@dataclass(frozen=True, slots=True, eq=False)
class LstmWeights(CellWeights):
    """The weights of an LSTM as PyTorch lays them out, gates in the order i, f, g, o.

    Attributes:
        weight_ih: (4h, d).
        weight_hh: (4h, h), with a projection (4h, p).
        bias_ih: (4h), or None for no bias.
        bias_hh: (4h), or None; only the sum of both biases counts.
        weight_hr: (p, h): the state that is passed on is projected, h_t = W_hr (o ⊙ tanh c).
        peepholes: (3, h): weights from c to the gates i, f and o (Gers et al. 2002).

    Raises:
        EngineError: a tensor has a wrong shape, or an entry that is not finite.
    """

    BLOCKS: ClassVar = 4
    ONNX_ORDER: ClassVar = (0, 2, 3, 1)  # i, o, f, c

    weight_hr: Array | None = None
    peepholes: Array | None = None

    def __post_init__(self) -> None:
        state = "h" if self.weight_hr is None else "p"
        keep_checked(
            self,
            Shapes(),
            weight_ih=("4h", "d"),
            weight_hr=("p", "h"),
            weight_hh=("4h", state),
            bias_ih=("4h",),
            bias_hh=("4h",),
            peepholes=("3", "h"),
        )

    @property
    def output_size(self) -> int:
        """The size of h_t: p with a projection, otherwise h."""
        return int(self.weight_hh.shape[1])

    @property
    def bias(self) -> Array:
        """The sum of the biases, (4h)."""
        return biases(self.bias_ih, self.bias_hh, self.weight_ih.shape[0])

    @property
    def tensors(self) -> tuple[Array | None, ...]:
        """All tensors, in the order of the attributes."""
        return (
            self.weight_ih,
            self.weight_hh,
            self.bias_ih,
            self.bias_hh,
            self.weight_hr,
            self.peepholes,
        )

    @classmethod
    def from_onnx(
        cls, W: ArrayLike, R: ArrayLike, B: ArrayLike | None = None, P: ArrayLike | None = None
    ) -> Self:
        """Return one direction of ONNX's `LSTM`: gates in the order i, o, f, c.

        Args:
            W: (1, 4h, d), as the operator takes it.
            R: (1, 4h, h).
            B: (1, 8h): the biases of W, then those of R; or None.
            P: (1, 3h): peepholes in the order i, o, f; or None.
        """
        shapes, peepholes = Shapes(), None
        shared = cls._from_onnx(shapes, W, R, B)
        if P is not None:
            p = shapes.array("P", one_direction("P", P), "3h")
            peepholes = reordered(p, (0, 2, 1)).reshape(3, -1)
        return cls(*shared, peepholes=peepholes)

    @classmethod
    def drawn(
        cls,
        seed: int,
        input_size: int,
        hidden_size: int,
        *,
        bias: bool = True,
        proj_size: int = 0,
        peepholes: bool = False,
    ) -> Self:
        """Return weights evenly spread in ±1/√h, a function of the seed.

        Args:
            seed: from 0 on.
            input_size: d.
            hidden_size: h.
            bias: whether there are biases, two as in PyTorch.
            proj_size: p, 0 for no projection.
            peepholes: whether there are peepholes.
        """
        check_sizes(input_size=input_size, hidden_size=hidden_size)
        whole("proj_size", proj_size, least=0, most=LARGEST_SIZE)
        d, h, p = input_size, hidden_size, proj_size or hidden_size
        W, U, b_ih, b_hh, W_hr, P = drawn_tensors(
            seed, h, (4 * h, d), (4 * h, p), (4 * h,), (4 * h,), (proj_size, h), (3 * peepholes, h)
        )
        return cls(
            W,
            U,
            b_ih if bias else None,
            b_hh if bias else None,
            W_hr if proj_size else None,
            P if peepholes else None,
        )


@dataclass(frozen=True, slots=True, eq=False)
class LstmRun:
    """An LSTM over a sequence. B is missing where x has no batch.

    Attributes:
        x: the input, (T, B, d).
        h_0: the state before the first step, (B, h); with a projection (B, p).
        c_0: the cell state before it, (B, h).
        i: the input gate at every step, (T, B, h), in (0, 1).
        f: the forget gate, alike.
        g: the candidate, (T, B, h), in (−1, 1).
        o: the output gate, like i.
        c: the cell state after every step, (T, B, h).
        h: the state that is passed on, (T, B, h); with a projection (T, B, p).
    """

    x: Array
    h_0: Array
    c_0: Array
    i: Array
    f: Array
    g: Array
    o: Array
    c: Array
    h: Array


def lstm(
    x: ArrayLike,
    weights: LstmWeights,
    h_0: ArrayLike | None = None,
    c_0: ArrayLike | None = None,
) -> LstmRun:
    """Run an LSTM over a sequence, as `torch.nn.LSTM` with one layer does.

    i, f, o = σ(W x_t + b + U h_{t−1}), g = tanh(…), c_t = f ⊙ c_{t−1} + i ⊙ g,
    h_t = o ⊙ tanh(c_t). With peepholes i and f also see c_{t−1}, o sees c_t.

    Args:
        x: the input, (T, d) or (T, B, d).
        weights: what the cell has learned.
        h_0: the state before the first step, (h) or (B, h), with a projection p for h;
            zeros if left out.
        c_0: the cell state before it, (h) or (B, h); zeros if left out.

    Returns:
        Every gate at every step; float32 if x and weights are, otherwise float64.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, no steps.
    """
    read = sequence(x, weights.input_size)
    read.shapes.bind("h", weights.hidden_size, "weight_ih")
    read.shapes.bind("p", weights.output_size, "weight_hh")
    dtype = dtype_of(read.x, *weights.tensors)
    start = read.state("h_0", h_0, "h" if weights.weight_hr is None else "p", dtype)
    cell_start = read.state("c_0", c_0, "h", dtype)

    T, h, p = read.steps, weights.hidden_size, weights.output_size
    W = product_matrix(weights.weight_ih, STORED, dtype, negated=3)  # (d, 4h)
    U = product_matrix(weights.weight_hh, STORED, dtype, negated=3)  # (p, 4h)
    b = product_matrix(weights.bias, STORED, dtype, negated=3)  # (4h)
    P = None if weights.peepholes is None else -weights.peepholes.astype(dtype)  # (3, h)
    W_hr = None if weights.weight_hr is None else weights.weight_hr.T.astype(dtype)  # (h, p)

    h_last = start.reshape(-1, p)  # (B, p)
    c_last = cell_start.reshape(-1, h)  # (B, h)
    B = len(c_last)
    c = np.empty((T, B, h), dtype)
    states = np.empty((T, B, p), dtype)
    recurrent = np.empty((B, 4 * h), dtype)
    product = np.empty((B, h), dtype)
    one = np.ones((B, 3 * h), dtype)
    with quiet():
        z = (read.rows(dtype) @ W).reshape(T, B, 4 * h)
        z += b
        for z_t, ifo, i, f, o, g, c_t, h_t in zip(
            z, z[..., : 3 * h], *gate_views(z, 4), c, states, strict=True
        ):
            np.add(z_t, np.dot(h_last, U, out=recurrent), out=z_t)  # (B, 4h)
            if P is None:
                sigmoid_of_negative(ifo, one)  # (B, 3h)
            else:
                np.add(i, P[0] * c_last, out=i)  # (B, h)
                np.add(f, P[1] * c_last, out=f)
                sigmoid_of_negative(ifo[:, : 2 * h], one[:, : 2 * h])
            np.tanh(g, out=g)
            np.multiply(f, c_last, out=c_t)  # (B, h)
            np.add(c_t, np.multiply(i, g, out=product), out=c_t)
            if P is not None:
                np.add(o, P[2] * c_t, out=o)
                sigmoid_of_negative(o, one[:, :h])
            np.multiply(o, np.tanh(c_t, out=product), out=product)
            if W_hr is None:
                h_t[:] = product  # (B, h)
            else:
                np.dot(product, W_hr, out=h_t)  # (B, p)
            h_last, c_last = h_t, c_t
    check_finite(states)

    i, f, o, g = gate_views(z.reshape(T, *read.batch, 4 * h), 4)
    return LstmRun(
        x=read.x,
        h_0=start,
        c_0=cell_start,
        i=i,
        f=f,
        g=g,
        o=o,
        c=c.reshape(T, *read.batch, h),
        h=states.reshape(T, *read.batch, p),
    )


def lstm_cell(
    x: ArrayLike, h: ArrayLike, c: ArrayLike, weights: LstmWeights
) -> tuple[Array, Array]:
    """Return the next h and c, as `torch.nn.LSTMCell` does.

    Args:
        x: the input of one step, (d) or (B, d).
        h: the state, (h) or (B, h); with a projection p for h.
        c: the cell state, (h) or (B, h).
        weights: what the cell has learned.

    Raises:
        EngineError: shapes that do not fit, or entries that are not finite.
    """
    state = "h" if weights.weight_hr is None else "p"
    step = one_step(
        x,
        weights.input_size,
        h=(h, state, weights.output_size),
        c=(c, "h", weights.hidden_size),
    )
    run = lstm(step, weights, h, c)
    return run.h[0], run.c[0]
