"""One weight of a softmax."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Real, Size, as_tuple
from tutor.engine.error import EngineError
from tutor.engine.notation import tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.shared import activation_worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

Scores = Annotated[tuple[Real, ...], Field(min_length=2, max_length=64), BeforeValidator(as_tuple)]


class SoftmaxArguments(Arguments):
    """The scores, and which of the weights is asked for, counted from 1."""

    scores: Scores
    position: Size = 1


@register("softmax", SoftmaxArguments)
def softmax(args: SoftmaxArguments) -> Worked:
    """Compute e^s / Σ e^s for one of the scores; the terms `w_1`, `w_2` … are all weights.

    Raises:
        EngineError: a position past the last score.
    """
    from tutor.engine import activations

    if args.position > len(args.scores):
        raise EngineError(
            msg("`position` is `{value}`.", value=args.position),
            msg(
                "`{argument}` counts from 1 to {count:,}.",
                argument="position",
                count=len(args.scores),
            ),
            argument="position",
        )
    terms = [
        Term(
            f"w_{i}",
            f"$w_{{{i}}}$",
            rf"\frac{{e^{{s_{{{i}}}}}}}{{\sum_j e^{{s_j}}}}",
            _fraction(args.scores, i),
            float(weight),
        )
        for i, weight in enumerate(activations.softmax(args.scores), 1)
    ]
    answer = terms[args.position - 1]
    return activation_worked("softmax", answer, terms, _lines(answer), _mistakes(args))


def _fraction(scores: tuple[float, ...], position: int) -> str:
    exponentials = [f"e^{{{tex(score)}}}" for score in scores]
    return rf"\frac{{{exponentials[position - 1]}}}{{{' + '.join(exponentials)}}}"


def _lines(answer: Term) -> Iterator[Message]:
    yield msg(
        r"Every score is exponentiated and divided by the sum of all:"
        r" $w_i = \frac{e^{s_i}}{\sum_j e^{s_j}}$."
    )
    yield msg(
        r"Here $\val{fraction} = \val{weight:.4g}$.",
        fraction=Markdown(answer.substituted),
        weight=answer.value,
    )


def _mistakes(args: SoftmaxArguments) -> Iterator[Mistake]:
    from tutor.engine import activations

    score = args.scores[args.position - 1]
    total = sum(args.scores)
    if total != 0:
        yield Mistake(
            "not-exponentiated",
            msg(
                r"$\val{value:.4g}$ divides the score itself by the sum of the scores."
                " Softmax exponentiates first.",
                value=score / total,
            ),
            score / total,
        )
    highest = 1.0 if score == max(args.scores) else 0.0
    yield Mistake(
        "winner-takes-all",
        msg(
            r"$\val{value}$ gives everything to the highest score. Softmax leaves every score"
            " a share.",
            value=int(highest),
        ),
        highest,
    )
    yield Mistake(
        "plain-average",
        msg(
            r"$\val{value:.4g}$ gives all scores the same weight. Higher scores get more.",
            value=1 / len(args.scores),
        ),
        1 / len(args.scores),
    )
    single = float(activations.sigmoid(score))
    yield Mistake(
        "as-sigmoid",
        msg(
            r"$\val{value:.4g}$ is the sigmoid of the score alone. Softmax compares it with all"
            " the others.",
            value=single,
        ),
        single,
    )
