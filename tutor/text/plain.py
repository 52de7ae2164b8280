"""A document as plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from tutor.text import maths
from tutor.text.ascii_document import in_ascii
from tutor.text.document import (
    Block,
    Code,
    Document,
    Heading,
    ListBlock,
    MathsBlock,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
)
from tutor.text.width import cells, pad, wrap

_MIN_WIDTH = 8  # of text inside lists and quotes; deeper ones overflow rather than vanish
_INDENT = 4  # of maths and code
_COLUMN_GAP = 3
_MIN_COLUMN = 6
_COLON = (Span(": "),)


def render(document: Document, width: int, *, ascii: bool = False) -> list[str]:  # noqa: A002 - the word for what it is
    """Return the document as lines of at most `width` cells, without markup.

    Only code, and a single term of maths wider than the width, may be wider.

    Args:
        document: what to show.
        width: cells per line; less than 8 counts as 8.
        ascii: draw maths and ornaments with ASCII signs; words stay as they are.
    """
    shown = in_ascii(document) if ascii else document
    return _Renderer(ascii_only=ascii).blocks(shown.blocks, max(width, _MIN_WIDTH))


class _Renderer:
    """Draws blocks as lines."""

    def __init__(self, *, ascii_only: bool) -> None:
        self.ascii = ascii_only
        self.rule = "-" if ascii_only else "─"

    def blocks(self, blocks: Sequence[Block], width: int) -> list[str]:
        lines: list[str] = []
        for index, block in enumerate(blocks):
            if index:
                lines.append("")
            lines.extend(self.block(block, width))
        return lines

    def block(self, block: Block, width: int) -> list[str]:  # noqa: PLR0911 - one return for each kind of block
        match block:
            case Paragraph():
                return self.text(block.spans, width)
            case Heading():
                return self.heading(block, width)
            case ListBlock():
                return self.listing(block, width)
            case Code():
                lines = block.text.split("\n")
                return _indented(lines, " " * min(_INDENT, width // 8))
            case MathsBlock():
                return self.maths(block, width)
            case Quote():
                bar = "| " if self.ascii else "│ "
                inner = self.blocks(block.blocks, max(_MIN_WIDTH, width - 2))
                return [(bar + line).rstrip() for line in inner]
            case Table():
                return self.table(block, width)
            case _:
                assert_never(block)

    def text(self, spans: Spans, width: int) -> list[str]:
        return ["".join(span.text for span in line) for line in wrap(spans, width)]

    def heading(self, heading: Heading, width: int) -> list[str]:
        lines = self.text(heading.spans, width)
        if heading.level == 1 and lines:
            lines.append(self.rule * max(map(cells, lines)))
        return lines

    def listing(self, block: ListBlock, width: int) -> list[str]:
        bullet = "-" if self.ascii else "•"
        marks = [f"{n}." if block.ordered else bullet for n in range(1, len(block.items) + 1)]
        hang = max(map(cells, marks)) + 1
        loose = any(not _is_tight(item) for item in block.items)
        lines: list[str] = []
        for mark, item in zip(marks, block.items, strict=True):
            if loose and lines:
                lines.append("")
            inner = self.item(item, max(_MIN_WIDTH, width - hang)) or [""]
            first = f"{pad(mark, hang - 1, 'right')} {inner[0]}".rstrip()
            lines += [first, *_indented(inner[1:], " " * hang)]
        return lines

    def item(self, blocks: Sequence[Block], width: int) -> list[str]:
        """Draw an item; a list directly under its text stands close to it."""
        lines: list[str] = []
        for index, block in enumerate(blocks):
            if index and not (isinstance(block, ListBlock) and index == 1):
                lines.append("")
            lines.extend(self.block(block, width))
        return lines

    def maths(self, block: MathsBlock, width: int) -> list[str]:
        indent = _INDENT if width >= 40 else 2
        node = maths.parse(block.tex)
        boxes = maths.fit(node, width - indent, ascii=block.ascii)
        if boxes is None:
            line = Span(maths.inline(node, ascii=block.ascii))
            lines = ["".join(s.text for s in part) for part in wrap([line], width - indent)]
        else:
            lines = [line for box in boxes for line in box.lines]
        return _indented(lines, " " * indent)

    def table(self, table: Table, width: int) -> list[str]:
        header, rows = table.header, table.rows
        natural = [
            max(_span_cells(row[index]) for row in [header, *rows]) for index in range(len(header))
        ]
        widths = _fitted(natural, width - _COLUMN_GAP * (len(header) - 1))
        if widths is None:
            return self.records(header, rows, width)

        def drawn(row: Sequence[Spans]) -> list[str]:
            columns = [
                [
                    pad("".join(span.text for span in line), column, align)
                    for line in wrap(cell, column)
                ]
                for cell, column, align in zip(row, widths, table.alignments, strict=True)
            ]
            height = max(map(len, columns))
            filled = [
                column + [" " * cell_width] * (height - len(column))
                for column, cell_width in zip(columns, widths, strict=True)
            ]
            gap = " " * _COLUMN_GAP
            return [gap.join(parts).rstrip() for parts in zip(*filled, strict=True)]

        total = sum(widths) + _COLUMN_GAP * (len(widths) - 1)
        return [*drawn(header), self.rule * total, *(line for row in rows for line in drawn(row))]

    def records(
        self, header: Sequence[Spans], rows: Sequence[Sequence[Spans]], width: int
    ) -> list[str]:
        """Draw a table that is too wide as a list of `header: cell` for each row."""
        lines: list[str] = []
        for row in rows:
            if lines:
                lines.append("")
            for name, cell in zip(header, row, strict=True):
                lines.extend(self.text((*name, *_COLON, *cell), width))
        return lines


def _indented(lines: Sequence[str], indent: str) -> list[str]:
    return [(indent + line).rstrip() for line in lines]


def _is_tight(item: Sequence[Block]) -> bool:
    """Return whether an item is one paragraph, at most with a list under it."""
    return len(item) <= 2 and all(
        isinstance(block, ListBlock if index else Paragraph) for index, block in enumerate(item)
    )


def _span_cells(spans: Spans) -> int:
    return cells("".join(span.text for span in spans))


def _fitted(natural: Sequence[int], room: int) -> list[int] | None:
    """Return column widths that fit the room, taken from the widest; None if too little."""
    if sum(min(width, _MIN_COLUMN) for width in natural) > room:
        return None
    widths = [min(width, room) for width in natural]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths
