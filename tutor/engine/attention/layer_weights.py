"""The weights of an encoder layer and of a decoder layer, named as PyTorch's modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from numpy.typing import ArrayLike

from tutor.engine.attention.drawn import Drawn
from tutor.engine.attention.linear import LinearWeights, tensor
from tutor.engine.attention.multi_head_weights import MultiHeadWeights
from tutor.engine.attention.normalisation import LayerNormWeights
from tutor.engine.scalars import head_dim, whole


@dataclass(frozen=True, slots=True, eq=False)
class EncoderLayerWeights:
    """The weights of `nn.TransformerEncoderLayer`."""

    self_attn: MultiHeadWeights
    linear1: LinearWeights
    linear2: LinearWeights
    norm1: LayerNormWeights
    norm2: LayerNormWeights

    @classmethod
    def from_pytorch(cls, state: Mapping[str, ArrayLike]) -> EncoderLayerWeights:
        """Return the weights from the layer's `state_dict()`.

        Raises:
            EngineError: a tensor is missing.
        """
        return cls(
            MultiHeadWeights.from_pytorch(state, "self_attn"),
            LinearWeights.from_pytorch(state, "linear1"),
            LinearWeights.from_pytorch(state, "linear2"),
            _norm(state, "norm1"),
            _norm(state, "norm2"),
        )

    @classmethod
    def drawn(
        cls, seed: int, d_model: int, nhead: int, dim_feedforward: int
    ) -> EncoderLayerWeights:
        """Return weights drawn from a seed; normalisation starts at 1 and 0, as everywhere.

        Raises:
            EngineError: no seed, no sizes, or heads that do not divide `d_model`.
        """
        d, f = _sizes(d_model, nhead, dim_feedforward)
        source = Drawn(seed, 4 * d * d + 4 * d + 2 * d * f + f + d)
        return cls(
            MultiHeadWeights.next(source, d, d, d),
            LinearWeights.drawn(source, f, d),
            LinearWeights.drawn(source, d, f),
            LayerNormWeights(),
            LayerNormWeights(),
        )


@dataclass(frozen=True, slots=True, eq=False)
class DecoderLayerWeights:
    """The weights of `nn.TransformerDecoderLayer`; `multihead_attn` is the cross-attention."""

    self_attn: MultiHeadWeights
    multihead_attn: MultiHeadWeights
    linear1: LinearWeights
    linear2: LinearWeights
    norm1: LayerNormWeights
    norm2: LayerNormWeights
    norm3: LayerNormWeights

    @classmethod
    def from_pytorch(cls, state: Mapping[str, ArrayLike]) -> DecoderLayerWeights:
        """Return the weights from the layer's `state_dict()`.

        Raises:
            EngineError: a tensor is missing.
        """
        return cls(
            MultiHeadWeights.from_pytorch(state, "self_attn"),
            MultiHeadWeights.from_pytorch(state, "multihead_attn"),
            LinearWeights.from_pytorch(state, "linear1"),
            LinearWeights.from_pytorch(state, "linear2"),
            _norm(state, "norm1"),
            _norm(state, "norm2"),
            _norm(state, "norm3"),
        )

    @classmethod
    def drawn(
        cls, seed: int, d_model: int, nhead: int, dim_feedforward: int
    ) -> DecoderLayerWeights:
        """Return weights drawn from a seed; normalisation starts at 1 and 0, as everywhere.

        Raises:
            EngineError: no seed, no sizes, or heads that do not divide `d_model`.
        """
        d, f = _sizes(d_model, nhead, dim_feedforward)
        source = Drawn(seed, 2 * (4 * d * d + 4 * d) + 2 * d * f + f + d)
        return cls(
            MultiHeadWeights.next(source, d, d, d),
            MultiHeadWeights.next(source, d, d, d),
            LinearWeights.drawn(source, f, d),
            LinearWeights.drawn(source, d, f),
            LayerNormWeights(),
            LayerNormWeights(),
            LayerNormWeights(),
        )


def _norm(state: Mapping[str, ArrayLike], name: str) -> LayerNormWeights:
    return LayerNormWeights(tensor(state, f"{name}.weight"), state.get(f"{name}.bias"))


def _sizes(d_model: int, nhead: int, dim_feedforward: int) -> tuple[int, int]:
    d = whole("d_model", d_model)
    head_dim(nhead, d, heads="nhead", name="d_model")
    return d, whole("dim_feedforward", dim_feedforward)
