"""Memory of the attention scores, written out in full."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.mistakes import batch_forgotten, of_bytes, one_layer
from tutor.engine.cost.part import CostSolution, Part, cost_worked, repeated
from tutor.engine.cost.unit import BYTES, ByteUnit, Dtype, in_unit
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg


class ScoreMemory(Arguments):
    """Arguments of `score_memory`; `unit` is what the answer is written in."""

    seq_len: Size
    num_heads: Size = 1
    num_layers: Size = 1
    batch_size: Size = 1
    dtype: Dtype = "float32"
    unit: ByteUnit = "bytes"


@register("score_memory", ScoreMemory)
def score_memory(args: ScoreMemory) -> Worked:
    """Count h·N²·b bytes: a score for each pair of positions, in each head.

    Source: Dao et al. 2022, on attention that writes the scores out.
    """
    symbols, counts = repeated(("L", args.num_layers), ("B", args.batch_size))
    part = Part(
        "scores",
        msg("Scores, each query with each key"),
        f"{symbols}h N^2 b",
        (*counts, args.num_heads, (args.seq_len, 2), BYTES[args.dtype]),
    )
    return cost_worked("score_memory", CostSolution(args, (part,), args.unit, _intro, _mistakes))


def _intro(args: ScoreMemory) -> Iterator[Message]:
    yield msg(
        "Every head holds a score for each pair of positions, {pairs:,} in all. Bytes for each:"
        " {size}.",
        pairs=args.seq_len**2,
        size=BYTES[args.dtype],
    )


def _mistakes(args: ScoreMemory, parts: tuple[Part, ...]) -> Iterator[Mistake]:
    total = parts[0].value
    if args.num_heads > 1:
        value = in_unit(total // args.num_heads, args.unit)
        yield Mistake(
            "heads-forgotten",
            msg(
                "{value:,} counts one head. Each of {heads:,} heads has scores of its own.",
                value=value,
                heads=args.num_heads,
            ),
            value,
        )
    value = in_unit(total // args.seq_len, args.unit)
    if args.seq_len > 1:
        yield Mistake(
            "length-not-squared",
            msg(
                "{value:,} is linear in the length. Scores belong to pairs of positions; memory"
                " linear in the length is what FlashAttention reaches by not writing them out.",
                value=value,
            ),
            value,
        )
    yield from of_bytes(total, BYTES[args.dtype], args.unit)
    yield from one_layer(total, args.num_layers, args.unit)
    yield from batch_forgotten(total, args.batch_size, args.unit)
