"""Every phase meets every event: what is in the table happens, and nothing else."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.kinds.questions import choice, discuss, numeric
from tests.session.room.rooms import (
    after,
    asking,
    later,
    locked,
    new_room,
    revealed,
    seated,
    talking,
)
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
from tutor.session.room.illegal import Illegal, require_current
from tutor.session.room.reducer import step
from tutor.session.room.state import Phase, Room
from tutor.session.room.table import ACTIONS, EVENTS, TABLE, WHILE_PAUSED, allowed, follows

ROOMS = {
    Phase.LOBBY: seated(3),
    Phase.ASKING: asking(3, numeric(), choice()),
    Phase.LOCKED: locked("rwr", numeric(), choice()),
    Phase.TALKING: talking("rwr", numeric(), choice()),
    Phase.REVEALED: revealed("rwr", numeric(), choice()),
    Phase.BOARD: after(revealed("rwr", numeric(), choice()), Next(later(4))),
    Phase.ENDED: after(revealed("rwr", numeric(), choice()), End(later(4))),
}
ROOMS = {phase: after(room, Disconnected("p3", later(4))) for phase, room in ROOMS.items()}
TALK = after(asking(3, discuss()), Disconnected("p3", later(1)))
OPEN_REVEALED = after(TALK, Lock(later(1)))
LONG = later(9999)  # after every deadline
EVENTS_NOW: dict[type[RoomEvent], RoomEvent] = {
    Joined: Joined("p9", "Nine", "digest", LONG),
    Connected: Connected("p3", LONG),
    Disconnected: Disconnected("p1", LONG),
    Voted: Voted("p1", 1, 1, "12", None, "", later(4)),
    Next: Next(LONG),
    Lock: Lock(LONG),
    Extend: Extend(30, later(4)),
    Discuss: Discuss("pairs", LONG),
    Reveal: Reveal(LONG),
    Skip: Skip(LONG),
    Again: Again(LONG),
    Pause: Pause(later(4)),
    Resume: Resume(LONG),
    TimeUp: TimeUp(LONG),
    Kick: Kick("p2", LONG),
    Rename: Rename("p1", "Another", LONG),
    SetOpen: SetOpen(is_open=False, at=LONG),
    Tick: Tick(0, is_on=True, at=LONG),
    Conclude: Conclude("so it is", LONG),
    End: End(LONG),
}
PHASE_OF_FIRST = {  # what the issue says, once more and by hand: phase, event, phase
    (Phase.LOBBY, Next): Phase.ASKING,
    (Phase.ASKING, Voted): Phase.ASKING,
    (Phase.ASKING, Lock): Phase.LOCKED,
    (Phase.ASKING, TimeUp): Phase.LOCKED,
    (Phase.ASKING, Extend): Phase.ASKING,
    (Phase.ASKING, Skip): Phase.ASKING,
    (Phase.LOCKED, Discuss): Phase.TALKING,
    (Phase.LOCKED, Reveal): Phase.REVEALED,
    (Phase.LOCKED, Skip): Phase.ASKING,
    (Phase.TALKING, Next): Phase.ASKING,
    (Phase.TALKING, TimeUp): Phase.ASKING,
    (Phase.TALKING, Extend): Phase.TALKING,
    (Phase.TALKING, Skip): Phase.ASKING,
    (Phase.REVEALED, Next): Phase.BOARD,
    (Phase.REVEALED, Again): Phase.ASKING,
    (Phase.REVEALED, Skip): Phase.ASKING,
    (Phase.REVEALED, Conclude): Phase.REVEALED,
    (Phase.BOARD, Next): Phase.ASKING,
}
STAYS = {Connected, Disconnected, Kick, Rename}
STAYS_UNTIL_THE_END = {Joined, SetOpen, Pause}


def wanted(phase: Phase, kind: type[RoomEvent]) -> Phase | None:
    if kind in STAYS or (kind in STAYS_UNTIL_THE_END and phase is not Phase.ENDED):
        return phase
    if kind is End and phase is not Phase.ENDED:
        return Phase.ENDED
    return PHASE_OF_FIRST.get((phase, kind))


def test_the_table_knows_every_phase_and_every_event() -> None:
    assert set(TABLE) == set(Phase)
    assert set(EVENTS) == set(get_args(RoomEvent)) == set(EVENTS_NOW)
    for row in TABLE.values():
        assert set(row) == set(EVENTS)


@pytest.mark.parametrize("phase", Phase)
def test_each_event_leads_where_it_should_or_is_refused(phase: Phase) -> None:
    room = ROOMS[phase]
    assert room.phase is phase
    for kind, event in EVENTS_NOW.items():
        target = wanted(phase, kind)
        if target is None:
            with pytest.raises(Illegal):
                step(room, event)
        else:
            assert step(room, event)[0].phase is target, kind
            allowed_to = TABLE[phase][kind]
            assert allowed_to is not None
            assert target in allowed_to


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.ENDED])
def test_a_paused_room_takes_what_does_not_need_the_clock(phase: Phase) -> None:
    room = after(ROOMS[phase], Pause(later(4)))
    for kind, event in EVENTS_NOW.items():
        fits = kind is Resume or (kind in WHILE_PAUSED and wanted(phase, kind) is not None)
        if fits:
            assert step(room, event)[0] != room, kind
        else:
            with pytest.raises(Illegal) as refusal:
                step(room, event)
            assert refusal.value.why in {"not-now", "closed"}


@pytest.mark.parametrize("room", [*ROOMS.values(), TALK, OPEN_REVEALED])
def test_what_is_allowed_is_what_works(room: Room) -> None:
    for paused in (room, after(room, Pause(later(4))) if "pause" in allowed(room) else room):
        for name, kind in ACTIONS.items():
            try:
                step(paused, EVENTS_NOW[kind])
            except Illegal:
                works = False
            else:
                works = True
            assert (name in allowed(paused)) is works, (paused.phase, name)


def test_nobody_is_kicked_or_renamed_where_nobody_is() -> None:
    assert allowed(new_room()) == ("next", "pause", "end", "set-open")


def test_an_open_question_is_talked_about_and_revealed_with_its_points() -> None:
    assert follows(TALK, Voted) is None
    assert OPEN_REVEALED.phase is Phase.REVEALED
    assert {"tick", "conclude", "next"} <= set(allowed(OPEN_REVEALED))
    assert "again" not in allowed(OPEN_REVEALED)
    assert after(TALK, TimeUp(LONG)).phase is Phase.REVEALED


def test_a_second_vote_is_not_talked_over_again() -> None:
    room = after(talking("rw", numeric()), Next(later(5)), Lock(later(6)))
    assert (room.phase, room.rounds[-1].ballot) == (Phase.LOCKED, 2)
    with pytest.raises(Illegal):
        step(room, Discuss("explain", later(7)))


def test_a_question_without_other_numbers_is_not_asked_again() -> None:
    room = revealed("rw", choice())
    assert "again" not in allowed(room)
    with pytest.raises(Illegal):
        step(room, Again(later(9)))


def test_who_acts_on_an_older_state_is_told_so() -> None:
    room = ROOMS[Phase.LOCKED]
    require_current(room, room.moves)
    moved = after(room, Reveal(later(9)))
    with pytest.raises(Illegal) as refusal:
        require_current(moved, room.moves)
    assert refusal.value.why == "stale"
