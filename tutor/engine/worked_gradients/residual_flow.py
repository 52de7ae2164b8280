"""The gradient through a drawn stack of tanh layers, with a way around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, exact_as_float
from tutor.engine.notation import array_term, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_gradients.shared import Seed, number_worked
from tutor.text.message import Message, msg

Depth = Annotated[int, Field(ge=1, le=200, strict=True)]
Width = Annotated[int, Field(ge=1, le=64, strict=True)]
Gate = Annotated[
    float, Field(ge=0, le=1, allow_inf_nan=False, strict=True), BeforeValidator(exact_as_float)
]
Scale = Annotated[
    float, Field(ge=0, le=10, allow_inf_nan=False, strict=True), BeforeValidator(exact_as_float)
]


class ResidualFlowArguments(Arguments):
    """Arguments of `residual_flow`.

    The gate f is 1 for a skip connection, 0 for a plain stack, and between them as in an LSTM;
    `coupled` weights the layer's own part by 1 − f, as in a Highway network. Weights are normal
    with a deviation of `weight_scale` / √n; the gradient at the output has the length 1.
    """

    layers: Depth = 30
    hidden_size: Width = 16
    gate: Gate = 1.0
    coupled: bool = False
    weight_scale: Scale = 0.5
    seed: Seed = 0


@register("residual_flow", ResidualFlowArguments)
def residual_flow(args: ResidualFlowArguments) -> Worked:
    """Compute the length of the gradient that a stack's input gets from one of length 1.

    The terms `norms` and `plain_norms` are its log₁₀ at every layer, the input's first, with the
    gate and without any. Source: He et al. 2015; Srivastava et al. 2015.
    """
    from tutor.engine.gradients.residual import drawn_stack
    from tutor.engine.gradients.residual import residual_flow as flow

    W, x, gradient = drawn_stack(args.layers, args.hidden_size, args.seed, args.weight_scale)
    gated = flow(W, x, gradient, gate=args.gate, coupled=args.coupled)
    plain = flow(W, x, gradient, gate=0.0)
    total, without = float(gated.norms.plain[0]), float(plain.norms.plain[0])
    symbol = r"\lVert \frac{\partial L}{\partial x_0} \rVert"
    log = r"\log_{10} \lVert \frac{\partial L}{\partial x_l} \rVert"
    answer = Term("norm", f"${symbol}$", symbol, tex(total), total)
    terms = (
        answer,
        Term("plain", f"${symbol}$, $f = 0$", symbol, tex(without), without),
        array_term("norms", f"${log}$", log, gated.norms.log10),
        array_term("plain_norms", f"${log}$, $f = 0$", log, plain.norms.log10),
    )
    return number_worked(
        "residual_flow",
        answer,
        terms,
        _lines(args, total, without),
        _mistakes(args, without),
    )


def _lines(args: ResidualFlowArguments, total: float, without: float) -> Iterator[Message]:
    if args.coupled:
        yield msg(
            r"Each layer computes $x_{l+1} = f x_l + (1 - f) \tanh(W_l x_l)$ with"
            r" $f = \val{gate}$, as in a Highway network.",
            gate=args.gate,
        )
    else:
        yield msg(
            r"Each layer computes $x_{l+1} = f x_l + \tanh(W_l x_l)$ with $f = \val{gate}$:"
            " 1 is a skip connection, 0 a plain stack.",
            gate=args.gate,
        )
    if args.gate > 0 and args.coupled:
        yield msg(
            "So going back a layer scales the layer's own Jacobian by $1 - f$ and adds $f$: a path"
            " on which only $f$ shrinks the gradient."
        )
    elif args.gate > 0:
        yield msg(
            "So going back a layer adds $f$ to the layer's own Jacobian: a path on which only $f$"
            " shrinks the gradient."
        )
    yield msg(
        r"Through all layers ($L = \val{layers}$) the gradient's length becomes $\val{total:.4g}$;"
        r" without the path it would be $\val{plain:.4g}$.",
        layers=args.layers,
        total=total,
        plain=without,
    )


def _mistakes(args: ResidualFlowArguments, without: float) -> Iterator[Mistake]:
    if args.coupled:
        forgotten = msg(
            r"$\val{value:.4g}$ is the plain stack. The gate scales every layer's own Jacobian by"
            " $1 - f$, and the way around the layers adds $f$ to it.",
            value=without,
        )
    else:
        forgotten = msg(
            r"$\val{value:.4g}$ is the plain stack. The way around the layers adds $f$ to every"
            " layer's Jacobian.",
            value=without,
        )
    yield Mistake("path-forgotten", forgotten, without)
    direct = float(args.gate**args.layers)
    yield Mistake(
        "direct-path-only",
        msg(
            r"$\val{value:.4g}$ is the direct path alone, $f$ to the power of the layers. The"
            " gradient also flows through the layers themselves.",
            value=direct,
        ),
        direct,
    )
