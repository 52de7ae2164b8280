"""The clock of a room: pauses, and more time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tutor.session.room.events import Extend, TimeUp
from tutor.session.room.illegal import Illegal
from tutor.session.room.settings import LONGEST
from tutor.session.room.state import Room

NOTHING = timedelta(0)


def pause(room: Room, at: datetime) -> Room:
    """Stop the clock."""
    left = None if room.deadline is None else max(NOTHING, room.deadline - at)
    return replace(room, paused_at=at, deadline=None, remaining=left, moves=room.moves + 1)


def resume(room: Room, at: datetime) -> Room:
    """Let the clock run on with what was left; nobody has taken longer by the pause."""
    since = room.paused_at or at
    late = {
        player: joined + max(NOTHING, at - max(since, joined))
        for player, joined in room.ledger.late.items()
    }
    return replace(
        room,
        paused_at=None,
        deadline=None if room.remaining is None else at + room.remaining,
        remaining=None,
        opened=None if room.opened is None else room.opened + max(NOTHING, at - since),
        moves=room.moves + 1,
        ledger=replace(room.ledger, late=late),
    )


def extend(room: Room, event: Extend) -> Room:
    """Move the deadline, so far that no more than the longest time is left.

    Time that is up already, and has not been taken for up yet, begins anew.

    Raises:
        Illegal: nothing runs, or the time is none.
    """
    if room.deadline is None or event.seconds < 1:
        raise Illegal("not-now")
    seconds = timedelta(seconds=min(event.seconds, LONGEST))
    latest = event.at + timedelta(seconds=LONGEST)
    deadline = min(max(room.deadline, event.at) + seconds, max(room.deadline, latest))
    if deadline == room.deadline:
        return room
    return replace(room, deadline=deadline, moves=room.moves + 1)


def require_time_up(room: Room, event: TimeUp) -> None:
    """Refuse to end what still runs.

    Raises:
        Illegal: the deadline is still to come, or there is none.
    """
    if room.deadline is None or event.at < room.deadline:
        raise Illegal("not-now")
