"""Gaps in a cloze text: `[[answer|alternative]]`, possibly with maths inside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.text.message import Message, msg
from tutor.text.template import maths_ranges

_ORDER = re.compile(r"\s*([1-9]):\s*")


class GapError(Exception):
    """A gap that cannot be read.

    Attributes:
        offset: where, in characters from the start of the text.
        message: what is wrong.
        hint: what to write instead.
    """

    def __init__(self, offset: int, message: Message, hint: Message) -> None:
        super().__init__(offset, message)
        self.offset = offset
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: its number, counted from 1, and the accepted answers, the first to be shown."""

    number: int
    answers: tuple[str, ...]


def parse_gaps(text: str) -> tuple[str | Gap, ...]:
    """Split a text into what is shown and what is asked.

    Brackets inside maths are maths; a gap may hold whole maths, whose `|` and `]]` are its own.

    Raises:
        GapError: a gap that is not closed, empty, or numbered twice.
    """
    inside_maths = {index for start, end in maths_ranges(text) for index in range(start, end)}
    parts: list[str | Gap] = []
    at = 0
    while (start := _find(text, "[[", at, inside_maths)) >= 0:
        end = _find(text, "]]", start + 2, inside_maths)
        if end < 0:
            raise GapError(
                start, msg("this gap is not closed"), msg("end it with `]]`, outside maths")
            )
        parts.append(text[at:start])
        parts.append(_gap(text, start + 2, end, inside_maths, _count(parts) + 1))
        at = end + 2
    parts.append(text[at:])
    numbers = sorted(part.number for part in parts if isinstance(part, Gap))
    if numbers != list(range(1, len(numbers) + 1)):
        raise GapError(
            0,
            msg("the gaps are numbered {numbers}", numbers=", ".join(map(str, numbers))),
            msg("number all of them, each once, from 1"),
        )
    return tuple(part for part in parts if part != "")


def _count(parts: list[str | Gap]) -> int:
    return sum(isinstance(part, Gap) for part in parts)


def _find(text: str, what: str, start: int, excluded: set[int]) -> int:
    at = text.find(what, start)
    while at in excluded:
        at = text.find(what, at + 1)
    return at


def _gap(text: str, start: int, end: int, maths: set[int], number: int) -> Gap:
    opening = start
    if order := _ORDER.match(text, start, end):
        number = int(order[1])
        start = order.end()
    answers: list[str] = []
    while (bar := _find(text, "|", start, maths)) >= 0 and bar < end:
        answers.append(text[start:bar].strip())
        start = bar + 1
    answers.append(text[start:end].strip())
    if not all(answers):
        raise GapError(
            opening, msg("an empty answer in a gap"), msg("write `[[answer|alternative]]`")
        )
    return Gap(number, tuple(answers))
