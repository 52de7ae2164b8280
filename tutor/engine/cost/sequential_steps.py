"""How many operations must wait for each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.mistakes import one_layer
from tutor.engine.cost.whole import WholeSolution
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg, msgs


class SequentialSteps(Arguments):
    """Arguments of `sequential_steps`: a stack of layers of one kind, over a known sequence."""

    layer: Literal["recurrent", "convolution", "attention"]
    seq_len: Size
    num_layers: Size = 1


@register("sequential_steps", SequentialSteps)
def sequential_steps(args: SequentialSteps) -> Worked:
    """Count the layer applications on the longest chain in which each needs the one before.

    A recurrent layer takes N, one after the other; of L stacked ones a step can run beside a
    later step of the layer below, N + L − 1 in all. Convolution and attention compute all
    positions at once: L.

    Source: Vaswani et al. 2017, Table 1, for one layer.
    """
    N, L = args.seq_len, args.num_layers
    if args.layer == "recurrent":
        symbol, numbers, total = "N + L - 1", f"{N:,} + {L:,} - 1", N + L - 1
    else:
        symbol, numbers, total = "L", f"{L:,}", L
    return Worked(
        name="sequential_steps",
        total=total,
        unit=msgs("step", "steps", total),
        solution=WholeSolution(
            args, symbol, numbers, total, msg("Sequential steps"), _intro, _mistakes
        ),
    )


def _intro(args: SequentialSteps) -> Iterator[Message]:
    if args.layer == "recurrent":
        yield msg("Each state needs the one before it: a layer takes as many steps as positions.")
        if args.num_layers > 1:
            yield msg(
                "Stacked layers overlap: the second can begin when the first has made one step."
            )
    else:
        yield msg(
            "All positions of a layer are computed at once, since none needs the output of another;"
            " only layers wait for each other."
        )
    yield msg(
        "This is for a sequence that is known. Generating one token after the other takes as many"
        " rounds as tokens with every kind of layer."
    )


def _mistakes(args: SequentialSteps) -> Iterator[Mistake]:
    N, L = args.seq_len, args.num_layers
    if args.layer == "recurrent":
        yield Mistake(
            "steps-in-parallel",
            msg(
                "{value:,} lets all positions run at once. A state needs the state before it.",
                value=L,
            ),
            L,
        )
        if L == 1:
            return
        yield Mistake(
            "layer-by-layer",
            msg(
                "{value:,} lets each layer wait for the whole one below. It needs only the states"
                " so far.",
                value=N * L,
            ),
            N * L,
        )
        yield from one_layer(N * L, L)
    else:
        yield Mistake(
            "one-by-one",
            msg(
                "{value:,} goes through the positions one by one, as a recurrent layer must.",
                value=N * L,
            ),
            N * L,
        )
        yield Mistake(
            "operations-as-steps",
            msg(
                "{value:,} is the number of pairs. How much is computed is not how long the chain"
                " is.",
                value=N * N,
            ),
            N * N,
        )
        yield from one_layer(L, L)
