"""Three models of one series side by side: a window, a Markov chain, a latent state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.scalars import whole
from tutor.engine.sequence.ar import ArFit, fit_ar, forecast_ar, one_step_ar
from tutor.engine.sequence.latent import (
    LatentFit,
    fit_latent,
    forecast_latent,
    hidden_states,
)
from tutor.engine.sequence.markov import MarkovFit, fit_markov
from tutor.engine.sequence.series import checked_series

Array = NDArray[np.float64]

WASHOUT = 10
SMOOTHING = 0.01  # a bin that the training part never leaves still has a row


@dataclass(frozen=True, eq=False)
class Forecasts:
    """What one model says about the part of the series it was not fitted on.

    Attributes:
        one_step: forecasts from the true past, (steps,).
        free_running: forecasts from its own forecasts, (steps,).
        one_step_error: the root of the mean squared error of the first.
        free_running_error: that of the second.
    """

    one_step: Array
    free_running: Array
    one_step_error: float
    free_running_error: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """The models and their forecasts.

    Attributes:
        truth: the values held out, (steps,).
        ar: the autoregressive model of the window, and its forecasts.
        markov: the chain over binned values, and its forecasts.
        latent: the latent model, and its forecasts.
        edges: where the bins of the chain part, (bins − 1,).
        states: the hidden states that the latent model's forecasts of one step are read from,
            (steps, h).
    """

    truth: Array
    ar: tuple[ArFit, Forecasts]
    markov: tuple[MarkovFit, Forecasts]
    latent: tuple[LatentFit, Forecasts]
    edges: Array
    states: Array


def compare_models(
    series: ArrayLike,
    *,
    order: int = 2,
    bins: int = 8,
    hidden_size: int = 60,
    steps: int = 32,
    seed: int = 0,
) -> Comparison:
    """Fit an AR model, a Markov chain and a latent model, and let them forecast the end.

    Args:
        series: x_1 … x_T, (T,); the last `steps` values are kept from the models.
        order: the window τ of the AR model.
        bins: states of the Markov chain: bins of equal width.
        hidden_size: numbers in the latent state.
        steps: values to forecast.
        seed: of the latent model.

    Raises:
        EngineError: too short a series, or a singular fit.
    """
    whole("bins", bins, least=2, most=100)
    whole("steps", steps, most=10_000)
    x = checked_series(series, least=steps + WASHOUT + 2)  # (T,)
    known, truth = x[:-steps], x[-steps:]
    ar = fit_ar(known, order)
    latent = fit_latent(known, hidden_size=hidden_size, washout=WASHOUT, seed=seed)
    chain = _Binned.fit(known, bins)
    states = hidden_states(latent, x[:-1])[-steps:]  # (steps, h)
    return Comparison(
        truth=truth,
        ar=(ar, _judged(truth, one_step_ar(ar, x[:-1])[-steps:], forecast_ar(ar, known, steps))),
        markov=(
            chain.fitted,
            _judged(truth, chain.one_step(x[-steps - 1 : -1]), chain.forecast(known[-1], steps)),
        ),
        latent=(
            latent,
            _judged(truth, latent.read(states), forecast_latent(latent, known, steps)),
        ),
        edges=chain.edges,
        states=states,
    )


@dataclass(frozen=True, eq=False)
class _Binned:
    """A Markov chain over bins of a series; its forecast is the expected value."""

    fitted: MarkovFit
    edges: Array
    values: Array  # of every bin the mean of what fell into it, (bins,)

    @classmethod
    def fit(cls, x: Array, bins: int) -> _Binned:
        borders = np.linspace(x.min(), x.max(), bins + 1)  # (bins + 1,)
        edges = borders[1:-1]
        place = np.searchsorted(edges, x, side="right")  # (T,)
        middle = (borders[:-1] + borders[1:]) / 2.0
        values = np.array(
            [x[place == k].mean() if (place == k).any() else middle[k] for k in range(bins)]
        )
        fitted = fit_markov(place.tolist(), states=range(bins), smoothing=SMOOTHING)
        return cls(fitted, edges, values)

    def one_step(self, x: Array) -> Array:
        """Return the expected next value after each of x, (T,)."""
        place = np.searchsorted(self.edges, x, side="right")  # (T,)
        return (self.fitted.P @ self.values)[place]

    def forecast(self, last: float, steps: int) -> Array:
        """Return the expected values after 1, 2 … steps, (steps,)."""
        P = self.fitted.P
        pi = np.zeros(len(P))  # (K,)
        pi[np.searchsorted(self.edges, last, side="right")] = 1.0
        expected = np.zeros(steps)
        for t in range(steps):
            pi = pi @ P
            expected[t] = pi @ self.values
        return expected


def _judged(truth: Array, ahead: Array, free: Array) -> Forecasts:
    def error(forecast: Array) -> float:
        off = forecast / 2.0 - truth / 2.0  # halves, so that no difference overflows
        largest = float(np.abs(off).max())
        if largest == 0.0:
            return 0.0
        root = float(np.sqrt(np.mean((off / largest) ** 2)))  # squares of large numbers would
        return root * largest * 2.0

    return Forecasts(ahead, free, error(ahead), error(free))
