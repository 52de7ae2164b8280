"""Operations of the position-wise feed-forward layer."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.mistakes import as_macs, batch_forgotten, one_layer, one_token
from tutor.engine.cost.part import CostSolution, Part, cost_worked, repeated
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg


class FfnFlops(Arguments):
    """Arguments of `ffn_flops`, named as in `torch.nn.TransformerEncoderLayer`."""

    seq_len: Size
    d_model: Size
    dim_feedforward: Size
    num_layers: Size = 1
    batch_size: Size = 1


@register("ffn_flops", FfnFlops)
def ffn_flops(args: FfnFlops) -> Worked:
    """Count 2Ndf + 2Nfd: a product up to f units and one back down, at each of N positions.

    A multiply-add is 2 FLOPs; the activation and biases are left out.
    """
    return cost_worked("ffn_flops", CostSolution(args, _parts(args), None, _intro, _mistakes))


def _parts(args: FfnFlops) -> tuple[Part, ...]:
    N, d, f = args.seq_len, args.d_model, args.dim_feedforward
    symbols, counts = repeated(("L", args.num_layers), ("B", args.batch_size))
    return (
        Part("up", msg("Up to the inner layer"), f"2 {symbols}N d f", (2, *counts, N, d, f)),
        Part("down", msg("Back down"), f"2 {symbols}N f d", (2, *counts, N, f, d)),
    )


def _intro(args: FfnFlops) -> Iterator[Message]:
    yield msg(
        "Every position, {length:,} in all, goes through the same two matrices by itself: the cost"
        " is linear in the length.",
        length=args.seq_len,
    )


def _mistakes(args: FfnFlops, parts: tuple[Part, ...]) -> Iterator[Mistake]:
    total = sum(part.value for part in parts)
    yield as_macs(total)
    yield from one_token(total, args.seq_len)
    squared = total * args.seq_len
    if args.seq_len > 1:
        yield Mistake(
            "length-squared",
            msg(
                "{value:,} is quadratic in the length. Positions do not meet here; only the"
                " scores of attention are quadratic.",
                value=squared,
            ),
            squared,
        )
    assumed = total // args.dim_feedforward * 4 * args.d_model
    if assumed != total:
        yield Mistake(
            "four-times-assumed",
            msg(
                "{value:,} takes the inner layer as 4 times the width. Here its size is {f:,}.",
                value=assumed,
                f=args.dim_feedforward,
            ),
            assumed,
        )
    yield from one_layer(total, args.num_layers)
    yield from batch_forgotten(total, args.batch_size)
