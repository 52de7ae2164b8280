"""A worked answer: its terms as a table, its solution line by line, other conventions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from tutor.engine.worked import Term, Value, Variant, Worked
from tutor.text.arrays import array_rows
from tutor.text.message import msg
from tutor.text.template import labelled
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.typeset import MUTED, hanging, padded, typeset

_LONGEST_BAR = 16
_SHORTEST_BAR = 5
_NARROWEST_WHY = 20  # cells beside a count; else the reason goes below it
_GAP = Content("   ")


class WorkedView(Lines):
    """Shows a worked answer."""

    def show(self, worked: Worked, voice: Voice) -> None:
        """Show an answer."""
        self.set_lines(partial(worked_lines, worked, voice))

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def worked_lines(worked: Worked, voice: Voice, width: int) -> list[Content]:
    """Return a worked answer as lines of at most `width` cells."""
    groups = [
        terms_lines(worked, voice, width),
        array_lines(worked, voice, width),
        [
            line
            for number, step in enumerate(worked.steps, 1)
            for line in hanging(
                Content.styled(f"{number}  ", MUTED), typeset(voice.document(step.text), width - 3)
            )
        ],
        variants_lines(worked.variants, voice, width),
    ]
    lines: list[Content] = []
    for group in groups:
        if lines and group:
            lines.append(Content())
        lines += group
    return lines


def written(value: Value) -> str:
    """Write a number of a table: grouped, floats to six digits, with a true minus.

    An array has rows of its own below the table.
    """
    if isinstance(value, tuple):
        return ""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"
    return text.replace("-", "−")


def terms_lines(worked: Worked, voice: Voice, width: int) -> list[Content]:
    """Return the terms that are numbers as a table; shares as bars, if they sum to the total."""
    numbers = [term for term in worked.terms if not isinstance(term.value, tuple)]
    if not numbers:
        return []
    values = [written(term.value) for term in numbers]
    total = voice.say(msg("total"), MUTED)
    columns = [
        [_label(term.label, voice) for term in numbers],
        [_drawn(term.symbol, voice) for term in numbers],
        [_drawn(_shape(term) or term.substituted, voice) for term in numbers],
    ]
    whole = worked.is_sum
    number_width = max(map(cells, [*values, written(worked.total) if whole else ""]))
    columns, room = _fitting(columns, width - number_width)
    bars = _bars(worked, room) if whole else []
    widths = [max(cells(cell.plain) for cell in column) for column in columns]
    lines = []
    for index, value in enumerate(values):
        cells_ = (padded(column[index], wide) for column, wide in zip(columns, widths, strict=True))
        line = _GAP.join(cells_) + _GAP + padded(Content(value), number_width, right=True)
        lines.append(line + Content("  ") + bars[index] if bars else line)
    if whole:
        left = sum(widths) + len(_GAP.plain) * len(widths)
        label = padded(total, left - 1, right=True) + Content(" ")
        sum_ = padded(Content.styled(written(worked.total), "bold"), number_width, right=True)
        line = label + sum_
        unit = _unit(worked, voice)
        fits = cells(line.plain) + cells(unit.plain) <= width
        lines.append(line + unit if fits else line)
    return lines


def array_lines(worked: Worked, voice: Voice, width: int) -> list[Content]:
    """Return each term that is an array, under its label, symbol and shape."""
    lines: list[Content] = []
    for term in worked.terms:
        if isinstance(term.value, tuple):
            shape = voice.maths(r" \times ".join(f"{size:,}" for size in term.shape or ()))
            head = (
                _label(term.label, voice),
                _drawn(term.symbol, voice),
                Content.styled(shape, MUTED),
            )
            lines.append(_GAP.join(head).truncate(width))
            lines += [Content(f"  {row}").truncate(width) for row in array_rows(term.value)]
    return lines


def variants_lines(variants: Sequence[Variant], voice: Voice, width: int) -> list[Content]:
    """Return the answer under each convention, with what makes it differ."""
    if len({variant.total for variant in variants}) < 2:
        return []
    alike: dict[tuple[int, str], list[Variant]] = {}  # same count for the same reason: one row
    for variant in variants:
        alike.setdefault((variant.total, voice.text(variant.why)), []).append(variant)
    labels = [
        Content(", ").join([voice.say(variant.label) for variant in group])
        for group in alike.values()
    ]
    totals = [written(total) for total, _ in alike]
    label_width = max(cells(label.plain) for label in labels)
    total_width = max(map(cells, totals))
    lines = [voice.say(msg("Conventions"), "bold")]
    for (variant, *_), label, total in zip(alike.values(), labels, totals, strict=True):
        head = padded(label, label_width) + Content("  ")
        head += padded(Content(total), total_width, right=True) + Content("  ")
        used = cells(head.plain)
        if width - used < _NARROWEST_WHY:
            why = typeset(voice.document(variant.why), width - 2, MUTED)
            lines += [head, *(Content("  ") + line for line in why)]
        else:
            lines += hanging(head, typeset(voice.document(variant.why), width - used, MUTED))
    return lines


def _bars(worked: Worked, room: int) -> list[Content]:
    longest = min(_LONGEST_BAR, room - 2)
    counts = [term.count for term in worked.terms]
    top = max(counts)
    if longest < _SHORTEST_BAR or top <= 0:
        return []
    return [line_bar(count / top, longest) for count in counts]


def line_bar(share: float, width: int) -> Content:
    """Return a bar of at most `width` cells, to half a cell; a stub for the smallest share."""
    halves = max(1, round(share * width * 2)) if share > 0 else 0
    return Content.styled("━" * (halves // 2) + "╸" * (halves % 2), "$act")


def _fitting(columns: list[list[Content]], room: int) -> tuple[list[list[Content]], int]:
    """Return the columns that fit, and the room they leave; shapes go first, then symbols."""
    kept = list(columns)
    while True:
        used = sum(max(cells(cell.plain) for cell in column) + 3 for column in kept)
        if used <= room or len(kept) == 1:
            return kept, room - used
        kept.pop()


def _label(label: Words, voice: Voice) -> Content:
    return voice.say(labelled(label))


def _unit(worked: Worked, voice: Voice) -> Content:
    if worked.unit is None:
        return Content()
    unit = voice.say(worked.unit, MUTED)
    return unit if "가" <= unit.plain[:1] <= "힣" else Content(" ") + unit  # 3,456개


def _drawn(tex: str, voice: Voice) -> Content:
    return Content(voice.maths(tex))


def _shape(term: Term) -> str:
    if not term.shape:
        return ""
    times = rf"{term.times:,} \cdot " if term.times > 1 else ""
    return times + r" \times ".join(f"{size:,}" for size in term.shape)
