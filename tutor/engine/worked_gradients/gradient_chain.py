"""The gradient of one recurrent unit over T steps."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Real
from tutor.engine.gradients.peak import LARGEST_SLOPE
from tutor.engine.notation import factor, real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_gradients.shared import (
    PHI,
    SLOPE,
    Activation,
    Steps,
    in_range,
    number_worked,
    outcome,
    power,
)
from tutor.engine.worked_gradients.step_factor import (
    all_steps_line,
    one_step_only,
    one_step_short,
    steps_multiplied,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown


class GradientChain(Arguments):
    """Arguments of `gradient_chain`.

    `preactivation` is the a at which the slope is taken, the same at every step; left out, the
    slope is the largest there is: 1/4 of the sigmoid, 1 of tanh and of ReLU.
    """

    activation: Activation
    w: Real
    steps: Steps
    preactivation: Real | None = None


@register("gradient_chain", GradientChain)
def gradient_chain(args: GradientChain) -> Worked:
    """Compute ∂h_T/∂h_0 = (φ′(a)·w)^T of a single unit h_t = φ(w·h_{t−1} + …).

    Raises:
        EngineError: a result below 1e-300 or above 1e300 in size.
    """
    slope = _slope(args.activation, args.preactivation)
    one = real(slope * args.w)
    total = in_range(power(one, args.steps), zero=one == 0)
    phi = SLOPE[args.activation]
    taken = rf"\max {phi}" if args.preactivation is None else f"{phi}(a)"
    answer = Term(
        "gradient",
        r"$\frac{\partial h_T}{\partial h_0}$",
        rf"({taken} \cdot w)^T",
        rf"({tex(slope)} \cdot {factor(args.w)})^{{{args.steps}}}",
        total,
    )
    terms = (
        answer,
        Term("slope", rf"${phi}$", phi, tex(slope), slope),
        Term(
            "factor",
            r"$\frac{\partial h_t}{\partial h_{t-1}}$",
            rf"{phi} \cdot w",
            rf"{tex(slope)} \cdot {factor(args.w)}",
            one,
        ),
    )
    return number_worked(
        "gradient_chain", answer, terms, _lines(args, slope, one, answer), _mistakes(args, slope)
    )


def _slope(activation: str, preactivation: float | None) -> float:
    if preactivation is None:
        return LARGEST_SLOPE[activation]
    from tutor.engine.gradients.activation import SLOPES, numbers_of

    return float(SLOPES[activation](numbers_of(preactivation)))


def _value(activation: str, preactivation: float) -> float:
    from tutor.engine.gradients.activation import VALUES, numbers_of

    return real(float(VALUES[activation](numbers_of(preactivation))))


def _lines(args: GradientChain, slope: float, one: float, answer: Term) -> Iterator[Message]:
    yield msg(
        r"By the chain rule every step back multiplies the gradient by the slope of the activation"
        r" and by the weight: $\frac{\partial h_t}{\partial h_{t-1}} = \val{slope} \cdot w$.",
        slope=Markdown(SLOPE[args.activation]),
    )
    if args.preactivation is not None:
        yield msg(
            r"At $a = \val{a}$ the slope is $\val{slope}(\val{a}) = \val{value:.4g}$.",
            a=args.preactivation,
            slope=Markdown(SLOPE[args.activation]),
            value=slope,
        )
    elif args.activation == "relu":
        yield msg("The slope of a ReLU that is on is 1, and it is never more.")
    else:
        yield msg(
            r"In the best case the slope is the largest there is: $\val{slope}(0) = \val{value}$.",
            slope=Markdown(SLOPE[args.activation]),
            value=slope,
        )
    yield all_steps_line(args.steps, answer)
    yield outcome(abs(one))


def _mistakes(args: GradientChain, slope: float) -> Iterator[Mistake]:
    w, T = args.w, args.steps
    one = slope * w
    yield steps_multiplied(one, T)
    bare = power(w, T)
    yield Mistake(
        "slope-forgotten",
        msg(
            r"$\val{value:.4g}$ is $w^T$. Each step also multiplies by the slope of the"
            r" activation, here $\val{slope:.4g}$.",
            value=bare,
            slope=slope,
        ),
        bare,
    )
    weightless = power(slope, T)
    yield Mistake(
        "weight-forgotten",
        msg(
            r"$\val{value:.4g}$ is the slope alone to the power of $T$. Each step also multiplies"
            r" by the weight, $w = \val{w}$.",
            value=weightless,
            w=w,
        ),
        weightless,
    )
    yield from _other_activation(args)
    yield one_step_short(one, T)
    yield one_step_only(one, T)
    if args.preactivation is not None:
        values = power(_value(args.activation, args.preactivation) * w, T)
        yield Mistake(
            "value-instead",
            msg(
                r"$\val{value:.4g}$ multiplies by the value $\val{phi}(a)$. The gradient is"
                r" multiplied by the slope $\val{slope}(a)$.",
                value=values,
                phi=Markdown(PHI[args.activation]),
                slope=Markdown(SLOPE[args.activation]),
            ),
            values,
        )


def _other_activation(args: GradientChain) -> Iterator[Mistake]:
    match args.activation:
        case "sigmoid":
            value = power(_slope("tanh", args.preactivation) * args.w, args.steps)
            yield Mistake(
                "as-tanh",
                msg(
                    r"$\val{value:.4g}$ takes the slope of tanh, which reaches 1. The sigmoid's"
                    r" is never above $\frac{1}{4}$.",
                    value=value,
                ),
                value,
            )
        case "tanh":
            value = power(_slope("sigmoid", args.preactivation) * args.w, args.steps)
            yield Mistake(
                "as-sigmoid",
                msg(
                    r"$\val{value:.4g}$ takes the slope of the sigmoid, at most $\frac{1}{4}$."
                    " That of tanh is 1 at 0.",
                    value=value,
                ),
                value,
            )
        case "relu":
            if args.preactivation is not None and args.preactivation <= 0:
                always = power(args.w, args.steps)
                yield Mistake(
                    "always-one",
                    msg(
                        r"$\val{value:.4g}$ takes the slope 1 of a ReLU that is on. At"
                        r" $a = \val{a}$ it is off, and its slope is 0.",
                        value=always,
                        a=args.preactivation,
                    ),
                    always,
                )
