"""Multi-head attention: heads attend side by side, and one projection joins them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.attention.linear import affine
from tutor.engine.attention.masks import booleans
from tutor.engine.attention.multi_head_weights import MultiHeadWeights
from tutor.engine.attention.scaled_dot_product import AttentionRun, scaled_dot_product_attention
from tutor.engine.attention.visible import Visible
from tutor.engine.scalars import head_dim
from tutor.engine.shapes import Array, Shapes


@dataclass(frozen=True, eq=False)
class MultiHeadRun:
    """One multi-head attention.

    Attributes:
        attention: that of all heads; its arrays have the heads on the third axis from the end.
        concatenated: (..., n, H·v), the outputs of the heads side by side.
        output: (..., n, E).
    """

    attention: AttentionRun
    concatenated: Array
    output: Array

    @property
    def weights(self) -> Array:
        """The weights of every head, (..., H, n, m)."""
        return self.attention.weights

    @cached_property
    def average_weights(self) -> Array:
        """Their mean over the heads, (..., n, m), which PyTorch returns by default."""
        return np.asarray(self.weights.mean(axis=-3))

    @cached_property
    def heads(self) -> tuple[AttentionRun, ...]:
        """The attention of each head alone."""
        return tuple(self._head(i) for i in range(self.attention.output.shape[-3]))

    def _head(self, i: int) -> AttentionRun:
        run, seen = self.attention, self.attention.visible
        mask = None if seen.mask is None else seen.mask[..., i, :, :]
        return AttentionRun(
            run.q[..., i, :, :],
            run.k[..., i, :, :],
            run.v[..., i, :, :],
            Visible((*seen.shape[:-3], *seen.shape[-2:]), mask, seen.is_causal),
            run.scale,
            run.temperature,
            run.output[..., i, :, :],
        )


def multi_head_attention(
    query: ArrayLike,
    key: ArrayLike,
    value: ArrayLike,
    weights: MultiHeadWeights,
    num_heads: int,
    *,
    mask: ArrayLike | None = None,
    real_keys: ArrayLike | None = None,
    is_causal: bool = False,
) -> MultiHeadRun:
    """Attend with several heads: Concat(head_1 … head_H)W_Oᵀ + b_O.

    Args:
        query: (..., n, d_q).
        key: (..., m, d_k).
        value: (..., m, d_v).
        weights: PyTorch's, Keras's or drawn ones.
        num_heads: H; it divides the rows of every projection.
        mask: boolean, broadcasts to (..., n, m): True where the query may look at the key.
            `nn.MultiheadAttention` means the opposite: its `attn_mask` is `~mask`.
        real_keys: boolean, broadcasts to (..., m): True for a token, False for padding.
            PyTorch's `key_padding_mask` is `~real_keys`.
        is_causal: whether query i sees the keys j ≤ i only, besides.

    Returns:
        The run, with the attention of every head.

    Raises:
        EngineError: shapes that do not fit, heads that do not divide the rows, entries that are
            not finite, or a query from which everything is hidden.

    Source: Vaswani et al. 2017, 3.2.2; `torch.nn.MultiheadAttention`, Keras
    `MultiHeadAttention`.
    """
    shapes = Shapes()
    query = shapes.array("query", query, "...", "n", "d_q")
    key = shapes.array("key", key, "...", "m", "d_k")
    value = shapes.array("value", value, "...", "m", "d_v")
    w = _fitting(shapes, weights)
    k_size = head_dim(num_heads, shapes["Hk"], name="embed_dim")
    v_size = head_dim(num_heads, shapes["Hv"], name="value_dim")
    q = _split(affine(query, w["q_proj_weight"], w.get("q_proj_bias")), k_size)  # (..., H, n, k)
    k = _split(affine(key, w["k_proj_weight"], w.get("k_proj_bias")), k_size)  # (..., H, m, k)
    v = _split(affine(value, w["v_proj_weight"], w.get("v_proj_bias")), v_size)  # (..., H, m, v)
    attention = scaled_dot_product_attention(
        q,
        k,
        v,
        mask=_per_head("mask", mask, 3),
        real_keys=_per_head("real_keys", real_keys, 2),
        is_causal=is_causal,
    )
    heads = np.moveaxis(attention.output, -3, -2)  # (..., n, H, v)
    concatenated = heads.reshape(*heads.shape[:-2], shapes["Hv"])  # (..., n, H·v)
    output = affine(concatenated, w["out_proj_weight"], w.get("out_proj_bias"))  # (..., n, E)
    return MultiHeadRun(attention, concatenated, output)


def _fitting(shapes: Shapes, weights: MultiHeadWeights) -> dict[str, Array]:
    dims = {
        "q_proj_weight": ("Hk", "d_q"),
        "k_proj_weight": ("Hk", "d_k"),
        "v_proj_weight": ("Hv", "d_v"),
        "out_proj_weight": ("E", "Hv"),
        "q_proj_bias": ("Hk",),
        "k_proj_bias": ("Hk",),
        "v_proj_bias": ("Hv",),
        "out_proj_bias": ("E",),
    }
    arrays = {name: x for name, x in weights.arrays().items() if x is not None}
    for name, x in arrays.items():
        shapes.fit(name, x.shape, *dims[name])
    return arrays


def _split(x: Array, size: int) -> Array:
    """Return (..., n, H·size) as (..., H, n, size)."""
    return np.moveaxis(x.reshape(*x.shape[:-1], -1, size), -2, -3)


def _per_head(name: str, value: ArrayLike | None, axes: int) -> ArrayLike | None:
    """Return a mask with an axis for the heads, where it has an axis for sequences.

    Args:
        name: the argument.
        value: what was given.
        axes: how many axes a mask has that differs between sequences: (B, n, m) has 3.
    """
    if value is None:
        return None
    mask = booleans(name, value)
    return mask if mask.ndim < axes else np.expand_dims(mask, -axes)
