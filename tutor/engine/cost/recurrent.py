"""Operations of recurrent layers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.mistakes import as_macs, batch_forgotten
from tutor.engine.cost.part import CostSolution, Part, cost_worked, repeated
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg

BLOCKS = {"rnn": 1, "gru": 3, "lstm": 4}


class RecurrentFlops(Arguments):
    """Arguments of `recurrent_flops`, named as in `torch.nn.LSTM`; `cell` chooses the layer."""

    cell: Literal["rnn", "gru", "lstm"]
    seq_len: Size
    input_size: Size
    hidden_size: Size
    num_layers: Size = 1
    bidirectional: bool = False
    batch_size: Size = 1


@register("recurrent_flops", RecurrentFlops)
def recurrent_flops(args: RecurrentFlops) -> Worked:
    """Count 2·N·g·h(d + h) for one layer: g blocks read the input and the state at N steps.

    g is 1 for an RNN, 3 for a GRU, 4 for an LSTM. Layers above read D·h, D directions. A
    multiply-add is 2 FLOPs; activations, products of gates and biases are left out.
    """
    return cost_worked("recurrent_flops", CostSolution(args, _parts(args), None, _intro, _mistakes))


def _parts(args: RecurrentFlops) -> tuple[Part, ...]:
    N, d, h, L = args.seq_len, args.input_size, args.hidden_size, args.num_layers
    g, D = BLOCKS[args.cell], 1 + args.bidirectional
    symbols, counts = repeated(("B", args.batch_size), ("D", D))
    stacked, layers = repeated(("L", L))
    parts = [
        Part("input", msg("Input products"), f"2 {symbols}N g h d", (2, *counts, N, g, h, d)),
        Part(
            "recurrent",
            msg("Recurrent products"),
            f"2 {symbols}{stacked}N g h^2",
            (2, *counts, *layers, N, g, (h, 2)),
        ),
    ]
    if L > 1:
        reads = "D h" if D > 1 else "h"
        parts.append(
            Part(
                "between",
                msg("Input products of the layers above"),
                rf"2 {symbols}(L - 1) N g h \cdot {reads}",
                (2, *counts, L - 1, N, g, h, D * h),
            )
        )
    return tuple(parts)


def _intro(args: RecurrentFlops) -> Iterator[Message]:
    yield msg(
        "At every step, {length:,} in all, the weights read the input and the state. Blocks of"
        " weights: {blocks}.",
        length=args.seq_len,
        blocks=BLOCKS[args.cell],
    )
    yield msg(r"A matrix of $a \times b$ weights takes $a b$ multiply-adds: $2 a b$ FLOPs.")


def _mistakes(args: RecurrentFlops, parts: tuple[Part, ...]) -> Iterator[Mistake]:
    total = sum(part.value for part in parts)
    yield as_macs(total)
    step = total // args.seq_len
    if args.seq_len > 1:
        yield Mistake(
            "one-step",
            msg(
                "{value:,} is the work of one step. The weights are shared by all steps, the"
                " work is not.",
                value=step,
            ),
            step,
        )
    blocks = BLOCKS[args.cell]
    if blocks > 1:
        fewer = total // blocks * (blocks - 1)
        yield Mistake(
            "candidate-forgotten",
            msg(
                "{value:,} counts the gates only. The candidate is a block too: {blocks} in all.",
                value=fewer,
                blocks=blocks,
            ),
            fewer,
        )
        single = total // blocks
        yield Mistake(
            "as-rnn",
            msg(
                "{value:,} is the count of a simple RNN. This cell has {blocks} blocks of weights.",
                value=single,
                blocks=blocks,
            ),
            single,
        )
    recurrent = parts[1].value
    yield Mistake(
        "recurrent-forgotten",
        msg(
            "{value:,} leaves the recurrent products out. The state is multiplied at every step.",
            value=total - recurrent,
        ),
        total - recurrent,
    )
    yield Mistake(
        "input-forgotten",
        msg(
            "{value:,} counts the recurrent products only. The input is multiplied too.",
            value=recurrent,
        ),
        recurrent,
    )
    if args.num_layers > 1:
        same = (parts[0].value + recurrent // args.num_layers) * args.num_layers
        yield Mistake(
            "times-layer-one",
            msg(
                "{value:,} multiplies the first layer by {layers:,}. Layers above read the outputs"
                " of the one below, not the input.",
                value=same,
                layers=args.num_layers,
            ),
            same,
        )
    yield from batch_forgotten(total, args.batch_size)
