"""What people count wrongly in a convolution, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import prod

from tutor.engine.params.filters import Filters
from tutor.engine.params.phrases import times_batch
from tutor.engine.worked import Mistake
from tutor.text.message import Message, msg
from tutor.text.template import Markdown


def conv_mistakes(
    filters: Filters, *, groups: int, image: int | None, places: int | None, batch: int | None
) -> Iterator[Mistake]:
    """Yield the misconceptions about a convolution.

    Args:
        filters: the convolution.
        groups: in how many parts the channels are split.
        image: places of the input map, if it is known.
        places: places of the output map, if it is known.
        batch: examples in a batch, if they are named.
    """
    yield _miscount(
        "channels-forgotten",
        replace(filters, reads=1),
        msg(
            r"{value:,} counts a filter one channel deep: $\val{sum}$."
            " It is as deep as the {reads:,} channels that it reads.",
            reads=filters.reads,
        ),
    )
    yield from _biases(filters)
    if groups > 1:
        yield _miscount(
            "groups-ignored",
            replace(filters, reads=filters.reads * groups),
            msg(
                r"{value:,} lets every filter read all channels: $\val{sum}$."
                " In {groups:,} groups it reads {reads:,} of them.",
                groups=groups,
                reads=filters.reads,
            ),
        )
    if places is not None:
        yield _times_map(filters, places)
    yield _miscount(
        "one-filter",
        replace(filters, gives=1),
        msg(
            r"{value:,} is a single filter: $\val{sum}$. Every one of the {gives:,} output"
            " channels has its own.",
            gives=filters.gives,
        ),
    )
    if len(filters.window) > 1:
        yield _miscount(
            "one-axis",
            replace(filters, window=filters.window[:1]),
            msg(
                r"{value:,} counts one side of the window only: $\val{sum}$."
                " Its sides are multiplied."
            ),
        )
    if image is not None and places is not None:
        whole = (filters.reads * groups * image + filters.bias) * filters.gives * places
        yield Mistake(
            "as-dense",
            msg(
                "{value:,} is a dense layer from all values of the image to all of the map."
                " A convolution looks through a small window and shares its weights.",
                value=whole,
            ),
            whole,
        )
    if batch is not None:
        yield times_batch(filters.total, batch)


def _miscount(name: str, filters: Filters, template: Message) -> Mistake:
    values = {
        **template.values,
        "value": filters.total,
        "sum": Markdown(filters.substituted),
    }
    return Mistake(name, Message(template.msgid, values), filters.total)


def _biases(filters: Filters) -> Iterator[Mistake]:
    if not filters.bias:
        yield _miscount(
            "biases-counted",
            replace(filters, bias=True),
            msg(r"{value:,} includes biases: $\val{sum}$. This layer is built without them."),
        )
        return
    yield _miscount(
        "no-bias",
        replace(filters, bias=False),
        msg(r"{value:,} leaves the biases out: $\val{sum}$. Every filter has one."),
    )
    window, pairs = prod(filters.window), filters.reads * filters.gives
    yield Mistake(
        "bias-per-pair",
        msg(
            "{value:,} has a bias for every pair of an input and an output channel:"
            r" $(\val{window:,} + 1) \cdot \val{reads:,} \cdot \val{gives:,}$."
            " A filter has one, however many channels it reads.",
            value=(window + 1) * pairs,
            window=window,
            reads=filters.reads,
            gives=filters.gives,
        ),
        (window + 1) * pairs,
    )
    yield Mistake(
        "one-bias-per-layer",
        msg(
            r"{value:,} has a single bias for the whole layer: $\val{weights:,} + 1$."
            " Every filter has its own.",
            value=filters.weights + 1,
            weights=filters.weights,
        ),
        filters.weights + 1,
    )


def _times_map(filters: Filters, places: int) -> Mistake:
    value = filters.total * places
    return Mistake(
        "times-map",
        msg(
            "{value:,} counts the parameters once for each of the {places:,} places of the map:"
            r" $\val{places:,} \cdot \val{total:,}$. The same filters slide over all of them.",
            value=value,
            places=places,
            total=filters.total,
        ),
        value,
    )
