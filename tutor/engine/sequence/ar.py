"""Autoregressive models of order p: x_t = c + φ_1 x_{t−1} + … + φ_p x_{t−p} + ε_t."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.error import EngineError
from tutor.engine.scalars import real, whole
from tutor.engine.sequence.series import LARGEST_TERM, bounded, checked_series
from tutor.engine.shapes import Shapes
from tutor.text.message import msg, msgs

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]

MOST_STEPS = 100_000
MOST_LAGS = 1000


@dataclass(frozen=True, eq=False)
class ArFit:
    """A fitted autoregressive model, or one with given coefficients.

    Attributes:
        coefficients: φ_1 … φ_p, (p,): the first belongs to the newest value.
        intercept: c; 0 without one.
        design: the rows (1, x_{t−1}, …, x_{t−p}) it was fitted on, (T − p, p + 1), without the
            ones if there is no intercept; None for a model that was given.
        residuals: x_t − x̂_t for t = p + 1 … T, (T − p,).
        sigma2: the mean of the squared residuals, as `AutoReg` of statsmodels has it.
    """

    coefficients: Array
    intercept: float
    design: Array | None = None
    residuals: Array | None = None
    sigma2: float | None = None

    @property
    def order(self) -> int:
        """The number of past values the model reads, p."""
        return len(self.coefficients)


def fit_ar(series: ArrayLike, order: int, *, intercept: bool = True) -> ArFit:
    """Fit an AR(p) by least squares, given the first p values.

    Args:
        series: x_1 … x_T, (T,).
        order: p.
        intercept: whether the model has a constant c.

    Raises:
        EngineError: a series that does not determine the coefficients: too short, constant,
            or with lags that depend on each other linearly.

    Source: `statsmodels.tsa.ar_model.AutoReg` with trend `c` or `n`.
    """
    x = checked_series(series)  # (T,)
    p = whole("order", order, most=MOST_LAGS)
    T = len(x)
    unknowns = p + intercept
    if T - p < unknowns:
        raise EngineError(
            msgs(
                "`series` has {count:,} numbers, too few for the order {order:,}: {n:,} equation"
                " for {unknowns:,} unknowns.",
                "`series` has {count:,} numbers, too few for the order {order:,}: {n:,} equations"
                " for {unknowns:,} unknowns.",
                max(T - p, 0),
                count=T,
                order=p,
                unknowns=unknowns,
            ),
            msg("Take a lower `order`, or {least:,} numbers at least.", least=p + unknowns),
            argument="series",
        )
    X, y = design_matrix(x, p, intercept=intercept), x[p:]  # (T − p, p + 1), (T − p,)
    scale = np.abs(X).max(axis=0)  # (p + 1,)
    scale[scale == 0] = 1.0
    solution, _, rank, _ = np.linalg.lstsq(X / scale, y, rcond=None)
    if rank < unknowns:
        raise _singular(x, p, intercept=intercept)
    b = solution / scale  # (p + 1,)
    residuals = y - X @ b  # (T − p,)
    return ArFit(
        coefficients=b[1:] if intercept else b,
        intercept=float(b[0]) if intercept else 0.0,
        design=X,
        residuals=residuals,
        sigma2=float(np.mean(residuals**2)),
    )


def design_matrix(series: Array, order: int, *, intercept: bool = True) -> Array:
    """Return the rows (1, x_{t−1}, …, x_{t−p}) for t = p + 1 … T, (T − p, p + 1)."""
    T = len(series)
    columns = [series[order - lag : T - lag] for lag in range(1, order + 1)]  # p of (T − p,)
    if intercept:
        columns.insert(0, np.ones(T - order))
    return np.stack(columns, axis=1)


def one_step_ar(fit: ArFit, series: ArrayLike) -> Array:
    """Return x̂_t from the true values before it, for t = p + 1 … T + 1, (T − p + 1,).

    The last is the forecast of the value that the series does not hold yet.

    Raises:
        EngineError: a series shorter than the order.
    """
    x = checked_series(series, least=fit.order)
    X = design_matrix(np.append(x, 0.0), fit.order, intercept=False)  # (T − p + 1, p)
    return fit.intercept + X @ fit.coefficients


def forecast_ar(fit: ArFit, history: ArrayLike, steps: int) -> Array:
    """Return the free-running forecast, (steps,): every forecast is read as if it had come.

    Args:
        fit: the model.
        history: the values so far, the newest last; p of them at least.
        steps: how many to forecast.

    Raises:
        EngineError: too short a history, or forecasts that outgrow a float.
    """
    p = fit.order
    past = checked_series(history, least=p)[-p:]  # (p,)
    whole("steps", steps, most=MOST_STEPS)
    x = np.append(past, np.zeros(steps))  # (p + steps,)
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(p, p + steps):
            x[t] = fit.intercept + fit.coefficients @ x[t - p : t][::-1]
    if not np.isfinite(x).all():
        raise EngineError(
            msg(
                "The forecast outgrows a float at step {step:,}.",
                step=int(np.argmin(np.isfinite(x))) - p + 1,
            ),
            msg("The model is not stable; take fewer steps."),
            argument="steps",
        )
    return x[p:]


def ar_roots(fit: ArFit) -> Complex:
    """Return the roots of z^p − φ_1 z^{p−1} − … − φ_p, the largest modulus first, (p,).

    The model is stable if all lie inside the unit circle: a forecast's distance from the mean
    is a weighted sum of their powers, if they differ. `AutoReg.roots` of statsmodels are the
    roots of 1 − φ_1 z − … − φ_p z^p: the reciprocals of these (a zero root has none), outside
    the circle for a stable model.
    """
    phi = fit.coefficients
    if len(phi) == 2:  # by the formula, so that a double root keeps its digits
        half, square = phi[0] / 2.0, phi[0] * phi[0] / 4.0 + phi[1]
        root = np.sqrt(np.complex128(square))
        z = np.array([half + root, half - root])
    else:
        z = np.roots(np.concatenate(([1.0], -phi))).astype(np.complex128)
    return z[np.argsort(-np.abs(z), kind="stable")]


def is_stable(fit: ArFit) -> bool:
    """Return whether every root is inside the unit circle: shocks die away."""
    return bool(np.abs(ar_roots(fit)).max() < 1.0)


def mean(fit: ArFit) -> float:
    """Return c / (1 − φ_1 − … − φ_p): what a stable model's free-running forecast decays to.

    Raises:
        EngineError: coefficients of a sum of 1: there is no such value (a random walk).
    """
    share = 1.0 - float(fit.coefficients.sum())
    if abs(share) < 1e-12:
        raise EngineError(
            msg("The coefficients sum to 1: the model has no mean to return to."),
            msg("A random walk is the simplest of these; a shock to it stays for ever."),
            argument="coefficients",
        )
    return fit.intercept / share


def stacked(fit: ArFit) -> Array:
    """Return the companion matrix A, (p, p): s_t = A s_{t−1} + (c + ε_t, 0, …, 0).

    With the state s_t = (x_t, …, x_{t−p+1}) an AR(p) is first-order Markov. The eigenvalues of
    A are the roots.
    """
    p = fit.order
    A = np.eye(p, k=-1)  # (p, p)
    A[0] = fit.coefficients
    return A


def given_ar(coefficients: ArrayLike, *, intercept: float = 0.0) -> ArFit:
    """Return the model with these coefficients.

    Args:
        coefficients: φ_1 … φ_p, (p,).
        intercept: c.

    Raises:
        EngineError: no list of finite numbers, or no finite intercept.
    """
    phi = Shapes().array("coefficients", coefficients, "p").astype(np.float64)  # (p,)
    bounded("coefficients", phi)
    return ArFit(phi, real("intercept", intercept, least=-LARGEST_TERM, most=LARGEST_TERM))


def _singular(x: Array, p: int, *, intercept: bool) -> EngineError:
    """Return why the least squares have no single solution."""
    if np.ptp(x[:-1]) == 0:
        same = float(x[0])
        return EngineError(
            msg("`series` is constant: {value:.4g} everywhere.", value=same)
            if x[-1] == same
            else msg(
                "`series` does not change before its last value: {value:.4g} throughout.",
                value=same,
            ),
            msg(
                "Past values that never change say nothing about the next one; take another series"
                " or, for a constant other than 0, order 1 without an intercept."
            )
            if intercept or p > 1
            else msg("Past values of 0 say nothing about the next one; take another series."),
            argument="series",
        )
    return EngineError(
        msg(
            "With the order {order:,} the lagged columns of `series` depend on each other linearly:"
            " many sets of coefficients fit equally well.",
            order=p,
        ),
        msg("Take a lower `order`: a series without noise follows a shorter recurrence already."),
        argument="order",
    )
