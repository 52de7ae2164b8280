"""The hyperbolic tangent and its derivative at a point."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.notation import factor, real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.shared import ActivationArguments, activation_worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

FRACTION = r"\frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}"


@register("tanh", ActivationArguments)
def tanh(args: ActivationArguments) -> Worked:
    """Compute tanh x = (e^x − e^−x) / (e^x + e^−x)."""
    x, value, slope = _at(args)
    terms = _terms(x, value, slope)
    return activation_worked(
        "tanh",
        terms[0],
        terms,
        [
            msg(
                r"The hyperbolic tangent is"
                r" $\tanh x = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}} = 2 \sigma(2x) - 1$."
            ),
            _value_line(x, value),
        ],
        _value_mistakes(x, value, slope),
    )


@register("tanh_derivative", ActivationArguments)
def tanh_derivative(args: ActivationArguments) -> Worked:
    """Compute tanh′(x) = 1 − tanh² x."""
    x, value, slope = _at(args)
    terms = _terms(x, value, slope)
    return activation_worked(
        "tanh_derivative",
        terms[1],
        terms,
        [
            msg(r"The slope of tanh is $\tanh'(x) = 1 - \tanh(x)^2$."),
            _value_line(x, value),
            msg(
                r"So $\tanh'(\val{x}) = \val{square} = \val{slope:.4g}$.",
                x=x,
                square=Markdown(_square(value)),
                slope=slope,
            ),
        ],
        _slope_mistakes(x, value, slope),
    )


def _at(args: ActivationArguments) -> tuple[float, float, float]:
    from tutor.engine import activations

    x = real(args.x)
    return x, float(activations.tanh(x)), float(activations.tanh_derivative(x))


def _substituted(x: float) -> str:
    up, down = tex(x), tex(-x)
    return rf"\frac{{e^{{{up}}} - e^{{{down}}}}}{{e^{{{up}}} + e^{{{down}}}}}"


def _square(value: float) -> str:
    return f"1 - {factor(value)}^2"


def _terms(x: float, value: float, slope: float) -> tuple[Term, ...]:
    return (
        Term("value", r"$\tanh x$", FRACTION, _substituted(x), value),
        Term("derivative", r"$\tanh'(x)$", r"1 - \tanh(x)^2", _square(value), slope),
    )


def _value_line(x: float, value: float) -> Message:
    return msg(r"At $x = \val{x}$: $\tanh(\val{x}) = \val{value:.4g}$.", x=x, value=value)


def _value_mistakes(x: float, value: float, slope: float) -> Iterator[Mistake]:
    from tutor.engine import activations

    sigma = float(activations.sigmoid(x))
    yield Mistake(
        "as-sigmoid",
        msg(
            r"$\val{value:.4g}$ is $\sigma(x)$. Tanh lies between −1 and 1, and is 0 at 0.",
            value=sigma,
        ),
        sigma,
    )
    if x != 0:
        yield Mistake(
            "sigmoid-not-doubled",
            msg(
                r"$\val{value:.4g}$ is $2 \sigma(x) - 1$."
                r" The sigmoid is taken at $2x$: $\tanh x = 2 \sigma(2x) - 1$.",
                value=2 * sigma - 1,
            ),
            2 * sigma - 1,
        )
        yield Mistake(
            "sign-flipped",
            msg(
                r"$\val{value:.4g}$ is $\tanh(-x)$. Tanh has the sign of $x$.",
                value=real(-value),
            ),
            real(-value),
        )
    yield Mistake(
        "derivative-instead",
        msg(
            r"$\val{value:.4g}$ is the slope $\tanh'(x)$. The question is the value,"
            r" $\tanh x = \val{right:.4g}$.",
            value=slope,
            right=value,
        ),
        slope,
    )


def _slope_mistakes(x: float, value: float, slope: float) -> Iterator[Mistake]:
    from tutor.engine import activations

    yield Mistake(
        "value-instead",
        msg(
            r"$\val{value:.4g}$ is the value $\tanh x$. The slope is $1 - \tanh(x)^2$.",
            value=value,
        ),
        value,
    )
    of_sigmoid = float(activations.sigmoid_derivative(x))
    yield Mistake(
        "as-sigmoid",
        msg(
            r"$\val{value:.4g}$ is the slope of the sigmoid. That of tanh is $1 - \tanh(x)^2$.",
            value=of_sigmoid,
        ),
        of_sigmoid,
    )
    if x == 0:
        return  # the forms below all give the right value, 1, or the value itself, 0
    yield Mistake(
        "square-forgotten",
        msg(
            r"$\val{value:.4g}$ is $1 - \tanh x$. The tanh is squared: $1 - \tanh(x)^2$.",
            value=1 - value,
        ),
        1 - value,
    )
    yield Mistake(
        "x-for-tanh",
        msg(
            r"$\val{value:.4g}$ is $1 - x^2$. What is squared is $\tanh x$.",
            value=1 - x * x,
        ),
        1 - x * x,
    )
    yield Mistake(
        "sigmoid-rule",
        msg(
            r"$\val{value:.4g}$ is $\tanh(x) (1 - \tanh(x))$. That form belongs to the sigmoid;"
            r" the one of tanh is $1 - \tanh(x)^2$.",
            value=value * (1 - value),
        ),
        value * (1 - value),
    )
    yield Mistake(
        "always-one",
        msg(
            r"1 is the slope at 0 only. At $x = \val{x}$ tanh is on its way to saturation:"
            r" $\val{slope:.4g}$.",
            x=x,
            slope=slope,
        ),
        1.0,
    )
