"""The log of answers, and the memory of each card that follows from it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tutor.memory.card import CardMemory, CardState
from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings, replay, schedule
from tutor.store.moment import from_moment, to_moment
from tutor.store.transaction import writing
from tutor.store.ulid import next_ulid


class Action(StrEnum):
    """What a row of the log says."""

    ANSWER = "answer"
    RERATE = "rerate"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer, as it is to be logged.

    Attributes:
        question: the id of the card.
        seed: from which the question was posed; −2⁶³ to 2⁶³ − 1.
        at: when it was answered.
        score: 0 to 1; None where the learner alone judges.
        response: what the learner gave, as typed.
        mistake: the id of the diagnosed mistake.
        duration_ms: from the question's appearance to the answer.
        args: the learner's own sizes, if the question was answered for those.
        hints: how many hints had been shown.
    """

    question: str
    seed: int
    at: datetime
    rating: Rating
    score: float | None
    response: str
    mistake: str | None
    duration_ms: int
    args: Mapping[str, int | float] | None = None
    hints: int = 0


class LogRow(NamedTuple):
    """One row of the log, as it was written; see the migrations for the columns.

    `hints` is None of an answer from before hints were counted.
    """

    id: str
    device: str
    action: Action
    question: str
    at: datetime
    rating: Rating | None
    target: str | None = None
    seed: int | None = None
    args: Mapping[str, int | float] | None = None
    score: float | None = None
    response: str | None = None
    mistake: str | None = None
    duration_ms: int | None = None
    hints: int | None = None


class Recorded(NamedTuple):
    """What was saved: the id of the row, and the memory of its card from now on."""

    id: str
    memory: CardMemory


_COLUMNS = (
    "id, device, action, target, question, seed, args, at,"
    " rating, score, response, mistake, duration_ms, hints"
)
_INSERT = f"""
INSERT INTO reviews ({_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608 - fixed columns
_ROWS = f"SELECT {_COLUMNS} FROM reviews ORDER BY id"  # noqa: S608 - fixed columns
_UPSERT = """
INSERT INTO cards (card, state, step, stability, difficulty, due, last_review, reps, lapses)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (card) DO UPDATE SET
  state = excluded.state, step = excluded.step, stability = excluded.stability,
  difficulty = excluded.difficulty, due = excluded.due, last_review = excluded.last_review,
  reps = excluded.reps, lapses = excluded.lapses
"""
# the names make it use the index; the card leaves out what a name once meant
_HISTORY = """
SELECT rating, at FROM answers
WHERE logged IN (SELECT :card UNION ALL SELECT alias FROM card_aliases WHERE card = :card)
  AND question = :card
