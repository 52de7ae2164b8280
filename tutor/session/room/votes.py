"""Votes: a player's answer, from what was typed to the ballot that counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tutor.kinds import FormatError
from tutor.session.room.answers import judge
from tutor.session.room.effects import Accepted, Complained, RoomEffect
from tutor.session.room.events import Voted
from tutor.session.room.illegal import Illegal
from tutor.session.room.seats import seated
from tutor.session.room.state import Ballot, Phase, Room, Round, put
from tutor.text.safe import scrub

LONGEST_REASON = 200  # characters


def require_open_vote(room: Room, event: Voted) -> Round:
    """Return the round in which a vote is cast.

    Raises:
        Illegal: `closed`: that vote is over. `not-now`: it is not open yet, or it is paused, or
            there is nothing to vote on. Also if the player has no seat.
    """
    seated(room, event.player)
    round_ = room.round
    if round_ is None:
        raise Illegal("not-now")
    asked, wanted = (round_.number, round_.ballot), (event.round, event.ballot)
    if wanted > asked:
        raise Illegal("closed" if room.phase is Phase.ENDED else "not-now")
    if wanted < asked or room.phase is not Phase.ASKING:
        raise Illegal("closed")
    if room.paused_at is not None:
        raise Illegal("not-now")
    if room.deadline is not None and event.at >= room.deadline:
        raise Illegal("closed")
    return round_


def cast(room: Room, round_: Round, event: Voted) -> tuple[Room, tuple[RoomEffect, ...]]:
    """Take an answer in the vote that is open; it takes the place of an earlier one.

    Returns:
        The room as it was, and no effect, for the same answer again; the room as it was, and a
        complaint, for one that cannot be read.
    """
    votes = round_.ballots[-1]
    before = votes.get(event.player)
    settings = room.settings
    sure = event.sure if settings.confidence else None
    reason = reason_line(event.reason) if settings.reasons else ""
    if before is not None and (before.text, before.sure, before.reason) == (
        event.text,
        sure,
        reason,
    ):
        return room, ()
    judged = judge(round_.posed_for(event.player), event.text)
    if isinstance(judged, FormatError):
        return room, (Complained(event.player, judged.message),)
    ballot = Ballot(
        text=event.text,
        key=judged.key,
        verdict=judged.verdict,
        sure=sure,
        reason=reason,
        at=event.at,
        took=_took(room, event),
    )
    votes = put(votes, event.player, ballot)
    ledger = room.ledger
    if before is None and room.players[event.player].counts:
        ledger = replace(ledger, awaited=ledger.awaited - 1)
    voted = replace(round_, ballots=(*round_.ballots[:-1], votes))
    return replace(room, rounds=(*room.rounds[:-1], voted), ledger=ledger), (
        Accepted(event.player),
    )


def reason_line(text: str) -> str:
    """Return a reason as one line without control characters, cut where it is too long."""
    return " ".join(scrub(text[: 10 * LONGEST_REASON]).split())[:LONGEST_REASON].rstrip()


def _took(room: Room, event: Voted) -> timedelta:
    opened = room.ledger.late.get(event.player, room.opened)
    return timedelta(0) if opened is None else max(timedelta(0), event.at - opened)
