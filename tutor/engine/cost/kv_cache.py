"""Memory of the keys and values kept while a text is generated."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.mistakes import batch_forgotten, of_bytes, one_layer
from tutor.engine.cost.part import CostSolution, Part, cost_worked, repeated
from tutor.engine.cost.unit import BYTES, ByteUnit, Dtype, in_unit
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.scalars import head_dim
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg, msgs


class KvCache(Arguments):
    """Arguments of `kv_cache`.

    `num_kv_heads` below `num_heads` is grouped-query attention, 1 multi-query attention.
    """

    seq_len: Size
    embed_dim: Size
    num_heads: Size = 1
    num_kv_heads: Size | None = None
    num_layers: Size = 1
    batch_size: Size = 1
    dtype: Dtype = "float16"
    unit: ByteUnit = "bytes"


@register("kv_cache", KvCache)
def kv_cache(args: KvCache) -> Worked:
    """Count 2·L·N·h_kv·d_head·b bytes: a key and a value for each token, layer and head kept.

    Raises:
        EngineError: heads that do not divide the width, or each other.

    Source: Shazeer 2019 (multi-query), Ainslie et al. 2023 (grouped-query attention).
    """
    width = head_dim(args.num_heads, args.embed_dim)
    kept = _kept(args)
    if args.num_heads % kept:
        raise EngineError(
            msg("`num_kv_heads` is `{value}`.", value=kept),
            msg("It must divide `num_heads`, {heads:,}.", heads=args.num_heads),
            argument="num_kv_heads",
        )
    symbols, counts = repeated(("L", args.num_layers), ("B", args.batch_size))
    if kept == args.num_heads:
        symbol = "N d b"
        factors: tuple[int, ...] = (args.seq_len, args.embed_dim, BYTES[args.dtype])
    else:
        symbol = "N h_{kv} d_h b"
        factors = (args.seq_len, kept, width, BYTES[args.dtype])
    parts = tuple(
        Part(name, label, symbols + symbol, (*counts, *factors))
        for name, label in (
            ("keys", msg("Keys of all tokens")),
            ("values", msg("Values of all tokens")),
        )
    )
    return cost_worked("kv_cache", CostSolution(args, parts, args.unit, _intro, _mistakes))


def _kept(args: KvCache) -> int:
    return args.num_heads if args.num_kv_heads is None else args.num_kv_heads


def _intro(args: KvCache) -> Iterator[Message]:
    yield msg(
        "To generate the next token, each layer needs the keys and values of all tokens so far;"
        " they are kept instead of computed again. Queries are not: an old one is never needed"
        " again."
    )
    kept = _kept(args)
    if kept < args.num_heads:
        yield msgs(
            "{heads:,} query heads share one head of keys and values, of size {width:,}.",
            "{heads:,} query heads share {n:,} heads of keys and values, each of size {width:,}.",
            kept,
            heads=args.num_heads,
            width=args.embed_dim // args.num_heads,
        )


def _mistakes(args: KvCache, parts: tuple[Part, ...]) -> Iterator[Mistake]:
    total = sum(part.value for part in parts)
    kept = _kept(args)
    yield _wrong(
        "keys-only",
        msg(
            "{value:,} counts the keys only. The values are kept too.",
            value=in_unit(total // 2, args.unit),
        ),
        total // 2,
        args,
    )
    yield from one_layer(total, args.num_layers, args.unit)
    if kept < args.num_heads:
        full = total // kept * args.num_heads
        yield _wrong(
            "all-heads-kept",
            msgs(
                "{value:,} keeps keys and values for every query head. Only one head of them is"
                " kept, and shared.",
                "{value:,} keeps keys and values for every query head. Only {n:,} heads of them are"
                " kept, and shared.",
                kept,
                value=in_unit(full, args.unit),
            ),
            full,
            args,
        )
    elif args.num_heads > 1:
        times = total * args.num_heads
        yield _wrong(
            "times-heads",
            msg(
                "{value:,} multiplies by the {heads:,} heads. Together they have the width of the"
                " model.",
                value=in_unit(times, args.unit),
                heads=args.num_heads,
            ),
            times,
            args,
        )
    queries = total // 2 * 3
    yield _wrong(
        "queries-kept",
        msg(
            "{value:,} keeps the queries too. An old query is never needed again.",
            value=in_unit(queries, args.unit),
        ),
        queries,
        args,
    )
    # two bytes forgotten are the same half as the values
    yield from of_bytes(total, BYTES[args.dtype], args.unit, without=2)
    squared = total * args.seq_len
    yield _wrong(
        "length-squared",
        msg(
            "{value:,} is quadratic in the length. Each token leaves one key and one value.",
            value=in_unit(squared, args.unit),
        ),
        squared,
        args,
    )
    yield from batch_forgotten(total, args.batch_size, args.unit)


def _wrong(name: str, message: Message, amount: int, args: KvCache) -> Mistake:
    return Mistake(name, message, in_unit(amount, args.unit))
