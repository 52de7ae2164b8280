"""What is known about the memory of one card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class CardState(IntEnum):
    """Where a card is on its way; the numbers are those of the log's cache and of FSRS."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class CardMemory:
    """The memory of one card after its last review.

    Attributes:
        card: the id of the question.
        state: new cards have neither `stability` nor `due`.
        step: index into the learning or relearning steps; None outside them.
        stability: days after which recall has fallen to 90 %.
        difficulty: from 1 (easy) to 10.
        due: when to ask again, UTC. A card in REVIEW is due on the *study day* of this
            instant, not at its hour: compare `study_day(due)`, or `due < end of today`.
        last_review: when it was last answered, UTC.
        reps: how often it was answered.
        lapses: how often it was forgotten after it had been learnt.
    """

    card: str
    state: CardState
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime | None
    last_review: datetime | None
    reps: int
    lapses: int

    @classmethod
    def new(cls, card: str) -> CardMemory:
        """Return the memory of a card that was never answered."""
        return cls(card, CardState.NEW, None, None, None, None, None, 0, 0)
