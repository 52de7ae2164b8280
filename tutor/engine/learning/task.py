"""Recalling the first symbol: what a cell is trained on to see how far its memory reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tutor.engine import noise
from tutor.engine.cells.rnn import check_nonlinearity
from tutor.engine.learning.adam import LARGEST_RATE, SMALLEST_RATE
from tutor.engine.scalars import choice, entries, positive, real, whole

Array = NDArray[np.float64]
Symbols = NDArray[np.intp]
Cell = Literal["rnn", "lstm", "gru"]
CELLS = ("rnn", "lstm", "gru")
LARGEST = 10_000  # steps
LARGEST_SIZE = 1024
AT_ONCE = 250  # sequences that are judged together
_LARGEST_SEED = 10**15


@dataclass(frozen=True, slots=True)
class RecallTask:
    """Sequences of random symbols, of which the first is asked for after the last.

    Attributes:
        cell: `lstm`, `gru` or `rnn`.
        length: T, the number of symbols; the first is seen T − 1 steps before it is asked for.
        hidden_size: h.
        symbols: how many different ones there are, from 2 on; a guess is right in one of as many.
        seed: from 0 on; start values and sequences are a function of it.
        forget_bias: what an LSTM's forget gates start with: 0 halves the memory at every step,
            1 keeps 73 % of it (Jozefowicz et al. 2015).
        chrono: whether an LSTM's forget gates start so that they remember for 1 to T − 1 steps, a
            different time for each unit, in place of `forget_bias` (Tallec & Ollivier 2018).
        nonlinearity: φ of an RNN.
        batch_size: sequences in a step of training, fresh ones at every step.
        learning_rate: of Adam.
        max_norm: the global norm that gradients are clipped to.
        truncation: every how many steps the gradient is cut; None for never.

    Raises:
        EngineError: a setting out of its range.
    """

    cell: Cell = "lstm"
    length: int = 10
    hidden_size: int = 16
    symbols: int = 4
    seed: int = 0
    forget_bias: float = 1.0
    chrono: bool = False
    nonlinearity: str = "tanh"
    batch_size: int = 32
    learning_rate: float = 0.01
    max_norm: float = 1.0
    truncation: int | None = None

    def __post_init__(self) -> None:
        choice("cell", self.cell, CELLS)
        check_nonlinearity(self.nonlinearity)
        whole("length", self.length, most=LARGEST)
        whole("batch_size", self.batch_size, most=LARGEST)
        whole("hidden_size", self.hidden_size, most=LARGEST_SIZE)
        whole("symbols", self.symbols, least=2, most=LARGEST_SIZE)
        widest = max(self.symbols, 4 * self.hidden_size)
        entries("length", self.length, max(self.batch_size, AT_ONCE), widest)
        whole("seed", self.seed, least=0, most=_LARGEST_SEED)
        if self.truncation is not None:
            whole("truncation", self.truncation, most=LARGEST)
        real("learning_rate", self.learning_rate, least=SMALLEST_RATE, most=LARGEST_RATE)
        positive("max_norm", self.max_norm)
        real("forget_bias", self.forget_bias)

    @property
    def chance(self) -> float:
        """How often a guess is right."""
        return 1.0 / self.symbols


def sequences(task: RecallTask, stream: int, count: int) -> Symbols:
    """Return random symbols, (T, count), from 0 on; the targets are row 0.

    Args:
        task: whose length, symbols and seed they have.
        stream: which of the seed's sequences: different numbers give unrelated ones.
        count: how many.
    """
    drawn = noise.uniform((task.seed << 32) + stream, task.length, count)
    return np.asarray(np.floor(drawn * task.symbols), dtype=np.intp)


def one_hot(symbols: Symbols, count: int) -> Array:
    """Return a vector for each symbol, (T, B, count): a single 1."""
    return np.eye(count)[symbols]
