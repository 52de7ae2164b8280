"""When to ask a card again: FSRS-6, by its reference library.

The library is loaded at the first review, not at import: Home only needs `Settings` and
`retrievability`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from tutor.memory.card import CardMemory, CardState
from tutor.memory.rating import Rating

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

# Recall falls as a power of the days since the review; FSRS-6's default for its last parameter.
_DECAY = -0.1542
_FACTOR = 0.9 ** (1 / _DECAY) - 1  # so that recall is 90 % when `stability` days have passed

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a learner wants to study.

    Attributes:
        desired_retention: the recall at which a card is asked again, 0 to 1.
        learning_steps: waits of a new card before it counts as learnt.
        relearning_steps: waits of a forgotten card.
        maximum_interval: days.
        fuzz: whether intervals are spread a little.
        rollover_hour: the hour, by the learner's clock, at which a study day begins.
        new_per_day: how many cards may be begun in one study day.
    """

    desired_retention: float = 0.9
    learning_steps: tuple[timedelta, ...] = (_MINUTE, 10 * _MINUTE)
    relearning_steps: tuple[timedelta, ...] = (10 * _MINUTE,)
    maximum_interval: int = 36_500
    fuzz: bool = True
    rollover_hour: int = 4
    new_per_day: int = 20


def schedule(memory: CardMemory, rating: Rating, at: datetime, settings: Settings) -> CardMemory:
    """Return the memory after an answer at `at`.

    Raises:
        ValueError: `at` has no time zone.
    """
    return replay(memory, [(rating, at)], settings)


def preview(memory: CardMemory, at: datetime, settings: Settings) -> dict[Rating, CardMemory]:
    """Return what each rating at `at` would make of the memory, AGAIN first."""
    return {rating: schedule(memory, rating, at, settings) for rating in Rating}


def replay(
    memory: CardMemory, answers: Iterable[tuple[Rating, datetime]], settings: Settings
) -> CardMemory:
    """Return the memory after a history of answers, oldest first.

    It equals `schedule` folded over the answers, without a `CardMemory` for each of them.
    """
    import fsrs  # 50 ms, which Home need not wait for

    scheduler = _scheduler(settings)
    reps, lapses = memory.reps, memory.lapses
    card: Card | None = None
    for rating, at in answers:
        if at.tzinfo is None:
            raise ValueError(f"{at.isoformat()} has no time zone")
        at_utc = at.astimezone(UTC)
        if card is None:
            card = _library_card(memory, at_utc)
        reps += 1
        lapses += rating is Rating.AGAIN and card.state is fsrs.State.Review
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at_utc)
    if card is None:
        return memory
    return CardMemory(
        card=memory.card,
        state=CardState(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_due(card, memory.card, reps, settings),
        last_review=card.last_review,
        reps=reps,
        lapses=lapses,
    )


def retrievability(memory: CardMemory, at: datetime) -> float:
    """Return the chance that the card is remembered at `at`; 0 for a new card.

    R(t, S) = (1 + F·t/S)^D with t whole days since the review and S the stability
    (FSRS-6, github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm).
    """
    if memory.stability is None or memory.last_review is None:
        return 0.0
    return recall(memory.stability, (at - memory.last_review).days)


def recall(stability: float, days: int) -> float:
    """Return the chance that something of this stability is remembered after whole days."""
    return float((1 + _FACTOR * max(days, 0) / stability) ** _DECAY)


@lru_cache(maxsize=16)
def _scheduler(settings: Settings) -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=settings.desired_retention,
        learning_steps=settings.learning_steps,
        relearning_steps=settings.relearning_steps,
        maximum_interval=settings.maximum_interval,
        enable_fuzzing=False,  # the library's draws from the global random numbers
    )


def _library_card(memory: CardMemory, at: datetime) -> Card:
    from fsrs import Card, State

    return Card(
        card_id=0,  # without an id the library makes one from the clock, and sleeps
        state=State.Learning if memory.state is CardState.NEW else State(memory.state),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=at,  # not read by the library, but without one it asks the clock
        last_review=memory.last_review,
    )


def _due(card: Card, name: str, reps: int, settings: Settings) -> datetime:
    from fsrs import State

    from tutor.memory.fuzz import fuzzed  # loads hashlib

    if not settings.fuzz or card.state is not State.Review or card.last_review is None:
        return card.due
    days = (card.due - card.last_review) // _DAY
    moved = fuzzed(days, card=name, reps=reps, maximum=settings.maximum_interval)
    return card.last_review + moved * _DAY
