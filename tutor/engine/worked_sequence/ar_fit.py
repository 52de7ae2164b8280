"""The coefficients of an autoregressive model, fitted by least squares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from tutor.engine.arguments import Arguments
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_sequence.shared import Values, column, sequence_worked, tex
from tutor.text.message import Message, msg, msgs
from tutor.text.template import Markdown

WRITTEN_OUT = 6  # rows of the design matrix
Order = Annotated[int, Field(ge=1, le=12, strict=True)]


class ArFitArguments(Arguments):
    """A series, and the order of the model.

    With `lag` one coefficient is the answer, without it all of them.
    """

    series: Values
    order: Order
    intercept: bool = True
    lag: Order | None = None


@register("ar_fit", ArFitArguments)
def ar_fit(args: ArFitArguments) -> Worked:
    """Fit x_t = c + φ_1 x_{t−1} + … + φ_p x_{t−p} by least squares.

    The terms are `phi_1`, `phi_2` …, the `intercept` and `sigma2`, the mean squared residual.

    Raises:
        EngineError: a series that does not determine the coefficients, or a lag over the order.

    Source: `statsmodels.tsa.ar_model.AutoReg` with trend `c` or `n`.
    """
    from tutor.engine.nested import nested
    from tutor.engine.sequence import ar

    if args.lag is not None and args.lag > args.order:
        raise EngineError(
            msg("`lag` is `{value}`.", value=args.lag),
            msg("A model of the order {order:,} has the lags 1 to {order:,}.", order=args.order),
            argument="lag",
        )
    fit = ar.fit_ar(args.series, args.order, intercept=args.intercept)
    assert fit.sigma2 is not None  # noqa: S101 - the model was fitted
    phi = [float(value) for value in fit.coefficients]
    symbol = r"(X^\top X)^{-1} X^\top y"
    substituted = rf"(X^\top X)^{{-1}} X^\top {_vector(args.series[args.order :])}"
    coefficients = [
        Term(f"phi_{lag}", rf"$\phi_{{{lag}}}$", rf"({symbol})_{{{lag}}}", substituted, value)
        for lag, value in enumerate(phi, 1)
    ]
    terms = [
        *coefficients,
        Term("intercept", "$c$", f"({symbol})_0" if args.intercept else "0", "0", fit.intercept),
        Term("sigma2", r"$\sigma^2$", r"\frac{1}{T - p} \sum_t (x_t - \hat{x}_t)^2",
             rf"\frac{{1}}{{{len(args.series) - args.order}}} \sum_t (x_t - \hat{{x}}_t)^2",
             fit.sigma2),
    ]  # fmt: skip
    terms[args.order] = replace(terms[args.order], substituted=tex(_rounded(fit.intercept)))
    lines = list(_lines(args, phi, fit.intercept))
    if args.lag is not None:
        answer = coefficients[args.lag - 1]
        return sequence_worked("ar_fit", answer, terms, lines, _mistakes(args, phi, args.lag))
    whole = Term("phi", r"$\phi$", symbol, substituted, phi[0], (args.order,))
    worked = sequence_worked("ar_fit", whole, terms, lines, ())
    return replace(worked, total=nested(fit.coefficients))


def _vector(values: tuple[float, ...]) -> str:
    shown = [tex(value) for value in values[:WRITTEN_OUT]]
    if len(values) > WRITTEN_OUT:
        shown.append(r"\ldots")
    return column(shown) + r"^\top"


def _lines(args: ArFitArguments, phi: list[float], intercept: float) -> Iterator[Message]:
    p, x = args.order, args.series
    yield msgs(
        "From value {first:,} on, each is predicted from the one before it. The number of equations"
        " is {rows:,}, that of unknowns {unknowns:,}.",
        "From value {first:,} on, each is predicted from the {n:,} before it. The number of"
        " equations is {rows:,}, that of unknowns {unknowns:,}.",
        p,
        first=p + 1,
        rows=len(x) - p,
        unknowns=p + args.intercept,
    )
    equation = " + ".join(rf"\phi_{{{lag}}} \cdot {_signed(x[p - lag])}" for lag in range(1, p + 1))
    yield msg(
        r"The first: $\val{y} = \val{equation}$.",
        y=Markdown(tex(x[p])),
        equation=Markdown(("c + " if args.intercept else "") + equation),
    )
    yield msg(
        "Least squares takes the coefficients with the smallest sum of squared errors:"
        r" $\phi = \val{phi}$.",
        phi=Markdown(column(tex(_rounded(value)) for value in phi)),
    )
    if args.intercept:
        yield msg(r"The intercept is $c = \val{c:.4g}$.", c=_rounded(intercept))


def _rounded(value: float) -> float:
    """Return a number without the noise of the last digits, so that 1 is written as 1."""
    return round(value, 9) + 0.0


def _signed(value: float) -> str:
    return f"({tex(value)})" if value < 0 else tex(value)


def _mistakes(args: ArFitArguments, phi: list[float], lag: int) -> Iterator[Mistake]:
    from tutor.engine.sequence import ar

    other = phi[args.order - lag]
    yield Mistake(
        "lags-reversed",
        msg(
            r"$\val{value:.4g}$ belongs to lag {lag:,}. $\phi_1$ weighs the newest value,"
            r" $x_{t-1}$.",
            value=other,
            lag=args.order - lag + 1,
        ),
        other,
    )
    try:
        refit = ar.fit_ar(args.series, args.order, intercept=not args.intercept)
    except EngineError:  # too short a series for one more unknown
        refit = None
    if refit is not None:
        value = float(refit.coefficients[lag - 1])
        yield Mistake(
            "intercept-forgotten" if args.intercept else "intercept-added",
            msg(
                r"$\val{value:.4g}$ is fitted without an intercept. This model has one.",
                value=value,
            )
            if args.intercept
            else msg(
                r"$\val{value:.4g}$ is fitted with an intercept. This model has none.",
                value=value,
            ),
            value,
        )
    correlation = _autocorrelation(args.series, lag)
    if correlation is not None:
        yield Mistake(
            "autocorrelation",
            msg(
                r"$\val{value:.4g}$ is the autocorrelation at lag 1, which divides by the squares"
                " of all values. Least squares leaves the last value out there: none follows it.",
                value=correlation,
            )
            if args.order == 1
            else msg(
                r"$\val{value:.4g}$ is the autocorrelation at lag {lag:,}. Least squares fits the"
                " coefficients of all lags together.",
                value=correlation,
                lag=lag,
            ),
            correlation,
        )


def _autocorrelation(series: tuple[float, ...], lag: int) -> float | None:
    mean = sum(series) / len(series)
    away = [value - mean for value in series]
    variance = sum(value * value for value in away)
    if not variance:
        return None
    return sum(a * b for a, b in zip(away[lag:], away[:-lag], strict=True)) / variance
