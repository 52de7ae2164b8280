"""A document set into lines of a given width, with their styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from textual.content import Content

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
from tutor.text.width import cells, wrap
from tutor.ui.voice import span_style

TEXT_WIDTH = 76  # cells; longer lines are hard to read
MUTED = "$muted"
_NARROWEST = 8
_INDENT = 4  # of maths and code
_GAP = 3  # between the columns of a table
_SPACE = Content(" ")


def typeset(document: Document, width: int, style: str = "") -> list[Content]:
    """Return the document as lines of at most `width` cells.

    Only code, and a single term of maths that is wider than the width, may be wider.

    Args:
        document: what to set.
        width: cells per line.
        style: the style under the document's own, such as `$muted`.
    """
    return _blocks(document.blocks, max(width, _NARROWEST), style)


def joined(lines: Iterable[Content]) -> Content:
    """Return lines as one Content."""
    return Content("\n").join(lines)


def padded(content: Content, width: int, *, right: bool = False) -> Content:
    """Return Content filled up to a width in cells; with `right`, filled on its left."""
    missing = max(0, width - cells(content.plain))
    space = Content(" " * missing)
    return space + content if right else content + space


def hanging(mark: Content, lines: Sequence[Content]) -> list[Content]:
    """Return lines with a mark before the first, and the others aligned with it."""
    first, *rest = lines or [Content()]
    space = " " * cells(mark.plain)
    return [mark + first, *(Content(space) + line for line in rest)]


def wrapped(spans: Iterable[Span], width: int, style: str = "") -> list[Content]:
    """Return running text as lines of at most `width` cells."""
    return [
        Content.assemble(*((span.text, span_style(span, style)) for span in line))
        for line in wrap(spans, width)
    ]


def _blocks(blocks: Sequence[Block], width: int, style: str) -> list[Content]:
    lines: list[Content] = []
    for index, block in enumerate(blocks):
        if index and not (
            isinstance(block, ListBlock) and isinstance(blocks[index - 1], Paragraph)
        ):
            lines.append(Content())
        lines.extend(_block(block, width, style))
    return lines


def _block(block: Block, width: int, style: str) -> list[Content]:
    match block:
        case Paragraph(spans):
            lines = wrapped(spans, width, style)
        case Heading(spans=spans):
            lines = wrapped(spans, width, f"bold {style}".strip())
        case ListBlock():
            lines = _list(block, width, style)
        case Code(text):
            kept = text.expandtabs(4).split("\n")
            lines = _indented([Content.styled(line, style) for line in kept], width)
        case MathsBlock():
            lines = _indented(_maths(block, width - _indent(width), style), width)
        case Quote(blocks):
            bar = Content.styled("│ ", MUTED)
            lines = [bar + line for line in _blocks(blocks, width - 2, style)]
        case Table():
            lines = _table(block, width, style)
        case _:
            assert_never(block)
    return lines


def _indent(width: int) -> int:
    return _INDENT if width >= 40 else 2


def _indented(lines: Iterable[Content], width: int) -> list[Content]:
    space = Content(" " * _indent(width))
    return [space + line for line in lines]


def _list(block: ListBlock, width: int, style: str) -> list[Content]:
    marks = [f"{n}." if block.ordered else "•" for n in range(1, len(block.items) + 1)]
    hang = max(map(cells, marks)) + 1
    lines: list[Content] = []
    for mark, item in zip(marks, block.items, strict=True):
        inner = _blocks(item, max(_NARROWEST, width - hang), style)
        lines += hanging(padded(Content.styled(mark, MUTED), hang), inner)
    return lines


def _maths(block: MathsBlock, width: int, style: str) -> list[Content]:
    from tutor.text import maths  # Home has none, and is painted without loading it

    node = maths.parse(block.tex)
    boxes = maths.fit(node, width, ascii=block.ascii)
    if boxes is None:
        return wrapped([Span(maths.inline(node, ascii=block.ascii))], width, style)
    return [Content.styled(line, style) for box in boxes for line in box.lines]


def _table(table: Table, width: int, style: str) -> list[Content]:
    rows = [table.header, *table.rows]
    columns = range(len(table.header))
    widths = _fitted(
        [max(_span_cells(row[column]) for row in rows) for column in columns],
        width - _GAP * (len(columns) - 1),
    )
    if widths is None:
        return _records(table, width, style)
    gap = Content(" " * _GAP)

    def row_lines(row: Sequence[Spans], base: str) -> list[Content]:
        cell_lines = [
            wrapped(cell, cell_width, base) for cell, cell_width in zip(row, widths, strict=True)
        ]
        height = max(map(len, cell_lines))
        return [
            gap.join(
                padded(
                    lines[index] if index < len(lines) else Content(),
                    cell_width,
                    right=alignment == "right",
                )
                for lines, cell_width, alignment in zip(
                    cell_lines, widths, table.alignments, strict=True
                )
            ).rstrip()
            for index in range(height)
        ]

    total = sum(widths) + _GAP * (len(widths) - 1)
    rule = Content.styled("─" * total, MUTED)
    body = [line for row in table.rows for line in row_lines(row, style)]
    return [*row_lines(table.header, f"bold {style}".strip()), rule, *body]


def _records(table: Table, width: int, style: str) -> list[Content]:
    """Set a table that is too wide as `header: cell` lines for each row."""
    lines: list[Content] = []
    for row in table.rows:
        if lines:
            lines.append(Content())
        for name, cell in zip(table.header, row, strict=True):
            lines += wrapped((*name, Span(": "), *cell), width, style)
    return lines


def _span_cells(spans: Spans) -> int:
    return sum(cells(span.text) for span in spans)


def _fitted(natural: list[int], room: int) -> list[int] | None:
    """Return column widths that fit the room, taken from the widest; None if too little."""
    if sum(min(width, 6) for width in natural) > room:
        return None
    while sum(natural) > room:
        natural[natural.index(max(natural))] -= 1
    return natural
