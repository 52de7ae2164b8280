"""A room between two events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from tutor.kinds import Posed, Question, Verdict
from tutor.session.room.events import Sure, Talk
from tutor.session.room.settings import RoomSettings
from tutor.text.localized import Localized

T = TypeVar("T")


class Phase(StrEnum):
    """Where a room stands."""

    LOBBY = "lobby"
    ASKING = "asking"  # votes are taken; for an open question, people talk
    LOCKED = "locked"
    TALKING = "talking"  # between the two votes on one question
    REVEALED = "revealed"
    BOARD = "board"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Planned:
    """A question of the session, with the seed from which its numbers are drawn."""

    question: Question
    seed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What the session is to ask, as the host has chosen it.

    Attributes:
        title: what it is called, in the notes too.
        topics: the titles of the topics that the questions are from, by their ids.
    """

    title: Localized
    questions: tuple[Planned, ...]
    settings: RoomSettings = field(default_factory=RoomSettings)
    topics: Mapping[str, Localized] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Player:
    """Who sits in the room.

    Attributes:
        id: never changes, and is never used again.
        team: counted from 0; None where there are no teams.
        kicked: sent away; the seat is kept for the notes alone.
    """

    id: str
    name: str
    token_digest: str
    team: int | None
    connected: bool
    joined_at: datetime
    kicked: bool = False

    @property
    def counts(self) -> bool:
        """Whether the room waits for this player."""
        return self.connected and not self.kicked


@dataclass(frozen=True, slots=True)
class Ballot:
    """A player's answer in one vote; the last before the close counts.

    Attributes:
        key: equal for equal answers to one posed question.
        took: from when the vote opened for the player, pauses left out.
    """

    text: str
    key: str
    verdict: Verdict
    sure: Sure | None
    reason: str
    at: datetime
    took: timedelta


Ballots = Mapping[str, Ballot]  # by the player's id


def put(items: Mapping[str, T], key: str, item: T) -> Mapping[str, T]:
    """Return a mapping with one more item, or another one in its place.

    A copy of a whole dictionary is twice as fast as one made item by item.
    """
    copied = dict(items)
    copied[key] = item
    return copied


@dataclass(frozen=True, slots=True)
class Pair:
    """Players who talk to each other because they answered differently: two, rarely three."""

    players: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One question as it was asked.

    Attributes:
        number: counted from 1; a question asked again is another round.
        index: of the question in the plan.
        posed: with the numbers of the round's seed.
        own: with each player's own numbers, where the room plays so.
        ballots: of the first vote, and of the second if there was one.
        talk: how the question was discussed, if it was.
        ticks: the points of an open question that came up.
    """

    number: int
    index: int
    seed: int
    posed: Posed
    opened_at: datetime
    own: Mapping[str, Posed] = field(default_factory=dict, hash=False)
    ballots: tuple[Ballots, ...] = ({},)
    talk: Talk | None = None
    pairs: tuple[Pair, ...] = ()
    ticks: frozenset[int] = frozenset()
    conclusion: str = ""
    skipped: bool = False
    revealed: bool = False

    @property
    def ballot(self) -> int:
        """The number of the vote that is or was last taken: 1 or 2."""
        return len(self.ballots)

    def posed_for(self, player: str) -> Posed:
        """Return the question as a player sees it."""
        return self.own.get(player, self.posed)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is counted along, so that nobody who joins or votes makes the room look at everybody.

    Attributes:
        names: who has a name, by what it looks like (see `name_key`); without the kicked.
        teams: how many sit in each team; without the kicked.
        present: how many players count.
        awaited: how many of them have not answered in the vote that is open; 0 where none is.
        late: from when the present vote is open for those who joined during it.
    """

    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    teams: tuple[int, ...] = ()
    present: int = 0
    awaited: int = 0
    late: Mapping[str, datetime] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Room:
    """A room.

    Attributes:
        code: by which players find it.
        seed: from which players' own numbers are drawn.
        is_open: whether new players may come in.
        deadline: when what is running ends by itself; None while paused, or if nothing runs.
        remaining: the time that was left when the room was paused; None if it is not paused or
            nothing ran.
        opened: when the present vote or talk began, moved on by the length of every pause.
        moves: counts the events that changed the phase, the time or the pause: who acts on an
            older state can be told so.
        ledger: counts over the players, kept up by every event.
    """

    code: str
    plan: Plan
    seed: int
    created: datetime
    phase: Phase = Phase.LOBBY
    players: Mapping[str, Player] = field(default_factory=dict, hash=False)
    rounds: tuple[Round, ...] = ()
    is_open: bool = True
    paused_at: datetime | None = None
    deadline: datetime | None = None
    remaining: timedelta | None = None
    opened: datetime | None = None
    moves: int = 0
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def round(self) -> Round | None:
        """The question that is or was last asked."""
        return self.rounds[-1] if self.rounds else None

    @property
    def settings(self) -> RoomSettings:
        """How the room plays."""
        return self.plan.settings
