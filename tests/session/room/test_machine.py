"""Whatever happens in whatever order: no state is wrong, and nothing is lost."""

from __future__ import annotations

from hypothesis import settings

from tests.session.room.machine import IDS, Rooms
from tutor.kinds.seeds import Stream
from tutor.session.room.events import (
    Again,
    Conclude,
    Connected,
    Disconnected,
    Discuss,
    Extend,
    Joined,
    Kick,
    Lock,
    Next,
    Pause,
    Resume,
    Reveal,
    RoomEvent,
    Skip,
    Tick,
    TimeUp,
    Voted,
)
from tutor.session.room.state import Phase
from tutor.session.room.table import TABLE

TestRooms = Rooms.TestCase
TestRooms.settings = settings(max_examples=20, stateful_step_count=40, deadline=None)

INVARIANTS = (
    Rooms.the_ledger_is_right,
    Rooms.no_vote_is_lost_or_counted_after_the_close,
    Rooms.nobody_is_counted_twice,
    Rooms.time_is_never_negative,
    Rooms.ranks_are_consistent,
    Rooms.the_rounds_are_in_order,
)


def evening(seed: int, steps: int) -> set[tuple[Phase, type[RoomEvent]]]:
    """Play a room for long, and return what happened in which phase.

    Hypothesis prefers short stories, which seldom leave the first questions.
    """
    drawn = Stream("evening", seed)
    room = Rooms()
    room.open(
        own=seed % 2 == 0,
        teams=2 * (seed % 3 == 0),
        lock=seed % 4 < 3,
        speed=seed % 5 > 2,
        seated=4,
        start=seed % 6,
    )
    actions = ["discuss", "extend", "tick", "conclude", "set-open", "tick", "extend"]
    for _ in range(steps):
        if room.room.phase is Phase.ENDED and drawn.below(6) == 0:
            break
        player = drawn.choice(IDS)
        match drawn.below(20):
            case 0:
                room.joins(player, drawn.choice(["Ann", "B0", "Di", "이", "Ed", "Flo"]))
            case 1:
                room.comes_or_goes(player, drawn.choice([Disconnected, *[Connected] * 3, Kick]))
            case 2:
                room.host_moves(drawn.choice([Pause, Pause, Resume, Lock, Again, Skip]))
            case 3 | 10:
                number = drawn.choice([-1, 0, 1, 2, 30, 4000])
                room.host_does_something_else(
                    drawn.choice(actions), number, is_on=drawn.below(3) > 0
                )
            case 4:
                room.wait(drawn.choice([1, 31, 130, -2]))
                room.time_is_called()
            case 5:
                room.renames(player, drawn.choice(["Ann", "B0", "Di", "이", "Ed", "Flo"]))
            case 6 | 7 | 8:
                room.host_goes_on(drawn.below(30), 1)
            case 9:
                room.everybody_votes([drawn.choice(["right", "wrong"]) for _ in IDS])
            case _:
                how = drawn.choice(["right", "wrong", "other", "unreadable"])
                off = drawn.choice([(0, 0)] * 8 + [(1, 0), (-1, 0), (0, 1), (0, -1)])
                room.votes(player, how, off, drawn.choice([None, 1, 2, 3]))
        for holds in INVARIANTS:
            holds(room)
    room.teardown()
    return room.happened


def test_long_evenings_meet_all_that_moves_a_room() -> None:
    happened: set[tuple[Phase, type[RoomEvent]]] = set()
    for seed in range(24):
        happened |= evening(seed, 150)
    moves = {Voted, Next, Lock, Extend, Discuss, Reveal, Skip, Again, TimeUp, Tick, Conclude}
    legal = {(phase, kind) for phase, row in TABLE.items() for kind in moves if row[kind]}
    legal |= {(Phase.ASKING, kind) for kind in (Joined, Disconnected, Connected, Kick, Pause)}
    assert happened >= legal
