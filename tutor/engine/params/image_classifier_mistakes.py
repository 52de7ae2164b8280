"""What people count wrongly in a small image classifier, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import prod

from tutor.engine.params.image_layers import ImageLayers
from tutor.engine.params.phrases import times_batch
from tutor.engine.worked import Mistake
from tutor.text.message import Message, msg


def classifier_mistakes(layers: ImageLayers, batch: int | None) -> Iterator[Mistake]:
    """Yield the misconceptions about an image classifier."""
    if layers.convolutions:
        yield from _head(layers)
        yield from _maps(layers)
    yield from _layers(layers)
    if batch is not None:
        yield times_batch(layers.total, batch)


def _miscount(name: str, layers: ImageLayers, template: Message) -> Mistake:
    total = layers.total
    return Mistake(name, Message(template.msgid, {**template.values, "value": total}), total)


def _head(layers: ImageLayers) -> Iterator[Mistake]:
    channels = layers.channels[-1]
    height, width = layers.maps[-1]
    if layers.head == "flatten":
        yield _miscount(
            "averaged",
            replace(layers, head="global_average_pooling", dense=layers.dense[-1:]),
            msg(
                "{value:,} is the network with global average pooling: one value for each of"
                " {channels:,} channels, then the classes. This one flattens its maps.",
                channels=channels,
            ),
        )
        yield _miscount(
            "channels-forgotten",
            replace(layers, read=height * width),
            msg(
                "{value:,} flattens a single map of {height:,} × {width:,}. There are {channels:,}"
                " of them, and the dense layer reads them all.",
                height=height,
                width=width,
                channels=channels,
            ),
        )
        yield _miscount(
            "places-forgotten",
            replace(layers, read=channels),
            msg(
                "{value:,} gives the dense layer one value for each channel, as after global"
                " average pooling. Flattening keeps all {height:,} × {width:,} places of a map.",
                height=height,
                width=width,
            ),
        )
    else:
        yield _miscount(
            "flattened",
            replace(layers, head="flatten"),
            msg(
                "{value:,} flattens the last map. Global average pooling leaves one value for each"
                " of its {channels:,} channels.",
                channels=channels,
            ),
        )


def _maps(layers: ImageLayers) -> Iterator[Mistake]:
    if layers.head == "flatten":
        if layers.pool > 1:
            unpooled = replace(layers, pool=1)
            if min(unpooled.maps[-1]) >= 1:
                yield _miscount(
                    "pooling-forgotten",
                    unpooled,
                    msg(
                        "{value:,} flattens maps that were never pooled, of {places:,} places."
                        " Pooling leaves {left:,}.",
                        places=prod(unpooled.maps[-1]),
                        left=prod(layers.maps[-1]),
                    ),
                )
        if layers.padding == "same" and layers.kernel > 1:
            shrunk = replace(layers, padding="valid")
            if _is_possible(shrunk):
                yield _miscount(
                    "padding-forgotten",
                    shrunk,
                    msg(
                        "{value:,} lets every convolution shrink its map by {lost:,}."
                        " With padding `same` it keeps its size.",
                        lost=layers.kernel - 1,
                    ),
                )
        elif layers.kernel > 1:
            yield _miscount(
                "padding-imagined",
                replace(layers, padding="same"),
                msg(
                    "{value:,} lets the maps keep their size. With padding `valid` every"
                    " convolution shrinks its map by {lost:,}.",
                    lost=layers.kernel - 1,
                ),
            )
    deep = sum(filters.total for filters in layers.convolutions)
    shallow = sum(replace(filters, reads=1).total for filters in layers.convolutions)
    value = layers.total - deep + shallow
    yield Mistake(
        "shallow-filters",
        msg(
            "{value:,} counts filters one channel deep. A filter is as deep as the channels that it"
            " reads.",
            value=value,
        ),
        value,
    )


def _is_possible(layers: ImageLayers) -> bool:
    return (
        all(min(before) >= layers.kernel for before in layers.maps[:-1])
        and min(layers.maps[-1]) >= 1
    )


def _layers(layers: ImageLayers) -> Iterator[Mistake]:
    convolutions = sum(filters.total for filters in layers.convolutions)
    if convolutions:
        yield Mistake(
            "convolutions-only",
            msg(
                "{value:,} is the convolutions alone. The dense layers after them count too:"
                r" $\val{dense:,}$ more.",
                value=convolutions,
                dense=layers.total - convolutions,
            ),
            convolutions,
        )
        yield Mistake(
            "dense-only",
            msg(
                "{value:,} is the dense layers alone. The convolutions count too:"
                r" $\val{convolutions:,}$ more.",
                value=layers.total - convolutions,
                convolutions=convolutions,
            ),
            layers.total - convolutions,
        )
    if layers.bias:
        yield _miscount(
            "no-bias",
            replace(layers, bias=False),
            msg("{value:,} leaves the biases out. Every filter and every neuron has one.")
            if convolutions
            else msg("{value:,} leaves the biases out. Every neuron has one."),
        )
    else:
        yield _miscount(
            "biases-counted",
            replace(layers, bias=True),
            msg("{value:,} includes biases. This network is built without them."),
        )
    if len(layers.dense) > 1:
        rest = replace(layers, dense=layers.dense[:-1])
        yield _miscount(
            "output-layer-forgotten",
            rest,
            msg(
                "{value:,} stops before the output layer. The layer from {n:,} to {m:,} has"
                " parameters like any other.",
                n=layers.dense[-2],
                m=layers.dense[-1],
            ),
        )
