"""A recurrent cell with a linear read-out of its last state."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from tutor.engine import noise
from tutor.engine.cells.gru import GruWeights, gru
from tutor.engine.cells.lstm import LstmWeights, lstm
from tutor.engine.cells.rnn import RnnWeights, rnn
from tutor.engine.gradients.gru import GruGradients, gru_gradients
from tutor.engine.gradients.lstm import LstmGradients, lstm_gradients
from tutor.engine.gradients.rnn import RnnGradients, rnn_gradients
from tutor.engine.learning.cross_entropy import cross_entropy
from tutor.engine.learning.task import RecallTask, Symbols, one_hot
from tutor.engine.shapes import Array as Given

Array = NDArray[np.float64]
Gradients = RnnGradients | LstmGradients | GruGradients
_GATES = {"rnn": 1, "lstm": 4, "gru": 3}
_SPREAD = 2**32 - 1  # the stream of a seed that nothing else draws from


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """All parameters.

    Attributes:
        weight_ih: of the cell, (4h, symbols) for an LSTM; for a GRU 3h, for an RNN h rows.
        weight_hh: of the cell, (4h, h).
        bias_ih: of the cell, (4h); there is no second one.
        weight_out: of the read-out, (symbols, h).
        bias_out: of the read-out, (symbols).
    """

    weight_ih: Array
    weight_hh: Array
    bias_ih: Array
    weight_out: Array
    bias_out: Array

    @property
    def parameters(self) -> tuple[Array, ...]:
        """The tensors in the order of the attributes."""
        return tuple(getattr(self, field.name) for field in fields(self))


def start(task: RecallTask) -> Network:
    """Return a network that has learned nothing: weights evenly spread in ±1/√h, biases 0.

    The forget gates of an LSTM start with the bias of the task, or by chrono initialisation with
    ln u, u even in 1 … T − 1, and the input gates with its negative.
    """
    d, h, gates = task.symbols, task.hidden_size, _GATES[task.cell]
    counts = (gates * h * d, gates * h * h, d * h)
    drawn = (2.0 * noise.uniform(task.seed << 32, sum(counts)) - 1.0) / math.sqrt(h)
    W, U, V = np.split(drawn, np.cumsum(counts)[:-1])
    bias = np.zeros(gates * h)
    if task.cell == "lstm":
        forget = bias[h : 2 * h]  # blocks i, f, g, o
        forget[:] = task.forget_bias
        if task.chrono:
            spread = noise.uniform((task.seed << 32) + _SPREAD, h)
            forget[:] = np.log(1.0 + max(task.length - 2, 0) * spread)
            bias[:h] = -forget
    return Network(
        W.reshape(gates * h, d), U.reshape(gates * h, h), bias, V.reshape(d, h), np.zeros(d)
    )


def scores(network: Network, task: RecallTask, symbols: Symbols) -> Array:
    """Return the score of each symbol to be the first of each sequence (T, B), (B, symbols)."""
    h, _ = _run(network, task, symbols)
    return np.asarray(h[-1] @ network.weight_out.T + network.bias_out, dtype=np.float64)


def accuracy(network: Network, task: RecallTask, symbols: Symbols) -> float:
    """Return the share of sequences (T, B) whose first symbol has the highest score."""
    return _share_right(scores(network, task, symbols), symbols[0])


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What some sequences say about a network.

    Attributes:
        loss: the mean cross-entropy, in nats.
        accuracy: the share of right answers.
        gradients: dL/d… of each parameter.
    """

    loss: float
    accuracy: float
    gradients: tuple[Array, ...]


def lesson(network: Network, task: RecallTask, symbols: Symbols) -> Lesson:
    """Return the loss on some sequences (T, B), and its gradient."""
    h, back = _run(network, task, symbols)
    h_T = h[-1]  # (B, h)
    s = h_T @ network.weight_out.T + network.bias_out  # (B, symbols)
    answer = cross_entropy(s, symbols[0])
    ds = answer.gradient  # (B, symbols)
    dh = np.zeros(h.shape)
    dh[-1] = ds @ network.weight_out  # (B, h): only the last state is read
    cell = back(dh)
    assert cell.bias_ih is not None  # noqa: S101 - the cells of a network have a bias
    return Lesson(
        loss=answer.loss,
        accuracy=_share_right(s, symbols[0]),
        gradients=(cell.weight_ih, cell.weight_hh, cell.bias_ih, ds.T @ h_T, ds.sum(axis=0)),
    )


def _run(
    network: Network, task: RecallTask, symbols: Symbols
) -> tuple[Array, Callable[[Array], Gradients]]:
    """Return the states (T, B, h), and what turns dL/dh into gradients."""
    x = one_hot(symbols, task.symbols)  # (T, B, symbols)
    cell = (network.weight_ih, network.weight_hh, network.bias_ih)
    k = task.truncation
    match task.cell:
        case "rnn":
            phi, of_rnn = task.nonlinearity, RnnWeights(*cell)
            plain = rnn(x, of_rnn, nonlinearity=phi)
            return _float64(plain.h), lambda dh: rnn_gradients(
                plain, of_rnn, dh, nonlinearity=phi, truncation=k
            )
        case "lstm":
            of_lstm = LstmWeights(*cell)
            gated = lstm(x, of_lstm)
            return _float64(gated.h), lambda dh: lstm_gradients(gated, of_lstm, dh, truncation=k)
        case "gru":
            of_gru = GruWeights(*cell)
            run = gru(x, of_gru)
            return _float64(run.h), lambda dh: gru_gradients(run, of_gru, dh, truncation=k)
        case _:
            assert_never(task.cell)


def _share_right(s: Array, targets: Symbols) -> float:
    return float((s.argmax(axis=1) == targets).mean())


def _float64(array: Given) -> Array:
    return array.astype(np.float64, copy=False)
