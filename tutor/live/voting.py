"""A player's answer, from the frame to the room."""

from __future__ import annotations

from datetime import datetime

from tutor.live.rooms import LiveRoom
from tutor.live.wire import Vote
from tutor.session.room.events import Voted
from tutor.text.message import msg
from tutor.text.safe import UnsafeText, clean

UNSAFE = msg("This holds a character that is not seen or that steers terminals; type it anew.")


def vote(live: LiveRoom, player: str, frame: Vote, now: datetime) -> None:
    """Take an answer, or ask for it again.

    Raises:
        Refusal: the player changes the answer too often.
        Illegal: the vote is closed, or it is for another question.
        NotKept: it could not be written down.
    """
    try:
        text, reason = clean(frame.text), " ".join(clean(frame.reason).split())
    except UnsafeText:
        live.complain(player, UNSAFE)
        return
    live.apply(Voted(player, frame.round, frame.ballot, text, frame.sure, reason, now))
