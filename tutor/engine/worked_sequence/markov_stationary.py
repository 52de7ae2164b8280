"""The share of time that a Markov chain spends in a state."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.engine.arguments import Arguments
from tutor.engine.registry import register
from tutor.engine.sequence import chain
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_sequence.shared import (
    State,
    Transitions,
    check_state,
    column,
    number,
    sequence_worked,
    tex,
    tex_exact,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

Row = tuple[Fraction, ...]


class MarkovStationaryArguments(Arguments):
    """A chain, and which state's share is asked for. Row i holds where state i leads."""

    P: Transitions
    state: State = 1


@register("markov_stationary", MarkovStationaryArguments)
def markov_stationary(args: MarkovStationaryArguments) -> Worked:
    """Compute one entry of the stationary distribution π = πP exactly, from the decimals.

    The terms `pi_1`, `pi_2` … are all entries.

    Raises:
        EngineError: no such state, or several groups of states that the chain never leaves.
    """
    P = chain.exact_rows(args.P)
    check_state("state", args.state, len(P))
    members = chain.only_closed_class(P)
    pi = chain.stationary_of_class(P, members)
    terms = [
        Term(
            f"pi_{j}",
            rf"$\pi_{{{j}}}$",
            rf"\sum_i \pi_i P_{{i{j}}}",
            _flow(pi, P, j - 1),
            number(share),
        )
        for j, share in enumerate(pi, 1)
    ]
    answer = terms[args.state - 1]
    period = chain.period(P, members)
    return sequence_worked(
        "markov_stationary",
        answer,
        terms,
        _lines(P, pi, members, period, args.state - 1),
        _mistakes(args, P, pi),
    )


def _flow(pi: Row, P: tuple[Row, ...], j: int) -> str:
    parts = [
        rf"{tex_exact(share)} \cdot {tex(row[j])}"
        for share, row in zip(pi, P, strict=True)
        if share and row[j]
    ]
    return " + ".join(parts) or "0"


def _lines(
    P: tuple[Row, ...], pi: Row, members: tuple[int, ...], period: int, j: int
) -> Iterator[Message]:
    yield msg(
        r"A stationary distribution is not changed by a step: $\pi P = \pi$, and its entries sum"
        " to 1."
    )
    if len(P) == 2 and len(members) == 2:
        yield msg(
            r"With two states the flows balance: $\pi_1 \cdot \val{a} = \pi_2 \cdot \val{b}$, so"
            r" $\pi_1 = \frac{\val{b}}{\val{a} + \val{b}}$.",
            a=Markdown(tex(P[0][1])),
            b=Markdown(tex(P[1][0])),
        )
    if len(members) < len(P):
        yield msg(
            "In the end the chain stays among these states: {states}. The others lose all their"
            " probability.",
            states=", ".join(str(state + 1) for state in members),
        )
    yield msg(
        r"Here $\pi = \val{pi}$; the share asked for is $\val{share} \approx \val{value:.4g}$.",
        pi=Markdown(column(tex_exact(share) for share in pi)),
        share=Markdown(tex_exact(pi[j])),
        value=float(pi[j]),
    )
    if period > 1:
        yield msg(
            "The chain is periodic, with the period {period:,}: the distribution after $n$ steps"
            r" goes round and does not tend to $\pi$. Its average over time does.",
            period=period,
        )


def _mistakes(args: MarkovStationaryArguments, P: tuple[Row, ...], pi: Row) -> Iterator[Mistake]:
    j, K = args.state - 1, len(P)
    columns = tuple(zip(*P, strict=True))
    yield Mistake(
        "stays-as-share",
        msg(
            r"$\val{value:.4g}$ is the probability of staying in the state for a step. The share of"
            " time also depends on how soon the chain comes back.",
            value=float(P[j][j]),
        ),
        number(P[j][j]),
    )
    yield Mistake(
        "left-and-right",
        msg(
            r"$\val{value:.4g}$ solves $P \pi = \pi$, which is true of equal shares for every"
            r" chain. The distribution stands on the left: $\pi P = \pi$.",
            value=1 / K,
        ),
        1 / K,
    )
    average = sum(columns[j], Fraction(0)) / K
    yield Mistake(
        "average-of-rows",
        msg(
            r"$\val{value:.4g}$ is the plain average of the column: one step from equal shares."
            " Each row counts by the share of time that the chain is in its state.",
            value=float(average),
        ),
        number(average),
    )
    if K == 2:
        yield Mistake(
            "states-swapped",
            msg(
                r"$\val{value:.4g}$ is the share of the other state. The state that is left more"
                " rarely has the larger one.",
                value=float(pi[1 - j]),
            ),
            number(pi[1 - j]),
        )
    first = P[0][j]
    yield Mistake(
        "row-as-distribution",
        msg(
            r"$\val{value:.4g}$ stands in the first row: the share one step after state 1."
            r" The stationary distribution satisfies $\pi = \pi P$.",
            value=float(first),
        ),
        number(first),
    )
    squared = chain.after(P, P[j], 1)[j]
    yield Mistake(
        "two-steps",
        msg(
            r"$\val{value:.4g}$ is the entry of $P^2$: the share two steps after the state. The"
            r" stationary distribution satisfies $\pi = \pi P$.",
            value=float(squared),
        ),
        number(squared),
    )
