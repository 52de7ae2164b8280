"""What a host can choose about a room, and what is chosen if nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tutor.services.room_choice import RoomChoice
from tutor.session.room.settings import RoomSettings
from tutor.text.message import Message, msg, msgs
from tutor.text.words import Words

_TRUTH = (False, True)
_ON_OFF: tuple[Words, ...] = (msg("no"), msg("yes"))


class Option(NamedTuple):
    """One thing to choose: its values, and how they are called.

    Attributes:
        first: which of the values is chosen at first.
    """

    name: str
    label: Message
    values: tuple[object, ...]
    words: tuple[Words, ...]
    first: int = 0


_SECONDS = (20, 30, 45, 60, 90, 120, 180)
_TALK = (60, 120, 180, 300)
_QUESTIONS = (3, 5, 10, 15, 20, 30)
_TEAMS = (0, 2, 3, 4, 6)
OPTIONS = (
    Option(
        "misses",
        msg("Questions from"),
        _TRUTH,
        (msg("the topics, mixed"), msg("what our misses say, first")),
    ),
    Option(
        "count",
        msg("How many"),
        _QUESTIONS,
        tuple(msgs("{n} question", "{n} questions", n=n) for n in _QUESTIONS),
        2,
    ),
    Option(
        "seconds",
        msg("Time to answer"),
        _SECONDS,
        tuple(msgs("{n} second", "{n} seconds", n=n) for n in _SECONDS),
        3,
    ),
    Option(
        "talk_seconds",
        msg("Time to talk"),
        _TALK,
        tuple(msgs("{n} minute", "{n} minutes", n=n // 60) for n in _TALK),
        1,
    ),
    Option(
        "difficulty",
        msg("Difficulty"),
        ((1, 3), (1, 1), (1, 2), (2, 3), (3, 3)),
        (
            msg("easy to hard"),
            msg("easy"),
            msg("easy and medium"),
            msg("medium and hard"),
            msg("hard"),
        ),
    ),
    Option("open_questions", msg("Questions to talk about"), _TRUTH, _ON_OFF, 1),
    Option(
        "own_numbers",
        msg("Numbers"),
        _TRUTH,
        (msg("the same for everybody"), msg("each player's own")),
    ),
    Option("confidence", msg("Ask how sure"), _TRUTH, _ON_OFF, 1),
    Option("reasons", msg("Ask why"), _TRUTH, _ON_OFF, 1),
    Option("speed", msg("Early answers earn more"), _TRUTH, _ON_OFF),
    Option("streaks", msg("Right answers in a row earn more"), _TRUTH, _ON_OFF),
    Option("closest", msg("The nearest number wins"), _TRUTH, _ON_OFF),
    Option(
        "teams",
        msg("Teams"),
        _TEAMS,
        (msg("none"), *(msgs("{n} team", "{n} teams", n=n) for n in _TEAMS[1:])),
    ),
)


def choice_of(topics: tuple[str, ...], chosen: Mapping[str, object]) -> RoomChoice:
    """Return the choice that these values make.

    Args:
        topics: their ids; all if empty.
        chosen: a value for each option, by its name.
    """
    of_room = {"misses", "count", "seconds", "difficulty", "open_questions"}
    settings = RoomSettings.model_validate(
        {name: value for name, value in chosen.items() if name not in of_room}
        | {"seconds": chosen["seconds"]}
    )
    values = {name: value for name, value in chosen.items() if name in of_room}
    return RoomChoice(topics=topics, settings=settings, **values)  # type: ignore[arg-type]  # each option's values are of its field's type
