"""The sigmoid and its derivative at a point."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.notation import real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.shared import ActivationArguments, activation_worked
from tutor.text.message import Message, msg


@register("sigmoid", ActivationArguments)
def sigmoid(args: ActivationArguments) -> Worked:
    """Compute σ(x) = 1 / (1 + e^−x)."""
    x, value, slope = _at(args)
    terms = _terms(x, value, slope)
    return activation_worked(
        "sigmoid",
        terms[0],
        terms,
        [
            msg(r"The sigmoid is $\sigma(x) = \frac{1}{1 + e^{-x}}$."),
            _value_line(x, value),
        ],
        _value_mistakes(x, value, slope),
    )


@register("sigmoid_derivative", ActivationArguments)
def sigmoid_derivative(args: ActivationArguments) -> Worked:
    """Compute σ′(x) = σ(x)(1 − σ(x))."""
    x, value, slope = _at(args)
    terms = _terms(x, value, slope)
    return activation_worked(
        "sigmoid_derivative",
        terms[1],
        terms,
        [
            msg(r"The slope of the sigmoid is $\sigma'(x) = \sigma(x) (1 - \sigma(x))$."),
            _value_line(x, value),
            msg(
                r"So $\sigma'(\val{x}) = \val{value:.4g} \cdot (1 - \val{value:.4g})"
                r" = \val{slope:.4g}$.",
                x=x,
                value=value,
                slope=slope,
            ),
        ],
        _slope_mistakes(x, value, slope),
    )


def _at(args: ActivationArguments) -> tuple[float, float, float]:
    from tutor.engine import activations

    x = real(args.x)
    return x, float(activations.sigmoid(x)), float(activations.sigmoid_derivative(x))


def _substituted(x: float) -> str:
    return rf"\frac{{1}}{{1 + e^{{{tex(-x)}}}}}"


def _terms(x: float, value: float, slope: float) -> tuple[Term, ...]:
    return (
        Term("value", r"$\sigma(x)$", r"\frac{1}{1 + e^{-x}}", _substituted(x), value),
        Term(
            "derivative",
            r"$\sigma'(x)$",
            r"\sigma(x) (1 - \sigma(x))",
            rf"{tex(value)} \cdot (1 - {tex(value)})",
            slope,
        ),
    )


def _value_line(x: float, value: float) -> Message:
    return msg(
        r"At $x = \val{x}$: $\sigma(\val{x}) = \frac{1}{1 + e^{\val{exponent}}}"
        r" = \val{value:.4g}$.",
        x=x,
        exponent=real(-x),
        value=value,
    )


def _value_mistakes(x: float, value: float, slope: float) -> Iterator[Mistake]:
    from tutor.engine import activations

    if x != 0:
        flipped = float(activations.sigmoid(-x))
        yield Mistake(
            "sign-flipped",
            msg(
                r"$\val{value:.4g}$ is $\frac{1}{1 + e^{x}}$, which is $\sigma(-x)$."
                r" The exponent is $-x$.",
                value=flipped,
            ),
            flipped,
        )
    as_tanh = float(activations.tanh(x))
    yield Mistake(
        "as-tanh",
        msg(
            r"$\val{value:.4g}$ is $\tanh x$. The sigmoid lies between 0 and 1, and is"
            r" $\frac{1}{2}$ at 0.",
            value=as_tanh,
        ),
        as_tanh,
    )
    yield Mistake(
        "derivative-instead",
        msg(
            r"$\val{value:.4g}$ is the slope $\sigma'(x)$. The question is the value,"
            r" $\sigma(x) = \val{right:.4g}$.",
            value=slope,
            right=value,
        ),
        slope,
    )


def _slope_mistakes(x: float, value: float, slope: float) -> Iterator[Mistake]:
    from tutor.engine import activations

    if x == 0:
        yield Mistake(
            "peak-three-tenths",
            msg(r"0.3 is only a rough reading of a plot. At 0 the slope is exactly $\frac{1}{4}$."),
            0.3,
        )
    yield Mistake(
        "value-instead",
        msg(
            r"$\val{value:.4g}$ is the value $\sigma(x)$."
            r" The slope is $\sigma(x) (1 - \sigma(x))$.",
            value=value,
        ),
        value,
    )
    if x != 0:
        yield Mistake(
            "factor-forgotten",
            msg(
                r"$\val{value:.4g}$ is $1 - \sigma(x)$ alone."
                r" The slope has the factor $\sigma(x)$ too.",
                value=1 - value,
            ),
            1 - value,
        )
    yield Mistake(
        "tanh-rule",
        msg(
            r"$\val{value:.4g}$ is $1 - \sigma(x)^2$. That form belongs to tanh;"
            r" the sigmoid's is $\sigma(x) (1 - \sigma(x))$.",
            value=1 - value**2,
        ),
        1 - value**2,
    )
    of_tanh = float(activations.tanh_derivative(x))
    yield Mistake(
        "as-tanh",
        msg(
            r"$\val{value:.4g}$ is the slope of tanh. The sigmoid's is never above $\frac{1}{4}$.",
            value=of_tanh,
        ),
        of_tanh,
    )
    if x != 0:
        yield Mistake(
            "x-for-sigmoid",
            msg(
                r"$\val{value:.4g}$ is $x (1 - x)$."
                r" What is multiplied is the sigmoid of $x$, not $x$ itself.",
                value=x * (1 - x),
            ),
            x * (1 - x),
        )
        yield Mistake(
            "always-a-quarter",
            msg(
                r"$\frac{1}{4}$ is the slope at 0, the largest there is. At $x = \val{x}$ it is"
                r" $\val{slope:.4g}$.",
                x=x,
                slope=slope,
            ),
            0.25,
        )
