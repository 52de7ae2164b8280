"""A transition probability estimated from a sequence of letters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from tutor.engine.arguments import Arguments
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_sequence.shared import (
    Letter,
    SequenceText,
    number,
    sequence_worked,
    tex_exact,
    tex_letter,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown


class MarkovProbabilityArguments(Arguments):
    """A sequence such as `ABAAB`; the probability of `state` right after `given` is asked for.

    `smoothing` is added to the count of every transition.
    """

    sequence: SequenceText
    state: Letter
    given: Letter
    smoothing: Annotated[int, Field(ge=0, le=1000, strict=True)] = 0


@register("markov_probability", MarkovProbabilityArguments)
def markov_probability(args: MarkovProbabilityArguments) -> Worked:
    """Estimate P(state | given) by relative frequency: n_ij / Σ_k n_ik.

    The terms are the counts `together` and `leaving`, and the `probability`.

    Raises:
        EngineError: a letter that the sequence does not have, or a state never left.
    """
    count = _Count(args)
    substituted = rf"\frac{{{count.up}}}{{{count.down}}}"
    answer = Term(
        "probability",
        rf"$P({tex_letter(args.state)} \mid {tex_letter(args.given)})$",
        r"\frac{n_{ij} + \alpha}{\sum_k n_{ik} + K \alpha}"
        if args.smoothing
        else r"\frac{n_{ij}}{\sum_k n_{ik}}",
        substituted,
        number(count.probability),
    )
    terms = (
        answer,
        Term("together", r"$n_{ij}$", "n_{ij}", str(count.together), count.together),
        Term("leaving", r"$\sum_k n_{ik}$", r"\sum_k n_{ik}", str(count.leaving), count.leaving),
    )
    return sequence_worked(
        "markov_probability", answer, terms, count.lines(answer), count.mistakes()
    )


class _Count:
    """The counts in the sequence."""

    def __init__(self, args: MarkovProbabilityArguments) -> None:
        text = args.sequence
        self.args = args
        self.states = sorted(set(text))
        for argument, letter in (("state", args.state), ("given", args.given)):
            if letter not in self.states:
                raise EngineError(
                    msg("`{argument}` is `{value}`.", argument=argument, value=letter),
                    msg("The states are {states}.", states=", ".join(self.states[:20])),
                    argument=argument,
                )
        pairs = list(pairwise(text))
        self.together = pairs.count((args.given, args.state))
        self.leaving = text[:-1].count(args.given)
        self.entering = text[1:].count(args.state)
        self.backward = pairs.count((args.state, args.given))
        self.leaving_other = text[:-1].count(args.state)
        self.transitions = len(pairs)
        self.up = self.together + args.smoothing
        self.down = self.leaving + len(self.states) * args.smoothing
        if not self.down:
            raise EngineError(
                msg("The state `{state}` is followed by nothing.", state=args.given),
                msg(
                    "Relative frequencies need one transition from every state; take a longer"
                    " sequence, or `smoothing` above 0."
                ),
                argument="given",
            )
        self.probability = Fraction(self.up, self.down)

    def lines(self, answer: Term) -> Iterator[Message]:
        """Yield the counting, step by step."""
        yield msg(
            "Transitions from {given} in {sequence}: {leaving:,}. Of these to {state}:"
            " {together:,}.",
            sequence=self.args.sequence,
            given=self.args.given,
            leaving=self.leaving,
            together=self.together,
            state=self.args.state,
        )
        if self.args.smoothing:
            yield msg(
                r"Smoothing adds $\val{alpha}$ to the count of each of the $\val{states}$ states"
                " that could follow.",
                alpha=self.args.smoothing,
                states=len(self.states),
            )
            yield msg(
                r"So the estimate is $\val{fraction} = \val{value:.4g}$.",
                fraction=Markdown(answer.substituted),
                value=float(self.probability),
            )
            return
        yield msg(
            "The maximum likelihood estimate is the relative frequency among what follows"
            r" {given}: $\val{fraction} = \val{value:.4g}$.",
            given=self.args.given,
            fraction=Markdown(answer.substituted),
            value=float(self.probability),
        )

    def mistakes(self) -> Iterator[Mistake]:
        """Yield the misconceptions, the likeliest first."""
        length = len(self.args.sequence)
        if self.args.smoothing and self.leaving:
            plain = Fraction(self.together, self.leaving)
            yield Mistake(
                "smoothing-forgotten",
                msg(
                    r"$\val{fraction}$ is the plain relative frequency."
                    " Smoothing adds to every count first.",
                    fraction=Markdown(tex_exact(plain)),
                ),
                number(plain),
            )
            half = Fraction(self.up, self.leaving + self.args.smoothing)
            yield Mistake(
                "smoothing-once",
                msg(
                    r"$\val{fraction}$ adds to one count alone. Every state that could follow gets"
                    r" the same, so the divisor grows by $\val{added}$.",
                    fraction=Markdown(tex_exact(half)),
                    added=len(self.states) * self.args.smoothing,
                ),
                number(half),
            )
        joint = Fraction(self.together, self.transitions)
        yield Mistake(
            "joint-probability",
            msg(
                r"$\val{fraction}$ divides by all $\val{all}$ transitions: the probability of"
                " {given} and then {state}. Given {given}, only the transitions from it count.",
                fraction=Markdown(tex_exact(joint)),
                all=self.transitions,
                given=self.args.given,
                state=self.args.state,
            ),
            number(joint),
        )
        if self.args.sequence[-1] == self.args.given and self.leaving:
            counted = Fraction(self.together, self.leaving + 1)
            yield Mistake(
                "last-symbol-counted",
                msg(
                    r"$\val{fraction}$ counts the last {given} too. Nothing follows it, so it is"
                    " no transition.",
                    fraction=Markdown(tex_exact(counted)),
                    given=self.args.given,
                ),
                number(counted),
            )
        per_length = Fraction(self.together, length)
        yield Mistake(
            "divided-by-length",
            msg(
                r"$\val{fraction}$ divides by the length of the sequence. Given {given}, only the"
                " transitions from it count.",
                fraction=Markdown(tex_exact(per_length)),
                given=self.args.given,
            ),
            number(per_length),
        )
        if self.leaving_other:
            other = Fraction(self.backward, self.leaving_other)
            yield Mistake(
                "condition-swapped",
                msg(
                    r"$\val{fraction}$ is $P(\val{given} \mid \val{state})$: how often {given}"
                    " follows {state}. What comes first stands after the bar.",
                    fraction=Markdown(tex_exact(other)),
                    given=Markdown(tex_letter(self.args.given)),
                    state=Markdown(tex_letter(self.args.state)),
                ),
                number(other),
            )
        if self.entering:
            backward = Fraction(self.together, self.entering)
            yield Mistake(
                "share-of-the-next",
                msg(
                    r"$\val{fraction}$ is how often {given} came before {state}. The sum runs over"
                    " what follows {given}, the row, not the column.",
                    fraction=Markdown(tex_exact(backward)),
                    given=self.args.given,
                    state=self.args.state,
                ),
                number(backward),
            )
        marginal = Fraction(self.args.sequence.count(self.args.state), length)
        yield Mistake(
            "condition-ignored",
            msg(
                r"$\val{fraction}$ is the share of {state} in the whole sequence. The question is"
                " what follows {given}.",
                fraction=Markdown(tex_exact(marginal)),
                state=self.args.state,
                given=self.args.given,
            ),
            number(marginal),
        )
