"""Scaled dot-product attention: softmax(QKᵀ/√d_k)V, with every intermediate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.attention.masks import leading
from tutor.engine.attention.visible import Visible, all_hidden, visible
from tutor.engine.error import EngineError
from tutor.engine.scalars import positive, real
from tutor.engine.shapes import Array, Shapes
from tutor.text.message import msg

BLOCK = 64  # queries at a time: their scores stay in the cache


@dataclass(frozen=True, eq=False)
class AttentionRun:
    """One attention. The output is at hand; what leads to it is computed when it is read.

    Attributes:
        q: (..., n, d_k), the queries.
        k: (..., m, d_k), the keys.
        v: (..., m, d_v), the values.
        visible: which pairs are allowed.
        scale: what the scores are multiplied by, 1/√d_k unless another was asked for.
        temperature: what they are divided by after that.
        output: (..., n, d_v): for each query the mean of the values, by its weights.
    """

    q: Array
    k: Array
    v: Array
    visible: Visible
    scale: float
    temperature: float
    output: Array

    @cached_property
    def scores(self) -> Array:
        """QKᵀ, (..., n, m)."""
        return np.asarray(self.q @ self.k.mT)

    @cached_property
    def scaled(self) -> Array:
        """The scores times scale / temperature, (..., n, m)."""
        return np.asarray(self.scores * (self.scale / self.temperature))

    @cached_property
    def masked(self) -> Array:
        """The scaled scores with −∞ for hidden pairs, (..., n, m)."""
        allowed = self.visible.all()
        return self.scaled if allowed is None else np.where(allowed, self.scaled, -np.inf)

    @cached_property
    def weights(self) -> Array:
        """Their softmax, (..., n, m): rows sum to 1, hidden pairs have exactly 0."""
        return normalised(self.masked)

    @cached_property
    def entropy(self) -> Array:
        """−Σ w ln w of each row, (..., n), in nats: 0 for one key, ln m for the plain average."""
        return entropy(self.weights)


def scaled_dot_product_attention(
    q: ArrayLike,
    k: ArrayLike,
    v: ArrayLike,
    *,
    mask: ArrayLike | None = None,
    real_keys: ArrayLike | None = None,
    is_causal: bool = False,
    scale: float | None = None,
    temperature: float = 1.0,
) -> AttentionRun:
    """Attend: softmax(QKᵀ · scale / temperature)V.

    Args:
        q: (..., n, d_k), the queries.
        k: (..., m, d_k), the keys.
        v: (..., m, d_v), the values. The leading axes of the three broadcast.
        mask: boolean, broadcasts to (..., n, m): True where the query may look at the key, as in
            PyTorch's `scaled_dot_product_attention`. `nn.MultiheadAttention` means the opposite.
        real_keys: boolean, broadcasts to (..., m): True for a token, False for padding. PyTorch's
            `key_padding_mask` is `~real_keys`.
        is_causal: whether query i sees the keys j ≤ i only, besides what the masks say.
        scale: 1/√d_k by default; 1 leaves the scores as they are.
        temperature: above 1 the weights are flatter, below 1 sharper.

    Returns:
        The run; float32 stays float32.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, a query from which
            everything is hidden, or a temperature that is not above 0.

    Source: Vaswani et al. 2017, 3.2.1; `torch.nn.functional.scaled_dot_product_attention`.
    """
    shapes = Shapes()
    q = shapes.array("q", q, "...", "n", "d_k")
    k = shapes.array("k", k, "...", "m", "d_k")
    v = shapes.array("v", v, "...", "m", "d_v")
    lead = leading(q=q, k=k, v=v)
    seen = visible((*lead, shapes["n"], shapes["m"]), mask, real_keys, is_causal=is_causal)
    scale = 1.0 / math.sqrt(shapes["d_k"]) if scale is None else real("scale", scale)
    temperature = positive("temperature", temperature)
    _refuse_overflow(q, k, v, scale / temperature)
    output = _attend(q, k, v, seen, scale / temperature)
    return AttentionRun(q, k, v, seen, scale, temperature, output)


def _attend(q: Array, k: Array, v: Array, seen: Visible, factor: float) -> Array:
    """Return the output (..., n, d_v), a block of queries at a time.

    The weights of all pairs are never in memory together, and causal queries are not even
    compared with keys that come after their block.
    """
    *lead, n, m = seen.shape
    output = np.empty((*lead, n, v.shape[-1]), np.result_type(q, k, v))  # (..., n, d_v)
    q, k_T = q * q.dtype.type(factor), k.mT  # (..., n, d_k), (..., d_k, m)
    for start in range(0, n, BLOCK):
        end = min(start + BLOCK, n)
        keys = min(end, m) if seen.is_causal else m
        w = q[..., start:end, :] @ k_T[..., :keys]  # (..., b, keys)
        if w.ndim < len(seen.shape) or w.shape[:-2] != seen.shape[:-2]:
            w = np.broadcast_to(w, (*lead, *w.shape[-2:])).copy()  # masks or values have more
        seen.hide(w, start)
        highest = w.max(axis=-1, keepdims=True)  # (..., b, 1)
        if np.isneginf(highest).any():
            raise all_hidden(np.isneginf(highest[..., 0]), seen.source, start)
        w -= highest
        np.exp(w, out=w)
        block = output[..., start:end, :]
        np.matmul(w, v[..., :keys, :], out=block)
        block /= w.sum(axis=-1, keepdims=True)
    return output


def _refuse_overflow(q: Array, k: Array, v: Array, factor: float) -> None:
    """Refuse numbers so large that a sum of products would not be finite.

    Raises:
        EngineError: such numbers, named by the argument that has the largest.
    """
    largest = {name: float(np.abs(x).max(initial=0)) for name, x in (("q", q), ("k", k), ("v", v))}
    limit = float(np.finfo(np.result_type(q, k, v)).max) / 4
    d_k, m = k.shape[-1], v.shape[-2]
    scores = largest["q"] * max(abs(factor), 1.0) * largest["k"] * d_k
    if scores < limit and largest["v"] * m < limit:
        return
    name = "v" if scores < limit else max("q", "k", key=lambda name: largest[name])
    raise EngineError(
        msg("`{name}` has an entry of {value:.3g}: sums of products overflow.", name=name,
            value=largest[name]),
        msg("Use smaller numbers."),
        argument=name,
    )  # fmt: skip


def normalised(masked: Array) -> Array:
    """Return the softmax of each row of scores, in their own precision."""
    weights = np.asarray(masked - masked.max(axis=-1, keepdims=True))  # (..., n, m)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights


def entropy(weights: Array) -> Array:
    """Return −Σ w ln w of each row, in nats; 0 ln 0 counts as 0."""
    logs = np.log(weights, out=np.zeros_like(weights), where=weights > 0)
    return np.asarray(-(weights * logs).sum(axis=-1) + 0.0)  # no negative zero
