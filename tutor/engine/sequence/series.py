"""Example series, each a function of its arguments and a seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine import noise
from tutor.engine.error import EngineError
from tutor.engine.scalars import real, whole
from tutor.engine.shapes import Shapes, numbers
from tutor.text.message import msg

Array = NDArray[np.float64]

LONGEST = 100_000
LARGEST = 1e100
LARGEST_SEED = 2**63 - 1
LARGEST_TERM = 1e12
FIBONACCI_LONGEST = 78  # later numbers need more than the 53 bits of a float


def noisy_sine(length: int, *, period: float = 628.0, sigma: float = 0.2, seed: int = 0) -> Array:
    """Return x_t = sin(2πt / period) + σ·ε_t for t = 1, 2 … (T,).

    The defaults are about those of Dive into Deep Learning 9.1: sin(0.01 t) with noise of 0.2.

    Raises:
        EngineError: no length from 1 to 100,000, a period that is not positive, a negative
            sigma.
    """
    whole("length", length, most=LONGEST)
    period = real("period", period, least=1e-9, most=1e12)
    sigma = real("sigma", sigma, least=0, most=LARGEST_TERM)
    whole("seed", seed, least=0, most=LARGEST_SEED)
    t = np.arange(1, length + 1)  # (T,)
    return np.asarray(np.sin(2.0 * np.pi * t / period) + sigma * noise.normal(seed, length))


def fibonacci(length: int) -> Array:
    """Return 1, 1, 2, 3, 5 … (T,): an AR(2) with φ = (1, 1) and no noise.

    Raises:
        EngineError: no length from 1 to 78.
    """
    whole("length", length, most=FIBONACCI_LONGEST)
    x = np.ones(length)
    for t in range(2, length):
        x[t] = x[t - 1] + x[t - 2]
    return x


def simulate_ar(
    coefficients: ArrayLike,
    length: int,
    *,
    intercept: float = 0.0,
    sigma: float = 1.0,
    start: ArrayLike | None = None,
    seed: int = 0,
) -> Array:
    """Return x_t = c + φ_1 x_{t−1} + … + φ_p x_{t−p} + σ·ε_t, (T,).

    Args:
        coefficients: φ_1 … φ_p, (p,).
        length: T, the start included.
        intercept: c.
        sigma: the standard deviation of the noise.
        start: x_1 … x_p, (p,); zeros if left out.
        seed: of the noise.

    Raises:
        EngineError: arrays that do not fit, or values that outgrow a float.
    """
    shapes = Shapes()
    phi = shapes.array("coefficients", coefficients, "p").astype(np.float64)  # (p,)
    p = shapes["p"]
    whole("length", length, most=LONGEST)
    intercept = real("intercept", intercept, least=-LARGEST_TERM, most=LARGEST_TERM)
    sigma = real("sigma", sigma, least=0, most=LARGEST_TERM)
    whole("seed", seed, least=0, most=LARGEST_SEED)
    x = np.zeros(length)  # (T,)
    if start is not None:
        x[:p] = shapes.array("start", start, "p")[:length]
    steps = sigma * noise.normal(seed, length)  # (T,)
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(p, length):
            x[t] = intercept + phi @ x[t - p : t][::-1] + steps[t]
    if not np.isfinite(x).all():
        raise EngineError(
            msg("The series outgrows a float at step {t:,}.", t=int(np.argmin(np.isfinite(x))) + 1),
            msg("Take coefficients of a stable model, or fewer steps."),
            argument="coefficients",
        )
    return x


def random_walk(length: int, *, sigma: float = 1.0, seed: int = 0) -> Array:
    """Return x_t = x_{t−1} + σ·ε_t from x_0 = 0, (T,): an AR(1) with the root 1.

    Raises:
        EngineError: no length from 1 to 100,000, a negative sigma.
    """
    whole("length", length, most=LONGEST)
    sigma = real("sigma", sigma, least=0, most=LARGEST_TERM)
    whole("seed", seed, least=0, most=LARGEST_SEED)
    return np.asarray(np.cumsum(sigma * noise.normal(seed, length)))


def pulses(length: int, *, period: int = 8) -> Array:
    """Return 1 at every step that `period` divides and 0 elsewhere, (T,).

    A window shorter than `period − 1` cannot know when the next pulse is due.

    Raises:
        EngineError: no length from 1 to 100,000, a period under 1.
    """
    whole("length", length, most=LONGEST)
    whole("period", period, most=LONGEST)
    t = np.arange(1, length + 1)  # (T,)
    return np.where(t % period == 0, 1.0, 0.0)


def bounded(argument: str, values: Array) -> None:
    """Check that squares of the numbers, and sums of them, fit a float.

    Raises:
        EngineError: one of them is over 10^100.
    """
    if values.size and np.abs(values).max() > LARGEST:
        where = int(np.argmax(np.abs(values)))
        raise EngineError(
            msg(
                "`{name}` is {value} at [{where}].",
                name=argument,
                value=f"{values[where]:.4g}",
                where=str(where),
            ),
            msg("Every entry must be from −10^100 to 10^100."),
            argument=argument,
        )


def checked_series(series: ArrayLike, *, least: int = 2) -> Array:
    """Return a series as float64 (T,).

    Raises:
        EngineError: no list of finite numbers, or fewer than `least`.
    """
    x = numbers("series", series).astype(np.float64)
    Shapes().fit("series", x.shape, "T")
    bounded("series", x)
    if len(x) < least:
        raise EngineError(
            msg("The length of `series` is {count:,}.", count=len(x)),
            msg("It needs {least:,} at least.", least=least),
            argument="series",
        )
    return x
