"""Memory that FlashAttention needs in place of the scores."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.mistakes import batch_forgotten, one_layer
from tutor.engine.cost.part import CostSolution, Part, cost_worked, repeated
from tutor.engine.cost.unit import BYTES, ByteUnit, Dtype, in_unit
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg

STATISTIC = 4  # bytes: float32 at every precision of Q, K and V


class FlashAttention(Arguments):
    """Arguments of `flash_attention`; `dtype` is the precision of Q, K and V."""

    seq_len: Size
    num_heads: Size = 1
    num_layers: Size = 1
    batch_size: Size = 1
    dtype: Dtype = "float16"
    unit: ByteUnit = "bytes"


@register("flash_attention", FlashAttention)
def flash_attention(args: FlashAttention) -> Worked:
    """Count the bytes that FlashAttention keeps besides Q, K, V and the output: 4·h·N.

    That is one float32 for each query and head, the logarithm of the sum of exponentials, from
    which the backward pass makes the weights again. The result and its FLOPs forward are those
    of the plain computation.

    Source: Dao et al. 2022; Dao 2023 (FlashAttention-2) keeps one number a row instead of two.
    """
    symbols, counts = repeated(("L", args.num_layers), ("B", args.batch_size))
    part = Part(
        "statistics",
        msg("One number for each query and head"),
        rf"{symbols}h N \cdot 4",
        (*counts, args.num_heads, args.seq_len, STATISTIC),
    )
    return cost_worked("flash_attention", CostSolution(args, (part,), args.unit, _intro, _mistakes))


def _naive(args: FlashAttention) -> int:
    pairs = args.num_heads * args.seq_len**2
    return args.num_layers * args.batch_size * pairs * BYTES[args.dtype]


def _intro(args: FlashAttention) -> Iterator[Message]:
    yield msg(
        "FlashAttention computes the same sums block by block, with the same result and the same"
        " FLOPs forward; the scores are never written out."
    )
    yield msg("Bytes that they would take: {naive:,}.", naive=_naive(args))


def _mistakes(args: FlashAttention, parts: tuple[Part, ...]) -> Iterator[Mistake]:
    total = parts[0].value
    naive = in_unit(_naive(args), args.unit)
    yield Mistake(
        "scores-written-out",
        msg(
            "{value:,} is the memory of all scores. FlashAttention never writes them out: its"
            " memory is linear in the length.",
            value=naive,
        ),
        naive,
    )
    if args.num_heads > 1:
        value = in_unit(total // args.num_heads, args.unit)
        yield Mistake(
            "heads-forgotten",
            msg(
                "{value:,} counts one head. Each of {heads:,} heads keeps its own.",
                value=value,
                heads=args.num_heads,
            ),
            value,
        )
    if BYTES[args.dtype] != STATISTIC:
        value = in_unit(total // STATISTIC * BYTES[args.dtype], args.unit)
        yield Mistake(
            "precision-of-inputs",
            msg(
                "{value:,} takes the precision of Q, K and V. These numbers are kept in float32.",
                value=value,
            ),
            value,
        )
    value = in_unit(total * 2, args.unit)
    yield Mistake(
        "two-statistics",
        msg(
            "{value:,} keeps the maximum and the sum of each row. One logarithm holds both.",
            value=value,
        ),
        value,
    )
    yield from one_layer(total, args.num_layers, args.unit)
    yield from batch_forgotten(total, args.batch_size, args.unit)
