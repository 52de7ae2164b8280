"""What people count wrongly in every layer alike, in a layer alone or in a whole model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tutor.engine.params.addends import Addends
from tutor.engine.params.block import feedforward_count
from tutor.engine.params.transformer_layer import TransformerLayer
from tutor.text.message import Message, msg


@dataclass(frozen=True, slots=True)
class Slip:
    """A misconception about a layer.

    Attributes:
        id: of the mistake.
        counts: what is counted for a layer instead.
        message: what the value counts wrongly; it is given its value and sum.
    """

    id: str
    counts: Callable[[TransformerLayer], Addends]
    message: Message


def layer_slips(layer: TransformerLayer) -> Iterator[Slip]:
    """Yield the misconceptions about attention, norms, feed-forward network and biases."""
    yield Slip(
        "times-heads",
        _once_for_each_head,
        msg(
            r"{value:,} counts attention once for each of {heads:,} heads: $\val{sum}$."
            " The heads share the width, so their number does not change the count.",
            heads=layer.heads,
        ),
    )
    yield Slip(
        "output-projection-forgotten",
        _without_output_projection,
        msg(
            r"{value:,} leaves the output projection of attention out: $\val{sum}$."
            " It mixes what the heads found, and has weights of its own."
        ),
    )
    yield Slip(
        "layer-norms-forgotten",
        lambda layer: layer.addends.without("norms"),
        msg(
            r"{value:,} counts no layer norms within a layer: $\val{sum}$."
            " Their gains and shifts are learned too."
        ),
    )
    yield from _feedforward(layer)
    if layer.bias and layer.attention_bias:
        yield Slip(
            "no-bias",
            _without_biases,
            msg(
                r"{value:,} leaves the biases of the linear layers out: $\val{sum}$."
                " Every output has one."
            ),
        )
    elif layer.bias:
        yield Slip(
            "no-bias",
            _without_biases,
            msg(
                r"{value:,} leaves the biases of the feed-forward network out: $\val{sum}$."
                " Both of its layers have them."
            ),
        )


def _feedforward(layer: TransformerLayer) -> Iterator[Slip]:
    if layer.bias and layer.f != 4 * layer.d:  # as many as those of two norms
        yield Slip(
            "inner-bias-forgotten",
            _without_inner_bias,
            msg(
                r"{value:,} leaves the inner bias of the feed-forward network out: $\val{sum}$."
                " Its first layer has {f:,}, one for each unit.",
                f=layer.f,
            ),
        )
    yield Slip(
        "one-feedforward-layer",
        _with_one_linear_layer,
        msg(
            r"{value:,} has one linear layer in the feed-forward network: $\val{sum}$."
            " There are two, from {d:,} to {f:,} and back.",
            d=layer.d,
            f=layer.f,
        ),
    )
    yield Slip(
        "feedforward-of-model-size",
        _of_model_size,
        msg(
            r"{value:,} keeps the feed-forward network at size {d:,}: $\val{sum}$."
            " Its inner size is {f:,}.",
            d=layer.d,
            f=layer.f,
        ),
    )
    yield Slip(
        "feedforward-doubled",
        lambda layer: layer.addends.changed(feedforward=(2, layer.feedforward)),
        msg(
            r"{value:,} counts the feed-forward network twice: $\val{sum}$."
            " A layer has one, of two linear layers."
        ),
    )


def _once_for_each_head(layer: TransformerLayer) -> Addends:
    return layer.addends.changed(attention=(layer.attentions * layer.heads, layer.attention))


def _without_output_projection(layer: TransformerLayer) -> Addends:
    d = layer.width
    three = 3 * d * d + 3 * layer.attention_bias * d
    return layer.addends.changed(attention=(layer.attentions, three))


def _without_inner_bias(layer: TransformerLayer) -> Addends:
    d, f = layer.width, layer.inner
    return layer.addends.changed(feedforward=(1, 2 * d * f + d))


def _with_one_linear_layer(layer: TransformerLayer) -> Addends:
    d, f = layer.width, layer.inner
    return layer.addends.changed(feedforward=(1, d * f + layer.bias * f))


def _of_model_size(layer: TransformerLayer) -> Addends:
    d = layer.width
    return layer.addends.changed(feedforward=(1, feedforward_count(d, d, bias=layer.bias)))


def _without_biases(layer: TransformerLayer) -> Addends:
    bare = replace(layer, bias=False, attention_bias=False)
    return bare.addends.changed(norms=(layer.attentions + 1, layer.norm))
