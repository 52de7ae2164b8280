"""A drawn cell whose gradient is watched: size, W and bias chosen, the rest from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

import numpy as np
from numpy.typing import NDArray

from tutor.engine import noise
from tutor.engine.cells.gru import GruWeights, gru
from tutor.engine.cells.lstm import LstmWeights, lstm
from tutor.engine.cells.rnn import RnnWeights, check_nonlinearity, rnn
from tutor.engine.gradients.decay import JacobianNorms, jacobian_norms
from tutor.engine.gradients.norms import spectral_norm
from tutor.engine.scalars import choice, entries, real, whole

Array = NDArray[np.float64]
Cell = Literal["rnn", "lstm", "gru"]
CELLS = ("rnn", "lstm", "gru")

LARGEST_SIZE = 256  # its singular values take seconds from here on
LARGEST = 1e12  # of a number: products of several stay in range
MOST_ENTRIES = 2**22  # of the Jacobians of all steps together


@dataclass(frozen=True, slots=True)
class Flow:
    """What is drawn.

    Attributes:
        cell: `rnn`, `lstm` or `gru`.
        hidden_size: h, from 1 to 256.
        steps: T; the Jacobians of all steps have 4,194,304 entries at most.
        seed: of the weights and the inputs, from 0 on.
        sigma_max: the spectral norm of every recurrent block, from 0 on.
        nonlinearity: φ of an RNN.
        bias: of every unit of an RNN; of a gated cell's forget gates or update gates, which keep
            the old state where it is large.
        orthogonal: whether all singular values are `sigma_max`, not only the largest.
        input_scale: the inputs are normal, times this; they reach the unit, or each gate, as they
            are. 0 for none.
        start: every entry of h_0.

    Raises:
        EngineError: a setting out of its range.
    """

    cell: Cell = "rnn"
    hidden_size: int = 16
    steps: int = 100
    seed: int = 0
    sigma_max: float = 1.0
    nonlinearity: str = "tanh"
    bias: float = 0.0
    orthogonal: bool = False
    input_scale: float = 1.0
    start: float = 0.0

    def __post_init__(self) -> None:
        choice("cell", self.cell, CELLS)
        check_nonlinearity(self.nonlinearity)
        whole("steps", self.steps, most=MOST_ENTRIES)
        whole("hidden_size", self.hidden_size, most=LARGEST_SIZE)
        whole("seed", self.seed, least=0)
        real("sigma_max", self.sigma_max, least=0, most=LARGEST)
        real("input_scale", self.input_scale, least=0, most=LARGEST)
        real("bias", self.bias, least=-LARGEST, most=LARGEST)
        real("start", self.start, least=-LARGEST, most=LARGEST)
        size = self.hidden_size * (2 if self.cell == "lstm" else 1)
        entries("steps", self.steps, size, size, most=MOST_ENTRIES)


def drawn_flow(flow: Flow) -> JacobianNorms:
    """Draw a cell and its inputs, run it, and return the norms of its Jacobians.

    Raises:
        EngineError: a state that grows past what floats hold.
    """
    n, T = flow.hidden_size, flow.steps
    x = flow.input_scale * noise.normal(2 * flow.seed + 1, T, n)  # (T, h)
    h_0 = np.full(n, flow.start)
    match flow.cell:
        case "rnn":
            of_rnn = RnnWeights(np.eye(n), recurrent(flow, 1), np.full(n, flow.bias))
            plain = rnn(x, of_rnn, h_0, nonlinearity=flow.nonlinearity)
            return jacobian_norms(plain, of_rnn, nonlinearity=flow.nonlinearity)
        case "lstm":
            bias = np.repeat([0.0, flow.bias, 0.0, 0.0], n)  # blocks i, f, g, o
            of_lstm = LstmWeights(np.tile(np.eye(n), (4, 1)), recurrent(flow, 4), bias)
            return jacobian_norms(lstm(x, of_lstm, h_0), of_lstm)
        case "gru":
            bias = np.repeat([0.0, flow.bias, 0.0], n)  # blocks r, z, n
            of_gru = GruWeights(np.tile(np.eye(n), (3, 1)), recurrent(flow, 3), bias)
            return jacobian_norms(gru(x, of_gru, h_0), of_gru)
        case _:
            assert_never(flow.cell)


def recurrent(flow: Flow, blocks: int) -> Array:
    """Return the recurrent weights, (blocks · h, h): each block has the spectral norm asked for."""
    n = flow.hidden_size
    if n == 1:
        return np.full((blocks, 1), flow.sigma_max)
    drawn = noise.normal(2 * flow.seed, blocks, n, n)
    if flow.orthogonal:
        scaled = [flow.sigma_max * np.linalg.qr(block)[0] for block in drawn]
    else:
        scaled = [flow.sigma_max / spectral_norm(block) * block for block in drawn]
    return np.concatenate(scaled)
