"""The encoder layer of a Transformer: self-attention, then a feed-forward network."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from tutor.engine.attention.feed_forward import (
    FeedForwardActivation,
    FeedForwardRun,
    feed_forward,
)
from tutor.engine.attention.layer_weights import EncoderLayerWeights
from tutor.engine.attention.multi_head import MultiHeadRun, multi_head_attention
from tutor.engine.attention.normalisation import EPS
from tutor.engine.attention.residual import Residual, residual
from tutor.engine.scalars import head_dim
from tutor.engine.shapes import Array, Shapes


@dataclass(frozen=True, slots=True, eq=False)
class EncoderLayerRun:
    """One encoder layer.

    Attributes:
        self_attention: the first sub-layer, with its attention.
        feed_forward: the second, with its hidden layer.
        output: (..., n, d).
    """

    self_attention: Residual[MultiHeadRun]
    feed_forward: Residual[FeedForwardRun]
    output: Array


def encoder_layer(  # noqa: PLR0913 - the arguments of PyTorch's layer
    x: ArrayLike,
    weights: EncoderLayerWeights,
    nhead: int,
    *,
    norm_first: bool = False,
    activation: FeedForwardActivation = "relu",
    mask: ArrayLike | None = None,
    real_keys: ArrayLike | None = None,
    is_causal: bool = False,
    eps: float = EPS,
) -> EncoderLayerRun:
    """Run an encoder layer: y = LN(x + SA(x)), then LN(y + FF(y)).

    With `norm_first` it is y = x + SA(LN(x)), then y + FF(LN(y)).

    Args:
        x: (..., n, d).
        weights: PyTorch's or drawn ones.
        nhead: the number of heads; it divides d.
        norm_first: pre-norm instead of the paper's post-norm.
        activation: of the feed-forward network.
        mask: boolean, broadcasts to (..., n, n): True where a token may look; PyTorch's
            `src_mask` is `~mask`.
        real_keys: boolean, broadcasts to (..., n): True for a token, False for padding; PyTorch's
            `src_key_padding_mask` is `~real_keys`.
        is_causal: whether token i sees the tokens j ≤ i only: the block of GPT.
        eps: of the layer normalisations.

    Raises:
        EngineError: shapes that do not fit, entries that are not finite, or a token that may look
            at nothing.

    Source: Vaswani et al. 2017, 3.1; Xiong et al. 2020 for pre-norm;
    `torch.nn.TransformerEncoderLayer` without dropout.
    """
    x = Shapes().array("x", x, "...", "n", "d")
    head_dim(nhead, x.shape[-1], heads="nhead", name="d_model")

    def attend(y: Array) -> MultiHeadRun:
        return multi_head_attention(
            y, y, y, weights.self_attn, nhead, mask=mask, real_keys=real_keys, is_causal=is_causal
        )

    def transform(y: Array) -> FeedForwardRun:
        return feed_forward(y, weights.linear1, weights.linear2, activation)

    one = residual(x, attend, ("norm1", weights.norm1), norm_first=norm_first, eps=eps)
    two = residual(one.output, transform, ("norm2", weights.norm2), norm_first=norm_first, eps=eps)
    return EncoderLayerRun(one, two, two.output)
