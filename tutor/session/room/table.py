"""The table of a room: which phase may follow on which event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tutor.kinds.discuss import PosedDiscuss
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
    Voted,
)
from tutor.session.room.rules import has_other_numbers, question_of, takes_votes
from tutor.session.room.state import Phase, Room

LOBBY, ASKING, LOCKED, TALKING, REVEALED, BOARD, ENDED = Phase

MOST_ROUNDS = 1000  # from which on no question is asked again: each is kept in memory

Follows = frozenset[Phase] | None  # the phases that may follow; None: the event is illegal
Row = Mapping[type[RoomEvent], Follows]


def _to(*phases: Phase) -> Follows:
    return frozenset(phases)


def _row(here: Phase, **moves: Follows) -> Row:
    """Return what may follow on each event: `moves`, and what fits every phase or none."""
    stays = _to(here)
    # a vote closes by itself when whom it waits for has answered, has gone, or is sent away
    closes = _to(here, LOCKED) if here is ASKING else stays
    over = here is ENDED
    always: dict[str, Follows] = {
        "Joined": None if over else stays,
        "Connected": stays,
        "Disconnected": closes,
        "Kick": closes,
        "Rename": stays,
        "SetOpen": None if over else stays,
        "Pause": None if over else stays,
        "Resume": None if over else closes,
        "End": None if over else _to(ENDED),
    }
    row = always | moves
    return MappingProxyType({kind: row.get(kind.__name__) for kind in EVENTS})


EVENTS: tuple[type[RoomEvent], ...] = RoomEvent.__args__
_ON = (ASKING, BOARD, ENDED)  # after a question that is left out

TABLE: Mapping[Phase, Row] = MappingProxyType(
    {
        LOBBY: _row(LOBBY, Next=_to(ASKING, ENDED)),
        ASKING: _row(
            ASKING,
            Voted=_to(ASKING, LOCKED),
            Lock=_to(LOCKED, REVEALED),
            TimeUp=_to(LOCKED, REVEALED),
            Extend=_to(ASKING),
            Skip=_to(*_ON),
        ),
        LOCKED: _row(LOCKED, Discuss=_to(TALKING), Reveal=_to(REVEALED), Skip=_to(*_ON)),
        TALKING: _row(
            TALKING,
            Next=_to(ASKING),
            TimeUp=_to(ASKING),
            Extend=_to(TALKING),
            Skip=_to(*_ON),
        ),
        REVEALED: _row(
            REVEALED,
            Next=_to(BOARD),
            Again=_to(ASKING),
            Skip=_to(*_ON),
            Tick=_to(REVEALED),
            Conclude=_to(REVEALED),
        ),
        BOARD: _row(BOARD, Next=_to(ASKING, ENDED)),
        ENDED: _row(ENDED),
    }
)

# What fits a paused room, where it fits the same room unpaused; and `Resume`, which fits no other
WHILE_PAUSED: frozenset[type[RoomEvent]] = frozenset(
    {Resume, End, Kick, Rename, SetOpen, Joined, Connected, Disconnected, Tick, Conclude}
)

# The host's actions by the names that the wire has for them
ACTIONS: Mapping[str, type[RoomEvent]] = MappingProxyType(
    {
        "next": Next,
        "lock": Lock,
        "extend": Extend,
        "discuss": Discuss,
        "reveal": Reveal,
        "skip": Skip,
        "again": Again,
        "pause": Pause,
        "resume": Resume,
        "end": End,
        "tick": Tick,
        "conclude": Conclude,
        "kick": Kick,
        "rename": Rename,
        "set-open": SetOpen,
    }
)


def follows(room: Room, kind: type[RoomEvent]) -> Follows:
    """Return the phases that may follow when an event of a kind is taken; None if none fits.

    What depends on the event itself, such as its time or its player, is not looked at.
    """
    is_paused = room.paused_at is not None
    if is_paused and kind not in WHILE_PAUSED:
        return None
    if kind is Resume and not is_paused:
        return None
    if not _suits(room, kind):
        return None
    return TABLE[room.phase][kind]


def allowed(room: Room) -> tuple[str, ...]:
    """Return the names of the host's actions that fit now."""
    return tuple(_allowed(room))


def _allowed(room: Room) -> Iterator[str]:
    for name, kind in ACTIONS.items():
        if kind in {Kick, Rename} and not room.players:
            continue
        if follows(room, kind) is not None:
            yield name


def _suits(room: Room, kind: type[RoomEvent]) -> bool:
    """Return whether an event of a kind suits the question that is on."""
    round_ = room.round
    if kind is Voted:
        return takes_votes(room)
    if kind is Discuss:
        return takes_votes(room) and round_ is not None and round_.ballot == 1
    if kind is Again:
        if round_ is None or len(room.rounds) >= MOST_ROUNDS:
            return False
        return has_other_numbers(question_of(room, round_))
    if kind is Tick:
        return round_ is not None and isinstance(round_.posed, PosedDiscuss)
    return True
