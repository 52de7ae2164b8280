"""The norm of the gradient through a drawn cell, beside the bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Real, exact_as_float
from tutor.engine.gradients.peak import LARGEST_SLOPE
from tutor.engine.notation import array_term, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_gradients.shared import Activation, Seed, number_worked
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    from tutor.engine.gradients.decay import JacobianNorms

VANISHED = 0.1  # a gradient below it is said to vanish
Hidden = Annotated[int, Field(ge=1, le=64, strict=True)]
FlowSteps = Annotated[int, Field(ge=1, le=100, strict=True)]
Scale = Annotated[
    float, Field(ge=0, le=100, allow_inf_nan=False, strict=True), BeforeValidator(exact_as_float)
]


class GradientFlow(Arguments):
    """Arguments of `gradient_flow`; `tutor.engine.Flow` says what each of them does."""

    cell: Literal["rnn", "lstm", "gru"] = "rnn"
    hidden_size: Hidden = 16
    steps: FlowSteps = 100
    seed: Seed = 0
    sigma_max: Scale = 1.0
    activation: Activation = "tanh"
    bias: Real = 0.0
    orthogonal: bool = False
    input_scale: Scale = 1.0
    start: Real = 0.0


@register("gradient_flow", GradientFlow)
def gradient_flow(args: GradientFlow) -> Worked:
    """Compute ‖∂h_T/∂h_0‖ of a drawn cell.

    The term `log10` is the whole curve log₁₀ ‖∂h_t/∂h_0‖ for t = 1 … T, −∞ where it is exactly 0;
    `bound` is that of Pascanu, Mikolov & Bengio 2013 (RNN), `memory` that of ∂c_t/∂c_0 (LSTM),
    `direct` that of Π f (LSTM) or Π z (GRU).

    Raises:
        EngineError: a state that grows past what floats hold.
    """
    from tutor.engine.gradients.flow import Flow, drawn_flow

    drawn = drawn_flow(
        Flow(
            cell=args.cell,
            hidden_size=args.hidden_size,
            steps=args.steps,
            seed=args.seed,
            sigma_max=args.sigma_max,
            nonlinearity=args.activation,
            bias=args.bias,
            orthogonal=args.orthogonal,
            input_scale=args.input_scale,
            start=args.start,
        )
    )
    norm = r"\lVert \frac{\partial h_T}{\partial h_0} \rVert"
    total = float(drawn.from_start.plain[-1])
    answer = Term("norm", f"${norm}$", norm, tex(total), total)
    gate = "z" if args.cell == "gru" else "f"
    curves = {
        "log10": (r"\log_{10} \lVert \frac{\partial h_t}{\partial h_0} \rVert", drawn.from_start),
        "to_end": (r"\log_{10} \lVert \frac{\partial h_T}{\partial h_t} \rVert", drawn.to_end),
        "bound": (r"t \log_{10} (\gamma \sigma_{\max})", drawn.bound),
        "memory": (r"\log_{10} \lVert \frac{\partial c_t}{\partial c_0} \rVert", drawn.memory),
        "direct": (rf"\log_{{10}} \max \prod_{{k=1}}^{{t}} {gate}_k", drawn.direct),
    }
    terms = [answer]
    for name, (symbol, curve) in curves.items():
        if curve is not None:
            terms.append(array_term(name, f"${symbol}$", symbol, curve.log10))
    bound = None if drawn.bound is None else float(drawn.bound.plain[-1])
    return number_worked(
        "gradient_flow",
        answer,
        terms,
        _lines(args, total, bound),
        _mistakes(args, bound) if args.cell == "rnn" else _of_gates(args, drawn),
    )


def _lines(args: GradientFlow, total: float, bound: float | None) -> Iterator[Message]:
    yield msg(
        r"$\frac{\partial h_T}{\partial h_0}$ is a product of matrices, one for each step"
        r" ($T = \val{steps}$). Its norm is $\val{total:.4g}$.",
        steps=args.steps,
        total=total,
    )
    if bound is None:
        yield msg(
            "The gates decide which part of the old state is kept, and with it how much of the"
            " gradient: what counts is how open they are, not the norm of the weights alone."
        )
        return
    yield msg(
        r"It cannot be above $(\gamma \sigma_{\max})^T = \val{bound:.4g}$, which depends on"
        r" nothing but the activation and $\sigma_{\max} = \val{sigma}$.",
        bound=bound,
        sigma=args.sigma_max,
    )
    if LARGEST_SLOPE[args.activation] * args.sigma_max < 1:
        yield msg(
            r"$\gamma \sigma_{\max}$ is below 1, and that is sufficient: over many steps every"
            " gradient vanishes."
        )
    elif total < VANISHED:
        yield msg(
            "The bound does not force it, yet the gradient vanishes: slopes on the way are smaller"
            " than the largest, units are off, or $W$ stretches the gradient's direction less."
        )


def _mistakes(args: GradientFlow, bound: float | None) -> Iterator[Mistake]:
    if bound is not None:
        yield Mistake(
            "bound-instead",
            msg(
                r"$\val{value:.4g}$ is the bound. It is reached only if every step stretches by the"
                " most it can, always in the same direction.",
                value=bound,
            ),
            bound,
        )
    if bound is not None and args.activation == "sigmoid":
        bare = args.sigma_max**args.steps
        yield Mistake(
            "slope-forgotten",
            msg(
                r"$\val{value:.4g}$ is $\sigma_{\max}^T$. Each step also multiplies by slopes, of"
                r" the sigmoid at most $\frac{1}{4}$.",
                value=bare,
            ),
            bare,
        )


def _of_gates(args: GradientFlow, drawn: JacobianNorms) -> Iterator[Mistake]:
    if drawn.direct is not None:
        direct = float(drawn.direct.plain[-1])
        yield Mistake(
            "direct-path-only",
            msg(
                r"$\val{value:.4g}$ is the direct path alone, $\prod_t f_t$, from $c_0$ to $c_T$."
                r" From $h_0$ to $h_T$ the gradient goes in through the gates and out through"
                r" $o_T \odot \tanh(c_T)$.",
                value=direct,
            )
            if args.cell == "lstm"
            else msg(
                r"$\val{value:.4g}$ is the direct path alone, $\prod_t z_t$. The gates and the"
                " candidate read the old state too, and the gradient flows through them.",
                value=direct,
            ),
            direct,
        )
    if drawn.memory is not None:
        memory = float(drawn.memory.plain[-1])
        yield Mistake(
            "cell-state-instead",
            msg(
                r"$\val{value:.4g}$ is the gradient between cell states,"
                r" $\frac{\partial c_T}{\partial c_0}$. The question is about the hidden states.",
                value=memory,
            ),
            memory,
        )
    bound = args.sigma_max**args.steps
    yield Mistake(
        "simple-rnn-bound",
        msg(
            r"$\val{value:.4g}$ is $\sigma_{\max}^T$, the bound of a simple RNN with tanh. A gated"
            " cell has no such bound: its gates open a path without $W$.",
            value=bound,
        ),
        bound,
    )
