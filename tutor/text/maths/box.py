"""A rectangle of text with a baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from tutor.text.width import cells, pad


@dataclass(frozen=True)
class Box:
    """Lines of equal width, one of which stands on the line of the text around.

    Attributes:
        lines: from top to bottom, padded with spaces to the same number of cells.
        baseline: the index of the line that neighbours align with.
        tall: more than raised or lowered scripts leaves the baseline, so brackets must stretch.
    """

    lines: tuple[str, ...]
    baseline: int = 0
    tall: bool = False

    @cached_property
    def width(self) -> int:
        """The width in cells."""
        return cells(self.lines[0])

    @property
    def height(self) -> int:
        """The number of lines."""
        return len(self.lines)


def make_box(lines: Sequence[str], baseline: int = 0, *, tall: bool = False) -> Box:
    """Return the lines, padded on the right, as a box."""
    width = max(map(cells, lines))
    return Box(tuple(pad(line, width) for line in lines), baseline, tall)


def beside(parts: Sequence[tuple[int, Box]]) -> Box:
    """Set boxes side by side on one baseline, each after a gap of so many cells."""
    if not parts:
        return Box(("",))
    above = max(box.baseline for _, box in parts)
    below = max(box.height - box.baseline for _, box in parts)
    lines = [""] * (above + below)
    for gap, box in parts:
        top = above - box.baseline
        for index in range(len(lines)):
            inside = 0 <= index - top < box.height
            drawn = box.lines[index - top] if inside else " " * box.width
            lines[index] += " " * gap + drawn
    return Box(tuple(lines), above, any(box.tall for _, box in parts))


def above_each_other(
    boxes: Sequence[Box],
    baseline: int,
    align: Literal["left", "centre", "right"] = "centre",
    *,
    tall: bool = True,
) -> Box:
    """Stack boxes; `baseline` counts lines from the top of the stack."""
    width = max(box.width for box in boxes)
    lines = [pad(line, width, align) for box in boxes for line in box.lines]
    return Box(tuple(lines), baseline, tall)


def widened(box: Box, width: int, align: Literal["left", "centre", "right"]) -> Box:
    """Return the box padded to a width."""
    return replace(box, lines=tuple(pad(line, width, align) for line in box.lines))


def fenced(box: Box, opening: str, closing: str, *, ascii_only: bool) -> Box:
    """Set a box between delimiters, which grow with it if it is tall."""
    if not box.tall:
        parts = [Box((opening,)), box, Box((closing,))]
        return beside([(0, part) for part in parts if part.lines != ("",)])
    if box.height == 2 and {opening, closing} & set("{}"):  # a brace has a middle
        box = replace(box, lines=(*box.lines, " " * box.width), baseline=1)
    left = stretched(opening, box.height, box.baseline, ascii_only=ascii_only)
    right = stretched(closing, box.height, box.baseline, ascii_only=ascii_only)
    lines = tuple(
        before + line + after for before, line, after in zip(left, box.lines, right, strict=True)
    )
    return Box(lines, box.baseline, tall=True)


# The top, middle and bottom piece of a delimiter that grows.
_PIECES = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "{": "⎧⎪⎩", "}": "⎫⎪⎭", "|": "│││", "‖": "‖‖‖",
    "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥",
}  # fmt: skip
_ASCII_PIECES = {
    "(": "/|\\", ")": "\\|/", "[": "[[[", "]": "]]]", "{": "/|\\", "}": "\\|/", "|": "|||",
}  # fmt: skip
_MIDDLES = {"{": "⎨", "}": "⎬"}
_ASCII_MIDDLES = {"{": "<", "}": ">"}


def stretched(sign: str, height: int, baseline: int, *, ascii_only: bool = False) -> list[str]:
    """Return the lines of a delimiter of a height; one without pieces stands on the baseline."""
    if not sign:
        return [""] * height
    if height == 1:
        return [sign]
    pieces = (_ASCII_PIECES if ascii_only else _PIECES).get(sign)
    if pieces is None:
        return [sign if index == baseline else " " * cells(sign) for index in range(height)]
    top, middle, bottom = tuple(pieces)
    lines = [top, *[middle] * (height - 2), bottom]
    if height > 2:
        middles = _ASCII_MIDDLES if ascii_only else _MIDDLES
        lines[height // 2] = middles.get(sign, lines[height // 2])
    return lines
