"""Recalling the first symbol: what a cell is trained on to see how far its memory reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tutor.engine import noise
from tutor.engine.cells.rnn import check_nonlinearity
from tutor.engine.error import EngineError
from tutor.text.message import Message, msg

Array = NDArray[np.float64]
Symbols = NDArray[np.intp]
Cell = Literal["rnn", "lstm", "gru"]
CELLS = ("rnn", "lstm", "gru")
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
        if self.cell not in CELLS:
            hint = msg("It is one of {choices}.", choices=", ".join(CELLS))
            raise _refused("cell", self.cell, hint)
        check_nonlinearity(self.nonlinearity)
        for name, least in (("length", 1), ("hidden_size", 1), ("symbols", 2), ("batch_size", 1)):
            check_whole(name, getattr(self, name), least)
        check_whole("seed", self.seed, 0, _LARGEST_SEED)
        if self.truncation is not None:
            check_whole("truncation", self.truncation, 1)
        for name in ("learning_rate", "max_norm"):
            value = getattr(self, name)
            if not 0 < value < np.inf:
                raise _refused(name, value, msg("`{name}` is a number above 0.", name=name))
        if not np.isfinite(self.forget_bias):
            raise _refused("forget_bias", self.forget_bias, msg("It is a finite number."))

    @property
    def chance(self) -> float:
        """How often a guess is right."""
        return 1.0 / self.symbols


def check_whole(name: str, value: object, least: int, most: int = 10_000) -> None:
    """Refuse a value that is no whole number in a range.

    Raises:
        EngineError: naming it.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        hint = msg(
            "`{argument}` is a whole number from {least:,} to {most:,}.",
            argument=name,
            least=least,
            most=most,
        )
        raise _refused(name, value, hint)


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


def _refused(name: str, value: object, hint: Message) -> EngineError:
    shown = str(value)[:40]
    return EngineError(msg("`{name}` is `{value}`.", name=name, value=shown), hint, argument=name)
