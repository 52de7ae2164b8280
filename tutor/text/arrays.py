"""Arrays of numbers as aligned rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

DIGITS = 4
MOST_ROWS = 12
MOST_COLUMNS = 8


def array_rows(array: Sequence[Any]) -> list[str]:
    """Return an array as rows of numbers, to four digits; large ones are shortened with `…`.

    Args:
        array: nested sequences of numbers; of more than two axes, the matrices follow each
            other with an empty row between.
    """
    return list(_rows(array))


def written(number: float) -> str:
    """Write a number of an array to four significant digits, with a true minus."""
    return f"{number + 0.0:.{DIGITS}g}".replace("-", "−").replace("inf", "∞")


def _rows(array: Sequence[Any]) -> Iterator[str]:
    if array and isinstance(array[0], Sequence) and array[0] and isinstance(array[0][0], Sequence):
        for index, part in enumerate(_shortened(array, MOST_ROWS)):
            if index:
                yield ""
            yield from ("…",) if part is None else _rows(part)
        return
    matrix = array if array and isinstance(array[0], Sequence) else [array]
    table = [
        None if row is None else ["…" if x is None else written(x) for x in row]
        for row in (
            None if row is None else _shortened(row, MOST_COLUMNS)
            for row in _shortened(matrix, MOST_ROWS)
        )
    ]
    widths = [max(map(len, column)) for column in zip(*(row for row in table if row), strict=True)]
    for row in table:
        if row is None:
            yield "…"
        else:
            yield "  ".join(x.rjust(width) for x, width in zip(row, widths, strict=True))


def _shortened(items: Sequence[Any], most: int) -> list[Any]:
    """Return the items, or the first and the last of too many with None between."""
    if len(items) <= most:
        return list(items)
    return [*items[: most - 2], None, items[-1]]
