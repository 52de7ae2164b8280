"""The solution of a recurrent count, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.params.layer import Layer
from tutor.engine.params.phrases import closing_lines
from tutor.engine.params.stack import Stack
from tutor.text.message import Message, msg


def recurrent_lines(layer: Layer) -> Iterator[Message]:
    """Yield the lines: sums, what each takes, further layers, and the total."""
    stack = layer.stack
    yield _rows(layer)
    if stack.own_biases:
        yield from _own_biases(stack)
    else:
        yield _each_row(stack)
    if stack.peepholes:
        yield msg(
            "Peepholes: each of the three gates also has a weight for every value of the cell"
            r" state, $3h = 3 \cdot \val{h:,} = \val{count:,}$ weights.",
            h=stack.h,
            count=stack.peepholes * stack.h,
        )
    if stack.p:
        yield msg(
            r"The projection to size $p = \val{p:,}$ adds"
            r" $p \cdot h = \val{p:,} \cdot \val{h:,} = \val{count:,}$ weights.",
            p=stack.p,
            h=stack.h,
            count=stack.p * stack.h,
        )
    first = stack.layer_total(stack.d)
    if stack.directions == 2 and stack.layers == 1:
        yield msg(
            "The backward direction has parameters of its own:"
            r" $2 \cdot \val{one:,} = \val{both:,}$.",
            one=first,
            both=2 * first,
        )
    elif stack.directions == 2:
        yield msg(
            "In the first layer the backward direction has parameters of its own:"
            r" $2 \cdot \val{one:,} = \val{both:,}$.",
            one=first,
            both=2 * first,
        )
    elif stack.layers > 1:
        yield msg(r"The first layer has $\val{count:,}$ parameters.", count=first)
    if stack.layers > 1:
        yield _later_layers(stack)
    yield from closing_lines(stack.formula, stack.substituted, stack.total)


def _rows(layer: Layer) -> Message:
    h, rows = layer.stack.h, layer.stack.rows
    match layer.cell:
        case "rnn":
            return msg(r"One block, with a row for every hidden unit: $h = \val{h:,}$ rows.", h=h)
        case "gru":
            return msg(
                "Two gates and a candidate make three blocks, each with a row for"
                r" every hidden unit: $3h = 3 \cdot \val{h:,} = \val{rows:,}$ rows.",
                h=h,
                rows=rows,
            )
        case "lstm":
            return msg(
                "Three gates and a candidate make four blocks, each with a row for"
                r" every hidden unit: $4h = 4 \cdot \val{h:,} = \val{rows:,}$ rows.",
                h=h,
                rows=rows,
            )


def _own_biases(stack: Stack) -> Iterator[Message]:
    d, h = stack.d, stack.h
    yield msg(
        r"Each row takes $d + h = \val{d:,} + \val{h:,} = \val{width:,}$"
        " weights: one for every input and one for every hidden unit.",
        d=d,
        h=h,
        width=d + h,
    )
    yield msg(
        "The two gates have one bias for each row, the candidate two, of which the reset gate"
        r" scales one: $4h = 4 \cdot \val{h:,} = \val{count:,}$ biases.",
        h=h,
        count=stack.bias_vectors * h,
    )


def _each_row(stack: Stack) -> Message:
    d, h, p = stack.d, stack.h, stack.p
    width = d + stack.state + stack.biases
    match (stack.biases, bool(p)):
        case (0, False):
            return msg(
                r"Each row takes $d + h = \val{d:,} + \val{h:,} = \val{width:,}$"
                " parameters: a weight for every input and every hidden unit, and no bias.",
                d=d,
                h=h,
                width=width,
            )
        case (1, False):
            return msg(
                r"Each row takes $d + h + 1 = \val{d:,} + \val{h:,} + 1 = \val{width:,}$"
                " parameters: a weight for every input and every hidden unit, and one bias.",
                d=d,
                h=h,
                width=width,
            )
        case (_, False):
            return msg(
                r"Each row takes $d + h + 2 = \val{d:,} + \val{h:,} + 2 = \val{width:,}$"
                " parameters: a weight for every input and every hidden unit, and two biases.",
                d=d,
                h=h,
                width=width,
            )
        case (0, True):
            return msg(
                r"Each row takes $d + p = \val{d:,} + \val{p:,} = \val{width:,}$"
                " parameters: a weight for every input and every projected value, and no bias.",
                d=d,
                p=p,
                width=width,
            )
        case (1, True):
            return msg(
                r"Each row takes $d + p + 1 = \val{d:,} + \val{p:,} + 1 = \val{width:,}$"
                " parameters: a weight for every input and every projected value, and one bias.",
                d=d,
                p=p,
                width=width,
            )
        case _:
            return msg(
                r"Each row takes $d + p + 2 = \val{d:,} + \val{p:,} + 2 = \val{width:,}$"
                " parameters: a weight for every input and every projected value, and two biases.",
                d=d,
                p=p,
                width=width,
            )


def _later_layers(stack: Stack) -> Message:
    above = stack.above
    count = stack.layer_total(above)
    if stack.directions == 2:
        return msg(
            r"Each later layer reads both directions of the one below, of size $\val{above:,}$:"
            r" $2 \cdot \val{one:,} = \val{both:,}$.",
            above=above,
            one=count,
            both=2 * count,
        )
    return msg(
        r"Each later layer reads the one below, of size $\val{above:,}$:"
        r" $\val{count:,}$ parameters.",
        above=above,
        count=count,
    )
