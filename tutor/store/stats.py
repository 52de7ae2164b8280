"""What the log says about the learner's work."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass

from tutor.memory.rating import Rating
from tutor.store.home import streak
from tutor.store.mistakes import MistakeCount, mistake_counts
from tutor.store.siblings import days_due, seen_cards
from tutor.store.today import Today
from tutor.text.localized import Localized

_ANSWERS = "SELECT question, at, rating, score FROM answers ORDER BY id"
_BANK = "SELECT id, topic, objective FROM bank_cards"
_TITLES = "SELECT id, title_en, title_ko FROM bank_topics ORDER BY position"


@dataclass(frozen=True, slots=True)
class Tally:
    """How a set of answers went.

    An answer is right if it got the full score; where the learner alone judges, if it was
    rated better than AGAIN.

    Attributes:
        answers: how many.
        score: mean score of those that have one, 0 to 1; None if none has.
        first_attempts: how many were the first of their card on its study day.
        first_right: how many of these were right.
    """

    answers: int
    score: float | None
    first_attempts: int
    first_right: int

    @property
    def first_attempt_accuracy(self) -> float | None:
        """The share of first attempts that were right, 0 to 1; None without any."""
        return self.first_right / self.first_attempts if self.first_attempts else None


@dataclass(frozen=True, slots=True)
class TopicStats:
    """The answers to the cards of one topic."""

    topic: str
    title: Localized
    tally: Tally


@dataclass(frozen=True, slots=True)
class Stats:
    """Reviews, accuracy and what is due.

    Attributes:
        reviews: answers ever given.
        reviews_today: in this study day; `_7_days` and `_30_days` count it as the last.
        tally: over all answers.
        ratings: answers by the rating that counts now, AGAIN first.
        topics: those of the question files, in the order of study, answered or not.
        objectives: those with an answer, by name.
        elsewhere: over answers to cards that are no longer in the question files.
        due_today: cards due before the study day ends.
        due_tomorrow: cards that become due in the next study day.
        streak: study days in a row with an answer, up to today or yesterday.
        mistakes: those that were recognised, the most frequent of the last 7 study days first.
    """

    reviews: int
    reviews_today: int
    reviews_7_days: int
    reviews_30_days: int
    tally: Tally
    ratings: dict[Rating, int]
    topics: tuple[TopicStats, ...]
    objectives: dict[str, Tally]
    elsewhere: Tally
    due_today: int
    due_tomorrow: int
    streak: int
    mistakes: tuple[MistakeCount, ...]


@dataclass(slots=True)
class _Count:
    answers: int = 0
    scored: int = 0
    score: float = 0.0
    first_attempts: int = 0
    first_right: int = 0

    def add(self, rating: int, score: float | None, *, first: bool) -> None:
        self.answers += 1
        if score is not None:
            self.scored += 1
            self.score += score
        if first:
            self.first_attempts += 1
            self.first_right += rating > Rating.AGAIN if score is None else score >= 1

    def tally(self) -> Tally:
        mean = self.score / self.scored if self.scored else None
        return Tally(self.answers, mean, self.first_attempts, self.first_right)


def stats(connection: sqlite3.Connection, today: Today) -> Stats:
    """Read the whole log once and count."""
    bank = {card: (topic, objective) for card, topic, objective in connection.execute(_BANK)}
    total, elsewhere = _Count(), _Count()
    topics: dict[str, _Count] = defaultdict(_Count)
    objectives: dict[str, _Count] = defaultdict(_Count)
    ratings = dict.fromkeys(Rating, 0)
    since = {days: today.start_of(1 - days) for days in (1, 7, 30)}
    recent = dict.fromkeys(since, 0)
    attempted: set[tuple[str, int]] = set()
    start = end = 0
    for question, at, rating, score in connection.execute(_ANSWERS):
        if not start <= at < end:  # the log is nearly in order of time: seldom another day
            start, end = today.day_of(at)
        first = (question, start) not in attempted
        attempted.add((question, start))
        ratings[rating] += 1
        for days, begin in since.items():
            recent[days] += begin <= at < today.end
        if question in bank:
            topic, objective = bank[question]
            counts = [topics[topic], objectives[objective]]
        else:
            counts = [elsewhere]
        for count in (total, *counts):
            count.add(rating, score, first=first)
    ends = (today.end, today.start_of(2))
    due = Counter(day for _, day in days_due(seen_cards(connection), ends, today))
    return Stats(
        reviews=total.answers,
        reviews_today=recent[1],
        reviews_7_days=recent[7],
        reviews_30_days=recent[30],
        tally=total.tally(),
        ratings=ratings,
        topics=tuple(
            TopicStats(topic, Localized(en, ko), topics[topic].tally())
            for topic, en, ko in connection.execute(_TITLES)
        ),
        objectives={name: objectives[name].tally() for name in sorted(objectives)},
        elsewhere=elsewhere.tally(),
        due_today=due[0],
        due_tomorrow=due[1],
        streak=streak(connection, today, studied_today=recent[1] > 0),
        mistakes=mistake_counts(connection, since[7], today.end),
    )
