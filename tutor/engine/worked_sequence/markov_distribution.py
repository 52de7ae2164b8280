"""Where a Markov chain is after n steps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.engine.arguments import Arguments
from tutor.engine.registry import register
from tutor.engine.sequence import chain
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_sequence.shared import (
    State,
    Steps,
    Transitions,
    Values,
    between,
    check_state,
    column,
    exact_distribution,
    number,
    sequence_worked,
    tex,
    tex_exact,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

WRITTEN_OUT = 4  # steps; of more, the ones between are left out
Row = tuple[Fraction, ...]


class MarkovDistributionArguments(Arguments):
    """A chain, its distribution at the start, and which state is asked for after n steps.

    Row i of `P` holds where state i leads; states count from 1.
    """

    P: Transitions
    start: Values
    steps: Steps
    state: State = 1


@register("markov_distribution", MarkovDistributionArguments)
def markov_distribution(args: MarkovDistributionArguments) -> Worked:
    """Compute one entry of πPⁿ exactly; the terms `p_1`, `p_2` … are all of them.

    Raises:
        EngineError: a start that is no distribution over the states, or no such state.
    """
    P = chain.exact_rows(args.P)
    check_state("state", args.state, len(P))
    start = exact_distribution("start", args.start, len(P))
    path = [start]
    for _ in range(args.steps):
        path.append(chain.step(path[-1], P))
    terms = [
        Term(
            f"p_{j}",
            f"$p_{{{j}}}$",
            rf"(\pi P^n)_{{{j}}}",
            _sum(path[-2], P, j - 1),
            number(share),
        )
        for j, share in enumerate(path[-1], 1)
    ]
    answer = terms[args.state - 1]
    return sequence_worked(
        "markov_distribution", answer, terms, _lines(path, answer), _mistakes(args, P, path)
    )


def _sum(before: Row, P: tuple[Row, ...], j: int) -> str:
    parts = [rf"{tex(share)} \cdot {tex(row[j])}" for share, row in zip(before, P, strict=True)]
    return " + ".join(parts)


def _lines(path: list[Row], answer: Term) -> Iterator[Message]:
    yield msg(
        r"One step is a product from the left: $\pi_{t+1} = \pi_t P$. Entry $j$ sums over where"
        r" the chain was: $\sum_i \pi_i P_{ij}$."
    )
    steps = len(path) - 1
    for n, distribution in enumerate(path):
        if WRITTEN_OUT < n < steps:
            continue
        if n == steps and steps > WRITTEN_OUT + 1:
            yield between(steps - WRITTEN_OUT - 1)
        yield msg(
            r"Step {n:,}: $\pi = \val{distribution}$.",
            n=n,
            distribution=Markdown(column(tex_exact(share) for share in distribution)),
        )
    yield msg(
        r"The share asked for is $\val{sum} = \val{value:.4g}$.",
        sum=Markdown(answer.substituted),
        value=answer.value,
    )


def _mistakes(
    args: MarkovDistributionArguments, P: tuple[Row, ...], path: list[Row]
) -> Iterator[Mistake]:
    j = args.state - 1
    columns = tuple(zip(*P, strict=True))
    transposed = chain.after(columns, path[0], args.steps)[j]
    yield Mistake(
        "left-and-right",
        msg(
            r"$\val{value:.4g}$ multiplies from the right, $P \pi$. A row of $P$ is where one state"
            r" leads, so the distribution stands on the left: $\pi P$.",
            value=float(transposed),
        ),
        number(transposed),
    )
    if args.steps > 1:
        yield Mistake(
            "one-step",
            msg(
                r"$\val{value:.4g}$ is the share after one step. There are {steps:,}.",
                value=float(path[1][j]),
                steps=args.steps,
            ),
            number(path[1][j]),
        )
        powered = sum(
            (share * row[j] ** args.steps for share, row in zip(path[0], P, strict=True)),
            Fraction(0),
        )
        yield Mistake(
            "entry-to-the-power",
            msg(
                r"$\val{value:.4g}$ takes each entry to the power. The power is of the matrix: the"
                " chain may go to other states and come back.",
                value=float(powered),
            ),
            number(powered),
        )
        yield Mistake(
            "one-step-short",
            msg(
                r"$\val{value:.4g}$ stops one step short. The start is step 0.",
                value=float(path[-2][j]),
            ),
            number(path[-2][j]),
        )
    further = chain.step(path[-1], P)[j]
    yield Mistake(
        "one-step-too-far",
        msg(
            r"$\val{value:.4g}$ goes one step too far. The start is step 0.",
            value=float(further),
        ),
        number(further),
    )
    yield Mistake(
        "start-kept",
        msg(
            r"$\val{value:.4g}$ is the share at the start. Every step moves it.",
            value=float(path[0][j]),
        ),
        number(path[0][j]),
    )
    closed = chain.closed_classes(P)
    if len(closed) == 1:
        limit = chain.stationary_of_class(P, closed[0])[j]
        yield Mistake(
            "long-run",
            msg(
                r"$\val{value:.4g}$ is the share of time in the long run. The question is the share"
                " at step {steps:,}.",
                value=float(limit),
                steps=args.steps,
            ),
            number(limit),
        )
