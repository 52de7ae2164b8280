"""A study session as a state machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tutor.kinds import FormatError, Posed, PoseError, Question, Verdict, grade, parse, pose
from tutor.kinds.seeds import derive_seed
from tutor.memory.card import CardMemory
from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings, preview
from tutor.session.events import (
    Answer,
    Effect,
    Event,
    Hint,
    Leave,
    Rate,
    Record,
    Rerate,
    Resize,
    Skip,
    Submit,
)
from tutor.session.summary import Attempt, Summary, summarize
from tutor.text.words import Words

LEARN_AHEAD = timedelta(minutes=20)  # a learning step this close is taken in the same session
LONGEST_ANSWER = timedelta(minutes=10)  # beyond it the learner was away


class IllegalEvent(Exception):
    """An event that does not fit the state; the state is as it was."""


@dataclass(frozen=True, slots=True)
class Card:
    """A question in the session, with what the learner remembers of it."""

    question: Question
    topic: str
    memory: CardMemory
    times_shown: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """A card is shown and waits for an answer.

    Attributes:
        complaint: why what was typed last could not be taken.
        hints: how many of the card's hints the learner has asked for.
    """

    card: Card
    posed: Posed
    since: datetime
    complaint: Words | None = None
    hints: int = 0

    @property
    def shown_hints(self) -> tuple[Words, ...]:
        """The hints that are shown; with other numbers they are those of the new ones."""
        return self.posed.hints[: self.hints] if self.hints else ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The verdict is shown and waits for a rating.

    Attributes:
        serial: the number of the recorded answer; None while the learner is yet to rate it.
        outcomes: the card's memory after each rating.
        hints: how many hints the learner had seen; each has lowered the verdict's rating.
    """

    card: Card
    posed: Posed
    text: str
    verdict: Verdict
    at: datetime
    duration: timedelta
    serial: int | None
    outcomes: Mapping[Rating, CardMemory] = field(hash=False)
    hints: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """The session is over."""

    summary: Summary


Phase = Asking | Answered | Finished


@dataclass(frozen=True, slots=True)
class StudyState:
    """A session between two events.

    Attributes:
        queue: cards not shown yet, in order.
        waiting: cards that come back in this session, each at its memory's `due`.
        planned: how many cards the session began with.
        unposed: questions that could not be posed, with the reason.
    """

    phase: Phase
    queue: tuple[Card, ...]
    waiting: tuple[Card, ...]
    attempts: tuple[Attempt, ...]
    skipped: int
    planned: int
    unposed: tuple[tuple[str, Words], ...]
    seed: int
    settings: Settings

    @property
    def settled(self) -> int:
        """How many of the planned cards need nothing more in this session."""
        open_card = 0 if isinstance(self.phase, Finished) else 1
        return self.planned - len(self.queue) - len(self.waiting) - open_card

    @property
    def number(self) -> int:
        """Which of the planned cards is shown, counted from 1; one that comes back counts last."""
        return self.planned - len(self.queue)


def begin(cards: Iterable[Card], seed: int, at: datetime, settings: Settings) -> StudyState:
    """Return a session that asks its first card, or is finished if there is none.

    Args:
        cards: what to study, in order.
        seed: from which every card's seed is derived.
        at: now, in UTC.
        settings: of the scheduler.
    """
    queue = tuple(cards)
    empty = Finished(summarize((), 0))
    state = StudyState(empty, queue, (), (), 0, len(queue), (), seed, settings)
    return _advance(state, at)


def begin_at(card: Card, posed: Posed, at: datetime, settings: Settings) -> StudyState:
    """Return a session that asks one card with the numbers it was posed with."""
    asking = Asking(replace(card, times_shown=card.times_shown + 1), posed, at)
    return StudyState(asking, (), (), (), 0, 1, (), posed.seed, settings)


def step(state: StudyState, event: Event) -> tuple[StudyState, tuple[Effect, ...]]:
    """Return the state after an event, and what it causes.

    Raises:
        IllegalEvent: the event does not fit the state.
    """
    match state.phase, event:
        case Asking() as asking, Submit():
            return _submit(state, asking, event)
        case Asking() as asking, Resize():
            return _resize(state, asking, event), ()
        case Asking() as asking, Hint():
            return _hint(state, asking), ()
        case Asking(), Skip(at):
            return _advance(replace(state, skipped=state.skipped + 1), at), ()
        case Answered() as answered, Rate():
            return _rate(state, answered, event)
        case ((Asking() | Answered()), Leave()):
            return _finish(state), ()
        case phase, _:
            raise IllegalEvent(f"{type(event).__name__} does not fit {type(phase).__name__}")


def remember(state: StudyState, memory: CardMemory) -> StudyState:
    """Return the state with the memory of the card that is asked, if it has changed elsewhere."""
    asking = state.phase
    if not isinstance(asking, Asking) or asking.card.memory == memory:
        return state
    return replace(state, phase=replace(asking, card=replace(asking.card, memory=memory)))


def renew(state: StudyState, questions: Mapping[str, Question]) -> StudyState:
    """Return the state after the question files were read again.

    The card that is shown stays as it is, and is asked in its new form if it comes back. The
    cards still to come are asked in theirs; those whose question has gone are left out.

    Args:
        state: the session.
        questions: those of today, by every name that a card of the session may have.
    """

    def renewed(card: Card) -> Card | None:
        question = questions.get(card.question.id)
        if question is None:
            return None
        return replace(card, question=question, memory=replace(card.memory, card=question.id))

    queue = tuple(card for card in map(renewed, state.queue) if card is not None)
    waiting = tuple(card for card in map(renewed, state.waiting) if card is not None)
    phase = state.phase
    if not isinstance(phase, Finished):
        shown = renewed(phase.card)
        if shown is not None and shown.question.id == phase.card.question.id:
            phase = replace(phase, card=shown)
    planned = state.planned - (len(state.queue) - len(queue))
    return replace(state, phase=phase, queue=queue, waiting=waiting, planned=planned)


