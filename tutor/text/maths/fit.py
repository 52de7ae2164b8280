"""A formula broken to fit a width."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.text.maths.block import BlockDrawer, block
from tutor.text.maths.box import Box, beside
from tutor.text.maths.nodes import Kind, Matrix, Node, Row, items_of
from tutor.text.maths.spacing import kinds_of

_INDENT = 4


def fit(node: Node, width: int, *, ascii: bool = False) -> tuple[Box, ...] | None:  # noqa: A002 - the word for what it is
    """Draw the formula as blocks of at most `width` cells, to be set one under another.

    A formula that is too wide is broken before relations, then before plus and minus; what
    follows the first block is indented.

    Returns:
        The blocks, or None if a single term is wider than the width.
    """
    whole = block(node, ascii=ascii)
    if whole.width <= width:
        return (whole,)
    if isinstance(node, Matrix) and node.layout == "aligned":
        rows = [fit(_joined(row), width, ascii=ascii) for row in node.rows]
        return tuple(box for row in rows for box in row or ()) if all(rows) else None
    drawer = BlockDrawer(node, ascii_only=ascii)
    for kinds in ({Kind.RELATION}, {Kind.RELATION, Kind.BINARY}):
        boxes = _filled(drawer, _segments(items_of(node), kinds), width)
        if boxes is not None:
            return boxes
    return None


def _joined(cells: Sequence[Node]) -> Row:
    return Row(tuple(item for cell in cells for item in items_of(cell)))


def _segments(items: Sequence[Node], breaks: set[Kind]) -> list[list[Node]]:
    """Split a row before the signs of some kinds."""
    segments: list[list[Node]] = [[]]
    for item, kind in zip(items, kinds_of(items), strict=True):
        if kind in breaks and segments[-1]:
            segments.append([])
        segments[-1].append(item)
    return segments


def _filled(
    drawer: BlockDrawer, segments: Sequence[list[Node]], width: int
) -> tuple[Box, ...] | None:
    """Put as many segments on each line as fit."""
    boxes: list[Box] = []
    line: list[Node] = []
    for segment in segments:
        longer = [*line, *segment]
        if line and _drawn(drawer, longer, first=not boxes).width > width:
            boxes.append(_drawn(drawer, line, first=not boxes))
            line = segment
        else:
            line = longer
    boxes.append(_drawn(drawer, line, first=not boxes))
    return tuple(boxes) if all(box.width <= width for box in boxes) else None


def _drawn(drawer: BlockDrawer, items: Sequence[Node], *, first: bool) -> Box:
    box = drawer.row(items, continued=not first)
    return box if first else beside([(_INDENT, box)])
