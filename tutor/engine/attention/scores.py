"""Attention scores: how well a query and a key match, in the ways that have been proposed."""

from __future__ import annotations

import math
from typing import Literal, assert_never

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.attention.linear import affine, finite
from tutor.engine.attention.masks import leading
from tutor.engine.error import EngineError
from tutor.engine.scalars import choice
from tutor.engine.shapes import Array, Shapes
from tutor.text.message import msg

ScoreKind = Literal["dot", "scaled_dot", "general", "additive"]
KINDS: tuple[ScoreKind, ...] = ("dot", "scaled_dot", "general", "additive")


def attention_scores(
    kind: ScoreKind,
    query: ArrayLike,
    keys: ArrayLike,
    *,
    W: ArrayLike | None = None,
    W_q: ArrayLike | None = None,
    W_k: ArrayLike | None = None,
    w_v: ArrayLike | None = None,
) -> Array:
    """Return the scores of queries with keys, (..., n, m).

    Args:
        kind: `dot` qᵀk and `scaled_dot` qᵀk/√d for one size d; `general` qᵀWk (Luong et al.
            2015); `additive` w_vᵀ tanh(W_q q + W_k k) (Bahdanau et al. 2015).
        query: (..., n, q).
        keys: (..., m, k).
        W: (q, k), of `general` only.
        W_q: (a, q), of `additive` only.
        W_k: (a, k), of `additive` only.
        w_v: (a), of `additive` only.

    Raises:
        EngineError: an unknown kind, weights that it needs or does not have, or shapes that do
            not fit.
    """
    needs: dict[str, tuple[str, ...]] = {"general": ("W",), "additive": ("W_q", "W_k", "w_v")}
    choice("kind", kind, KINDS)
    for name, weight in {"W": W, "W_q": W_q, "W_k": W_k, "w_v": w_v}.items():
        if (weight is not None) != (name in needs.get(kind, ())):
            raise _weights(kind, name, needs.get(kind, ()))
    with np.errstate(over="ignore", invalid="ignore"):  # refused by `finite`
        return finite(_scores(kind, query, keys, W, (W_q, W_k, w_v)))


def _scores(
    kind: ScoreKind,
    query: ArrayLike,
    keys: ArrayLike,
    W: ArrayLike | None,
    additive: tuple[ArrayLike | None, ArrayLike | None, ArrayLike | None],
) -> Array:
    shapes = Shapes()
    match kind:
        case "dot" | "scaled_dot":
            q = shapes.array("query", query, "...", "n", "d")
            k = shapes.array("keys", keys, "...", "m", "d")
            leading(query=q, keys=k)
            scores = q @ k.mT  # (..., n, m)
            return scores if kind == "dot" else scores / math.sqrt(shapes["d"])
        case "general":
            q = shapes.array("query", query, "...", "n", "q")
            k = shapes.array("keys", keys, "...", "m", "k")
            leading(query=q, keys=k)
            return np.asarray(q @ shapes.array("W", _given(W), "q", "k") @ k.mT)  # (..., n, m)
        case "additive":
            W_q, W_k, w_v = map(_given, additive)
            hidden, v = additive_hidden(query, keys, W_q, W_k, w_v)
            return np.asarray(hidden @ v)  # (..., n, m)
        case _:
            assert_never(kind)


def additive_hidden(
    query: ArrayLike, keys: ArrayLike, W_q: ArrayLike, W_k: ArrayLike, w_v: ArrayLike
) -> tuple[Array, Array]:
    """Return tanh(W_q q + W_k k) for all pairs, (..., n, m, a), and w_v as an array (a).

    Raises:
        EngineError: shapes that do not fit.
    """
    shapes = Shapes()
    q = shapes.array("query", query, "...", "n", "q")
    k = shapes.array("keys", keys, "...", "m", "k")
    leading(query=q, keys=k)
    W_q = shapes.array("W_q", W_q, "a", "q")
    W_k = shapes.array("W_k", W_k, "a", "k")
    v = shapes.array("w_v", w_v, "a")
    a_q = affine(q, W_q, None)[..., :, None, :]  # (..., n, 1, a)
    a_k = affine(k, W_k, None)[..., None, :, :]  # (..., 1, m, a)
    return np.tanh(a_q + a_k), v


def _given(weight: ArrayLike | None) -> ArrayLike:
    assert weight is not None  # noqa: S101 - checked for every kind before
    return weight


def _weights(kind: str, name: str, needs: tuple[str, ...]) -> EngineError:
    if name in needs:
        return EngineError(
            msg("The {kind} score needs `{name}`.", kind=kind, name=name),
            msg("Its weights are {names}.", names=", ".join(needs)),
            argument=name,
        )
    return EngineError(
        msg("The {kind} score has no `{name}`.", kind=kind, name=name),
        msg("`general` has W; `additive` has W_q, W_k and w_v."),
        argument=name,
    )
