"""Each question counted once, and as if all were counted anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kinds.questions import choice, numeric
from tests.session.room.rooms import after, later, seated, voted
from tutor.live import books
from tutor.live.books import Book
from tutor.session.room.events import Joined, Kick, Lock, Next, Reveal, RoomEvent, Skip
from tutor.session.room.scoring import NOTHING, accounts, earned, standings
from tutor.session.room.state import Room

QUESTIONS = [numeric(), choice(), numeric(id="t.third"), choice(id="t.fourth")]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.text("rw-", min_size=3, max_size=3),
            st.sampled_from(["board", "skip", "kick", "join", "no reveal"]),
        ),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_what_is_counted_along_is_what_is_counted_anew(
    rounds: list[tuple[str, str]], streaks: bool
) -> None:
    room = seated(3, QUESTIONS, lock_when_all=False, streaks=streaks, speed=True)
    book = Book()
    for number, (answers, then) in enumerate(rounds):
        if room.phase.value != "asking":
            room = after(room, Next(later(0)))
        told = [
            answer if p.counts else "-"
            for answer, p in zip(answers, room.players.values(), strict=False)
        ]
        room = after(voted(room, "".join(told), 30), Lock(later(31)))
        for event in closing(then, number, room):
            room = after(room, event)
            assert standings(room, book.of(room)) == standings(room)
    for player in room.players:
        have = book.of(room).get(player, NOTHING).points
        assert have == pytest.approx(sum(earned(room, player).values()))


def closing(then: str, number: int, room: Room) -> list[RoomEvent]:
    match then:
        case "skip":
            return [Reveal(later(32)), Skip(later(33))]
        case "kick" if room.players["p1"].counts:
            return [Reveal(later(32)), Kick("p1", later(33)), Next(later(34))]
        case "join":
            new = Joined(f"p{90 + number}", f"new {number}", "d" * 64, later(32))
            return [Reveal(later(32)), new, Next(later(33))]
        case "no reveal":
            return [Skip(later(32))]
        case _:
            return [Reveal(later(32)), Next(later(33))]


def test_what_is_over_is_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []

    def count(room: Room, rounds: object, before: object = None) -> object:
        counted.append(len(rounds))  # type: ignore[arg-type]  # a tuple, as the book gives it
        return accounts(room, rounds, before)  # type: ignore[arg-type]  # as above

    monkeypatch.setattr(books, "accounts", count)
    room, book = seated(2, [numeric()] * 12, lock_when_all=False), Book()
    for _ in range(12):
        room = after(room, Next(later(0)))
        room = after(voted(room, "rw", 30), Lock(later(31)), Reveal(later(32)))
        book.of(room)
        room = after(room, Next(later(33)))
        book.of(room)
    assert sum(counted) <= 3 * 12
