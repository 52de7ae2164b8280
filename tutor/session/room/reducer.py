"""The reducer of a room: the one place in which a room changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from tutor.kinds.discuss import PosedDiscuss
from tutor.session.room import clock, flow, seats, votes
from tutor.session.room.effects import Moved, PlayersChanged, RoomEffect, Save
from tutor.session.room.events import (
    Again,
    Conclude,
    Connected,
    Disconnected,
    Discuss,
    End,
    Extend,
    Joined,
    Kick,
    Lock,
    Next,
    Pause,
    Rename,
    Resume,
    Reveal,
    RoomEvent,
    SetOpen,
    Skip,
    Tick,
    TimeUp,
    Voted,
)
from tutor.session.room.illegal import Illegal
from tutor.session.room.state import Ledger, Phase, Plan, Room
from tutor.session.room.table import follows
from tutor.text.safe import scrub

LONGEST_CONCLUSION = 2000  # characters

Step = tuple[Room, tuple[RoomEffect, ...]]


def open_room(plan: Plan, code: str, seed: int, at: datetime) -> Room:
    """Return a room whose lobby is open.

    Args:
        plan: what it is to ask, and how.
        code: by which players find it.
        seed: from which players' own numbers and the pairs are drawn.
        at: now, in UTC.
    """
    teams = (0,) * plan.settings.teams
    return Room(code=code, plan=plan, seed=seed, created=at, ledger=Ledger(teams=teams))


def step(room: Room, event: RoomEvent) -> Step:
    """Return the room after an event, and what it causes: `Save` first if anything changed.

    An event that changes nothing, such as the same answer again, causes nothing. An answer that
    cannot be read causes a complaint alone.

    Raises:
        Illegal: the event does not fit; the room is as it was.
    """
    if isinstance(event, Voted):
        return _vote(room, event)
    if follows(room, type(event)) is None:
        raise Illegal("not-now")
    changed = _changed(room, event)
    if changed is room:
        return room, ()
    return changed, _effects(room, changed, event)


def _vote(room: Room, event: Voted) -> Step:
    round_ = votes.require_open_vote(room, event)
    if follows(room, Voted) is None:
        raise Illegal("not-now")
    changed, effects = votes.cast(room, round_, event)
    if changed is room:
        return room, effects
    closed = flow.close_if_complete(changed)
    moved = () if closed is changed else (Moved(),)
    return closed, (Save(event), *effects, *moved)


def _changed(room: Room, event: RoomEvent) -> Room:  # noqa: C901, PLR0911, PLR0912 - one return for each event
    match event:
        case Joined():
            return seats.take_seat(room, event)
        case Connected(player):
            return seats.connect(room, player)
        case Disconnected(player):
            return _closed(room, seats.disconnect(room, player))
        case Kick():
            return _closed(room, seats.kick(room, event))
        case Rename():
            return seats.rename(room, event)
        case SetOpen(is_open):
            return room if room.is_open == is_open else replace(room, is_open=is_open)
        case Next(at):
            return _next(room, at)
        case Lock():
            return flow.close_vote(room)
        case TimeUp(at):
            clock.require_time_up(room, event)
            return flow.vote_again(room, at) if _talking(room) else flow.close_vote(room)
        case Extend():
            return clock.extend(room, event)
        case Discuss(talk, at):
            return flow.discuss(room, talk, at)
        case Reveal():
            return flow.reveal(room)
        case Skip(at):
            return flow.skip(room, at)
        case Again(at):
            return flow.ask_again(room, at)
        case Pause(at):
            return clock.pause(room, at)
        case Resume(at):
            return flow.close_if_complete(clock.resume(room, at))
        case Tick():
            return _tick(room, event)
        case Conclude(text):
            return _conclude(room, text)
        case End():
            return flow.end(room)
        case Voted():
            raise Illegal("not-now")  # taken before the table is asked
        case _:
            assert_never(event)


def _effects(before: Room, after: Room, event: RoomEvent) -> tuple[RoomEffect, ...]:
    effects: list[RoomEffect] = [Save(event)]
    if isinstance(event, Joined | Connected | Disconnected | Kick | Rename | SetOpen):
        effects.append(PlayersChanged())
    if after.moves != before.moves or isinstance(event, Tick | Conclude):
        effects.append(Moved())
    return tuple(effects)


def _closed(before: Room, after: Room) -> Room:
    """Return the room after somebody went: the vote may have waited for them alone."""
    return before if after is before else flow.close_if_complete(after)


def _next(room: Room, at: datetime) -> Room:
    if _talking(room):
        return flow.vote_again(room, at)
    if room.phase is Phase.REVEALED:
        return flow.show_board(room)
    return flow.next_question(room, at)


def _talking(room: Room) -> bool:
    return room.phase is Phase.TALKING


def _tick(room: Room, event: Tick) -> Room:
    round_ = room.rounds[-1]
    if not isinstance(round_.posed, PosedDiscuss) or event.point not in range(
        len(round_.posed.points)
    ):
        raise Illegal("not-now")
    own = frozenset({event.point})
    ticks = round_.ticks | own if event.is_on else round_.ticks - own
    return room if ticks == round_.ticks else flow.with_round(room, replace(round_, ticks=ticks))


def _conclude(room: Room, text: str) -> Room:
    round_ = room.rounds[-1]
    conclusion = scrub(text[:LONGEST_CONCLUSION]).strip()
    if conclusion == round_.conclusion:
        return room
    return flow.with_round(room, replace(round_, conclusion=conclusion))
