"""Additive attention, the one of Bahdanau's translator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.attention.linear import affine
from tutor.engine.attention.masks import leading
from tutor.engine.attention.scaled_dot_product import entropy, normalised
from tutor.engine.attention.scores import additive_hidden
from tutor.engine.attention.visible import all_hidden, visible
from tutor.engine.shapes import Array, Shapes


@dataclass(frozen=True, slots=True, eq=False)
class AdditiveRun:
    """One additive attention.

    Attributes:
        hidden: (..., n, m, a), tanh(W_q q + W_k k) of every pair.
        scores: (..., n, m), w_vᵀ times that.
        masked: (..., n, m), with −∞ for hidden pairs.
        weights: (..., n, m), their softmax.
        output: (..., n, v).
        entropy: (..., n), of each row of weights, in nats.
    """

    hidden: Array
    scores: Array
    masked: Array
    weights: Array
    output: Array
    entropy: Array


def additive_attention(  # noqa: PLR0917 - in the order of the equation
    query: ArrayLike,
    keys: ArrayLike,
    values: ArrayLike,
    W_q: ArrayLike,
    W_k: ArrayLike,
    w_v: ArrayLike,
    *,
    mask: ArrayLike | None = None,
    real_keys: ArrayLike | None = None,
) -> AdditiveRun:
    """Attend with the score w_vᵀ tanh(W_q q + W_k k).

    Args:
        query: (..., n, q): in a translator the decoder's state.
        keys: (..., m, k): the encoder's states.
        values: (..., m, v): the same states.
        W_q: (a, q).
        W_k: (a, k).
        w_v: (a).
        mask: boolean, broadcasts to (..., n, m): True where the query may look at the key.
        real_keys: boolean, broadcasts to (..., m): True for a token, False for padding.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, or a query from which
            everything is hidden.

    Source: Bahdanau, Cho & Bengio 2015, A.1.2. Keras's `AdditiveAttention` has no projections:
    W_q and W_k are the identity there, and w_v its `scale`.
    """
    hidden, w_v = additive_hidden(query, keys, W_q, W_k, w_v)
    shapes = Shapes()
    shapes.bind("m", hidden.shape[-2], "keys")
    v = shapes.array("values", values, "...", "m", "v")
    leading(scores=hidden[..., 0], values=v)
    scores = affine(hidden, w_v[None, :], None)[..., 0]  # (..., n, m)
    seen = visible(scores.shape, mask, real_keys, is_causal=False)
    allowed = seen.all()
    masked = scores if allowed is None else np.where(allowed, scores, -np.inf)
    nothing = np.asarray(np.isneginf(masked).all(axis=-1))
    if nothing.any():
        raise all_hidden(nothing, seen.source)
    weights = normalised(masked)
    return AdditiveRun(hidden, scores, masked, weights, weights @ v, entropy(weights))
