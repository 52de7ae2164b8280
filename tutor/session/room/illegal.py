"""The refusal of an event that does not fit the room."""

from __future__ import annotations

from typing import Literal

from tutor.session.room.state import Room
from tutor.text.message import Message, msg
from tutor.text.words import Words

Why = Literal["not-now", "closed", "stale", "name", "shut", "kicked", "no-player"]

_SAID: dict[Why, Message] = {
    "not-now": msg("That cannot be done now."),
    "closed": msg("Too late: this vote is closed."),
    "stale": msg("The room has moved on meanwhile."),
    "name": msg("Somebody here has that name, or one that looks like it."),
    "shut": msg("The room takes no new players."),
    "kicked": msg("The host has sent this player away."),
    "no-player": msg("There is no such player here."),
}


class Illegal(Exception):
    """An event that does not fit; the room is as it was.

    Attributes:
        why: which kind of refusal, for programs.
        message: the same for people.
    """

    def __init__(self, why: Why, message: Words | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.message: Words = _SAID[why] if message is None else message

    def __str__(self) -> str:
        """Return the reason in English, for logs and tests."""
        return f"{self.why}: {self.message}"


def require_current(room: Room, moves: int) -> None:
    """Refuse what was done in view of an older state of the room.

    Args:
        room: as it is.
        moves: the count of the state that was seen.

    Raises:
        Illegal: `stale`: the room has moved since.
    """
    if moves != room.moves:
        raise Illegal("stale")
