"""What flows from layer to layer: how many features, and of maps how large they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import Literal

from tutor.engine.params.model_line import LayerSpec
from tutor.text.message import Message, msg, msgs

Form = Literal["open", "features", "vector", "map"]


@dataclass(frozen=True, slots=True)
class Place:
    """A layer of a model.

    Attributes:
        number: its place, counted from 1; 0 of the input.
        layer: the layer as it was given.
    """

    number: int
    layer: LayerSpec

    @property
    def text(self) -> str:
        """The layer as a line writes it."""
        return str(self.layer)


class Misfit(Exception):
    """A layer that cannot read what comes from below.

    Attributes:
        message: both sides, with their numbers.
        hint: what to do.
    """

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Flow:
    """The values of one example between two layers.

    Attributes:
        form: `open` before the first layer says;
            `features` are vectors, one or a sequence of them; `vector` is exactly one;
            `map` has channels at places of an image or a line.
        features: the size of the last axis, of a map its channels; None if unknown.
        space: the sizes of the other axes; None if unknown.
        source: the layer that made it so; None before the first.
        axes: of an input whose channels may stand first or last, all its sizes.
    """

    form: Form = "open"
    features: int | None = None
    space: tuple[int, ...] | None = None
    source: Place | None = None
    axes: tuple[int, ...] = ()


def from_input(sizes: tuple[int, ...], here: Place, *, channels_last: bool) -> Flow:
    """Return what an `input(…)` of these sizes gives."""
    if len(sizes) == 1:
        return Flow("features", sizes[0], None, here, sizes)
    if len(sizes) == 2:
        return Flow("features", sizes[1], sizes[:1], here, sizes)
    if channels_last:
        return Flow("map", sizes[-1], sizes[:-1], here, sizes)
    return Flow("map", sizes[0], sizes[1:], here, sizes)


def reads(flow: Flow, size: int, here: Place) -> None:
    """Check that a layer that reads this many features gets them.

    Raises:
        Misfit: a map, indices, or another number of features.
    """
    if flow.form == "map":
        raise Misfit(
            msg(
                "Layer {number:,}, `{layer}`, reads vectors, but {source} gives a map.",
                number=here.number,
                layer=here.text,
                source=_name(flow.source),
            ),
            msg("Put `flatten` or `global_average_pooling` between them."),
        )
    check(flow, size, here)


def reads_channels(flow: Flow, size: int, axes: int, here: Place) -> Flow:
    """Check that a layer over maps gets these channels; return the flow as a map of `axes` axes.

    An input may have its channels first or last: the layer decides which fits.

    Raises:
        Misfit: another number of channels or axes, or one vector.
    """
    if len(flow.axes) == axes + 1:
        first = Flow("map", flow.axes[0], flow.axes[1:], flow.source, flow.axes)
        last = Flow("map", flow.axes[-1], flow.axes[:-1], flow.source, flow.axes)
        flow = next((way for way in (flow, first, last) if way.features == size), flow)
    if flow.form == "vector" or (flow.space is not None and len(flow.space) != axes):
        raise Misfit(
            msg(
                "Layer {number:,}, `{layer}`, slides over {wants}, but {source} gives {gives}.",
                number=here.number,
                layer=here.text,
                wants=_map(axes),
                source=_name(flow.source),
                gives=_map(0 if flow.form == "vector" else len(flow.space or ())),
            ),
            msg("`input(1, 28, 28)` in front states the size of an image."),
        )
    flow = replace(flow, form="map", axes=())
    check(flow, size, here)
    return replace(flow, features=size)


def check(flow: Flow, size: int, here: Place) -> None:
    """Check that a layer gets as many features or channels as it reads.

    Raises:
        Misfit: it does not.
    """
    if flow.features is None or flow.features == size:
        return
    hint = msg("A layer reads what the one before it gives.")
    if flow.form == "map":
        raise Misfit(
            msgs(
                "Layer {number:,}, `{layer}`, reads {n:,} channel, but {source} gives {gives:,}.",
                "Layer {number:,}, `{layer}`, reads {n:,} channels, but {source} gives {gives:,}.",
                n=size,
                number=here.number,
                layer=here.text,
                source=_name(flow.source),
                gives=flow.features,
            ),
            hint,
        )
    raise Misfit(
        msgs(
            "Layer {number:,}, `{layer}`, reads {n:,} value, but {source} gives {gives:,}.",
            "Layer {number:,}, `{layer}`, reads {n:,} values, but {source} gives {gives:,}.",
            n=size,
            number=here.number,
            layer=here.text,
            source=_name(flow.source),
            gives=flow.features,
        ),
        hint,
    )


def indices(flow: Flow, here: Place) -> tuple[int, ...] | None:
    """Check that an embedding gets indices; return how many, if that is known.

    Raises:
        Misfit: another layer stands before it.
    """
    if flow.form == "open":
        return None
    if flow.source is None or flow.source.number or len(flow.axes) != 1:
        raise Misfit(
            msg(
                "Layer {number:,}, `{layer}`, reads the indices of words, but {source} gives"
                " vectors.",
                number=here.number,
                layer=here.text,
                source=_name(flow.source),
            ),
            msg(
                "An embedding comes first; `input(100)` before it states how many words an example"
                " has."
            ),
        )
    return flow.axes


def trailing(flow: Flow, shape: tuple[int, ...], here: Place, *, channels_last: bool) -> None:
    """Check that the last axes of what a layer gets are those that it normalises.

    Raises:
        Misfit: they are not.
    """
    if flow.form != "map":
        check(flow, shape[-1], here)
        return
    if flow.features is None or flow.space is None:
        return
    given = (*flow.space, flow.features) if channels_last else (flow.features, *flow.space)
    if given[-len(shape) :] != shape:
        raise Misfit(
            msg(
                "Layer {number:,}, `{layer}`, normalises the last axes ({shape}), but {source}"
                " gives ({given}).",
                number=here.number,
                layer=here.text,
                shape=", ".join(map(str, shape)),
                source=_name(flow.source),
                given=", ".join(map(str, given)),
            ),
            msg("Give it the last sizes of what comes before."),
        )


def slid(
    flow: Flow,
    here: Place,
    *,
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...] | None,
    dilation: tuple[int, ...],
) -> tuple[int, ...] | None:
    """Return the size of the map that a window leaves: ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1.

    Args:
        flow: the map that it slides over.
        here: the layer.
        kernel: the window, one size for each axis, as the rest.
        stride: how far it moves.
        padding: zeros on each side; None keeps the size (`same`).
        dilation: the distance of the window's entries.

    Raises:
        Misfit: the window is larger than the map.
    """
    if flow.space is None:
        return None
    if padding is None:
        return tuple(-(-n // s) for n, s in zip(flow.space, stride, strict=True))
    sizes = []
    for n, k, s, p, d in zip(flow.space, kernel, stride, padding, dilation, strict=True):
        room, window = n + 2 * p, d * (k - 1) + 1
        if window > room:
            raise Misfit(
                msg(
                    "Layer {number:,}, `{layer}`, slides a window of {window:,}, but {source}"
                    " leaves only {room:,} for it.",
                    number=here.number,
                    layer=here.text,
                    window=window,
                    source=_name(flow.source),
                    room=room,
                ),
                msg("The window is at most as large as the map with its padding."),
            )
        sizes.append((room - window) // s + 1)
    return tuple(sizes)


def flattened(flow: Flow, here: Place) -> Flow:
    """Return a map or a sequence as one vector; its size is known if all sizes are."""
    if flow.form == "vector":
        return flow
    if flow.form == "features" and flow.space is None and len(flow.axes) == 1:
        return replace(flow, form="vector")
    known = flow.features is not None and flow.space is not None
    size = (flow.features or 0) * prod(flow.space or ()) if known else None
    return Flow("vector", size, None, here)


def _map(axes: int) -> Message:
    match axes:
        case 0:
            return msg("a single vector")
        case 1:
            return msg("a sequence")
        case _:
            return msg("an image")


def _name(source: Place | None) -> Message:
    if source is None:
        return msg("the layer before")
    if source.number == 0:
        return msg("the input, `{layer}`,", layer=source.text)
    return msg("layer {number:,}, `{layer}`,", number=source.number, layer=source.text)
