"""A room to which anything may happen, and what must hold of it all the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.session.room.rooms import START, bank, join, later, new_room, right, wrong
from tutor.kinds import FormatError, is_scored, parse
from tutor.session.room.effects import Accepted, Complained, RoomEffect, Save
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
    Sure,
    Tick,
    TimeUp,
    Voted,
)
from tutor.session.room.illegal import Illegal
from tutor.session.room.journal import event_line, header_line, read
from tutor.session.room.names import name_key
from tutor.session.room.reducer import step
from tutor.session.room.scoring import earned, standings, team_standings
from tutor.session.room.state import Phase, Room
from tutor.session.room.table import TABLE, allowed, follows
from tutor.session.room.tally import counting, groups, votes_of

BANK = bank()
IDS = [f"p{number}" for number in range(1, 7)]
players = st.sampled_from([*IDS[:4], *IDS, "p99"])
names = st.sampled_from(["Ann", "ann", "Bo", "B0", "Ｃy", "Cy", "", "Di", "이", "이 ", "Ed", "Flo"])
moves = st.sampled_from(
    [Next, Next, Lock, Reveal, Next, Lock, Reveal, Skip, Again, Pause, Resume, Resume]
)
Clock = type[Next | Lock | Reveal | Skip | Again | Pause | Resume]


@dataclass
class Shadow:
    """What a room must hold, kept by other means than the room.

    Attributes:
        texts: what was accepted, by round, vote and player.
        closed: the votes that were over once.
    """

    texts: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)
    closed: set[tuple[int, int]] = field(default_factory=set)


def snapshot(room: Room) -> object:
    """Return copies of all that a careless event could change in place."""
    rounds = tuple(
        (r, tuple(map(dict, r.ballots)), dict(r.own), r.ticks, r.pairs) for r in room.rounds
    )
    ledger = (dict(room.ledger.names), dict(room.ledger.late), room.ledger)
    return dict(room.players), rounds, ledger, room.phase, room.moves, room.deadline


class Rooms(RuleBasedStateMachine):
    @initialize(
        own=st.booleans(),
        teams=st.sampled_from([0, 2]),
        lock=st.booleans(),
        speed=st.booleans(),
        seated=st.integers(0, 4),
        start=st.integers(0, 5),
    )
    def open(
        self, *, own: bool, teams: int, lock: bool, speed: bool, seated: int, start: int
    ) -> None:
        self.bank = BANK[start:] + BANK[:start]
        self.room = new_room(
            self.bank,
            own_numbers=own,
            teams=teams,
            lock_when_all=lock,
            speed=speed,
            streaks=speed,
            closest=own,
            seconds=30,
        )
        self.lines = [header_line(self.room)]
        self.shadow = Shadow()
        self.happened: set[tuple[Phase, type[RoomEvent]]] = set()
        self.now = 0.0
        for player in IDS[:seated]:
            self.take(join(player))
        if seated > 1:
            self.take(Next(START))

    @property
    def at(self) -> datetime:
        return later(self.now)

    def take(self, event: RoomEvent) -> tuple[RoomEffect, ...] | None:
        """Send an event, and hold what must hold of every one of them."""
        before, copy = self.room, snapshot(self.room)
        try:
            after, effects = step(before, event)
        except Illegal as refusal:
            assert str(refusal.message)
            assert snapshot(before) == copy
            return None
        assert snapshot(before) == copy
        self.happened.add((before.phase, type(event)))
        target = TABLE[before.phase][type(event)]
        assert target is not None
        assert after.phase in target
        assert follows(before, type(event)) is not None
        if not effects or isinstance(effects[0], Complained):
            assert after is before
        else:
            assert effects[0] == Save(event)
            assert sum(isinstance(effect, Save) for effect in effects) == 1
            assert after != before
            self.lines.append(event_line(event))
        assert after.moves >= before.moves
        assert (after.moves > before.moves) is (self.clock_of(after) != self.clock_of(before))
        if isinstance(event, Voted | Disconnected | Kick | Resume) and after is not before:
            assert self.waits_for_somebody(after)
            if after.phase is not before.phase:  # and it closes no sooner
                answered = after.rounds[-1].ballots[-1]
                assert all(p.id in answered for p in after.players.values() if p.counts)
        self.room = after
        return effects

    @staticmethod
    def clock_of(room: Room) -> object:
        """Return the phase, the time and the pause; of a question, which vote it is in."""
        vote = (len(room.rounds), room.rounds[-1].ballot) if room.rounds else None
        return room.phase, room.deadline, room.paused_at, vote

    def waits_for_somebody(self, room: Room) -> bool:
        """Return whether an open vote that closes by itself has a reason to be open."""
        if (
            room.phase is not Phase.ASKING
            or room.paused_at is not None
            or not room.settings.lock_when_all
            or not is_scored(self.bank[room.rounds[-1].index])
        ):
            return True
        counted = [player for player in room.players.values() if player.counts]
        answered = room.rounds[-1].ballots[-1]
        return not counted or any(player.id not in answered for player in counted)

    @rule(seconds=st.sampled_from([0, 0.5, 1, 5, 31, 130, -2]))
    def wait(self, seconds: float) -> None:
        self.now = max(0.0, self.now + seconds)

    @rule(player=players, name=names)
    def joins(self, player: str, name: str) -> None:
        taken = {name_key(p.name) for p in self.room.players.values() if not p.kicked}
        fits = (
            self.room.is_open
            and self.room.phase is not Phase.ENDED
            and player not in self.room.players
            and name_key(name) not in taken | {""}
        )
        done = self.take(Joined(player, name, "digest", self.at))
        assert (done is not None) is fits

    @rule(player=players, what=st.sampled_from([Disconnected, Connected, Connected, Kick]))
    def comes_or_goes(self, player: str, what: type[Disconnected | Connected | Kick]) -> None:
        if what is not Kick or len(self.room.players) > 2:
            self.take(what(player, self.at))

    @rule(player=players, name=names)
    def renames(self, player: str, name: str) -> None:
        self.take(Rename(player, name, self.at))

    @rule(
        player=players,
        how=st.sampled_from(["right", "right", "wrong", "other", "unreadable"]),
        off=st.sampled_from([(0, 0)] * 6 + [(1, 0), (-1, 0), (0, 1), (0, -1)]),
        sure=st.sampled_from([None, 1, 2, 3]),
    )
    def votes(self, player: str, how: str, off: tuple[int, int], sure: Sure | None) -> None:
        room = self.room
        round_ = room.round
        number, ballot = (round_.number, round_.ballot) if round_ else (1, 1)
        text = "?"
        if round_ is not None and is_scored(self.bank[round_.index]):
            posed = round_.posed_for(player)
            texts = {"right": right(posed), "wrong": wrong(posed), "other": wrong(posed, -1)}
            text = texts.get(how, "\x1b?")
        event = Voted(player, number + off[0], ballot + off[1], text, sure, "so", self.at)
        is_open = (
            round_ is not None
            and off == (0, 0)
            and room.phase is Phase.ASKING
            and is_scored(self.bank[round_.index])
            and room.paused_at is None
            and room.deadline is not None
            and self.at < room.deadline
            and player in room.players
            and not room.players[player].kicked
        )
        done = self.take(event)
        assert (done is not None) is is_open
        if done is None or round_ is None:
            return
        readable = not isinstance(parse(round_.posed_for(player), text), FormatError)
        assert readable is not any(isinstance(effect, Complained) for effect in done)
        if readable:
            self.shadow.texts.setdefault((number, ballot), {})[player] = text
        assert Accepted(player) in done or not done or not readable

    @rule(kind=moves)
    def host_moves(self, kind: Clock) -> None:
        can = kind.__name__.lower() in allowed(self.room)
        assert (self.take(kind(self.at)) is not None) is can

    @rule(pick=st.integers(0, 29), seconds=st.sampled_from([0, 1, 20]))
    def host_goes_on(self, pick: int, seconds: float) -> None:
        """Do what leads on, whatever it is: so that rooms come far."""
        self.now += seconds
        forward: list[RoomEvent] = [
            event
            for name, event in {
                "next": Next(self.at),
                "lock": Lock(self.at),
                "discuss": Discuss("pairs", self.at),
                "reveal": Reveal(self.at),
                "again": Again(self.at),
                "skip": Skip(self.at),
                "resume": Resume(self.at),
            }.items()
            if name in allowed(self.room)
        ]
        if forward:
            likely = [*forward[:2] * 4, *forward]
            assert self.take(likely[pick % len(likely)]) is not None

    @rule(hows=st.lists(st.sampled_from(["right", "wrong", "other"]), min_size=6, max_size=6))
    def everybody_votes(self, hows: list[str]) -> None:
        for player, how in zip(IDS, hows, strict=True):
            self.votes(player, how, (0, 0), 2)

    @rule(
        action=st.sampled_from(["discuss", "extend", "tick", "conclude", "set-open"]),
        number=st.sampled_from([-1, 0, 1, 2, 3, 4000]),
        is_on=st.booleans(),
    )
    def host_does_something_else(self, action: str, number: int, *, is_on: bool) -> None:
        events: dict[str, RoomEvent] = {
            "discuss": Discuss("explain" if is_on else "pairs", self.at),
            "extend": Extend(number, self.at),
            "tick": Tick(number, is_on, self.at),
            "conclude": Conclude("so \x1b[31m" if is_on else "", self.at),
            "set-open": SetOpen(is_on, self.at),
        }
        makes_sense = {"extend": number > 0, "tick": 0 <= number < 3}.get(action, True)
        can = action in allowed(self.room) and makes_sense
        assert (self.take(events[action]) is not None) is can

    @rule()
    def time_is_called(self) -> None:
        due = self.room.deadline is not None and self.at >= self.room.deadline
        assert (self.take(TimeUp(self.at)) is not None) is due

    @precondition(lambda self: len(self.lines) > 30)
    @rule()
    def host_ends(self) -> None:
        self.take(End(self.at))

    @invariant()
    def the_ledger_is_right(self) -> None:
        room = self.room
        present = [player for player in room.players.values() if player.counts]
        sitting = [player for player in room.players.values() if not player.kicked]
        assert room.ledger.present == len(present)
        assert room.ledger.names == {name_key(player.name): player.id for player in sitting}
        teams = [player.team for player in sitting]
        assert room.ledger.teams == tuple(map(teams.count, range(room.settings.teams)))
        assert room.ledger.awaited == len(self.awaited)

    @property
    def awaited(self) -> list[str]:
        round_ = self.room.round
        if self.room.phase is not Phase.ASKING or not is_scored(self.bank[round_.index]):  # type: ignore[union-attr]
            return []
        answered = round_.ballots[-1]  # type: ignore[union-attr]
        return [p.id for p in self.room.players.values() if p.counts and p.id not in answered]

    @invariant()
    def no_vote_is_lost_or_counted_after_the_close(self) -> None:
        room = self.room
        held = {
            (round_.number, number): {player: ballot.text for player, ballot in votes.items()}
            for round_ in room.rounds
            for number, votes in enumerate(round_.ballots, 1)
            if votes
        }
        assert held == self.shadow.texts

    @invariant()
    def nobody_is_counted_twice(self) -> None:
        for round_ in self.room.rounds[-1:]:
            counted = [player for group in groups(round_) for player in group.players]
            assert len(counted) == len(set(counted))
            assert set(counted) == set(votes_of(round_))
            assert all(counting(round_, player) is not None for player in counted)
            paired = [player for pair in round_.pairs for player in pair.players]
            assert len(paired) == len(set(paired))

    @invariant()
    def time_is_never_negative(self) -> None:
        room = self.room
        assert room.remaining is None or room.remaining >= timedelta(0)
        assert room.paused_at is None or room.deadline is None
        running = room.phase in {Phase.ASKING, Phase.TALKING}
        assert running is ((room.deadline or room.remaining) is not None)
        assert running is (room.opened is not None)
        for round_ in room.rounds:
            assert round_.opened_at >= START
            for votes in round_.ballots:
                assert all(ballot.took >= timedelta(0) for ballot in votes.values())

    @invariant()
    def ranks_are_consistent(self) -> None:
        if self.room.phase not in {Phase.REVEALED, Phase.BOARD, Phase.ENDED}:
            return
        rows = standings(self.room)
        assert [row.player.id for row in rows if row.player.kicked] == []
        assert len(rows) == sum(not player.kicked for player in self.room.players.values())
        for row in rows:
            better = sum(other.points > row.points for other in rows)
            assert row.rank == better + 1
            assert row.right <= row.answered <= sum(r.revealed for r in self.room.rounds)
            assert abs(sum(earned(self.room, row.player.id).values()) - row.points) < 1e-5
        teams = team_standings(self.room, rows)
        assert sum(team.players for team in teams) == (len(rows) if teams else 0)

    @invariant()
    def the_rounds_are_in_order(self) -> None:
        room = self.room
        assert [r.number for r in room.rounds] == list(range(1, len(room.rounds) + 1))
        indices = [r.index for r in room.rounds]
        assert indices == sorted(indices)
        for round_ in room.rounds[:-1]:
            assert round_.revealed or round_.skipped
        assert (room.phase is Phase.LOBBY) is (not room.rounds) or room.phase is Phase.ENDED

    def teardown(self) -> None:
        if hasattr(self, "room"):
            again = read(self.lines)
            assert again == self.room
            assert snapshot(again) == snapshot(self.room)
