"""The host's choice of questions, from the bank, the log and earlier rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tutor.errors import ExitCode, TutorError
from tutor.services import unknown_name
from tutor.session.room.choosing import Candidate, choose_questions
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Plan
from tutor.text.localized import Localized
from tutor.text.message import Message, msg, msgs
from tutor.text.words import Words

if TYPE_CHECKING:
    from tutor.bank.bank import Bank
    from tutor.services import Services

MOST_QUESTIONS = 200
RECENT = timedelta(days=30)  # misses from before are left alone
_HALF = timedelta(days=7)  # a miss counts half after so long
_NAMED = 3  # topics named in a title


@dataclass(frozen=True)
class RoomChoice:
    """What a host asks for.

    Attributes:
        topics: their ids; all if empty.
        count: of questions, at most.
        seconds: to answer one; it comes before that of `settings`.
        difficulty: the easiest and the hardest, 1 to 3.
        misses: first what this machine's learner and earlier rooms on it got wrong.
        open_questions: whether some may be questions to talk about.
        seed: from which all is drawn; drawn itself, if None.
        settings: how the room plays.
    """

    topics: tuple[str, ...] = ()
    count: int = 10
    seconds: int = 60
    difficulty: tuple[int, int] = (1, 3)
    misses: bool = False
    open_questions: bool = True
    seed: int | None = None
    settings: RoomSettings = field(default_factory=RoomSettings)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan, with what the host should be told about it.

    Attributes:
        plan: the questions.
        notes: that there are fewer than asked for, and where misses come from.
    """

    plan: Plan
    notes: tuple[Message, ...]


def choose(services: Services, choice: RoomChoice) -> Plan:
    """Return the plan of a session; see `choose_and_tell`."""
    return choose_and_tell(services, choice).plan


def choose_and_tell(services: Services, choice: RoomChoice) -> Chosen:
    """Choose the questions of a session. The same choice of the same bank and log is the same plan.

    Raises:
        TutorError: there is no such topic, or no question fits; a usage error.
    """
    bank = services.load_bank()
    known = {topic.id: topic for topic in bank.topics}
    for topic in choice.topics:
        if topic not in known:
            raise unknown_name(topic, known)
    seed = services.draw_seed() if choice.seed is None else choice.seed
    topics = tuple(dict.fromkeys(choice.topics)) or tuple(known)
    misses = _misses(services, bank, topics) if choice.misses else Misses({}, {})
    due = _due_topics(services, topics) if choice.misses else frozenset()
    questions = choose_questions(
        (
            Candidate(bank.questions[card], topic, misses.weight(card), topic in due)
            for topic in topics
            for card in known[topic].questions
        ),
        choice.count,
        seed,
        choice.difficulty,
        open_questions=choice.open_questions,
    )
    if not questions:
        raise TutorError(
            msg("No question fits."),
            msg("Take other topics, or another difficulty."),
            exit_code=ExitCode.USAGE,
        )
    asked = tuple(dict.fromkeys(bank.topic_of(one.question.id).id for one in questions))
    titles = {topic: known[topic].title for topic in asked}
    plan = Plan(
        title=_title(services, choice, titles),
        questions=questions,
        settings=choice.settings.model_copy(update={"seconds": choice.seconds}),
        topics=titles,
    )
    return Chosen(plan, tuple(_notes(choice, misses, plan, due)))


@dataclass(frozen=True, slots=True)
class Misses:
    """How often each card was missed, recent misses counting more.

    Attributes:
        own: by this machine's learner.
        rooms: in rooms that were held here.
    """

    own: Mapping[str, float] = field(hash=False)
    rooms: Mapping[str, float] = field(hash=False)

    def weight(self, card: str) -> float:
        """Return both together."""
        return self.own.get(card, 0.0) + self.rooms.get(card, 0.0)


def _misses(services: Services, bank: Bank, topics: tuple[str, ...]) -> Misses:
    from tutor.services.earlier_rooms import earlier_misses

    now = services.now()
    own = {
        missed.card: missed.misses * _worth(now, missed.at) / (2 if missed.right_since else 1)
        for missed in services.store.missed(now - RECENT, topics)
    }
    rooms: dict[str, float] = {}
    for missed in earlier_misses(services.paths.sessions, now - RECENT):
        card = bank.aliases.get(missed.card, missed.card)
        rooms[card] = rooms.get(card, 0.0) + missed.wrong * _worth(now, missed.at)
    return Misses(own, rooms)


def _worth(now: datetime, at: datetime) -> float:
    return float(0.5 ** (max(now - at, timedelta(0)) / _HALF))


def _due_topics(services: Services, topics: tuple[str, ...]) -> frozenset[str]:
    due = services.store.due(services.now(), services.tz, topics)
    return frozenset(services.load_bank().topic_of(card).id for card in due)


def _title(services: Services, choice: RoomChoice, titles: Mapping[str, Localized]) -> Localized:
    words: Words
    if choice.misses:
        words = msg("What we missed")
    elif len(titles) > _NAMED:
        words = msgs("{n} topic", "{n} topics", n=len(titles))
    else:
        return Localized(
            ", ".join(title.en for title in titles.values()),
            ", ".join(title.ko for title in titles.values()),
        )
    return Localized(services.speaker("en").say(words), services.speaker("ko").say(words))


def _notes(choice: RoomChoice, misses: Misses, plan: Plan, due: frozenset[str]) -> list[Message]:
    notes: list[Message] = []
    cards = [planned.question.id for planned in plan.questions]
    if len(cards) < choice.count:
        notes.append(
            msgs(
                "There is only {n} such question.",
                "There are only {n} such questions.",
                n=len(cards),
            )
        )
    if not choice.misses:
        return notes
    own = sum(card in misses.own for card in cards)
    rooms = sum(card in misses.rooms and card not in misses.own for card in cards)
    others = [card for card in cards if not misses.weight(card)]
    filled = sum(card.partition(".")[0] in due for card in others)
    if own:
        notes.append(msgs("{n} question that you missed.", "{n} questions that you missed.", n=own))
    if rooms:
        notes.append(
            msgs(
                "{n} question that earlier rooms missed.",
                "{n} questions that earlier rooms missed.",
                n=rooms,
            )
        )
    if filled:
        notes.append(
            msgs(
                "{n} question from topics that are due.",
                "{n} questions from topics that are due.",
                n=filled,
            )
        )
    if len(others) > filled:
        notes.append(msgs("{n} other question.", "{n} other questions.", n=len(others) - filled))
    return notes
