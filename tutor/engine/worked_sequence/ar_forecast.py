"""A free-running forecast of an autoregressive model."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Real, as_tuple
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_sequence.shared import (
    Coefficients,
    Values,
    between,
    decimal,
    factor,
    number,
    sequence_worked,
    tex,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

WRITTEN_OUT = 4  # steps; of more, the ones between are left out
Known = Annotated[tuple[Real, ...], Field(min_length=0, max_length=256), BeforeValidator(as_tuple)]
Ahead = Annotated[int, Field(ge=1, le=100, strict=True)]  # fractions grow by digits at every step
Exact = tuple[Fraction, ...]


class ArForecastArguments(Arguments):
    """The model, the values so far (the newest last), and which step ahead is asked for.

    `coefficients` are φ_1 … φ_p; φ_1 weighs the newest value. `future` holds the values that
    came later, if they are known: a forecast does not read them, but people do.
    """

    coefficients: Coefficients
    history: Values
    intercept: Real = 0.0
    step: Ahead = 1
    future: Known = ()


@register("ar_forecast", ArForecastArguments)
def ar_forecast(args: ArForecastArguments) -> Worked:
    """Compute the forecast `step` steps ahead, each step reading the forecasts before it.

    The terms `x_1`, `x_2` … are the forecasts on the way.

    Raises:
        EngineError: fewer values than coefficients, or a forecast beyond any float.
    """
    phi = tuple(map(decimal, args.coefficients))
    c = decimal(args.intercept)
    p = len(phi)
    if len(args.history) < p:
        raise EngineError(
            msg("The length of `history` is {count:,}.", count=len(args.history)),
            msg("A model with {p:,} coefficients reads {p:,} values.", p=p),
            argument="history",
        )
    past = tuple(map(decimal, args.history))[-p:]
    path = _free_running(phi, c, past, args.step + 1)
    try:
        terms = [
            Term(
                f"x_{k}",
                rf"$\hat{{x}}_{{T+{k}}}$",
                _symbol(p, k, intercept=bool(c)),
                _sum(phi, c, (*past, *path[: k - 1])[-p:]),
                number(path[k - 1]),
            )
            for k in range(1, args.step + 1)
        ]
    except OverflowError:
        raise EngineError(
            msg("The forecast outgrows a float by step {step:,}.", step=args.step),
            msg("The model is not stable; take fewer steps."),
            argument="step",
        ) from None
    answer = terms[-1]
    return sequence_worked(
        "ar_forecast", answer, terms, _lines(terms), _mistakes(args, phi, c, past, path)
    )


def _free_running(phi: Exact, c: Fraction, past: Exact, steps: int) -> Exact:
    values = list(past)
    for _ in range(steps):
        values.append(_next(phi, c, tuple(values)))
    return tuple(values[len(past) :])


def _next(phi: Exact, c: Fraction, past: Exact) -> Fraction:
    newest_first = past[: -len(phi) - 1 : -1]
    return sum((a * x for a, x in zip(phi, newest_first, strict=True)), c)


def _symbol(p: int, step: int, *, intercept: bool) -> str:
    parts = ["c"] if intercept else []
    for lag in range(1, p + 1):
        at = step - lag
        name = r"\hat{x}" if at > 0 else "x"
        place = "T" if at == 0 else f"T{at:+d}"
        parts.append(rf"\phi_{{{lag}}} {name}_{{{place}}}")
    return " + ".join(parts)


def _sum(phi: Exact, c: Fraction, past: Exact) -> str:
    parts = [tex(c)] if c else []
    for a, x in zip(phi, reversed(past), strict=True):
        parts.append(rf"{factor(a)} \cdot {factor(x)}")
    return " + ".join(parts)


def _lines(terms: list[Term]) -> Iterator[Message]:
    steps = len(terms)
    yield msg(
        "The newest value meets the first coefficient. From the second step on, the forecasts take"
        " the place of values that have not come yet."
    )
    for k, term in enumerate(terms, 1):
        if WRITTEN_OUT < k < steps:
            continue
        if k == steps and steps > WRITTEN_OUT + 1:
            yield between(steps - WRITTEN_OUT - 1)
        yield msg(
            r"Step {k:,}: $\val{symbol} = \val{sum} = \val{value:.6g}$.",
            k=k,
            symbol=Markdown(term.symbol),
            sum=Markdown(term.substituted),
            value=term.value,
        )


def _mistakes(
    args: ArForecastArguments, phi: Exact, c: Fraction, past: Exact, path: Exact
) -> Iterator[Mistake]:
    step, p = args.step, len(phi)

    def shown(value: Fraction) -> float:
        try:
            return number(value)
        except OverflowError:
            return float("inf")

    found = []
    if p > 1:
        backward = shown(_free_running(phi[::-1], c, past, step)[-1])
        found.append(Mistake(
            "lags-reversed",
            msg(
                r"$\val{value:.4g}$ gives $\phi_1$ to the oldest value. $\phi_1$ weighs the"
                " newest.",
                value=backward,
            ),
            backward,
        ))  # fmt: skip
    if c:
        without = shown(_free_running(phi, Fraction(0), past, step)[-1])
        found.append(Mistake(
            "intercept-forgotten",
            msg(
                r"$\val{value:.4g}$ leaves the intercept $\val{c}$ out. Every step adds it.",
                value=without,
                c=Markdown(tex(c)),
            ),
            without,
        ))  # fmt: skip
    if step > 1 and len(args.future) >= step - 1:
        seen = (*past, *map(decimal, args.future[: step - 1]))
        taught = shown(_next(phi, c, seen))
        found.append(Mistake(
            "true-values-read",
            msg(
                r"$\val{value:.4g}$ reads the values that came later. A free-running forecast has"
                " only its own predictions.",
                value=taught,
            ),
            taught,
        ))  # fmt: skip
    if step > 1:
        first = shown(path[0])
        found.append(Mistake(
            "one-step",
            msg(
                r"$\val{value:.4g}$ is the forecast one step ahead. The question is"
                " {step:,} steps ahead.",
                value=first,
                step=step,
            ),
            first,
        ))  # fmt: skip
    further = shown(path[step])
    found.append(Mistake(
        "one-step-too-far",
        msg(r"$\val{value:.4g}$ goes one step too far.", value=further),
        further,
    ))  # fmt: skip
    last = shown(past[-1])
    found.append(Mistake(
        "last-value-repeated",
        msg(
            r"$\val{value:.4g}$ is the newest value itself. The model weighs it with the"
            " coefficients.",
            value=last,
        ),
        last,
    ))  # fmt: skip
    yield from (mistake for mistake in found if mistake.value != float("inf"))
