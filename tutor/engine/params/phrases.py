"""Sentences that every kind of layer shares."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.worked import Mistake
from tutor.text.message import Message, msg, msgs
from tutor.text.template import Markdown


def closing_lines(formula: str, substituted: str, total: int) -> Iterator[Message]:
    """Yield the last lines of every count: in symbols, in numbers, in total."""
    yield msg(r"In symbols: $\val{formula}$.", formula=Markdown(formula))
    yield msg(r"In numbers: $\val{sum}$.", sum=Markdown(substituted))
    yield msg("Parameters in total: {total:,}.", total=total)


def times_steps(total: int, steps: int) -> Mistake:
    """Return the mistake of counting the parameters anew for every step."""
    return Mistake(
        "times-steps",
        msg(
            r"{value:,} counts the parameters once for each of {steps:,} steps:"
            r" $\val{steps:,} \cdot \val{total:,}$. The same weights serve every step.",
            value=steps * total,
            steps=steps,
            total=total,
        ),
        steps * total,
    )


def times_batch(total: int, batch: int) -> Mistake:
    """Return the mistake of counting the parameters anew for every example."""
    return Mistake(
        "times-batch",
        msg(
            r"{value:,} counts the parameters once for each of {batch:,} examples:"
            r" $\val{batch:,} \cdot \val{total:,}$. The same weights serve the whole batch.",
            value=batch * total,
            batch=batch,
            total=total,
        ),
        batch * total,
    )


def scores_counted(total: int, steps: int) -> Mistake:
    """Return the mistake of counting the attention scores as parameters."""
    return Mistake(
        "scores-counted",
        msg(
            r"{value:,} counts the scores as well: $\val{total:,} + \val{steps:,}^2$."
            " They are computed from the sequence: values, not parameters.",
            value=total + steps**2,
            total=total,
            steps=steps,
        ),
        total + steps**2,
    )


def layers_line(layers: int, each: int) -> Message:
    """Return the line on layers that are built alike and have parameters of their own."""
    return msgs(
        r"There is {n:,} such layer: $\val{n:,} \cdot \val{each:,} = \val{count:,}$.",
        r"There are {n:,} such layers, each with parameters of its own:"
        r" $\val{n:,} \cdot \val{each:,} = \val{count:,}$.",
        layers,
        each=each,
        count=layers * each,
    )
