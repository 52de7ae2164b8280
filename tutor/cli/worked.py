"""A worked answer in plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.cli.output import lines
from tutor.engine import Term, Worked
from tutor.grading.numbers import write
from tutor.text.arrays import array_rows
from tutor.text.maths import inline, parse
from tutor.text.message import msg
from tutor.text.speaker import Speaker
from tutor.text.template import escape
from tutor.text.width import cells
from tutor.text.words import Words


def worked_lines(worked: Worked, speaker: Speaker) -> Iterator[str]:
    """Give the terms as a table, arrays below it, and the solution line by line."""
    yield from _table(worked, speaker)
    for term in worked.terms:
        if isinstance(term.value, tuple):
            head = (_label(term, speaker), drawn(term.symbol), shape_text(term))
            yield f"  {'   '.join(head)}"
            yield from (f"    {row}".rstrip() for row in array_rows(term.value))
    for step in worked.steps:
        for line in lines(step.text, speaker):
            yield "  " + line


def _table(worked: Worked, speaker: Speaker) -> Iterator[str]:
    """Give the terms that are numbers, and the total."""
    rows = [_row(term, speaker) for term in worked.terms if not isinstance(term.value, tuple)]
    if not isinstance(worked.total, tuple):
        rows.append((_one_line(speaker, msg("total")), "", "", write(worked.total)))
    widths = [max((cells(row[column]) for row in rows), default=0) for column in range(4)]
    for label, symbol, shape, value in rows:
        parts = [
            _left(label, widths[0]),
            _left(symbol, widths[1]),
            _left(shape, widths[2]),
            " " * (widths[3] - cells(value)) + value,
        ]
        yield "  " + "  ".join(parts)


def drawn(tex: str) -> str:
    """Return TeX as one line of Unicode."""
    return inline(parse(tex))


def shape_text(term: Term) -> str:
    """Return a tensor's shape such as `96 × 10`, or `12 · 96 × 10` of twelve, or nothing."""
    if not term.shape:
        return ""
    times = f"{term.times:,} · " if term.times > 1 else ""
    return times + " × ".join(f"{size:,}" for size in term.shape)


def _row(term: Term, speaker: Speaker) -> tuple[str, str, str, str]:
    value = "" if isinstance(term.value, tuple) else write(term.value)
    return (_label(term, speaker), drawn(term.symbol), shape_text(term), value)


def _label(term: Term, speaker: Speaker) -> str:
    return _one_line(speaker, escape(term.label) if isinstance(term.label, str) else term.label)


def _one_line(speaker: Speaker, words: Words) -> str:
    return " ".join(lines(words, speaker))


def _left(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
