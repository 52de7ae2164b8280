"""Markov chains of order 1: P(x_t | x_{t−1}) as a table, fitted, moved ahead, in the long run."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.error import EngineError
from tutor.engine.scalars import real, whole
from tutor.engine.sequence import chain
from tutor.engine.shapes import Shapes
from tutor.text.message import msg

Array = NDArray[np.float64]

MOST_STEPS = 10**9
MOST_STATES = 200  # rows of fractions, and searches through them, are worked out one by one
MOST_SMOOTHING = 1e9
CLOSE = 1e-9  # how far from 1 a row may sum: thirds are written to some digits


@dataclass(frozen=True, eq=False)
class MarkovFit:
    """Transition probabilities estimated from a sequence.

    Attributes:
        states: what is in the sequence, in the order of rows and columns.
        counts: how often state i was followed by state j, (K, K).
        exact: (n_ij + α) / Σ_k (n_ik + α) as fractions, K rows of K.
    """

    states: tuple[Hashable, ...]
    counts: tuple[tuple[int, ...], ...]
    exact: tuple[tuple[Fraction, ...], ...]

    @property
    def P(self) -> Array:  # noqa: N802 - the matrix is called P everywhere
        """The probabilities as floats, (K, K)."""
        return np.array([[float(entry) for entry in row] for row in self.exact])

    def probability(self, state: Hashable, given: Hashable) -> Fraction:
        """Return P(state | given).

        Raises:
            EngineError: no state of the chain.
        """
        return self.exact[self.index(given, "given")][self.index(state, "state")]

    def index(self, state: Hashable, argument: str = "state") -> int:
        """Return the row of a state.

        Raises:
            EngineError: no state of the chain.
        """
        if state not in self.states:
            raise EngineError(
                msg("`{argument}` is `{value}`.", argument=argument, value=str(state)[:40]),
                msg("The states are {states}.", states=_listed(self.states)),
                argument=argument,
            )
        return self.states.index(state)


@dataclass(frozen=True, slots=True)
class LongRun:
    """What becomes of a chain.

    Attributes:
        distribution: the one stationary distribution.
        period: of the closed class. With 1, every start ends in the distribution; with more,
            the chain goes round and only the average over time does.
        transient: states that are left for good.
    """

    distribution: Array
    period: int
    transient: tuple[int, ...]

    @property
    def converges(self) -> bool:
        """Whether the distribution after n steps tends to the stationary one from any start."""
        return self.period == 1


def fit_markov(
    sequence: Sequence[Hashable],
    *,
    states: Sequence[Hashable] | None = None,
    smoothing: float | Fraction = 0,
) -> MarkovFit:
    """Estimate transition probabilities: relative frequencies, the maximum likelihood.

    Args:
        sequence: the states one after the other: text, or any list.
        states: all there are, in the order of the rows; those of the sequence if left out.
        smoothing: α, added to each count.

    Raises:
        EngineError: a sequence of fewer than 2, one with unknown states, or a state that is
            never left, of which nothing is known without smoothing.
    """
    alpha = _checked_smoothing(smoothing)
    sequence = _listed_states("sequence", sequence)
    if len(sequence) < 2:
        raise EngineError(
            msg("The length of `sequence` is {count:,}.", count=len(sequence)),
            msg("A transition needs two."),
            argument="sequence",
        )
    known = _states(sequence, states)
    K = len(known)
    if K > MOST_STATES:
        raise _too_many("sequence", K)
    place = {state: i for i, state in enumerate(known)}
    counts = [[0] * K for _ in range(K)]
    for i, j in pairwise(sequence):
        counts[place[i]][place[j]] += 1
    for state, row in zip(known, counts, strict=True):
        if alpha == 0 and not any(row):
            raise EngineError(
                msg("The state `{state}` is followed by nothing.", state=str(state)),
                msg(
                    "Relative frequencies need one transition from every state; take a longer"
                    " sequence, or `smoothing` above 0."
                ),
                argument="sequence",
            )
    return MarkovFit(
        states=known,
        counts=tuple(map(tuple, counts)),
        exact=tuple(tuple((n + alpha) / (sum(row) + K * alpha) for n in row) for row in counts),
    )


def log_likelihood(fit: MarkovFit, sequence: Sequence[Hashable]) -> float:
    """Return Σ_t log P(x_t | x_{t−1}), given the first element; −∞ if a transition is impossible.

    Raises:
        EngineError: an element that is no state of the chain.
    """
    rows = [fit.index(state, "sequence") for state in sequence]
    shares = [fit.exact[i][j] for i, j in pairwise(rows)]
    if not all(shares):
        return -math.inf
    return math.fsum(math.log(share) for share in shares)


def transition_power(P: ArrayLike, n: int) -> Array:
    """Return Pⁿ, (K, K): the probabilities of going from i to j in n steps; n = 0 stays.

    Raises:
        EngineError: no matrix of probabilities, or a negative n.
    """
    P = checked_matrix(P)  # (K, K)
    return np.linalg.matrix_power(P, whole("n", n, least=0, most=MOST_STEPS))


def distribution_after(P: ArrayLike, start: ArrayLike, n: int) -> Array:
    """Return πPⁿ, (K,): the distribution n steps after the distribution π.

    Args:
        P: transition probabilities, (K, K); row i is where state i leads.
        start: π, (K,).
        n: steps.

    Raises:
        EngineError: no matrix or no distribution of probabilities, or a negative n.
    """
    P = checked_matrix(P)  # (K, K)
    pi = checked_distribution("start", start, len(P))  # (K,)
    return np.asarray(pi @ np.linalg.matrix_power(P, whole("n", n, least=0, most=MOST_STEPS)))


def stationary(P: ArrayLike) -> LongRun:
    """Return the distribution π with πP = π, and what the chain does in the long run.

    Raises:
        EngineError: no matrix of probabilities, or several closed classes: each has a
            stationary distribution of its own, and so has every mixture of them.

    Source: Grassmann, Taksar & Heyman 1985, which keeps all digits.
    """
    rows = _structure(P)
    members = chain.only_closed_class(rows)
    pi = np.array(chain.stationary_of_class(rows, members))  # (K,)
    transient = tuple(i for i in range(len(rows)) if i not in members)
    return LongRun(pi, chain.period(rows, members), transient)


def communicating_classes(P: ArrayLike) -> tuple[tuple[int, ...], ...]:
    """Return the communicating classes, states numbered from 0.

    Raises:
        EngineError: no matrix of probabilities, or more than 200 states.
    """
    return chain.classes(_structure(P))


def chain_period(P: ArrayLike, state: int = 0) -> int:
    """Return the period of a state: the gcd of the lengths of its returns; 0 without one.

    Raises:
        EngineError: no matrix of probabilities, or no such state.
    """
    rows = _structure(P)
    for members in chain.classes(rows):
        if state in members:
            return chain.period(rows, members)
    raise EngineError(
        msg("`{argument}` is `{value}`.", argument="state", value=str(state)[:40]),
        msg("States are numbered from 0 to {last}.", last=len(rows) - 1),
        argument="state",
    )


def _structure(P: ArrayLike) -> list[list[float]]:
    """Return a matrix as rows, of no more states than can be searched."""
    rows = checked_matrix(P)
    if len(rows) > MOST_STATES:
        raise _too_many("P", len(rows))
    return [[float(entry) for entry in row] for row in rows]


def _too_many(argument: str, states: int) -> EngineError:
    return EngineError(
        msg("`{argument}` has {count:,} states.", argument=argument, count=states),
        msg("It may have {most:,}; put values into bins first.", most=MOST_STATES),
        argument=argument,
    )


def checked_matrix(P: ArrayLike) -> Array:
    """Return transition probabilities as float64 (K, K), each row divided by its sum.

    Raises:
        EngineError: not square, or a row with a negative entry or another sum than 1.
    """
    rows = Shapes().array("P", P, "K", "K").astype(np.float64)
    for i, row in enumerate(rows):
        for j, entry in enumerate(row):
            if entry < 0:
                raise EngineError(
                    msg(
                        "Row {row} of `P` has {value:.4g} in column {column}.",
                        row=i + 1,
                        value=float(entry),
                        column=j + 1,
                    ),
                    msg("A probability is not negative."),
                    argument="P",
                )
        total = math.fsum(row)
        if abs(total - 1) > CLOSE:
            raise EngineError(
                msg("Row {row} of `P` sums to {total:.10g}.", row=i + 1, total=total),
                msg("Every row holds the probabilities of what comes next: it sums to 1."),
                argument="P",
            )
    return np.asarray(rows / rows.sum(axis=1, keepdims=True))


def checked_distribution(name: str, value: ArrayLike, states: int) -> Array:
    """Return a distribution over the states as float64 (K,), divided by its sum.

    Raises:
        EngineError: another length, a negative entry or another sum than 1.
    """
    shapes = Shapes()
    shapes.bind("K", states, "P")
    pi = shapes.array(name, value, "K").astype(np.float64)
    total = math.fsum(pi)
    if pi.min() < 0 or abs(total - 1) > CLOSE:
        raise EngineError(
            msg(
                "`{name}` sums to {total:.10g}, its smallest entry is {least:.4g}.",
                name=name,
                total=total,
                least=float(pi.min()),
            ),
            msg("A distribution holds probabilities from 0 to 1 that sum to 1."),
            argument=name,
        )
    return np.asarray(pi / total)


def _states(
    sequence: Sequence[Hashable], states: Sequence[Hashable] | None
) -> tuple[Hashable, ...]:
    if states is None:
        found = set(sequence)
        try:
            return tuple(sorted(found))  # type: ignore[type-var]  # tried: letters and numbers sort
        except TypeError:
            return tuple(dict.fromkeys(sequence))
    known = _listed_states("states", states)
    for position, state in enumerate(sequence, 1):
        if state not in known:
            raise EngineError(
                msg(
                    "`sequence` has `{state}` at position {position:,}.",
                    state=str(state)[:40],
                    position=position,
                ),
                msg("The states are {states}.", states=_listed(known)),
                argument="sequence",
            )
    if len(set(known)) < len(known):
        raise EngineError(
            msg("`states` has a state twice: {states}.", states=_listed(known)),
            msg("Name each state once."),
            argument="states",
        )
    return known


def _listed_states(argument: str, states: Sequence[Hashable]) -> tuple[Hashable, ...]:
    try:
        known = tuple(states)
        hash(known)
    except TypeError:
        raise EngineError(
            msg("`{argument}` is no list of states.", argument=argument),
            msg("Write text, or a list of letters, words or numbers."),
            argument=argument,
        ) from None
    return known


def _listed(states: Sequence[Hashable]) -> str:
    shown = [str(state)[:20] for state in states[:20]]
    return ", ".join(shown) + (", …" if len(states) > len(shown) else "")


def _checked_smoothing(smoothing: float | Fraction) -> Fraction:
    if isinstance(smoothing, Fraction):
        real("smoothing", smoothing, least=0, most=MOST_SMOOTHING)
        return smoothing
    return Fraction(repr(real("smoothing", smoothing, least=0, most=MOST_SMOOTHING)))
