"""A short answer as it is typed: numbers of what is shown, or letters."""

from __future__ import annotations

import re

from tutor.kinds.posed import FormatError
from tutor.text.keystrokes import keystrokes
from tutor.text.message import msg
from tutor.text.safe import UnsafeText, clean

LONGEST = 100
_BETWEEN = r"\s,;"


def cleaned(text: str, longest: int) -> str | FormatError:
    """Return what was typed without the space around it, or why it is no answer."""
    if len(text) > longest:
        return FormatError(msg("That is longer than {limit} characters.", limit=longest))
    try:
        return clean(text.strip())
    except UnsafeText:
        return FormatError(msg("The answer holds an invisible character."))


def short_line(text: str) -> str | FormatError:
    """Return a short answer as lower-case keys, or why it is none."""
    line = cleaned(text, LONGEST)
    return line if isinstance(line, FormatError) else keystrokes(line).lower().strip()


def picked(text: str, count: int, between: str = _BETWEEN) -> tuple[int, ...] | FormatError | None:
    """Read numbers from 1 to `count`, at most 9, each at most once: `3 1 2`, `3,1,2` or `312`.

    Args:
        text: what was typed.
        count: how many there are to pick from.
        between: what may stand between numbers, as characters of a regular expression. A `-`
            is left out where it would mean all from one to another.

    Returns:
        Indices from 0 in the order in which they were typed; None if these are not numbers.
    """
    line = short_line(text)
    if isinstance(line, FormatError):
        return line
    if not re.fullmatch(f"[0-9{between}]*", line):
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
