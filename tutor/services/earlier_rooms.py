"""What earlier rooms on this machine got wrong, from their notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tutor.services.room_notes import kept_sessions

MISSED = 0.7  # below this share of right answers in the first vote a question was missed


@dataclass(frozen=True, slots=True)
class RoomMiss:
    """A question that many in a room had wrong at first.

    Attributes:
        card: the id of the card, as it was then.
        wrong: how many had it wrong.
        at: when the room ended.
    """

    card: str
    wrong: int
    at: datetime


def earlier_misses(folder: Path, since: datetime) -> Iterator[RoomMiss]:
    """Give what was missed in the rooms whose notes are in a folder.

    Args:
        folder: of the sessions of this machine.
        since: rooms that ended before it do not count.
    """
    for session in kept_sessions(folder):
        if session.ended < since:
            continue
        for asked in session.rounds:
            if asked.before is not None and asked.before < MISSED:
                first = [answer.first for answer in asked.answers if answer.first is not None]
                wrong = sum(not vote.is_right for vote in first)
                yield RoomMiss(asked.question, wrong, session.ended)