ORDER BY id
"""
_SAME = """
SELECT 1 FROM reviews
WHERE action = 'answer' AND question = :card AND at >= :since AND seed = :seed LIMIT 1
"""
_CARD = "card, state, step, stability, difficulty, due, last_review, reps, lapses"


@dataclass(frozen=True, slots=True)
class Log:
    """The reviews in a database, with their cache of card memories.

    Every write computes the card's memory inside the transaction, from what the database
    holds at that moment: so the cache equals a replay, also while two programs write.
    """

    connection: sqlite3.Connection
    device: str
    settings: Settings
    entropy: Callable[[int], bytes] = os.urandom

    def record(self, answer: AnswerRow) -> Recorded:
        """Save an answer; it is durable when this returns."""
        with writing(self.connection):
            return self._record(answer)

    def record_once(self, answer: AnswerRow, since: datetime) -> Recorded | None:
        """Save an answer, unless its card was answered at the same seed since an instant."""
        same = {"card": answer.question, "seed": answer.seed, "since": to_moment(since)}
        with writing(self.connection):  # so that two programs do not both find none
            if self.connection.execute(_SAME, same).fetchone() is not None:
                return None
            return self._record(answer)

    def _record(self, answer: AnswerRow) -> Recorded:
        row = LogRow(
            id=self._next_id(answer.at),
            device=self.device,
            action=Action.ANSWER,
            question=answer.question,
            seed=answer.seed,
            args=answer.args,
            at=answer.at,
            rating=answer.rating,
            score=answer.score,
            response=answer.response,
            mistake=answer.mistake,
            duration_ms=answer.duration_ms,
            hints=answer.hints,
        )
        self._append(row)
        card = self._card_of(answer.question)
        before = self.memories([card])[card]
        memory = schedule(before, answer.rating, answer.at, self.settings)
        self._remember([memory])
        return Recorded(row.id, memory)

    def rerate(self, target: str, rating: Rating, at: datetime) -> CardMemory:
        """Give an answer another rating; the last one counts. Durable when this returns.

        Args:
            target: the id of the answer's row.
            at: when the learner decided; the review keeps its own time.

        Raises:
            LookupError: there is no such answer.
        """
        with writing(self.connection):
            found = self.connection.execute(
                "SELECT question FROM answers WHERE id = ?", (target,)
            ).fetchone()
            if found is None:
                raise LookupError(f"no answer {target!r} in the log")
            question: str = found[0]
            row = LogRow(
                id=self._next_id(at),
                device=self.device,
                action=Action.RERATE,
                target=target,
                question=question,
                at=at,
                rating=rating,
            )
            self._append(row)
            memory = self._replay_card(question)
            self._remember([memory])
        return memory

    def memories(self, cards: Iterable[str]) -> dict[str, CardMemory]:
        """Return the memory of each card; that of a new card for one never answered."""
        found = {card: CardMemory.new(card) for card in cards}
        rows = self.connection.execute(
            f"SELECT {_CARD} FROM cards WHERE card IN (SELECT value FROM json_each(?))",  # noqa: S608 - fixed columns
            (json.dumps(list(found)),),
        )
        found.update((row[0], _memory(row)) for row in rows)
        return found

    def all_memories(self) -> dict[str, CardMemory]:
        """Return the memory of every card that was ever answered, from the cache."""
        rows = self.connection.execute(f"SELECT {_CARD} FROM cards")  # noqa: S608 - fixed columns
        return {row[0]: _memory(row) for row in rows}

    def replay(self) -> dict[str, CardMemory]:
        """Return the memory of every card as it follows from the log."""
        histories: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for question, rating, at in self.connection.execute(
            "SELECT question, rating, at FROM answers ORDER BY id"
        ):
            histories[question].append((rating, at))
        return {
            card: replay(CardMemory.new(card), _answers(history), self.settings)
            for card, history in histories.items()
        }

    def rebuild(self) -> int:
        """Make the cache anew from the log; return the number of cards."""
        with writing(self.connection):
            memories = self.replay()
            self.connection.execute("DELETE FROM cards")
            self._remember(memories.values())
            self.connection.execute(
                "INSERT OR REPLACE INTO meta VALUES ('scheduler', ?)", (_scheduler(self.settings),)
            )
        return len(memories)

    def remember_anew(self, cards: Collection[str]) -> None:
        """Make the memories of some cards anew from the log, inside a transaction that is open."""
        self.connection.execute(
            "DELETE FROM cards WHERE card IN (SELECT value FROM json_each(?))",
            (json.dumps(list(cards)),),
        )
        self._remember(memory for card in cards if (memory := self._replay_card(card)).reps)

    def rebuild_if_stale(self) -> None:
        """Make the cache anew if it was made with other settings.

        A migration that changes the cache deletes the row of `meta`, so that this happens too.
        """
        row = self.connection.execute("SELECT value FROM meta WHERE key = 'scheduler'").fetchone()
        if row is None or row[0] != _scheduler(self.settings):
            self.rebuild()

    def rows(self) -> Iterator[LogRow]:
        """Give the whole log, oldest row first."""
        yield from map(_log_row, self.connection.execute(_ROWS))

    def _card_of(self, name: str) -> str:
        """Return the card that answers under a name count for."""
        row = self.connection.execute("SELECT card FROM card_aliases WHERE alias = ?", (name,))
        return str((row.fetchone() or (name,))[0])

    def _replay_card(self, card: str) -> CardMemory:
        history = self.connection.execute(_HISTORY, {"card": card})
        return replay(CardMemory.new(card), _answers(history), self.settings)

    def _next_id(self, at: datetime) -> str:
        last: str | None = self.connection.execute("SELECT max(id) FROM reviews").fetchone()[0]
        return next_ulid(at, last, self.entropy)

    def _append(self, row: LogRow) -> None:
        args = None if row.args is None else json.dumps(dict(row.args), sort_keys=True)
        self.connection.execute(
            _INSERT,
            (
                row.id, row.device, row.action, row.target, row.question, row.seed, args,
                to_moment(row.at), row.rating, row.score, row.response, row.mistake,
                row.duration_ms, row.hints,
            ),
        )  # fmt: skip

    def _remember(self, memories: Iterable[CardMemory]) -> None:
        self.connection.executemany(_UPSERT, map(_columns, memories))


def _scheduler(settings: Settings) -> str:
    """Write down all that a memory depends on besides the log."""
    return json.dumps(
        {
            "algorithm": "FSRS-6",
            "desired_retention": settings.desired_retention,
            "learning_steps": [step.total_seconds() for step in settings.learning_steps],
            "relearning_steps": [step.total_seconds() for step in settings.relearning_steps],
            "maximum_interval": settings.maximum_interval,
            "fuzz": settings.fuzz,
        }
    )


def _answers(rows: Iterable[tuple[int, int]]) -> Iterator[tuple[Rating, datetime]]:
    return ((Rating(rating), from_moment(at)) for rating, at in rows)


def _log_row(columns: tuple[Any, ...]) -> LogRow:
    (row, device, action, target, question, seed, args, at, rating, *graded) = columns
    score, response, mistake, duration_ms, hints = graded
    return LogRow(
        id=row,
        device=device,
        action=Action(action),
        target=target,
        question=question,
        seed=seed,
        args=None if args is None else json.loads(args),
        at=from_moment(at),
        rating=None if rating is None else Rating(rating),
        score=score,
        response=response,
        mistake=mistake,
        duration_ms=duration_ms,
        hints=hints,
    )


def _memory(row: tuple[Any, ...]) -> CardMemory:
    card, state, step, stability, difficulty, due, last_review, reps, lapses = row
    return CardMemory(
        card, CardState(state), step, stability, difficulty,
        from_moment(due), from_moment(last_review), reps, lapses,
    )  # fmt: skip


def _columns(memory: CardMemory) -> tuple[object, ...]:
    if memory.due is None or memory.last_review is None:
        raise ValueError(f"{memory.card} was never answered")
    return (
        memory.card, memory.state, memory.step, memory.stability, memory.difficulty,
        to_moment(memory.due), to_moment(memory.last_review), memory.reps, memory.lapses,
    )  # fmt: skip
