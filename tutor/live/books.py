"""The points of a room, in which each question is counted once."""

from __future__ import annotations

from tutor.session.room.scoring import Accounts, accounts
from tutor.session.room.state import Room, Round


class Book:
    """What the players of one room have.

    What is over is not counted again: in a long session of many players it would hold up every
    reveal.
    """

    def __init__(self) -> None:
        self._closed: tuple[Round, ...] = ()  # counted for good, as long as they are the room's
        self._had: Accounts = {}
        self._rounds: tuple[Round, ...] | None = None  # of the last answer
        self._have: Accounts = {}

    def of(self, room: Room) -> Accounts:
        """Return what the players have; who came later than the last question has nothing."""
        if room.rounds is not self._rounds:
            known = len(self._closed)
            if any(old is not new for old, new in zip(self._closed, room.rounds, strict=False)):
                known, self._had = 0, {}
            self._closed = room.rounds[:-1]  # the last may still be left out
            self._had = accounts(room, self._closed[known:], self._had)
            self._have = accounts(room, room.rounds[-1:], self._had)
            self._rounds = room.rounds
        return self._have
