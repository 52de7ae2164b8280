"""Row ids that sort by time: ULID (github.com/ulid/spec), 26 letters of Crockford's base 32."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tutor.store.moment import to_moment

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_RANDOM_BITS = 80


def next_ulid(at: datetime, after: str | None, entropy: Callable[[int], bytes]) -> str:
    """Return an id for something that happens at `at`, greater than `after`.

    When the clock stands still or was set back, the id counts on from `after`, so the ids
    of one log are in the order in which its rows were written, whatever the clocks said.

    Args:
        at: the time by this machine's clock.
        after: the greatest id so far.
        entropy: gives so many random bytes, like `os.urandom`.
    """
    milliseconds = max(to_moment(at) // 1000, 0)
    number = milliseconds << _RANDOM_BITS | int.from_bytes(entropy(_RANDOM_BITS // 8))
    if after is not None and number <= (last := _number(after)):
        number = last + 1
    return "".join(_LETTERS[number >> shift & 31] for shift in range(125, -1, -5))


def _number(ulid: str) -> int:
    number = 0
    for letter in ulid:
        number = number << 5 | _VALUES[letter]
    return number
