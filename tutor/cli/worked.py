"""A worked answer in plain lines, and as data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tutor.cli.output import full_width, lines
from tutor.engine import Term, Worked
from tutor.engine.worked import Value
from tutor.grading.numbers import write
from tutor.text.arrays import array_rows
from tutor.text.message import msg
from tutor.text.speaker import Speaker
from tutor.text.template import labelled
from tutor.text.width import cells, pad
from tutor.text.words import Words


def worked_lines(worked: Worked, speaker: Speaker) -> Iterator[str]:
    """Give the terms as a table, arrays below it, and the solution line by line."""
    yield from _table(worked, speaker)
    for term in worked.terms:
        if isinstance(term.value, tuple):
            head = (_label(term, speaker), speaker.maths(term.symbol), shape_text(term, speaker))
            yield f"  {'   '.join(head)}"
            yield from (f"    {row}".rstrip() for row in array_rows(term.value))
    for step in worked.steps:
        for line in lines(step.text, speaker):
            yield "  " + line


def _table(worked: Worked, speaker: Speaker) -> Iterator[str]:
    """Give the terms that are numbers, and the total."""
    rows = [_row(term, speaker) for term in worked.terms if not isinstance(term.value, tuple)]
    if not isinstance(worked.total, tuple):
        name = msg("total") if worked.is_sum else msg("the answer")
        rows.append((_one_line(speaker, name), "", "", value_text(worked.total)))
    widths = [max((cells(row[column]) for row in rows), default=0) for column in range(4)]
    shown = fitting(widths, (1, 2))
    for row in rows:
        parts = [pad(row[at], widths[at], "right" if at == 3 else "left") for at in shown]
        yield "  " + "  ".join(parts)


def fitting(widths: Sequence[int], dispensable: Sequence[int]) -> list[int]:
    """Return the columns of a table that fit the terminal.

    Args:
        widths: the cells that each column takes.
        dispensable: columns that may be left out, the first to go first.
    """
    shown = list(range(len(widths)))
    for column in dispensable:
        if sum(widths[at] + 2 for at in shown) <= full_width():
            break
        shown.remove(column)
    return shown


def worked_data(
    worked: Worked, arguments: Mapping[str, object], speaker: Speaker
) -> dict[str, Any]:
    """Return a worked answer as data for JSON; formulas are TeX, sentences plain text.

    Arrays are lists; an infinity, of which JSON knows none, is the text `"Infinity"`.
    """
    return {
        "name": worked.name,
        "arguments": dict(arguments),
        "total": number_data(worked.total),
        "unit": None if worked.unit is None else data_line(worked.unit, speaker),
        "formula": worked.formula,
        "substituted": worked.substituted,
        "terms": [
            {
                "id": term.id,
                "label": data_line(labelled(term.label), speaker),
                "symbol": term.symbol,
                "substituted": term.substituted,
                "value": number_data(term.value),
                "shape": None if term.shape is None else list(term.shape),
                "times": term.times,
            }
            for term in worked.terms
        ],
        "steps": [data_line(step.text, speaker) for step in worked.steps],
        "mistakes": [
            {
                "id": mistake.id,
                "message": data_line(mistake.message, speaker),
                "value": number_data(mistake.value),
            }
            for mistake in worked.mistakes
        ],
        "variants": [
            {
                "convention": variant.convention,
                "label": data_line(variant.label, speaker),
                "total": variant.total,
                "why": data_line(variant.why, speaker),
            }
            for variant in worked.variants
        ],
    }


def number_data(value: Value) -> object:
    """Return a number or an array as JSON can hold it."""
    if isinstance(value, tuple):
        return [number_data(item) for item in value]
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def data_line(words: Words, speaker: Speaker) -> str:
    """Return words as one line of plain text, as data for JSON hold them."""
    return " ".join(lines(words, speaker, 100_000))


def value_text(value: int | float) -> str:
    """Write a value; a count in full, however long it is."""
    return f"{value:,}" if isinstance(value, int) else write(value)


def shape_text(term: Term, speaker: Speaker) -> str:
    """Return a tensor's shape such as `96 × 10`, or `12 · 96 × 10` of twelve, or nothing."""
    if not term.shape:
        return ""
    times = rf"{term.times:,} \cdot " if term.times > 1 else ""
    return speaker.maths(times + r" \times ".join(f"{size:,}" for size in term.shape))


def _row(term: Term, speaker: Speaker) -> tuple[str, str, str, str]:
    value = "" if isinstance(term.value, tuple) else value_text(term.value)
    return (_label(term, speaker), speaker.maths(term.symbol), shape_text(term, speaker), value)


def _label(term: Term, speaker: Speaker) -> str:
    return _one_line(speaker, labelled(term.label))


def _one_line(speaker: Speaker, words: Words) -> str:
    return " ".join(lines(words, speaker))
