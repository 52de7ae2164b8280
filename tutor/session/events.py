"""What can happen in a study session, and what it causes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tutor.grading.formula import Value
from tutor.memory.rating import Rating


@dataclass(frozen=True, slots=True)
class Submit:
    """The learner answers; for a flashcard, turns it over."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """The learner rates the answer and goes on; None takes the suggested rating."""

    rating: Rating | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Resize:
    """The learner wants this question with sizes of their own; None draws new ones."""

    sizes: Mapping[str, Value] | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Hint:
    """The learner wants the next hint."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """The learner leaves this card out of the session."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Leave:
    """The learner ends the session."""

    at: datetime


Event = Submit | Rate | Resize | Hint | Skip | Leave


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as it goes into the log.

    Attributes:
        serial: counts the answers of this session from 1.
        sizes: the learner's own numbers, if the card had them.
        score: from 0 to 1; None where the learner rated themself.
        mistake: the id of the mistake that was recognised.
        hints: how many hints the learner had seen.
    """

    serial: int
    question: str
    seed: int
    sizes: Mapping[str, Value] | None = field(hash=False)
    at: datetime
    rating: Rating
    score: float | None
    response: str
    mistake: str | None
    duration: timedelta
    hints: int


@dataclass(frozen=True, slots=True)
class Record:
    """Write the answer down, before anything else is shown."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Rerate:
    """The learner overrode the rating of a recorded answer."""

    serial: int
    rating: Rating
    at: datetime


Effect = Record | Rerate
