"""A QR code, as lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

import segno

QUIET = 4  # light modules on every side, by the standard; most readers are content with 2
_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code with its quiet zone.

    Readers want dark modules on a light ground. Where colours can be set, draw `half_blocks()`
    black on white; where they cannot, on a dark terminal, draw them `inverted`.

    Attributes:
        rows: from top to bottom, each of as many modules; true is dark.
    """

    rows: tuple[tuple[bool, ...], ...]

    @property
    def columns(self) -> int:
        """Cells across when it is drawn in half blocks; in ASCII twice as many."""
        return len(self.rows[0])

    @property
    def lines(self) -> int:
        """Lines when it is drawn in half blocks; in ASCII there are as many as rows."""
        return -(-len(self.rows) // 2)

    def half_blocks(self, *, inverted: bool = False) -> tuple[str, ...]:
        """Return lines in which the ink is dark; light, if inverted."""
        inked = [tuple(dark != inverted for dark in row) for row in self.rows]
        pairs = zip_longest(inked[::2], inked[1::2], fillvalue=(False,) * self.columns)
        return tuple("".join(_HALVES[pair] for pair in zip(*two, strict=True)) for two in pairs)

    def ascii(self, *, inverted: bool = False) -> tuple[str, ...]:
        """Return lines in which `##` is a dark module; a light one, if inverted."""
        return tuple(
            "".join("##" if dark != inverted else "  " for dark in row) for row in self.rows
        )


def qr_code(url: str, quiet: int = QUIET) -> QrCode:
    """Return the QR code of a URL, as small as it can be.

    Args:
        quiet: the width of the quiet zone, in modules.
    """
    code = segno.make(_shouted(url), error="l", micro=False)
    return QrCode(
        tuple(tuple(bool(module) for module in row) for row in code.matrix_iter(border=quiet))
    )


def fitting(url: str, width: int, height: int, *, ascii: bool = False) -> QrCode | None:  # noqa: A002 - as everywhere in the program
    """Return the QR code of a URL with the widest quiet zone that there is room for.

    Args:
        width, height: the room, in cells.
        ascii: whether it is to be drawn in ASCII.

    Returns:
        None if even a quiet zone of 2 modules does not fit.
    """
    for quiet in range(QUIET, 1, -1):
        code = qr_code(url, quiet)
        columns, lines = (2 * code.columns, len(code.rows)) if ascii else (code.columns, code.lines)
        if columns <= width and lines <= height:
            return code
    return None


def _shouted(url: str) -> str:
    """Return the URL in capitals if that changes nothing, since capitals take fewer modules.

    Scheme and host are the same in either case; a path that is a room's code is in capitals.
    """
    rest = url.partition("://")[2].partition("/")[2]
    loud = url.upper()
    return loud if rest == rest.upper() and set(loud) <= _ALPHANUMERIC else url
