"""Where a character of a scalar's value stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from yaml import CSafeLoader
from yaml.events import ScalarEvent

from tutor.bank.nodes import Node, Scalar
from tutor.bank.source import Source

_PIECES = {
    '"': re.compile(r"\\(?:x..|u....|U........|\n[ \t]*|.)|.", re.DOTALL),
    "'": re.compile(r"''|.", re.DOTALL),
}
_SINGLE = re.compile(r".", re.DOTALL)


def value_offset(source: Source, scalar: Scalar, offset: int) -> int:
    """Return the place in the file of a character of a scalar's value.

    Args:
        source: the file.
        scalar: the scalar; a number or truth value has no inside.
        offset: characters into its value.
    """
    if not isinstance(scalar.value, str):
        return scalar.start
    return solid_offset(source.text, _scalars(source.text)[scalar.start], scalar.value, offset)


def key_offset(source: Source, value: Node) -> int:
    """Return the place of the key that a value stands under: the scalar before it."""
    starts = list(_scalars(source.text))
    return starts[bisect_left(starts, value.start) - 1]


@lru_cache(maxsize=2)
def _scalars(text: str) -> Mapping[int, Written]:
    """Return how each scalar is written, by its start; the tree does not keep that."""
    found: dict[int, Written] = {}
    loader = CSafeLoader(text)
    while (event := loader.get_event()) is not None:
        if isinstance(event, ScalarEvent) and event.start_mark and event.end_mark:
            start = event.start_mark.index
            found[start] = Written(start, event.end_mark.index, event.style or "")
    loader.dispose()
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """How a scalar is written: where, and with which quotes or block sign."""

    start: int
    end: int
    style: str


def solid_offset(text: str, written: Written, value: str, offset: int) -> int:
    """Return the place of a character of a scalar's value.

    Line folding changes spaces and line ends only, so the n-th other character of the value
    is the n-th other character of the source: exact for every style and for every character
    but the white space itself, which is placed after the character before it.
    """
    wanted = sum(not char.isspace() for char in value[:offset])
    blanks = 0  # white space between the character before and the wanted place
    if offset >= len(value) or value[offset].isspace():
        before = value[:offset]
        blanks = len(before) - len(before.rstrip()) + 1
        wanted -= 1
    places = list(_solid_places(text, written))
    if not places:
        return written.start
    if wanted < 0:
        return places[0]
    return places[min(wanted, len(places) - 1)] + blanks


def _solid_places(text: str, written: Written) -> Iterator[int]:
    """Yield where each character that is no white space comes from."""
    start, end, style = written.start, written.end, written.style
    if style in {"|", ">"}:
        start = text.find("\n", start, end) + 1 or end
    elif style:
        start, end = start + 1, end - 1
    for piece in _PIECES.get(style, _SINGLE).finditer(text, start, end):
        if not _is_blank(piece.group()):
            yield piece.start()


def _is_blank(piece: str) -> bool:
    if len(piece) == 1:
        return piece.isspace()
    return piece[0] == "\\" and (piece[1] in " tnrvfNLP_\t\n" or _code_is_blank(piece))


def _code_is_blank(piece: str) -> bool:
    return piece[1] in "xuU" and chr(int(piece[2:], 16)).isspace()
