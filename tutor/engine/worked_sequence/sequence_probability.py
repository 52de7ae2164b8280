"""The probability of a sequence under a Markov chain."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, as_tuple
from tutor.engine.registry import register
from tutor.engine.sequence import chain
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_sequence.shared import (
    State,
    Transitions,
    Values,
    check_state,
    exact_distribution,
    number,
    sequence_worked,
    tex,
    tex_exact,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

Path = Annotated[tuple[State, ...], Field(min_length=2, max_length=32), BeforeValidator(as_tuple)]


class SequenceProbabilityArguments(Arguments):
    """A chain, its distribution at the start, and the states of the sequence, from 1."""

    P: Transitions
    start: Values
    sequence: Path


@register("sequence_probability", SequenceProbabilityArguments)
def sequence_probability(args: SequenceProbabilityArguments) -> Worked:
    """Compute P(x_1) · Π_t P(x_t | x_{t−1}) exactly; the terms are `initial` and `p_2` ….

    Raises:
        EngineError: a start that is no distribution over the states, or no such state.
    """
    P = chain.exact_rows(args.P)
    start = exact_distribution("start", args.start, len(P))
    for state in args.sequence:
        check_state("sequence", state, len(P))
    path = [state - 1 for state in args.sequence]
    factors = [start[path[0]], *(P[i][j] for i, j in pairwise(path))]
    total = prod(factors, start=Fraction(1))
    answer = Term(
        "probability",
        "$P(x_1, \\ldots, x_T)$",
        r"P(x_1) \prod_{t=2}^{T} P(x_t \mid x_{t-1})",
        r" \cdot ".join(map(tex, factors)),
        number(total),
    )
    terms = [answer, Term("initial", "$P(x_1)$", "P(x_1)", tex(factors[0]), number(factors[0]))]
    terms += [
        Term(
            f"p_{t}",
            f"$P(x_{{{t}}} \\mid x_{{{t - 1}}})$",
            f"P(x_{{{t}}} \\mid x_{{{t - 1}}})",
            tex(share),
            number(share),
        )
        for t, share in enumerate(factors[1:], 2)
    ]
    return sequence_worked(
        "sequence_probability", answer, terms, _lines(factors, total), _mistakes(P, start, path)
    )


def _lines(factors: list[Fraction], total: Fraction) -> Iterator[Message]:
    yield msg(
        r"The chain rule, with the past cut to one step: $P(x_1, \ldots, x_T) = P(x_1)"
        r" \prod_{t=2}^{T} P(x_t \mid x_{t-1})$."
    )
    yield msg(
        r"Here $\val{product} = \val{exact} \approx \val{value:.4g}$.",
        product=Markdown(r" \cdot ".join(map(tex, factors))),
        exact=Markdown(tex_exact(total)),
        value=float(total),
    )


def _mistakes(
    P: tuple[tuple[Fraction, ...], ...], start: tuple[Fraction, ...], path: list[int]
) -> Iterator[Mistake]:
    shares = [P[i][j] for i, j in pairwise(path)]
    without = prod(shares, start=Fraction(1))
    yield Mistake(
        "start-forgotten",
        msg(
            r"$\val{value:.4g}$ leaves $P(x_1)$ out. The product begins with the probability of the"
            " first state.",
            value=float(without),
        ),
        number(without),
    )
    transposed = prod((P[j][i] for i, j in pairwise(path)), start=start[path[0]])
    yield Mistake(
        "left-and-right",
        msg(
            r"$\val{value:.4g}$ reads $P$ by columns. The row is the state before, the column the"
            " state after.",
            value=float(transposed),
        ),
        number(transposed),
    )
    if len(shares) > 1:
        last = start[path[0]] * shares[-1]
        yield Mistake(
            "last-step-only",
            msg(
                r"$\val{value:.4g}$ takes only the last of the transitions. Every step is a"
                " factor.",
                value=float(last),
            ),
            number(last),
        )
    independent = prod((start[state] for state in path), start=Fraction(1))
    yield Mistake(
        "independent",
        msg(
            r"$\val{value:.4g}$ multiplies the probabilities at the start, as if the states were"
            " independent. Each depends on the one before.",
            value=float(independent),
        ),
        number(independent),
    )
    added = start[path[0]] + sum(shares, Fraction(0))
    yield Mistake(
        "added",
        msg(
            r"$\val{value:.4g}$ adds the probabilities. For all of it to happen, they are"
            " multiplied.",
            value=float(added),
        ),
        number(added),
    )
    target = chain.after(P, start, len(path) - 1)[path[-1]]
    yield Mistake(
        "any-path",
        msg(
            r"$\val{value:.4g}$ is the probability of the last state by any path. The question is"
            " this one path.",
            value=float(target),
        ),
        number(target),
    )
