"""A player who answers at the host's keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual.screen import Screen


class Chair(NamedTuple):
    """A seat at this very keyboard, which is passed on.

    Attributes:
        name: who sits there.
        is_due: whether the room waits for this player's answer.
        screen: makes the screen on which the player answers.
    """

    name: str
    is_due: Callable[[], bool]
    screen: Callable[[], Screen[None]]
