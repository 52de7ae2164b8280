"""A question played through before anybody plays it: all that could be told of it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from tutor.kinds import Examples, examples
from tutor.live.books import Book
from tutor.live.documents import encode
from tutor.live.panels import panel
from tutor.live.steps import Common, Step
from tutor.live.views import View
from tutor.live.words import both
from tutor.session.room.events import Joined, Lock, Next, Reveal, RoomEvent, Voted
from tutor.session.room.flow import OWN_SEEDS
from tutor.session.room.reducer import open_room, step
from tutor.session.room.report import make_report
from tutor.session.room.rules import has_other_numbers, takes_votes
from tutor.session.room.state import Phase, Plan, Room
from tutor.text.words import Lang, Words

_NOW = datetime(2000, 1, 1, tzinfo=UTC)
_VOTERS = 24  # one for each example of a right and of a wrong answer


def rehearse(plan: Plan, say: Callable[[Lang, Words], str]) -> None:
    """Play the first question of a plan, with every answer that it is an example of.

    Where all have numbers of their own, as many play as there are numbers.

    Raises:
        Exception: of any class: something of it cannot be posed, answered, judged, or told.
    """
    room = open_room(plan, "00000000", 0, _NOW)
    own = plan.settings.own_numbers and has_other_numbers(plan.questions[0].question)
    for number in range(OWN_SEEDS if own else _VOTERS):
        room = _after(room, Joined(f"p{number}", f"{number}", "", _NOW))
    room = _after(room, Next(_NOW))
    _tell(room, say)
    for vote in _votes(room):
        if room.phase is Phase.ASKING:  # it closes when all have answered
            room = _after(room, vote)
    if room.phase is Phase.ASKING:
        room = _after(room, Lock(_NOW))
    _tell(room, say)
    if room.phase is Phase.LOCKED:
        room = _after(room, Reveal(_NOW))
        _tell(room, say)
    _tell(_after(room, Next(_NOW)), say)
    make_report(room, _NOW, lambda words: both(words, say))


def _votes(room: Room) -> Iterator[Voted]:
    if not takes_votes(room):
        return
    round_ = room.rounds[-1]
    for place, player in enumerate(list(room.players)[:_VOTERS]):
        shown: Examples = examples(round_.posed_for(player))
        texts = (*shown.right, *shown.wrong)
        yield Voted(player, 1, 1, texts[place % len(texts)], None, "", _NOW)


def _after(room: Room, event: RoomEvent) -> Room:
    return step(room, event)[0]


def _tell(room: Room, say: Callable[[Lang, Words], str]) -> None:
    view = View(room, _NOW, say, Book())
    panel(room, say)
    for part in view.entering():
        _encode(part, list(room.players)[:_VOTERS])


def _encode(part: Step, players: list[str]) -> None:
    if isinstance(part, Common):
        encode(part.frame, "page")
        return
    for player in players:
        if (frame := part.make(player)) is not None:
            encode(frame, "page")
