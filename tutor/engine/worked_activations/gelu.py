"""The Gaussian error linear unit and its derivative at a point."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tutor.engine.notation import factor, real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.shared import ActivationArguments, activation_worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown


@register("gelu", ActivationArguments)
def gelu(args: ActivationArguments) -> Worked:
    """Compute x·Φ(x), exactly (Hendrycks & Gimpel 2016)."""
    x, value, slope, cdf = _at(args)
    terms = _terms(x, value, slope, cdf)
    return activation_worked(
        "gelu",
        terms[0],
        terms,
        [
            msg(
                r"GELU is $x \cdot \Phi(x)$, where $\Phi$ is the distribution function"
                " of the standard normal."
            ),
            _cdf_line(x, cdf),
            msg(
                r"So GELU is $\val{product} = \val{value:.4g}$.",
                product=Markdown(_product(x, cdf)),
                value=value,
            ),
        ],
        _value_mistakes(x, slope, cdf),
    )


@register("gelu_derivative", ActivationArguments)
def gelu_derivative(args: ActivationArguments) -> Worked:
    """Compute GELU′(x) = Φ(x) + x·φ(x)."""
    x, value, slope, cdf = _at(args)
    terms = _terms(x, value, slope, cdf)
    return activation_worked(
        "gelu_derivative",
        terms[1],
        terms,
        [
            msg(
                r"By the product rule the slope is $\Phi(x) + x \cdot \phi(x)$, where $\phi$ is"
                r" the normal density."
            ),
            _cdf_line(x, cdf),
            msg(
                r"With $\phi(\val{x}) = \val{density:.4g}$ it is $\val{sum} = \val{slope:.4g}$.",
                x=x,
                density=_density(x),
                sum=Markdown(_slope_sum(x, cdf)),
                slope=slope,
            ),
        ],
        _slope_mistakes(x, value, cdf),
    )


def _at(args: ActivationArguments) -> tuple[float, float, float, float]:
    from tutor.engine import activations

    x = real(args.x)
    cdf = 0.5 * math.erfc(-x / math.sqrt(2))
    return x, real(float(activations.gelu(x))), float(activations.gelu_derivative(x)), cdf


def _density(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _product(x: float, cdf: float) -> str:
    return rf"{factor(x)} \cdot {tex(cdf)}"


def _slope_sum(x: float, cdf: float) -> str:
    return rf"{tex(cdf)} + {factor(x)} \cdot {tex(_density(x))}"


def _terms(x: float, value: float, slope: float, cdf: float) -> tuple[Term, ...]:
    name = r"\operatorname{GELU}"
    return (
        Term("value", f"${name}(x)$", r"x \cdot \Phi(x)", _product(x, cdf), value),
        Term(
            "derivative",
            f"${name}'(x)$",
            r"\Phi(x) + x \cdot \phi(x)",
            _slope_sum(x, cdf),
            slope,
        ),
        Term("cdf", r"$\Phi(x)$", r"\Phi(x)", rf"\Phi({tex(x)})", cdf),
    )


def _cdf_line(x: float, cdf: float) -> Message:
    return msg(r"At $x = \val{x}$: $\Phi(\val{x}) = \val{cdf:.4g}$.", x=x, cdf=cdf)


def _value_mistakes(x: float, slope: float, cdf: float) -> Iterator[Mistake]:
    if x != 0:
        rectified = max(0.0, x)
        yield Mistake(
            "as-relu",
            msg(
                r"$\val{value:.4g}$ is ReLU. GELU weights the input smoothly by $\Phi(x)$.",
                value=rectified,
            ),
            rectified,
        )
    yield Mistake(
        "factor-forgotten",
        msg(
            r"$\val{value:.4g}$ is $\Phi(x)$ alone. GELU multiplies the input by it.",
            value=cdf,
        ),
        cdf,
    )
    if x != 0:  # at 0 the slope is Φ(0)
        yield Mistake(
            "derivative-instead",
            msg(r"$\val{value:.4g}$ is the slope. GELU itself is $x \cdot \Phi(x)$.", value=slope),
            slope,
        )


def _slope_mistakes(x: float, value: float, cdf: float) -> Iterator[Mistake]:
    yield Mistake(
        "value-instead",
        msg(
            r"$\val{value:.4g}$ is the value $x \cdot \Phi(x)$."
            r" The slope is $\Phi(x) + x \cdot \phi(x)$.",
            value=value,
        ),
        value,
    )
    if x != 0:
        yield Mistake(
            "product-rule-forgotten",
            msg(
                r"$\val{value:.4g}$ is $\Phi(x)$ alone. By the product rule $x \cdot \phi(x)$"
                " is added.",
                value=cdf,
            ),
            cdf,
        )
    if x == 0:
        return
    rectified = 1.0 if x > 0 else 0.0
    yield Mistake(
        "as-relu",
        msg(
            r"$\val{value:.4g}$ is the slope of ReLU. That of GELU changes smoothly.",
            value=rectified,
        ),
        rectified,
    )
