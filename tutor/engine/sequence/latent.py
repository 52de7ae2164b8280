"""A latent autoregressive model: h_t = g(h_{t−1}, x_{t−1}), and x̂_t from h_t alone.

g is a layer of tanh units whose weights are drawn from a seed; only the read-out is learned, by
least squares. That is quick, and enough to show what a hidden state is for: it keeps what a
window has lost. A recurrent network learns g too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine import noise
from tutor.engine.scalars import real, whole
from tutor.engine.sequence.series import LARGEST_SEED, checked_series

Array = NDArray[np.float64]

LARGEST_STATE = 500
MOST_STEPS = 100_000


@dataclass(frozen=True, eq=False)
class LatentFit:
    """A latent model: g drawn, the read-out fitted.

    Attributes:
        W: what the state passes on, (h, h).
        u: what the newest value adds, (h,).
        b: biases of the state, (h,).
        v: the read-out, (h,).
        c: its constant.
        center: what is taken from a value before it is read.
        scale: what it is then divided by.
    """

    W: Array
    u: Array
    b: Array
    v: Array
    c: float
    center: float
    scale: float

    def next_state(self, h: Array, x: float) -> Array:
        """Return g(h, x) = tanh(W h + u x + b), (h,)."""
        return np.tanh(self.W @ h + self.u * ((x - self.center) / self.scale) + self.b)

    def read(self, h: Array) -> Array:
        """Return x̂ = v·h + c of one state (h,) or of many (T, h)."""
        return np.asarray(self.center + self.scale * (h @ self.v + self.c))


def fit_latent(
    series: ArrayLike,
    *,
    hidden_size: int = 60,
    spectral_radius: float = 0.9,
    washout: int = 10,
    ridge: float = 1e-6,
    seed: int = 0,
) -> LatentFit:
    """Fit the read-out of a latent autoregressive model.

    Args:
        series: x_1 … x_T, (T,).
        hidden_size: h, the numbers that must hold the past.
        spectral_radius: the largest modulus of W's eigenvalues: how slowly the past fades.
        washout: steps at the start that are not fitted, while the state forgets its zeros.
        ridge: the weight of |v|² in the least squares, for each fitted step.
        seed: of the weights of g.

    Raises:
        EngineError: a series too short for the washout, or a setting out of range.

    Source: Jaeger 2001 (echo state networks).
    """
    whole("hidden_size", hidden_size, most=LARGEST_STATE)
    spectral_radius = real("spectral_radius", spectral_radius, least=0, most=2)
    whole("washout", washout, most=10_000)
    ridge = real("ridge", ridge, least=0, most=1e6)
    whole("seed", seed, least=0, most=LARGEST_SEED)
    x = checked_series(series, least=washout + 2)  # (T,)
    h = hidden_size
    W = noise.normal(seed, h, h)
    W *= spectral_radius / np.abs(np.linalg.eigvals(W)).max()  # (h, h)
    scale = float(x.std())
    drawn = LatentFit(
        W=W,
        u=noise.uniform(seed + 1, h) * 2.0 - 1.0,  # (h,)
        b=(noise.uniform(seed + 2, h) * 2.0 - 1.0) * 0.2,  # (h,)
        v=np.zeros(h),
        c=0.0,
        center=float(x.mean()),
        scale=scale if scale > 1e-12 * np.abs(x).max() else 1.0,
    )
    H = hidden_states(drawn, x)[washout:-1]  # (T − washout, h)
    y = (x[washout:] - drawn.center) / drawn.scale  # (T − washout,)
    weight = np.sqrt(ridge * len(y))
    A = np.block([[H, np.ones((len(y), 1))], [weight * np.eye(h), np.zeros((h, 1))]])
    solution, *_ = np.linalg.lstsq(A, np.append(y, np.zeros(h)), rcond=None)  # (h + 1,)
    return LatentFit(
        drawn.W, drawn.u, drawn.b, solution[:-1], float(solution[-1]), drawn.center, drawn.scale
    )


def hidden_states(fit: LatentFit, series: ArrayLike) -> Array:
    """Return h_1 … h_{T+1} from h_1 = 0, (T + 1, h): h_t has read x_1 … x_{t−1}.

    Raises:
        EngineError: no list of finite numbers.
    """
    x = checked_series(series, least=1)  # (T,)
    H = np.zeros((len(x) + 1, len(fit.b)))  # (T + 1, h)
    for t, value in enumerate(x):
        H[t + 1] = fit.next_state(H[t], value)
    return H


def one_step_latent(fit: LatentFit, series: ArrayLike) -> Array:
    """Return x̂_1 … x̂_{T+1}, (T + 1,), each from the state that has read the values before it.

    Raises:
        EngineError: no list of finite numbers.
    """
    return fit.read(hidden_states(fit, series))


def forecast_latent(fit: LatentFit, history: ArrayLike, steps: int) -> Array:
    """Return the free-running forecast, (steps,): the state reads its own predictions.

    Raises:
        EngineError: no list of finite numbers, or no positive number of steps.
    """
    whole("steps", steps, most=MOST_STEPS)
    h = hidden_states(fit, history)[-1]  # (h,)
    forecast = np.zeros(steps)
    for t in range(steps):
        forecast[t] = fit.read(h)
        h = fit.next_state(h, forecast[t])
    return forecast
