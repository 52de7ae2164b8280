"""Small drawings in a line: bars and sparklines, always with a number or a word beside them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

MUTED = "$muted"
_LEVELS = "▁▂▃▄▅▆▇█"


def bar(share: float, width: int, style: str = "$act") -> Content:
    """Return a bar of `width` cells, filled by a share from 0 to 1."""
    filled = min(width, max(0, round(share * width)))
    return Content.assemble(("▰" * filled, style), ("▱" * (width - filled), MUTED))


def sparkline(values: Sequence[int], style: str = "$act") -> Content:
    """Return one block for each value, the highest for the largest; none of it for zeros."""
    top = max(values, default=0)

    def block(value: int) -> tuple[str, str]:
        if not value:
            return _LEVELS[0], MUTED
        return _LEVELS[min(7, 1 + int(value / top * 6.99))], style

    return Content.assemble(*map(block, values))


def recall_style(recall: float) -> str:
    """Return the colour of a share that is known, from 0 to 1."""
    if recall >= 0.8:
        return "$text-success"
    return "$text-warning" if recall >= 0.5 else "$text-error"
