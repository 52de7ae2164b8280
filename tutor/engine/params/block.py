"""The parameters of a Transformer's parts, in numbers or in symbols."""

from __future__ import annotations

from tutor.engine.params.polynomial import N


def attention_count(width: N, *, bias: bool = True) -> N:
    """Return those of attention, four projections of the width d to itself: 4d² + 4d.

    (Vaswani et al. 2017; the biases: `torch.nn.MultiheadAttention`.)
    """
    d = width
    return 4 * d * d + 4 * bias * d


def feedforward_count(width: N, inner: N, *, bias: bool = True) -> N:
    """Return those of two linear layers, from d to f and back: 2df + f + d."""
    d, f = width, inner
    return 2 * d * f + bias * f + bias * d


def norm_count(width: N, *, bias: bool = True) -> N:
    """Return those of a layer norm, a gain and a shift for every feature: 2d."""
    return width + bias * width


def layer_count(
    width: N, inner: N, *, attentions: int = 1, bias: bool = True, attention_bias: bool = True
) -> N:
    """Return those of a Transformer layer: 4d² + 2df + 9d + f, or 8d² + 2df + 15d + f.

    Args:
        width: d, the size of the vectors between layers.
        inner: f, the inner size of the feed-forward network.
        attentions: 1 in an encoder, 2 in a decoder; there is a layer norm after each of
            them, and one after the feed-forward network.
        bias: whether feed-forward network and layer norms have biases.
        attention_bias: whether the projections of attention have.
    """
    return (
        attentions * attention_count(width, bias=attention_bias)
        + feedforward_count(width, inner, bias=bias)
        + (attentions + 1) * norm_count(width, bias=bias)
    )