def _submit(
    state: StudyState, asking: Asking, event: Submit
) -> tuple[StudyState, tuple[Effect, ...]]:
    response = parse(asking.posed, event.text)
    if isinstance(response, FormatError):
        return replace(state, phase=replace(asking, complaint=response.message)), ()
    verdict = grade(asking.posed, response)
    verdict = replace(verdict, rating=_lowered(verdict.rating, asking.hints))
    answered = Answered(
        card=asking.card,
        posed=asking.posed,
        text=event.text,
        verdict=verdict,
        at=event.at,
        duration=max(timedelta(0), min(event.at - asking.since, LONGEST_ANSWER)),
        serial=None,
        outcomes=preview(asking.card.memory, event.at, state.settings),
        hints=asking.hints,
    )
    if verdict.score is None:
        return replace(state, phase=answered), ()
    return _record(state, answered, verdict.rating)


def _lowered(rating: Rating, steps: int) -> Rating:
    return Rating(max(Rating.AGAIN, rating - steps))


def _record(
    state: StudyState, answered: Answered, rating: Rating
) -> tuple[StudyState, tuple[Effect, ...]]:
    """Take the answer down: it counts from here on, whatever becomes of the session."""
    serial = len(state.attempts) + 1
    verdict, posed = answered.verdict, answered.posed
    answer = Answer(
        serial=serial,
        question=posed.question,
        seed=posed.seed,
        sizes=posed.learner_args,
        at=answered.at,
        rating=rating,
        score=verdict.score,
        response=answered.text,
        mistake=verdict.diagnosis.mistake if verdict.diagnosis else None,
        duration=answered.duration,
        hints=answered.hints,
    )
    attempt = Attempt(
        question=posed.question,
        topic=answered.card.topic,
        objective=posed.objective,
        right=verdict.right if verdict.score is not None else rating is not Rating.AGAIN,
        first=answered.card.times_shown == 1,
        diagnosis=verdict.diagnosis,
        duration=answered.duration,
    )
    recorded = replace(
        state,
        phase=replace(answered, serial=serial),
        attempts=(*state.attempts, attempt),
    )
    return recorded, (Record(answer),)


def _rate(
    state: StudyState, answered: Answered, event: Rate
) -> tuple[StudyState, tuple[Effect, ...]]:
    rating = answered.verdict.rating if event.rating is None else event.rating
    memory = answered.outcomes[rating]
    effects: tuple[Effect, ...] = ()
    if answered.serial is None:
        state, effects = _record(state, answered, rating)
    elif rating is not answered.verdict.rating:
        effects = (Rerate(answered.serial, rating, event.at),)
    card = replace(answered.card, memory=memory)
    if memory.due is not None and memory.due - answered.at <= LEARN_AHEAD:
        state = replace(state, waiting=(*state.waiting, card))
    return _advance(state, event.at, just_seen=card.question.id), effects


def _resize(state: StudyState, asking: Asking, event: Resize) -> StudyState:
    seed = asking.posed.seed
    if event.sizes is None:  # new numbers, not the old ones again
        seed = derive_seed(seed, asking.card.question.id, "redraw")
    try:
        posed = pose(asking.card.question, seed, event.sizes)
    except PoseError as error:
        return replace(state, phase=replace(asking, complaint=error.message))
    return replace(state, phase=replace(asking, posed=posed, complaint=None))


def _hint(state: StudyState, asking: Asking) -> StudyState:
    if asking.hints >= len(asking.posed.hints):
        raise IllegalEvent("the card has no more hints")
    return replace(state, phase=replace(asking, hints=asking.hints + 1))


def _advance(state: StudyState, at: datetime, just_seen: str | None = None) -> StudyState:
    """Show the next card: a waiting one that is due, a new one from the queue, or wait less."""
    while True:
        state, card = _next_card(state, at, just_seen)
        if card is None:
            return _finish(state)
        seed = derive_seed(state.seed, card.question.id, card.memory.reps, card.times_shown)
        try:
            posed = pose(card.question, seed)
        except PoseError as error:  # a question file with a slip must not end the session
            state = replace(state, unposed=(*state.unposed, (card.question.id, error.message)))
            continue
        card = replace(card, times_shown=card.times_shown + 1)
        return replace(state, phase=Asking(card, posed, at))


def _next_card(
    state: StudyState, at: datetime, just_seen: str | None
) -> tuple[StudyState, Card | None]:
    def wait(card: Card) -> tuple[bool, datetime]:
        return card.question.id == just_seen, card.memory.due or at

    soonest = min(state.waiting, key=wait, default=None)
    if soonest is not None and (not state.queue or wait(soonest) <= (False, at)):
        waiting = tuple(card for card in state.waiting if card is not soonest)
        return replace(state, waiting=waiting), soonest
    if state.queue:
        return replace(state, queue=state.queue[1:]), state.queue[0]
    return state, None


def _finish(state: StudyState) -> StudyState:
    return replace(state, phase=Finished(summarize(state.attempts, state.skipped, state.unposed)))
