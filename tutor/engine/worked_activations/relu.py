"""The rectified linear unit and its derivative at a point."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.notation import real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.shared import ActivationArguments, activation_worked, whole
from tutor.text.message import Message, msg


@register("relu", ActivationArguments)
def relu(args: ActivationArguments) -> Worked:
    """Compute max(0, x); an integer where x is whole."""
    x, value, slope = _at(args)
    terms = _terms(x, value, slope)
    return activation_worked(
        "relu",
        terms[0],
        terms,
        [
            msg(r"The rectified linear unit is $\operatorname{ReLU}(x) = \max(0, x)$."),
            msg(r"At $x = \val{x}$: $\max(0, \val{x}) = \val{value:.4g}$.", x=x, value=value),
        ],
        _value_mistakes(x, slope),
    )


@register("relu_derivative", ActivationArguments)
def relu_derivative(args: ActivationArguments) -> Worked:
    """Compute ReLU′(x): 1 where x > 0, otherwise 0, at 0 by the frameworks' convention."""
    x, value, slope = _at(args)
    terms = _terms(x, value, slope)
    return activation_worked(
        "relu_derivative",
        terms[1],
        terms,
        [
            msg("The slope of ReLU is 1 for a positive input and 0 for a negative one."),
            _slope_line(x),
        ],
        _slope_mistakes(x, value),
    )


def _at(args: ActivationArguments) -> tuple[float, int | float, int]:
    from tutor.engine import activations

    x = real(args.x)
    return x, whole(float(activations.relu(x))), int(activations.relu_derivative(x))


def _substituted(x: float) -> str:
    return rf"\max(0, {tex(x)})"


def _terms(x: float, value: float, slope: int) -> tuple[Term, ...]:
    name = r"\operatorname{ReLU}"
    return (
        Term("value", f"${name}(x)$", r"\max(0, x)", _substituted(x), value),
        Term("derivative", f"${name}'(x)$", "[x > 0]", f"[{tex(x)} > 0]", slope),
    )


def _slope_line(x: float) -> Message:
    if x > 0:
        return msg(r"$\val{x}$ is positive: the slope is 1.", x=x)
    if x < 0:
        return msg(r"$\val{x}$ is negative: the slope is 0.", x=x)
    return msg("At 0 the slope is undefined; PyTorch and other frameworks take 0.")


def _value_mistakes(x: float, slope: int) -> Iterator[Mistake]:
    if x < 0:
        yield Mistake(
            "negative-kept",
            msg(
                r"$\val{value:.4g}$ is the input itself. ReLU turns negative inputs into 0.",
                value=x,
            ),
            whole(x),
        )
        yield Mistake(
            "absolute-value",
            msg(
                r"$\val{value:.4g}$ is the absolute value. ReLU turns negative inputs into 0.",
                value=-x,
            ),
            whole(-x),
        )
    if x > 0:
        yield Mistake(
            "derivative-instead",
            msg(r"$\val{value}$ is the slope. The value is the input itself.", value=slope),
            slope,
        )
        yield Mistake(
            "positive-dropped",
            msg("0 is what ReLU makes of negative inputs. Positive ones pass unchanged."),
            0,
        )


def _slope_mistakes(x: float, value: float) -> Iterator[Mistake]:
    if x > 0:
        yield Mistake(
            "value-instead",
            msg(
                r"$\val{value:.4g}$ is the value of ReLU. Its slope is 1 for every positive input.",
                value=value,
            ),
            value,
        )
        yield Mistake(
            "positive-dropped",
            msg("0 is the slope for negative inputs. For positive ones it is 1."),
            0,
        )
        return
    if x < 0:
        yield Mistake(
            "always-one",
            msg("1 is the slope for positive inputs. For negative ones ReLU is flat: 0."),
            1,
        )
        yield Mistake(
            "absolute-value",
            msg("−1 is the slope of the absolute value. For negative inputs ReLU is flat: 0."),
            -1,
        )
        return
    yield Mistake(
        "always-one",
        msg("1 is the slope to the right of 0. At 0 itself frameworks take 0."),
        1,
    )
    yield Mistake(
        "mean-slope",
        msg(r"$\frac{1}{2}$ is a possible choice at 0, but PyTorch and other frameworks take 0."),
        0.5,
    )
