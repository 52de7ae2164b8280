"""Weight tensors as rectangles, all to one scale: their areas are their counts."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from tutor.text.width import cells, pad
from tutor.ui.widgets.typeset import MUTED

_GAP = 3
_LEAST_SCALE = 1e-9


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A tensor to draw: its name, rows and columns; a vector is one column wide."""

    name: str
    rows: int
    columns: int


def picture_lines(rectangles: list[Rectangle], width: int, height: int) -> list[Content]:
    """Return the rectangles beside each other, on one ground line, their names below.

    A cell is taken to be twice as high as wide, so a row is half a cell and a column is a
    cell. A side that would vanish is drawn as thin as there is.

    Args:
        rectangles: what to draw.
        width: cells per line; nothing is drawn if the names alone do not fit.
        height: lines for the rectangles at most.
    """
    room = width - _GAP * (len(rectangles) - 1)
    if not rectangles or sum(cells(rectangle.name) for rectangle in rectangles) > room:
        return []
    scale = _scale(rectangles, room, height)
    drawn = [_drawn(rectangle, scale) for rectangle in rectangles]
    lines = max(len(lines) for lines in drawn)
    gap = " " * _GAP
    picture = []
    for at in range(lines):
        row = []
        for rectangle, own in zip(rectangles, drawn, strict=True):
            wide = max(cells(rectangle.name), len(own[0]))
            above = lines - len(own)
            row.append(pad("" if at < above else own[at - above], wide))
        picture.append(Content.styled(gap.join(row).rstrip(), "$act"))
    names = [
        pad(rectangle.name, max(cells(rectangle.name), len(own[0])))
        for rectangle, own in zip(rectangles, drawn, strict=True)
    ]
    return [*picture, Content.styled(gap.join(names).rstrip(), MUTED)]


def _scale(rectangles: list[Rectangle], room: int, height: int) -> float:
    """Return the largest scale, in cells per column, at which all rectangles fit."""
    scale = 2 * height / max(rectangle.rows for rectangle in rectangles)
    while scale > _LEAST_SCALE and _breadth(rectangles, scale) > room:
        scale *= 0.9
    return scale


def _breadth(rectangles: list[Rectangle], scale: float) -> int:
    return sum(max(cells(r.name), _columns(r, scale)) for r in rectangles)


def _columns(rectangle: Rectangle, scale: float) -> int:
    return max(1, round(rectangle.columns * scale))


def _drawn(rectangle: Rectangle, scale: float) -> list[str]:
    halves = max(1, round(rectangle.rows * scale))
    wide = _columns(rectangle, scale)
    half, whole = "▖▌" if rectangle.columns * scale < 0.75 else "▄█"
    lines = [whole * wide] * (halves // 2)
    return [half * wide, *lines] if halves % 2 else lines
