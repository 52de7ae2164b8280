"""One entry of a layer normalisation."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.engine.arguments import Arguments, Size, Vector
from tutor.engine.notation import factor, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_attention.shared import (
    Positive,
    number_worked,
    row_tex,
    sized_term,
    within,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

if TYPE_CHECKING:
    from tutor.engine.attention.normalisation import LayerNormRun


class LayerNormArguments(Arguments):
    """A token's vector, and the entry that is asked for, counted from 1."""

    x: Vector
    position: Size = 1
    weight: Vector | None = None
    bias: Vector | None = None
    eps: Positive = 1e-5


@register("layer_norm", LayerNormArguments)
def layer_norm(args: LayerNormArguments) -> Worked:
    """Compute one entry of (x − μ) / √(σ² + ε) · weight + bias; the terms are all of it.

    Raises:
        EngineError: a position past the last, or weights that do not fit.

    Source: Ba, Kiros & Hinton 2016; `torch.nn.LayerNorm`.
    """
    from tutor.engine.attention.normalisation import layer_norm as normalise

    within("position", args.position, len(args.x))
    run = normalise(args.x, args.weight, args.bias, args.eps)
    i = args.position - 1
    mean, variance = float(run.mean[0]), float(run.variance[0])
    scaled = ""
    numbers = (
        rf"\frac{{{tex(args.x[i])} - {factor(mean)}}}{{\sqrt{{{tex(variance)} + {tex(args.eps)}}}}}"
    )
    if args.weight is not None:
        scaled += r" \cdot \gamma_i"
        numbers += rf" \cdot {factor(args.weight[i])}"
    if args.bias is not None:
        scaled += r" + \beta_i"
        numbers += rf" + {factor(args.bias[i])}"
    answer = Term(
        "value",
        "$y_i$",
        r"\frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}}" + scaled,
        numbers,
        float(run.output[i]),
    )
    share = rf"\frac{{1}}{{{len(args.x)}}}"
    centred = rf"\sum_i (x_i - {factor(mean)})^2"
    normalised = r"\frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}"

    def terms() -> tuple[Term, ...]:
        return (
            Term("mean", r"$\mu$", r"\frac{1}{d} \sum_i x_i", rf"{share} \sum_i x_i", mean),
            Term(
                "variance",
                r"$\sigma^2$",
                r"\frac{1}{d} \sum_i (x_i - \mu)^2",
                rf"{share} {centred}",
                variance,
            ),
            sized_term("normalised", msg("normalised"), normalised, run.normalised),
            sized_term("output", msg("output"), answer.symbol, run.output),
            answer,
        )

    return number_worked(
        "layer_norm",
        args,
        answer,
        terms=terms,
        lines=lambda: _lines(args, run, answer),
        mistakes=lambda: _mistakes(args, run),
    )


def _lines(args: LayerNormArguments, run: LayerNormRun, answer: Term) -> Iterator[Message]:
    i = args.position - 1
    yield msg(
        r"The mean of the entries of $\val{x}$ is $\mu = \val{mean:.4g}$.",
        x=row_tex(args.x),
        mean=float(run.mean[0]),
    )
    yield msg(
        r"The mean squared distance from it is the variance, $\sigma^2 = \val{variance:.4g}$:"
        " divided by {d:,}, not by one less.",
        variance=float(run.variance[0]),
        d=len(args.x),
    )
    yield msg(
        r"Entry {position:,} becomes $\frac{\val{x:.6g} - \val{mean}}{\sqrt{\val{variance:.4g} +"
        r" \val{eps}}} = \val{value:.4g}$.",
        position=args.position,
        x=args.x[i],
        mean=_factor(float(run.mean[0])),
        variance=float(run.variance[0]),
        eps=args.eps,
        value=float(run.normalised[i]),
    )
    if args.weight is not None or args.bias is not None:
        yield msg(
            r"With weight $\val{weight}$ and bias $\val{bias}$ it is $\val{value:.4g}$.",
            weight=1.0 if args.weight is None else args.weight[i],
            bias=0.0 if args.bias is None else args.bias[i],
            value=answer.value,
        )


def _factor(x: float) -> Markdown:
    return Markdown(factor(x))


def _mistakes(args: LayerNormArguments, run: LayerNormRun) -> Iterator[Mistake]:
    i, d = args.position - 1, len(args.x)
    mean, variance, eps = float(run.mean[0]), float(run.variance[0]), args.eps
    x = args.x[i]
    weight = 1.0 if args.weight is None else args.weight[i]
    bias = 0.0 if args.bias is None else args.bias[i]

    def rest(normalised: float) -> float:
        return normalised * weight + bias

    if args.weight is not None or args.bias is not None:
        value = float(run.normalised[i])
        yield Mistake(
            "weights-forgotten",
            msg(
                r"$\val{value:.4g}$ stops after normalising. The entry's own weight multiplies it"
                " and its bias is added.",
                value=value,
            ),
            value,
        )
    if d > 1:
        value = rest((x - mean) / math.sqrt(variance * d / (d - 1) + eps))
        yield Mistake(
            "sample-variance",
            msg(
                r"$\val{value:.4g}$ divides the sum of squares by $d - 1 = \val{n:,}$. Layer"
                r" normalisation takes their plain mean, over $d$.",
                value=value,
                n=d - 1,
            ),
            value,
        )
    value = rest((x - mean) / (variance + eps))
    yield Mistake(
        "variance-not-root",
        msg(
            r"$\val{value:.4g}$ divides by the variance. It is its root, the standard deviation,"
            " that is divided by.",
            value=value,
        ),
        value,
    )
    value = rest(x / math.sqrt(variance + eps))
    yield Mistake(
        "mean-kept",
        msg(
            r"$\val{value:.4g}$ does not subtract the mean. Normalised entries have mean 0.",
            value=value,
        ),
        value,
    )
    value = rest(x - mean)
    yield Mistake(
        "not-divided",
        msg(
            r"$\val{value:.4g}$ only subtracts the mean. Dividing by the standard deviation brings"
            " the variance to 1.",
            value=value,
        ),
        value,
    )
    value = rest((x - mean) / (math.sqrt(variance) + eps))
    yield Mistake(
        "eps-outside",
        msg(
            r"$\val{value:.4g}$ adds $\epsilon$ to the standard deviation. It is added to the"
            " variance, under the root.",
            value=value,
        ),
        value,
    )
    norm = math.sqrt(sum(entry * entry for entry in args.x) / d + eps)
    value = rest(x / norm)
    yield Mistake(
        "root-mean-square",
        msg(
            r"$\val{value:.4g}$ is the RMS norm, which divides by the root of the mean square and"
            " subtracts nothing.",
            value=value,
        ),
        value,
    )
