"""How well a card was remembered."""

from __future__ import annotations

from enum import IntEnum


class Rating(IntEnum):
    """The four ratings of FSRS; the numbers are those of the log and of the keys 1 to 4."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4
