"""A small bank and rooms in which to play it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.kinds.questions import choice, cloze, discuss, numeric, order
from tutor.kinds import Posed, Question, cards, examples
from tutor.session.room.effects import RoomEffect
from tutor.session.room.events import (
    Discuss,
    Joined,
    Lock,
    Next,
    Reveal,
    RoomEvent,
    Sure,
    Voted,
)
from tutor.session.room.reducer import open_room, step
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Plan, Planned, Room
from tutor.text.localized import Localized

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NUMERIC, CHOICE, ORDER, GAP, OPEN, AGAIN = range(6)  # the places in the bank below


def bank() -> tuple[Question, ...]:
    return (
        numeric(),
        choice(),
        order(),
        cards(cloze())[1],
        discuss(),
        numeric(id="t.numeric.again"),
    )


def later(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def new_room(questions: Iterable[Question] | None = None, **settings: Any) -> Room:
    planned = tuple(
        Planned(question, seed) for seed, question in enumerate(questions or bank(), 11)
    )
    title = Localized("Gates", "게이트")
    plan = Plan(title, planned, RoomSettings(**settings), {"lstm": Localized.same("LSTM")})
    return open_room(plan, "KQ7M2XPD", 99, START)


def after(room: Room, *events: RoomEvent) -> Room:
    for event in events:
        room = step(room, event)[0]
    return room


def effects(room: Room, event: RoomEvent) -> tuple[RoomEffect, ...]:
    return step(room, event)[1]


def join(player: str, seconds: float = 0, name: str | None = None) -> Joined:
    return Joined(player, name or f"Player {player}", "digest", later(seconds))


def seated(count: int, questions: Iterable[Question] | None = None, **settings: Any) -> Room:
    return after(new_room(questions, **settings), *(join(f"p{n}") for n in range(1, count + 1)))


def asking(count: int, *questions: Question, **settings: Any) -> Room:
    """Return a room in which the first question is asked, from `START` on."""
    return after(seated(count, questions or None, **settings), Next(START))


def vote(
    room: Room,
    player: str,
    text: str | None = None,
    seconds: float = 1,
    *,
    sure: Sure | None = None,
    reason: str = "",
) -> Voted:
    """Return a vote in the vote that is open; the right answer if no text is given."""
    round_ = room.rounds[-1]
    typed = right(round_.posed_for(player)) if text is None else text
    return Voted(player, round_.number, round_.ballot, typed, sure, reason, later(seconds))


def voted(room: Room, answers: Iterable[str], seconds: float = 1) -> Room:
    """Let the players answer: `r` right, `w` wrong in one way, `v` wrong in another, `-` not."""
    for number, answer in enumerate(answers, 1):
        if answer != "-":
            posed = room.rounds[-1].posed_for(f"p{number}")
            text = right(posed) if answer == "r" else wrong(posed, "wvu".index(answer))
            room = after(room, vote(room, f"p{number}", text, seconds))
    return room


def locked(answers: str, *questions: Question, **settings: Any) -> Room:
    room = voted(asking(len(answers), *questions, lock_when_all=False, **settings), answers)
    return after(room, Lock(later(2)))


def talking(answers: str, *questions: Question, **settings: Any) -> Room:
    return after(locked(answers, *questions, **settings), Discuss("pairs", later(3)))


def revealed(answers: str, *questions: Question, **settings: Any) -> Room:
    return after(locked(answers, *questions, **settings), Reveal(later(3)))


def right(posed: Posed) -> str:
    return examples(posed).right[0]


def wrong(posed: Posed, index: int = 0) -> str:
    return examples(posed).wrong[index]
