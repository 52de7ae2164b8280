"""What people count wrongly in multi-head attention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.engine.params.attention_sizes import AttentionSizes
from tutor.engine.params.mistake import counted_as
from tutor.engine.params.phrases import scores_counted, times_batch, times_steps
from tutor.engine.worked import Mistake
from tutor.text.message import msg


def attention_mistakes(
    sizes: AttentionSizes, seq_len: int | None, batch_size: int | None
) -> Iterator[Mistake]:
    """Yield the misconceptions, the likeliest first."""
    yield from _heads(sizes)
    yield from _projections(sizes)
    yield from _biases(sizes)
    yield from _widths(sizes)
    yield from _time_and_batch(sizes.total, sizes.heads, seq_len, batch_size)


def _heads(sizes: AttentionSizes) -> Iterator[Mistake]:
    if sizes.heads == 1:
        return
    one_head = replace(
        sizes, heads=1, shared=None, key_width=sizes.key_size, value_width=sizes.value_size
    )
    if sizes.convention == "keras":
        yield counted_as(
            "key-dim-as-total",
            one_head.addends,
            msg(
                r"{value:,} takes `key_dim` for the size of all heads together: $\val{sum}$."
                " In Keras it is the size of each of the {heads:,} heads.",
                heads=sizes.heads,
            ),
        )
    yield Mistake(
        "times-heads",
        msg(
            r"{value:,} multiplies by the heads: $\val{heads:,} \cdot \val{total:,}$."
            " The projections of all heads together are counted already.",
            value=sizes.heads * sizes.total,
            heads=sizes.heads,
            total=sizes.total,
        ),
        sizes.heads * sizes.total,
    )
    if sizes.shared is None:
        return
    wide = sizes.heads * sizes.key_width
    if sizes.bias:  # without biases it is the count times the heads
        yield counted_as(
            "heads-of-full-size",
            replace(sizes, shared=None, key_width=wide, value_width=wide).addends,
            msg(
                r"{value:,} gives every head the whole width of {width:,}: $\val{sum}$."
                " The heads share it: {each:,} for each.",
                width=sizes.key_width,
                each=sizes.key_size,
            ),
        )
    if sizes.convention != "keras":
        yield counted_as(
            "one-head",
            one_head.addends,
            msg(
                r"{value:,} is a single head of size {each:,}: $\val{sum}$."
                " There are {heads:,}, side by side.",
                each=sizes.key_size,
                heads=sizes.heads,
            ),
        )


def _projections(sizes: AttentionSizes) -> Iterator[Mistake]:
    yield counted_as(
        "output-projection-forgotten",
        sizes.addends.without("output"),
        msg(
            r"{value:,} leaves the output projection out: $\val{sum}$."
            " It mixes what the heads found, and has weights of its own."
        ),
    )
    if sizes.k == sizes.v == sizes.d and sizes.key_width == sizes.value_width:
        yield counted_as(
            "one-projection-for-all",
            sizes.addends.without("key", "value"),
            msg(
                r"{value:,} has one projection for queries, keys and values: $\val{sum}$."
                " Each of the three has its own."
            ),
        )


def _biases(sizes: AttentionSizes) -> Iterator[Mistake]:
    if sizes.bias:
        yield counted_as(
            "no-bias",
            replace(sizes, bias=False).addends,
            msg(
                r"{value:,} leaves the biases out: $\val{sum}$."
                " Each of the four projections has them."
            ),
        )
    else:
        yield counted_as(
            "biases-counted",
            replace(sizes, bias=True).addends,
            msg(r"{value:,} includes biases: $\val{sum}$. These projections are matrices alone."),
        )


def _widths(sizes: AttentionSizes) -> Iterator[Mistake]:
    if not sizes.k == sizes.v == sizes.d:
        yield counted_as(
            "inputs-of-one-size",
            replace(sizes, k=sizes.d, v=sizes.d).addends,
            msg(
                r"{value:,} lets keys and values come from vectors of size {d:,} too: $\val{sum}$."
                " Here keys come from size {k:,}, values from size {v:,}.",
                d=sizes.d,
                k=sizes.k,
                v=sizes.v,
            ),
        )
    if sizes.value_width != sizes.key_width:
        yield counted_as(
            "value-size-ignored",
            replace(sizes, value_width=sizes.key_width).addends,
            msg(
                r"{value:,} gives the values of a head the size of its keys: $\val{sum}$."
                " Here a head's values have size {each:,}.",
                each=sizes.value_size,
            ),
        )
    if sizes.o != sizes.d:
        yield counted_as(
            "output-size-ignored",
            replace(sizes, o=sizes.d).addends,
            msg(
                r"{value:,} gives the output the size of the queries' vectors: $\val{sum}$."
                " Here the output has size {o:,}.",
                o=sizes.o,
            ),
        )
    if sizes.shared == "m":
        yield counted_as(
            "shared-width-ignored",
            replace(sizes, shared="d", key_width=sizes.d, value_width=sizes.d).addends,
            msg(
                r"{value:,} lets the heads share {d:,}, the size of the queries' vectors:"
                r" $\val{sum}$. With `qkv_features` they share {width:,}.",
                d=sizes.d,
                width=sizes.key_width,
            ),
        )


def _time_and_batch(
    total: int, heads: int, seq_len: int | None, batch_size: int | None
) -> Iterator[Mistake]:
    if seq_len is not None:
        yield scores_counted(total, seq_len)
        if heads > 1:
            scores = heads * seq_len**2
            yield Mistake(
                "scores-of-heads-counted",
                msg(
                    r"{value:,} counts the scores of every head as well:"
                    r" $\val{total:,} + \val{heads:,} \cdot \val{steps:,}^2$."
                    " They are computed from the sequence: values, not parameters.",
                    value=total + scores,
                    total=total,
                    heads=heads,
                    steps=seq_len,
                ),
                total + scores,
            )
        yield times_steps(total, seq_len)
    if batch_size is not None:
        yield times_batch(total, batch_size)
