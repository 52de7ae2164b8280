"""The weight tensors of a Transformer layer, with the names and shapes of each convention."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.params.attention_sizes import AttentionSizes
from tutor.engine.params.attention_tensors import pytorch_attention, textbook_attention
from tutor.engine.params.transformer_layer import TransformerLayer
from tutor.engine.params.weight import Weight, linear, norm, owned


def pytorch_layer(layer: TransformerLayer) -> Iterator[Weight]:
    """Yield those of `torch.nn.TransformerEncoderLayer` or `TransformerDecoderLayer`."""
    d, f, bias = layer.width, layer.inner, layer.bias
    for owner in ("self_attn.", "multihead_attn.")[: layer.attentions]:
        yield from owned(owner, pytorch_attention(d, bias=layer.attention_bias))
    yield from linear("linear1", d, f, bias=bias)
    yield from linear("linear2", f, d, bias=bias)
    for number in range(1, layer.attentions + 2):
        yield from norm(f"norm{number}", d, bias=bias)


def textbook_layer(layer: TransformerLayer) -> Iterator[Weight]:
    """Yield those of Vaswani et al. 2017, where weights stand to the right: x W_1 + b_1."""
    d, f = layer.width, layer.inner
    attention = AttentionSizes(
        d=layer.d,
        k=layer.d,
        v=layer.d,
        heads=layer.heads,
        key_width=layer.d,
        value_width=layer.d,
        o=layer.d,
        shared="d",
        bias=layer.attention_bias,
        convention="textbook",
    )
    for owner in ("self.", "cross.")[: layer.attentions]:
        yield from owned(owner, textbook_attention(attention))
    for number, reads, gives in ((1, d, f), (2, f, d)):
        yield Weight(f"W_{number}", (reads, gives))
        if layer.bias:
            yield Weight(f"b_{number}", (gives,))
    for number in range(1, layer.attentions + 2):
        yield Weight(f"gamma_{number}", (d,))
        if layer.bias:
            yield Weight(f"beta_{number}", (d,))
