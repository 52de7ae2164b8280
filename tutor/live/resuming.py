"""A room that is opened again from its file."""

from __future__ import annotations

import json
from datetime import datetime

from tutor.errors import TutorError
from tutor.live.journals import KeptRoom, NotKept
from tutor.live.rooms import LiveRoom, World
from tutor.session.room.journal import Header, recover
from tutor.session.room.state import Phase


def resumed(kept: KeptRoom, world: World, now: datetime) -> LiveRoom | None:
    """Return a room as it was when its server ended, with nobody in it.

    If time was running, it stands still at what was left at the last event, until the host lets
    it go on.

    Returns:
        None if the room is over, has been left alone for too long, or cannot be read.
    """
    if not kept.lines:
        return None
    try:
        header = Header.model_validate_json(kept.lines[0])
        recovered = recover(kept.lines)
    except (TutorError, ValueError):
        return None
    room, lines = recovered.room, kept.lines[: recovered.lines]
    last = _instant(lines[-1]) if len(lines) > 1 else room.created
    if room.phase is Phase.ENDED or room.code != kept.code or not header.host_digest:
        return None
    if now - last > world.limits.idle or now - room.created >= world.limits.age:
        return None
    kept.journal.cut(sum(len(line) + 1 for line in lines))  # they are ASCII
    live = LiveRoom(room, kept.journal, header.host_digest, world, now)
    try:
        live.stand_still(last)
    except NotKept:
        return None
    live.touched = now
    return live


def _instant(line: str) -> datetime:
    """Return when the event of a line was taken; the line has been read without error."""
    return datetime.fromisoformat(json.loads(line)["at"])
