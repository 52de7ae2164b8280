"""A short answer as it is typed: numbers of what is shown, or letters."""

from __future__ import annotations

import re

from tutor.kinds.posed import FormatError
from tutor.text.keystrokes import keystrokes
from tutor.text.message import msg
from tutor.text.safe import UnsafeText, clean

LONGEST = 100
_NUMBERS = re.compile(r"[0-9\s,;.>→-]*")


def short_line(text: str) -> str | FormatError:
    """Return a short answer as lower-case keys, or why it is none."""
    if len(text) > LONGEST:
        return FormatError(msg("That is longer than {limit} characters.", limit=LONGEST))
    try:
        clean(text)
    except UnsafeText:
        return FormatError(msg("The answer holds an invisible character."))
    return keystrokes(text).lower().strip()


def picked(text: str, count: int) -> tuple[int, ...] | FormatError | None:
    """Read numbers from 1 to `count`, at most 9, each at most once: `3 1 2`, `3,1,2` or `312`.

    Returns:
        Indices from 0 in the order in which they were typed; None if these are not numbers.
    """
    line = short_line(text)
    if isinstance(line, FormatError):
        return line
    if not _NUMBERS.fullmatch(line):
        return None
    numbers = [int(digit) for digit in re.findall("[0-9]", line)]
    for place, number in enumerate(numbers):
        if not 1 <= number <= count:
            return FormatError(
                msg(
                    "There is no {number}; the numbers are 1 to {count}.",
                    number=number,
                    count=count,
                )
            )
        if number in numbers[:place]:
            return FormatError(msg("{number} is there twice.", number=number))
    return tuple(number - 1 for number in numbers)
