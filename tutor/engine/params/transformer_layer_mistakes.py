"""What people count wrongly in a Transformer layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.engine.params.layer_slips import layer_slips
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
    for slip in layer_slips(layer):
        yield counted_as(slip.id, slip.counts(layer), slip.message)
    if not layer.attention_bias:
        yield _biases_counted(layer)
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


def _biases_counted(layer: TransformerLayer) -> Mistake:
    full = replace(layer, bias=True, attention_bias=True).addends
    if layer.bias:
        return counted_as(
            "biases-counted",
            full,
            msg(
                r"{value:,} includes biases in attention: $\val{sum}$."
                " In the paper its projections are matrices alone."
            ),
        )
    return counted_as(
        "biases-counted",
        full,
        msg(r"{value:,} includes biases: $\val{sum}$. This layer is built without them."),
    )
