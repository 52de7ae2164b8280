"""Activation functions and their derivatives on arrays, accurate in both tails.

Every function takes an array of any shape, or a number, and returns float64 of that shape.
NaN gives NaN; infinities give the limits; nothing overflows or warns. What is no array of numbers
is an `EngineError`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.error import EngineError
from tutor.engine.shapes import Shapes, numbers
from tutor.text.message import msg

Array = NDArray[np.float64]

_erfc = np.vectorize(math.erfc, otypes=[np.float64])  # NumPy has no error function


def sigmoid(x: ArrayLike) -> Array:
    """Return σ(x) = 1 / (1 + e^−x)."""
    x = _array(x)
    z = np.exp(-np.abs(x))  # in (0, 1]: cannot overflow
    return np.where(x >= 0, 1.0, z) / (1.0 + z)


def sigmoid_derivative(x: ArrayLike) -> Array:
    """Return σ′(x) = σ(x)(1 − σ(x)); at most 1/4, at 0."""
    small = sigmoid(-np.abs(_array(x)))  # at most 1/2: 1 − small does not cancel
    return small * (1.0 - small)


def tanh(x: ArrayLike) -> Array:
    """Return tanh x = (e^x − e^−x) / (e^x + e^−x) = 2σ(2x) − 1."""
    return np.tanh(_array(x))


def tanh_derivative(x: ArrayLike) -> Array:
    """Return tanh′(x) = 1 − tanh² x; 1 at 0 only."""
    half = np.clip(_array(x), -400.0, 400.0)  # the slope is 0 from here on; 2x cannot overflow
    return 4.0 * sigmoid_derivative(2.0 * half)


def relu(x: ArrayLike) -> Array:
    """Return max(0, x)."""
    return np.maximum(_array(x), 0.0)


def relu_derivative(x: ArrayLike) -> Array:
    """Return 1 where x > 0, otherwise 0; at 0 it is undefined and frameworks take 0."""
    x = _array(x)
    return np.where(np.isnan(x), np.nan, np.where(x > 0, 1.0, 0.0))


def gelu(x: ArrayLike) -> Array:
    """Return x·Φ(x), Φ the normal distribution function (Hendrycks & Gimpel 2016, exact form)."""
    x = _array(x)
    return np.maximum(x, -40.0) * _normal_cdf(x)  # below, Φ is 0, and −∞ · 0 is no number


def gelu_derivative(x: ArrayLike) -> Array:
    """Return Φ(x) + x·φ(x), φ the normal density."""
    x = _array(x)
    finite = np.clip(x, -40.0, 40.0)  # e^(−x²/2) is 0 from here on
    density = np.exp(-finite * finite / 2.0) / math.sqrt(2.0 * math.pi)
    return _normal_cdf(x) + finite * density


def softmax(scores: ArrayLike, axis: int = -1) -> Array:
    """Return e^s / Σ e^s along an axis: weights that sum to 1.

    A score of −∞ gets the weight 0.

    Raises:
        EngineError: no scores, +∞ or NaN among them, or nothing but −∞.
    """
    scores = numbers("scores", scores, finite=False)
    if not scores.size:
        raise EngineError(msg("`scores` is empty."), argument="scores")
    highest = scores.max(axis=axis, keepdims=True)
    if not np.isfinite(highest).all():
        raise EngineError(
            msg("`scores` has no finite maximum."),
            msg("Every softmax needs a finite score, and none that is +∞ or NaN."),
            argument="scores",
        )
    e = np.exp(scores - highest)  # the largest exponent is 0
    return np.asarray(e / e.sum(axis=axis, keepdims=True), dtype=np.float64)


def softmax_jacobian(scores: ArrayLike) -> Array:
    """Return ∂w_i/∂s_j of the softmax w over the last axis: diag(w) − w wᵀ.

    Scores (..., n) give (..., n, n). Rows and columns sum to 0, so the diagonal w_i(1 − w_i) is
    taken from the other entries of its row: 1 − w_i would cancel for a weight near 1.

    Raises:
        EngineError: no scores, or one that is not finite.
    """
    w = softmax(Shapes().array("scores", scores, "...", "n"))  # (..., n)
    jacobian = np.asarray(-w[..., :, None] * w[..., None, :])  # (..., n, n)
    i = np.arange(w.shape[-1])
    jacobian[..., i, i] = 0.0
    jacobian[..., i, i] = -jacobian.sum(axis=-1)
    return jacobian + 0.0  # no negative zero


def _normal_cdf(x: Array) -> Array:
    return np.asarray(0.5 * _erfc(-x / math.sqrt(2.0)), dtype=np.float64)


def _array(x: ArrayLike) -> Array:
    return numbers("x", x, finite=False).astype(np.float64, copy=False)
