"""One step of an LSTM with one unit, its gates given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Literal

from tutor.engine.arguments import Arguments, Real
from tutor.engine.notation import factor, real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.shared import activation_worked
from tutor.engine.worked_cells.openness import Bounded, Gate
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

CELL = r"f \cdot c_{t-1} + i \cdot g"
HIDDEN = r"o \cdot \tanh(c_t)"


class LstmStep(Arguments):
    """Gates, candidate and cell state of one unit, and which new state is asked for."""

    f: Gate
    c: Real
    i: Gate
    g: Bounded
    o: Gate = 1.0
    asked: Literal["c", "h"] = "h"


@register("lstm_step", LstmStep)
def lstm_step(args: LstmStep) -> Worked:
    """Compute c_t = f·c_{t−1} + i·g, or h_t = o·tanh(c_t) (Gers et al. 2000).

    `c` is the cell state before the step; the terms `c` and `h` are the states after it.
    """
    f, c, i, g, o = (real(value) for value in (args.f, args.c, args.i, args.g, args.o))
    cell = real(f * c + i * g)
    hidden = real(o * math.tanh(cell))
    terms = (
        Term("c", "$c_t$", CELL, _sum(f, c, i, g), cell),
        Term("h", "$h_t$", HIDDEN, rf"{factor(o)} \cdot \tanh({tex(cell)})", hidden),
    )
    if args.asked == "c":
        answer, lines, mistakes = terms[0], _cell_lines(terms), _cell_mistakes(args)
    else:
        answer, lines, mistakes = terms[1], _hidden_lines(terms), _hidden_mistakes(args, cell)
    return activation_worked("lstm_step", answer, terms, lines, mistakes)


def _sum(f: float, c: float, i: float, g: float) -> str:
    return rf"{factor(f)} \cdot {factor(c)} + {factor(i)} \cdot {factor(g)}"


def _cell_lines(terms: tuple[Term, ...]) -> Iterator[Message]:
    yield msg(
        "The forget gate keeps a part of the cell state, the input gate lets in a part of the"
        r" candidate: $c_t = f \cdot c_{t-1} + i \cdot g$."
    )
    yield msg(
        r"Here $c_t = \val{sum} = \val{value:.4g}$.",
        sum=Markdown(terms[0].substituted),
        value=terms[0].value,
    )


def _hidden_lines(terms: tuple[Term, ...]) -> Iterator[Message]:
    yield from _cell_lines(terms)
    yield msg(
        "The output gate shows a part of the squashed cell state:"
        r" $h_t = o \cdot \tanh(c_t) = \val{product} = \val{value:.4g}$.",
        product=Markdown(terms[1].substituted),
        value=terms[1].value,
    )


def _cells(args: LstmStep) -> Iterator[tuple[str, str, float]]:
    """Yield the wrong cell states, the likeliest first: what they are called, and are."""
    f, c, i, g = args.f, args.c, args.i, args.g
    yield "gates-swapped", r"i \cdot c_{t-1} + f \cdot g", i * c + f * g
    yield "forget-gate-forgotten", r"c_{t-1} + i \cdot g", c + i * g
    yield "forget-gate-inverted", r"(1 - f) \cdot c_{t-1} + i \cdot g", (1 - f) * c + i * g
    yield "input-gate-forgotten", r"f \cdot c_{t-1} + g", f * c + g
    yield "candidate-subtracted", r"f \cdot c_{t-1} - i \cdot g", f * c - i * g
    yield "gates-forgotten", "c_{t-1} + g", c + g
    yield "old-state-forgotten", r"i \cdot g", i * g
    yield "candidate-forgotten", r"f \cdot c_{t-1}", f * c


def _cell_mistakes(args: LstmStep) -> Iterator[Mistake]:
    for kind, _, value in _cells(args):
        yield Mistake(kind, _CELL_MESSAGES[kind](real(value)), real(value))
    hidden = real(args.o * math.tanh(args.f * args.c + args.i * args.g))
    yield Mistake(
        "other-state",
        msg(
            r"$\val{value:.4g}$ is $h_t = o \cdot \tanh(c_t)$. The question is the cell state"
            " before the output gate.",
            value=hidden,
        ),
        hidden,
    )


_CELL_MESSAGES: dict[str, Callable[[float], Message]] = {
    "gates-swapped": lambda value: msg(
        r"$\val{value:.4g}$ is $i \cdot c_{t-1} + f \cdot g$, with the gates swapped."
        " The forget gate belongs to the old cell state.",
        value=value,
    ),
    "forget-gate-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ keeps the old cell state whole: $c_{t-1} + i \cdot g$."
        " The forget gate multiplies it.",
        value=value,
    ),
    "forget-gate-inverted": lambda value: msg(
        r"$\val{value:.4g}$ keeps $1 - f$ of the old cell state."
        " The forget gate says what is kept: 1 keeps all.",
        value=value,
    ),
    "input-gate-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ adds the candidate whole: $f \cdot c_{t-1} + g$."
        " The input gate multiplies it.",
        value=value,
    ),
    "candidate-subtracted": lambda value: msg(
        r"$\val{value:.4g}$ subtracts the new part: $f \cdot c_{t-1} - i \cdot g$."
        " It is added, and has the sign of the candidate.",
        value=value,
    ),
    "gates-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ is $c_{t-1} + g$, without gates. Each of the two is"
        " multiplied by its gate first.",
        value=value,
    ),
    "old-state-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ is only what is new, $i \cdot g$. What the forget gate"
        " keeps of the old cell state is added.",
        value=value,
    ),
    "candidate-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ is only what is kept, $f \cdot c_{t-1}$. What the input"
        " gate lets in is added.",
        value=value,
    ),
}


def _hidden_mistakes(args: LstmStep, cell: float) -> Iterator[Mistake]:
    o = args.o
    yield Mistake(
        "tanh-forgotten",
        msg(
            r"$\val{value:.4g}$ is $o \cdot c_t$. The cell state passes through tanh before"
            " the output gate.",
            value=real(o * cell),
        ),
        real(o * cell),
    )
    squashed = o / (1 + math.exp(-max(cell, -700.0)))
    yield Mistake(
        "as-sigmoid",
        msg(
            r"$\val{value:.4g}$ is $o \cdot \sigma(c_t)$. Gates are sigmoids; the cell state is"
            " squashed by tanh.",
            value=squashed,
        ),
        squashed,
    )
    whole = real(math.tanh(cell))
    yield Mistake(
        "output-gate-forgotten",
        msg(
            r"$\val{value:.4g}$ is $\tanh(c_t)$. The output gate multiplies it.",
            value=whole,
        ),
        whole,
    )
    old = real(o * math.tanh(args.c))
    yield Mistake(
        "old-cell-state",
        msg(
            r"$\val{value:.4g}$ is $o \cdot \tanh(c_{t-1})$. The cell state is updated first;"
            " the output gate shows the new one.",
            value=old,
        ),
        old,
    )
    yield Mistake(
        "other-state",
        msg(
            r"$\val{value:.4g}$ is the cell state $c_t$. The question is"
            r" $h_t = o \cdot \tanh(c_t)$.",
            value=cell,
        ),
        cell,
    )
    for kind, expression, wrong in _cells(args):
        value = real(o * math.tanh(wrong))
        yield Mistake(
            kind,
            msg(
                r"$\val{value:.4g}$ comes from $c_t = \val{expression} = \val{wrong:.4g}$. The cell"
                r" state is $c_t = f \cdot c_{t-1} + i \cdot g = \val{cell:.4g}$.",
                value=value,
                expression=Markdown(expression),
                wrong=real(wrong),
                cell=cell,
            ),
            value,
        )
