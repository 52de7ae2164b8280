"""The length from which self-attention costs more than a recurrent layer of the same width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.recurrent import BLOCKS
from tutor.engine.cost.whole import WholeSolution
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg, msgs


class RecurrenceCrossover(Arguments):
    """Arguments of `recurrence_crossover`.

    With a `cell` the operations of `attention_flops` and `recurrent_flops` are compared, both of
    the width `d_model`; without one the orders N²·d and N·d².
    """

    d_model: Size
    cell: Literal["rnn", "gru", "lstm"] | None = None


@register("recurrence_crossover", RecurrenceCrossover)
def recurrence_crossover(args: RecurrenceCrossover) -> Worked:
    """Compute the length at which self-attention and recurrence cost the same.

    For the orders it is N = d. With projections it is N = (g − 2)·d, where 8Nd² + 4N²d FLOPs
    equal the 4gNd² of a layer of g blocks: d for a GRU, 2d for an LSTM. It is 0 for an RNN, whose
    one block costs less than the projections alone.

    Source: Vaswani et al. 2017, Table 1 and section 4.
    """
    d = args.d_model
    if args.cell is None:
        total, symbol, numbers = d, "d", f"{d:,}"
    else:
        g = BLOCKS[args.cell]
        total = max((g - 2) * d, 0)
        symbol, numbers = r"\max((g - 2) d, 0)", rf"\max(({g} - 2) \cdot {d:,}, 0)"
    return Worked(
        name="recurrence_crossover",
        total=total,
        unit=msgs("token", "tokens", total),
        solution=WholeSolution(args, symbol, numbers, total, msg("Crossover"), _intro, _mistakes),
    )


def _intro(args: RecurrenceCrossover) -> Iterator[Message]:
    d = args.d_model
    if args.cell is None:
        yield msg(
            r"Self-attention takes of the order of $N^2 d$ operations, each of $N^2$ pairs a"
            r" product of $d$ numbers. A recurrent layer takes $N d^2$, at each step a product with"
            r" a $d \times d$ matrix."
        )
        yield msg(
            r"They are equal where $N^2 d = N d^2$; divide by $N d$. Attention costs less while"
            r" $N < d$, and more from $N = \val{first:,}$ on.",
            first=d + 1,
        )
        return
    g = BLOCKS[args.cell]
    yield msg(
        r"Self-attention takes $8 N d^2$ FLOPs for its four projections and $4 N^2 d$ for scores"
        r" and weighted sums."
    )
    yield msg(
        r"A recurrent layer of $g$ blocks, each a product with the input and one with the state,"
        r" takes $4 g N d^2$; here $g = \val{blocks}$.",
        blocks=g,
    )
    if g > 2:
        yield msg(
            r"They are equal where $8 N d^2 + 4 N^2 d = 4 g N d^2$; divide by $4 N d$. Attention"
            r" costs more from $N = \val{first:,}$ on.",
            first=(g - 2) * d + 1,
        )
    else:
        yield msg(
            "The projections alone cost more than this layer, so attention costs more at every"
            r" length, from $N = 1$ on."
        )


def _mistakes(args: RecurrenceCrossover) -> Iterator[Mistake]:
    d = args.d_model
    if args.cell is None:
        yield from _of_orders(d)
        return
    g = BLOCKS[args.cell]
    if g != 3:  # of a GRU both are the same
        yield Mistake(
            "orders-instead",
            msg(
                r"{value:,} compares $N^2 d$ with $N d^2$. These are orders: they leave out the"
                " projections and how many blocks the cell has.",
                value=d,
            ),
            d,
        )
    if g < 2:
        return
    yield Mistake(
        "projections-forgotten",
        msg(
            "{value:,} leaves the projections out. Making Q, K, V and the output takes work too.",
            value=g * d,
        ),
        g * d,
    )
    three = g * d - 3 * d // 2 if d % 2 == 0 else (g - 1.5) * d
    yield Mistake(
        "no-output-projection",
        msg("{value:,} counts three projections. The output has one too.", value=three),
        three,
    )
    if g == 3:  # of an LSTM these are the values of others
        yield Mistake(
            "weighted-sum-forgotten",
            msg(
                "{value:,} counts the scores but not the weighted sum, a product of the same size.",
                value=2 * d,
            ),
            2 * d,
        )
        yield Mistake(
            "candidate-forgotten",
            msg(
                "{value:,} counts the gates only. The candidate is a block too: {blocks} in all.",
                value=0,
                blocks=g,
            ),
            0,
        )
    else:
        yield Mistake(
            "input-forgotten",
            msg(
                "{value:,} counts the recurrent products only. The input is multiplied too.",
                value=0,
            ),
            0,
        )


def _of_orders(d: int) -> Iterator[Mistake]:
    yield Mistake(
        "width-of-scores-forgotten",
        msg(
            r"{value:,} takes $N^2$ operations for the scores. Each score is a product of two"
            r" vectors: $N^2 d$.",
            value=d * d,
        ),
        d * d,
    )
    yield Mistake(
        "matrix-as-vector",
        msg(
            r"{value:,} takes $N d$ operations for a recurrent layer. At each step it multiplies"
            r" the state with a $d \times d$ matrix: $N d^2$.",
            value=1,
        ),
        1,
    )
    yield Mistake(
        "block-instead",
        msg(
            "{value:,} is where the scores overtake everything else in a Transformer block, not"
            " a recurrent layer.",
            value=6 * d,
        ),
        6 * d,
    )
