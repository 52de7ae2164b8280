"""The bound on the gradient of an RNN that depends on φ and W alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Matrix, exact_as_float
from tutor.engine.error import EngineError
from tutor.engine.gradients.peak import LARGEST_SLOPE
from tutor.engine.notation import tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_gradients.shared import (
    SLOPE,
    Activation,
    Steps,
    in_range,
    number_worked,
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

LARGEST_SIDE = 64  # of a matrix that is typed
Norm = Annotated[
    float, Field(ge=0, le=1e6, allow_inf_nan=False, strict=True), BeforeValidator(exact_as_float)
]


class VanishingBound(Arguments):
    """Arguments of `vanishing_bound`: the largest singular value, or the matrix it belongs to."""

    activation: Activation
    steps: Steps
    sigma_max: Norm | None = None
    weight_hh: Matrix | None = None


@register("vanishing_bound", VanishingBound)
def vanishing_bound(args: VanishingBound) -> Worked:
    """Compute (γ·σ_max(W))^T, which no ‖∂h_T/∂h_0‖ of an RNN is above.

    Source: Pascanu, Mikolov & Bengio 2013, section 2.1.

    Raises:
        EngineError: both or none of `sigma_max` and `weight_hh`, a matrix that is not square, a
            result below 1e-300 or above 1e300.
    """
    sigma = _sigma(args)
    gamma = LARGEST_SLOPE[args.activation]
    one = gamma * sigma
    answer = Term(
        "bound",
        r"$(\gamma \sigma_{\max})^T$",
        r"(\gamma \sigma_{\max})^T",
        rf"({tex(gamma)} \cdot {tex(sigma)})^{{{args.steps}}}",
        in_range(power(one, args.steps), zero=one == 0),
    )
    terms = (
        answer,
        Term("gamma", r"$\gamma$", rf"\max {SLOPE[args.activation]}", tex(gamma), gamma),
        Term("sigma_max", r"$\sigma_{\max}$", r"\sigma_{\max}(W)", tex(sigma), sigma),
        Term(
            "factor",
            r"$\gamma \sigma_{\max}$",
            r"\gamma \sigma_{\max}",
            rf"{tex(gamma)} \cdot {tex(sigma)}",
            one,
        ),
    )
    return number_worked(
        "vanishing_bound",
        answer,
        terms,
        _lines(args, gamma, sigma, answer),
        _mistakes(args, gamma, sigma),
    )


def _sigma(args: VanishingBound) -> float:
    if (args.sigma_max is None) == (args.weight_hh is None):
        raise EngineError(
            msg("`vanishing_bound` takes `sigma_max` or `weight_hh`."),
            msg("Give one of them, not both."),
            argument="sigma_max",
        )
    if args.sigma_max is not None:
        return args.sigma_max
    assert args.weight_hh is not None  # noqa: S101 - one of the two is given
    if len(args.weight_hh) > LARGEST_SIDE:
        raise EngineError(
            msg("`weight_hh` has {count:,} rows.", count=len(args.weight_hh)),
            msg("It has {most:,} rows at most.", most=LARGEST_SIDE),
            argument="weight_hh",
        )
    from tutor.engine.gradients.norms import spectral_norm
    from tutor.engine.shapes import Shapes

    return spectral_norm(Shapes().array("weight_hh", args.weight_hh, "h", "h").astype(float))


def _lines(args: VanishingBound, gamma: float, sigma: float, answer: Term) -> Iterator[Message]:
    yield msg(
        r"$\gamma$ is the largest slope of the activation: $\max \val{slope} = \val{gamma}$.",
        slope=Markdown(SLOPE[args.activation]),
        gamma=gamma,
    )
    if args.weight_hh is not None:
        yield msg(
            r"$\sigma_{\max}$ is the largest singular value of $W$: $\val{sigma:.4g}$.", sigma=sigma
        )
    yield msg(
        r"No step lengthens the gradient by more than a factor of $\gamma \sigma_{\max}"
        r" = \val{gamma} \cdot \val{sigma:.4g} = \val{factor:.4g}$.",
        gamma=gamma,
        sigma=sigma,
        factor=gamma * sigma,
    )
    yield all_steps_line(args.steps, answer)
    if math.isclose(gamma * sigma, 1):
        yield msg("The factor is 1: the gradient cannot explode, and may still vanish.")
    elif gamma * sigma < 1:
        yield msg("The factor is below 1, which is sufficient: the gradient vanishes.")
    else:
        yield msg(
            "The factor is above 1. For exploding that is necessary, but not sufficient:"
            " the gradient may still vanish."
        )


def _mistakes(args: VanishingBound, gamma: float, sigma: float) -> Iterator[Mistake]:
    T, one = args.steps, gamma * sigma
    if gamma != 1:
        bare = power(sigma, T)
        yield Mistake(
            "slope-forgotten",
            msg(
                r"$\val{value:.4g}$ is $\sigma_{\max}^T$. Each step also multiplies by a slope of"
                r" at most $\gamma = \val{gamma}$.",
                value=bare,
                gamma=gamma,
            ),
            bare,
        )
    else:
        quarter = power(sigma / 4, T)
        yield Mistake(
            "as-sigmoid",
            msg(
                r"$\val{value:.4g}$ takes $\gamma = \frac{1}{4}$, which is the sigmoid's. Here the"
                " largest slope is 1.",
                value=quarter,
            ),
            quarter,
        )
    yield steps_multiplied(one, T)
    weightless = power(gamma, T)
    yield Mistake(
        "weight-forgotten",
        msg(
            r"$\val{value:.4g}$ is $\gamma^T$. Each step also multiplies by $W$, which lengthens"
            r" by up to $\sigma_{\max} = \val{sigma:.4g}$.",
            value=weightless,
            sigma=sigma,
        ),
        weightless,
    )
    if args.weight_hh is not None:
        yield from _other_norms(args.weight_hh, gamma, T)
    yield one_step_short(one, T)
    yield one_step_only(one, T)


def _other_norms(weights: tuple[tuple[float, ...], ...], gamma: float, T: int) -> Iterator[Mistake]:
    import numpy as np

    W = np.array(weights)
    radius = power(gamma * float(np.abs(np.linalg.eigvals(W)).max()), T)
    yield Mistake(
        "eigenvalue-instead",
        msg(
            r"$\val{value:.4g}$ takes the largest eigenvalue of $W$. What bounds the length is the"
            " largest singular value.",
            value=radius,
        ),
        radius,
    )
    entry = power(gamma * float(np.abs(W).max()), T)
    yield Mistake(
        "largest-entry",
        msg(
            r"$\val{value:.4g}$ takes the largest entry of $W$. What bounds the length is the"
            " largest singular value.",
            value=entry,
        ),
        entry,
    )
