"""The table of a trace as it was judged, set in plain cells for screens and text alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.grading.trace import Mark
from tutor.kinds.posed import Part
from tutor.kinds.trace import PosedTrace
from tutor.text.message import Message, msg
from tutor.text.width import cells, pad, truncate
from tutor.text.words import Words

SIGNS = {Mark.RIGHT: "✓", Mark.FOLLOWS: "↳", Mark.WRONG: "✗"}
GAP = "  "
_ARROW = " → "
_ASCII = str.maketrans("✓↳✗→≈", "v+x>~")
_SIGN = 2  # cells of a sign and the space after it
_SHORTEST_LABEL = 6

Segment = tuple[str, Mark | None]  # a text, and the mark it is coloured by


@dataclass(frozen=True, slots=True)
class _Judged:
    """A cell: its mark, what stands in it, and the right value if that is another."""

    mark: Mark | None
    text: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Widths in cells: of the labels, and by column.

    A column has room before its signs where its head is wide, then what was typed, then what
    is after it.
    """

    label: int
    before: list[int]
    typed: list[int]
    after: list[int]
    stacked: bool

    @property
    def total(self) -> int:
        """The width of a line."""
        frame = (len(GAP) + _SIGN) * len(self.typed)
        return self.label + frame + sum((*self.before, *self.typed, *self.after))


def judged_lines(
    posed: PosedTrace,
    parts: Sequence[Part],
    labels: Sequence[str],
    heads: Sequence[str],
    width: int,
    *,
    ascii: bool = False,  # noqa: A002 - the word for it everywhere
) -> list[list[Segment]]:
    """Return the table line by line: sign and typed value, and the right one where they differ.

    Where a line would be wider than `width`, right values stand under the typed ones. The signs
    of ASCII take one cell each as well.
    """
    rows = _judged(posed, parts)
    sizes = _sizes(rows, labels, heads, width)
    lines = [_head(heads, sizes)] if heads else []
    for label, row in zip(labels, rows, strict=True):
        lines.append(_line(label, row, sizes))
        if sizes.stacked and any(cell.right for cell in row):
            lines.append(_below(row, sizes))
    if ascii:
        return [[(text.translate(_ASCII), mark) for text, mark in line] for line in lines]
    return lines


def _sizes(
    rows: list[list[_Judged]], labels: Sequence[str], heads: Sequence[str], width: int
) -> _Sizes:
    columns = [
        [row[n] for row in rows if n < len(row)] for n in range(max(len(row) for row in rows))
    ]
    typed = [max(len(cell.text) for cell in column) for column in columns]
    right = [max(len(cell.right) for cell in column) for column in columns]
    label = max(map(cells, labels))
    after = [len(_ARROW) + r if r else 0 for r in right]
    beside = _Sizes(label, _room_for(heads, typed), typed, after, stacked=False)
    if beside.total <= width:
        return beside
    typed = [max(t, r) for t, r in zip(typed, right, strict=True)]
    none = [0] * len(typed)
    stacked = _Sizes(label, _room_for(heads, typed), typed, none, stacked=True)
    if stacked.total > width:
        stacked = replace(stacked, before=none)
    shortest = min(label, _SHORTEST_LABEL)
    return replace(stacked, label=max(shortest, label - max(0, stacked.total - width)))


def _room_for(heads: Sequence[str], typed: Sequence[int]) -> list[int]:
    wide = [cells(head) - _SIGN for head in heads] or [0] * len(typed)
    return [max(0, head - number) for head, number in zip(wide, typed, strict=True)]


def _judged(posed: PosedTrace, parts: Sequence[Part]) -> list[list[_Judged]]:
    remaining = iter(parts)
    rows: list[list[_Judged]] = []
    for row in posed.rows:
        rows.append([])
        for cell in row.cells:
            if cell.given:
                rows[-1].append(_Judged(None, cell.shown))
                continue
            part = next(remaining)
            mark = Mark.WRONG
            if part.right:
                mark = Mark.RIGHT if part.note is None else Mark.FOLLOWS
            typed = str(part.label).replace("\\", "")  # a number, escaped for markdown-lite
            rows[-1].append(_Judged(mark, typed, "" if mark is Mark.RIGHT else cell.shown))
    return rows


def _head(heads: Sequence[str], sizes: _Sizes) -> list[Segment]:
    line = " " * sizes.label
    for head, before, typed, after in zip(
        heads, sizes.before, sizes.typed, sizes.after, strict=True
    ):
        room = before + _SIGN + typed
        line += GAP + pad(truncate(head, room), room, "right") + " " * after
    return [(line, None)]


def _line(label: str, row: list[_Judged], sizes: _Sizes) -> list[Segment]:
    line: list[Segment] = [(pad(truncate(label, sizes.label), sizes.label), None)]
    for cell, before, typed, after in zip(
        row, sizes.before, sizes.typed, sizes.after, strict=False
    ):
        sign = SIGNS[cell.mark] if cell.mark is not None else " "
        line += [(GAP + " " * before, None), (f"{sign} {cell.text:>{typed}}", cell.mark)]
        answer = _ARROW + pad(cell.right, after - len(_ARROW), "right") if cell.right else ""
        line.append((pad(answer, after) if after else "", None))
    return line


def _below(row: list[_Judged], sizes: _Sizes) -> list[Segment]:
    line: list[Segment] = [(" " * sizes.label, None)]
    for cell, before, typed in zip(row, sizes.before, sizes.typed, strict=False):
        text = f"→ {cell.right:>{typed}}" if cell.right else " " * (_SIGN + typed)
        line.append((GAP + " " * before + text, None))
    return line


def slip_notes(posed: PosedTrace, parts: Sequence[Part]) -> list[Message]:
    """Return what there is to say about the cells that follow from earlier slips."""
    cells_of: dict[str, list[str]] = {}
    notes: dict[str, Words] = {}
    for cell, part in zip(posed.asked, parts, strict=True):
        if part.right and part.note is not None:
            cells_of.setdefault(str(part.note), []).append(cell.name)
            notes[str(part.note)] = part.note
    return [
        msg("↳ {cells}: {note}", cells=", ".join(names), note=notes[said])
        for said, names in cells_of.items()
    ]
