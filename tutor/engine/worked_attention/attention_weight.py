"""One weight of attention: how much of a key's value a query takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.engine.arguments import Arguments, Matrix, Size
from tutor.engine.notation import tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_attention.shared import (
    Positive,
    few_enough,
    number_worked,
    shortened,
    within,
)
from tutor.engine.worked_attention.steps import row_lines, run_terms
from tutor.engine.worked_attention.weight_mistakes import scale_mistakes
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    from tutor.engine.attention.scaled_dot_product import AttentionRun


class AttentionWeightArguments(Arguments):
    """Queries and keys, a row each, and the pair that is asked for, counted from 1."""

    q: Matrix
    k: Matrix
    query: Size = 1
    key: Size = 1
    is_causal: bool = False
    scaled: bool = True
    temperature: Positive = 1.0


@register("attention_weight", AttentionWeightArguments)
def attention_weight(args: AttentionWeightArguments) -> Worked:
    """Compute the weight of one key for one query: a softmax over the keys it may look at.

    Raises:
        EngineError: matrices that do not fit each other, or a pair that is not there.

    Source: Vaswani et al. 2017, 3.2.1.
    """
    from tutor.engine.attention.scaled_dot_product import scaled_dot_product_attention

    few_enough("k", len(args.q), len(args.k))
    within("query", args.query, len(args.q))
    within("key", args.key, len(args.k))
    run = scaled_dot_product_attention(
        args.q,
        args.k,
        [[1.0]] * len(args.k),  # nobody asks for the values
        is_causal=args.is_causal,
        scale=None if args.scaled else 1.0,
        temperature=args.temperature,
    )
    i, j = args.query - 1, args.key - 1
    exponentials = [
        rf"e^{{{tex(float(score))}}}" for score in run.masked[i] if score != -float("inf")
    ]
    above = rf"e^{{{tex(float(run.scaled[i, j]))}}}" if run.masked[i, j] != -float("inf") else "0"
    answer = Term(
        "answer",
        msg("weight"),
        r"\frac{e^{s_{ij}}}{\sum_l e^{s_{il}}}",
        rf"\frac{{{above}}}{{{' + '.join(shortened(exponentials))}}}",
        float(run.weights[i, j]),
    )

    def terms() -> Iterator[Term]:
        yield from (term for term in run_terms(run, scaled=args.scaled) if term.id != "output")
        yield answer

    return number_worked(
        "attention_weight",
        args,
        answer,
        terms=terms,
        lines=lambda: _lines(run, args, answer),
        mistakes=lambda: _mistakes(run, args, i, j),
    )


def _lines(run: AttentionRun, args: AttentionWeightArguments, answer: Term) -> Iterator[Message]:
    yield from row_lines(run, args.query - 1, scaled=args.scaled, output=False)
    yield msg(r"The weight of key {key:,} is $\val{value:.4g}$.", key=args.key, value=answer.value)


def _mistakes(
    run: AttentionRun, args: AttentionWeightArguments, i: int, j: int
) -> Iterator[Mistake]:
    import numpy as np

    from tutor.engine.activations import softmax

    allowed = run.visible.all()
    if allowed is not None and not allowed[i].all():
        seeing = float(softmax(run.scaled[i])[j])
        yield Mistake(
            "mask-forgotten",
            msg(
                r"$\val{value:.4g}$ lets the query see the keys after it. The causal mask gives"
                r" them $-\infty$ before the softmax, so that they take no share.",
                value=seeing,
            ),
            seeing,
        )
        if not allowed[i, j]:
            return
    scores = np.where(run.masked[i] == -np.inf, -np.inf, run.scores[i])
    yield from scale_mistakes(
        scores,
        run.q.shape[-1],
        lambda weights: float(weights[j]),
        temperature=args.temperature,
        scaled=args.scaled,
    )
    column = float(softmax(run.masked[:, j])[i])
    yield Mistake(
        "softmax-over-queries",
        msg(
            r"$\val{value:.4g}$ compares the queries of one key. The softmax runs over the keys"
            " of one query: every row sums to 1.",
            value=column,
        ),
        column,
    )
    row = run.scaled[i][run.masked[i] != -np.inf]
    score = float(run.scaled[i, j])
    if row.sum() != 0:
        share = score / float(row.sum())
        yield Mistake(
            "not-exponentiated",
            msg(
                r"$\val{value:.4g}$ divides the score itself by the sum of the scores."
                " Softmax exponentiates first.",
                value=share,
            ),
            share,
        )
    yield Mistake(
        "score-instead",
        msg(
            r"$\val{value:.4g}$ is the score. The softmax over all scores of the query makes a"
            " weight of it.",
            value=score,
        ),
        score,
    )
    highest = 1.0 if score == row.max() else 0.0
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
            value=1 / len(row),
        ),
        1 / len(row),
    )
