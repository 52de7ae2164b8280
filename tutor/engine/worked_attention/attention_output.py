"""The output of attention for one query, one number of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator

from tutor.engine.arguments import Arguments, Matrix, Size, Vector
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_attention.shared import Positive, number_worked, within
from tutor.engine.worked_attention.steps import row_lines, run_terms, weighted_tex
from tutor.engine.worked_attention.weight_mistakes import scale_mistakes
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    from tutor.engine.attention.scaled_dot_product import AttentionRun


def _as_rows(value: Any) -> Any:
    """Return values that are numbers as rows of one number."""
    if isinstance(value, (list, tuple)) and not any(isinstance(x, (list, tuple)) for x in value):
        return tuple((x,) for x in value)
    return value


class AttentionOutputArguments(Arguments):
    """One query, the keys a row each, and for every key a value: a number or a row.

    `column`, from 1, is the number of the output that is asked for where values are rows.
    """

    q: Vector
    k: Matrix
    v: Annotated[Matrix, BeforeValidator(_as_rows)]
    column: Size = 1
    scaled: bool = True
    temperature: Positive = 1.0


@register("attention_output", AttentionOutputArguments)
def attention_output(args: AttentionOutputArguments) -> Worked:
    """Compute Σ a_j v_j for one query, a the softmax of its scaled scores.

    Raises:
        EngineError: shapes that do not fit, or a column past the last.

    Source: Vaswani et al. 2017, 3.2.1.
    """
    from tutor.engine.attention.scaled_dot_product import scaled_dot_product_attention

    within("column", args.column, len(args.v[0]))
    run = scaled_dot_product_attention(
        [args.q],
        args.k,
        args.v,
        scale=None if args.scaled else 1.0,
        temperature=args.temperature,
    )
    values = [float(row[args.column - 1]) for row in run.v]
    weights = [float(weight) for weight in run.weights[0]]
    answer = Term(
        "answer",
        msg("output"),
        r"\sum_j a_j v_j",
        weighted_tex(weights, values),
        float(run.output[0, args.column - 1]),
    )
    return number_worked(
        "attention_output",
        args,
        answer,
        terms=lambda: (*run_terms(run, scaled=args.scaled, row=0), answer),
        lines=lambda: _lines(run, answer, args),
        mistakes=lambda: _mistakes(run, values, args),
    )


def _lines(run: AttentionRun, answer: Term, args: AttentionOutputArguments) -> Iterator[Message]:
    yield from row_lines(run, 0, scaled=args.scaled, output=False)
    yield msg(
        r"The output is the sum of the values with these weights:"
        r" $\val{sum} = \val{value:.4g}$.",
        sum=weighted_tex(
            [float(x) for x in run.weights[0]], [float(row[args.column - 1]) for row in run.v]
        ),
        value=answer.value,
    )


def _mistakes(
    run: AttentionRun, values: list[float], args: AttentionOutputArguments
) -> Iterator[Mistake]:
    import numpy as np

    from tutor.engine.activations import softmax

    v = np.asarray(values)
    scaled = run.scaled[0]
    yield from scale_mistakes(
        run.scores[0],
        run.q.shape[-1],
        lambda weights: float(weights @ v),
        temperature=args.temperature,
        scaled=args.scaled,
    )
    if np.isclose(scaled, scaled.max(), rtol=1e-9, atol=1e-9).sum() == 1:  # no key wins a tie
        best = float(v[int(scaled.argmax())])
        yield Mistake(
            "winner-takes-all",
            msg(
                r"$\val{value:.4g}$ is the value of the best key alone, as a dictionary would give"
                " it. Attention mixes all values, each with its weight.",
                value=best,
            ),
            best,
        )
    average = float(v.mean())
    yield Mistake(
        "plain-average",
        msg(
            r"$\val{value:.4g}$ is the plain average of the values. Keys that match the query"
            " better weigh more.",
            value=average,
        ),
        average,
    )
    raw = float(scaled @ v)
    yield Mistake(
        "softmax-forgotten",
        msg(
            r"$\val{value:.4g}$ weights the values with the scores themselves. The softmax comes"
            " first, so that the weights sum to 1.",
            value=raw,
        ),
        raw,
    )
    total = float(scaled.sum())
    if total != 0:
        yield Mistake(
            "not-exponentiated",
            msg(
                r"$\val{value:.4g}$ divides the scores by their sum to get weights. Softmax"
                " exponentiates first.",
                value=raw / total,
            ),
            raw / total,
        )
    if args.scaled:
        late = float(softmax(run.scores[0] / args.temperature) @ v) / run.q.shape[-1] ** 0.5
        yield Mistake(
            "scaled-after-softmax",
            msg(
                r"$\val{value:.4g}$ divides by $\sqrt{d_k}$ after the softmax. The scores are"
                " divided, before it.",
                value=late,
            ),
            late,
        )
