"""The decoder layer of a Transformer: causal self-attention, cross-attention, feed-forward."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from tutor.engine.attention.feed_forward import (
    FeedForwardActivation,
    FeedForwardRun,
    feed_forward,
)
from tutor.engine.attention.layer_weights import DecoderLayerWeights
from tutor.engine.attention.multi_head import MultiHeadRun, multi_head_attention
from tutor.engine.attention.normalisation import EPS
from tutor.engine.attention.residual import Residual, residual
from tutor.engine.scalars import head_dim
from tutor.engine.shapes import Array, Shapes


@dataclass(frozen=True, slots=True, eq=False)
class DecoderLayerRun:
    """One decoder layer.

    Attributes:
        self_attention: the first sub-layer: the target looks at itself, never ahead.
        cross_attention: the second: queries from the target, keys and values from the memory.
        feed_forward: the third, with its hidden layer.
        output: (..., n, d).
    """

    self_attention: Residual[MultiHeadRun]
    cross_attention: Residual[MultiHeadRun]
    feed_forward: Residual[FeedForwardRun]
    output: Array


def decoder_layer(  # noqa: PLR0913 - the arguments of PyTorch's layer
    x: ArrayLike,
    memory: ArrayLike,
    weights: DecoderLayerWeights,
    nhead: int,
    *,
    norm_first: bool = False,
    activation: FeedForwardActivation = "relu",
    is_causal: bool = True,
    real_keys: ArrayLike | None = None,
    real_memory: ArrayLike | None = None,
    eps: float = EPS,
) -> DecoderLayerRun:
    """Run a decoder layer: y = LN(x + SA(x)), z = LN(y + CA(y, memory)), LN(z + FF(z)).

    With `norm_first` the normalisation comes before each sub-layer instead; the memory is not
    normalised here.

    Args:
        x: (..., n, d), the target.
        memory: (..., m, d), the encoder's output.
        weights: PyTorch's or drawn ones.
        nhead: the number of heads; it divides d.
        norm_first: pre-norm instead of the paper's post-norm.
        activation: of the feed-forward network.
        is_causal: whether the self-attention never looks ahead. PyTorch's own default is no mask.
        real_keys: boolean, broadcasts to (..., n): True for a token of the target, False for
            padding; PyTorch's `tgt_key_padding_mask` is `~real_keys`.
        real_memory: the same of the memory, (..., m); `memory_key_padding_mask` inverted.
        eps: of the layer normalisations.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, or a token that may look
            at nothing.

    Source: Vaswani et al. 2017, 3.1; `torch.nn.TransformerDecoderLayer` without dropout.
    """
    shapes = Shapes()
    x = shapes.array("x", x, "...", "n", "d")
    encoded = shapes.array("memory", memory, "...", "m", "d")
    head_dim(nhead, x.shape[-1], heads="nhead", name="d_model")

    def attend(y: Array) -> MultiHeadRun:
        return multi_head_attention(
            y, y, y, weights.self_attn, nhead, real_keys=real_keys, is_causal=is_causal
        )

    def look_across(y: Array) -> MultiHeadRun:
        return multi_head_attention(
            y, encoded, encoded, weights.multihead_attn, nhead, real_keys=real_memory
        )

    def transform(y: Array) -> FeedForwardRun:
        return feed_forward(y, weights.linear1, weights.linear2, activation)

    one = residual(x, attend, ("norm1", weights.norm1), norm_first=norm_first, eps=eps)
    two = residual(
        one.output, look_across, ("norm2", weights.norm2), norm_first=norm_first, eps=eps
    )
    three = residual(
        two.output, transform, ("norm3", weights.norm3), norm_first=norm_first, eps=eps
    )
    return DecoderLayerRun(one, two, three, three.output)
