"""What people count wrongly in a Transformer layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.engine.params.block import feedforward_count
from tutor.engine.params.mistake import counted_as
from tutor.engine.params.phrases import scores_counted, times_batch, times_steps
from tutor.engine.params.transformer_layer import TransformerLayer
from tutor.engine.worked import Mistake
from tutor.text.message import msg


def transformer_layer_mistakes(
    layer: TransformerLayer, seq_len: int | None, batch_size: int | None
) -> Iterator[Mistake]:
    """Yield the misconceptions, the likeliest first."""
    if layer.attentions == 2:
        yield from _cross_attention(layer)
    yield from _norms(layer)
    yield from _attention(layer)
    yield from _feedforward(layer)
    yield from _biases(layer)
    if seq_len is not None:
        yield counted_as(
            "feedforward-per-position",
            layer.addends.changed(feedforward=(seq_len, layer.feedforward)),
            msg(
                r"{value:,} has a feed-forward network for each of {steps:,} positions:"
                r" $\val{sum}$. One network serves every position.",
                steps=seq_len,
            ),
        )
        yield scores_counted(layer.total, seq_len)
        yield times_steps(layer.total, seq_len)
    if batch_size is not None:
        yield times_batch(layer.total, batch_size)


def _cross_attention(layer: TransformerLayer) -> Iterator[Mistake]:
    yield counted_as(
        "cross-attention-forgotten",
        layer.addends.changed(attention=(1, layer.attention)),
        msg(
            r"{value:,} leaves the attention to the encoder out: $\val{sum}$."
            " A decoder layer has it besides its self-attention, with weights of its own."
        ),
    )
    yield counted_as(
        "decoder-as-encoder",
        replace(layer, attentions=1).addends,
        msg(
            r"{value:,} is an encoder layer: $\val{sum}$."
            " A decoder layer also attends to the encoder, with a layer norm for that too."
        ),
    )


def _norms(layer: TransformerLayer) -> Iterator[Mistake]:
    one_norm = layer.addends.changed(norms=(1, layer.norm))
    if layer.attentions == 1:
        yield counted_as(
            "one-layer-norm",
            one_norm,
            msg(
                r"{value:,} has one layer norm: $\val{sum}$."
                " There are two: one for attention, one for the feed-forward network."
            ),
        )
        yield counted_as(
            "cross-attention-counted",
            replace(layer, attentions=2).addends,
            msg(
                r"{value:,} is a decoder layer: $\val{sum}$."
                " An encoder layer has one attention and two layer norms."
            ),
        )
    else:
        yield counted_as(
            "two-layer-norms",
            layer.addends.changed(norms=(2, layer.norm)),
            msg(
                r"{value:,} has two layer norms, as in an encoder: $\val{sum}$."
                " There are three: one for each attention, one for the feed-forward network."
            ),
        )
        yield counted_as(
            "one-layer-norm",
            one_norm,
            msg(
                r"{value:,} has one layer norm: $\val{sum}$."
                " There are three: one for each attention, one for the feed-forward network."
            ),
        )
    yield counted_as(
        "layer-norms-forgotten",
        layer.addends.without("norms"),
        msg(
            r"{value:,} leaves the layer norms out: $\val{sum}$."
            " Their gains and shifts are learned too."
        ),
    )


def _attention(layer: TransformerLayer) -> Iterator[Mistake]:
    d, n = layer.width, layer.attentions
    without_output = 3 * d * d + 3 * layer.attention_bias * d
    yield counted_as(
        "output-projection-forgotten",
        layer.addends.changed(attention=(n, without_output)),
        msg(
            r"{value:,} leaves the output projection of attention out: $\val{sum}$."
            " It mixes what the heads found, and has weights of its own."
        ),
    )
    yield counted_as(
        "times-heads",
        layer.addends.changed(attention=(n * layer.heads, layer.attention)),
        msg(
            r"{value:,} counts attention once for each of {heads:,} heads: $\val{sum}$."
            " The heads share the width, so their number does not change the count.",
            heads=layer.heads,
        ),
    )


def _feedforward(layer: TransformerLayer) -> Iterator[Mistake]:
    d, f = layer.width, layer.inner
    if layer.bias:
        yield counted_as(
            "inner-bias-forgotten",
            layer.addends.changed(feedforward=(1, 2 * d * f + d)),
            msg(
                r"{value:,} leaves the inner bias of the feed-forward network out: $\val{sum}$."
                " Its first layer has one for each of {f:,} units.",
                f=layer.f,
            ),
        )
    yield counted_as(
        "one-feedforward-layer",
        layer.addends.changed(feedforward=(1, d * f + layer.bias * f)),
        msg(
            r"{value:,} has one linear layer in the feed-forward network: $\val{sum}$."
            " There are two, from {d:,} to {f:,} and back.",
            d=layer.d,
            f=layer.f,
        ),
    )
    yield counted_as(
        "feedforward-of-model-size",
        layer.addends.changed(feedforward=(1, feedforward_count(d, d, bias=layer.bias))),
        msg(
            r"{value:,} keeps the feed-forward network at size {d:,}: $\val{sum}$."
            " Its inner size is {f:,}.",
            d=layer.d,
            f=layer.f,
        ),
    )
    yield counted_as(
        "feedforward-doubled",
        layer.addends.changed(feedforward=(2, layer.feedforward)),
        msg(
            r"{value:,} counts the feed-forward network twice: $\val{sum}$."
            " A layer has one, of two linear layers."
        ),
    )


def _biases(layer: TransformerLayer) -> Iterator[Mistake]:
    bare = replace(layer, bias=False, attention_bias=False)
    full = replace(layer, bias=True, attention_bias=True)
    if layer.bias:
        yield counted_as(
            "no-bias",
            bare.addends.changed(norms=(layer.attentions + 1, layer.norm)),
            msg(
                r"{value:,} leaves the biases of the linear layers out: $\val{sum}$."
                " Every output has one."
            )
            if layer.attention_bias
            else msg(
                r"{value:,} leaves the biases of the feed-forward network out: $\val{sum}$."
                " Both of its layers have them."
            ),
        )
    if not layer.attention_bias:
        yield counted_as(
            "biases-counted",
            full.addends,
            msg(
                r"{value:,} includes biases in attention: $\val{sum}$."
                " In the paper its projections are matrices alone."
            )
            if layer.bias
            else msg(r"{value:,} includes biases: $\val{sum}$. This layer is built without them."),
        )
