"""The learner's data: one database, opened once and handed to whoever needs it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tutor.memory.card import CardMemory
from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings
from tutor.store.home import HomeCounts, home_counts
from tutor.store.log import AnswerRow, Log, LogRow, Recorded
from tutor.store.moment import to_moment
from tutor.store.opening import open_database
from tutor.store.problem import explained
from tutor.store.queue import due_cards, new_cards
from tutor.store.today import Today
from tutor.store.transaction import reading, writing
from tutor.store.ulid import next_ulid
from tutor.text.message import Message

if TYPE_CHECKING:  # loaded when they are needed, not before Home is painted
    from tutor.store.index import CardEntry, TopicEntry
    from tutor.store.missed import MissedCard
    from tutor.store.stats import Stats


class Store:
    """The log of reviews, the memory of each card, and an index of the question files.

    A store belongs to the thread that opened it. Several processes may have the same file
    open; a write waits for another's, up to 5 s.

    Every method raises `TutorError`, with the file's name, when the file cannot be read or
    written; nothing counts as saved then, and the call may be repeated.

    Attributes:
        path: the database file.
        notice: what to tell the learner about the file, such as where a damaged one is kept.
        settings: how cards are scheduled; the memories are always those of these settings.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        log: Log,
        notice: Message | None,
    ) -> None:
        self.path = path
        self.notice = notice
        self._connection = connection
        self._log = log

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: datetime,
        settings: Settings | None = None,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> Self:
        """Open the file, or begin a new one.

        When the settings differ from those of the last time, the memories are made anew
        from the log (1 s for 100,000 answers).

        Args:
            path: the database; missing folders are made.
            now: by the learner's clock, for names and ids.
            settings: how to schedule; the defaults if None.
            entropy: gives so many random bytes, for ids.

        Raises:
            TutorError: the file cannot be used; it is left as it is.
        """
        connection, notice = open_database(path, now)
        try:
            with explained(path):
                device = _device(connection, now, entropy)
                log = Log(connection, device, settings or Settings(), entropy)
                log.rebuild_if_stale()
        except BaseException:
            connection.close()
            raise
        return cls(path, connection, log, notice)

    def close(self) -> None:
        """Close the file; nothing is waiting to be written."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        """How cards are scheduled."""
        return self._log.settings

    @property
    def device(self) -> str:
        """The id of this installation, which its rows of the log carry."""
        return self._log.device

    def record(self, answer: AnswerRow) -> Recorded:
        """Save an answer and its card's new memory; durable when this returns."""
        with explained(self.path):
            return self._log.record(answer)

    def record_once(self, answer: AnswerRow, since: datetime) -> Recorded | None:
        """Save an answer as `record` does, unless the same card was answered at the same seed.

        Args:
            answer: the answer.
            since: answers from before it do not count.

        Returns:
            None if there was such an answer.
        """
        with explained(self.path):
            return self._log.record_once(answer, since)

    def rerate(self, target: str, rating: Rating, at: datetime) -> CardMemory:
        """Give a saved answer another rating; the last one counts. Durable when this returns.

        Args:
            target: the id that `record` returned.
            rating: the learner's own.
            at: when the learner decided.

        Raises:
            LookupError: there is no such answer.
        """
        with explained(self.path):
            return self._log.rerate(target, rating, at)

    def memories(self, cards: Iterable[str]) -> dict[str, CardMemory]:
        """Return the memory of each card; that of a new card for one never answered."""
        with explained(self.path):
            return self._log.memories(cards)

    def all_memories(self) -> dict[str, CardMemory]:
        """Return the memory of every card that was ever answered, orphans too."""
        with explained(self.path):
            return self._log.all_memories()

    def replay(self) -> dict[str, CardMemory]:
        """Return what `all_memories` must be, computed from the log."""
        with explained(self.path):
            return self._log.replay()

    def rebuild(self) -> int:
        """Make the memories anew from the log; return the number of cards."""
        with explained(self.path):
            return self._log.rebuild()

    def rows(self) -> Iterator[LogRow]:
        """Give the whole log, oldest row first."""
        with explained(self.path):
            yield from self._log.rows()

    @property
    def bank_fingerprint(self) -> str | None:
        """The fingerprint of the question files as last indexed, None before the first time."""
        from tutor.store.index import indexed_fingerprint

        with explained(self.path):
            return indexed_fingerprint(self._connection)

    def index_bank(
        self, topics: Sequence[TopicEntry], cards: Sequence[CardEntry], fingerprint: str
    ) -> bool:
        """Index the loaded question files, both in the order of study.

        Returns:
            Whether anything was written: not if the fingerprint is that of the last time.
        """
        from tutor.store.index import index_bank

        with explained(self.path):
            return index_bank(self._connection, topics, cards, fingerprint, self._log.remember_anew)

    def home(self, now: datetime, tz: tzinfo) -> HomeCounts:
        """Count what Home shows."""
        with self._today(now, tz) as today:
            return home_counts(self._connection, today, self.settings)

    def stats(self, now: datetime, tz: tzinfo) -> Stats:
        """Count what the log says about the learner's work."""
        from tutor.store.stats import stats

        with self._today(now, tz) as today:
            return stats(self._connection, today)

    def due(
        self, now: datetime, tz: tzinfo, topics: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """Return the cards due before this study day ends, in the order of study.

        First cards in learning whose wait is over; then reviews, the least remembered first;
        then cards in learning whose wait ends later today. Of siblings, one review at most.
        `home` counts the same cards.

        Args:
            now: the instant.
            tz: the learner's time zone.
            topics: only cards of these; None for all.
        """
        with self._today(now, tz) as today:
            return due_cards(self._connection, today, topics)

    def new(
        self, now: datetime, tz: tzinfo, topics: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """Return the cards that may still be begun today, in the order of study."""
        with self._today(now, tz) as today:
            cards = new_cards(self._connection, today, self.settings, topics)
        return tuple(card for card, _ in cards)

    def missed(
        self, since: datetime, topics: Collection[str] | None = None
    ) -> tuple[MissedCard, ...]:
        """Return the cards that were answered wrongly, the most often missed first.

        Args:
            since: answers from before it do not count.
            topics: only cards of these; None for all.
        """
        from tutor.store.missed import missed_cards

        with explained(self.path):
            return missed_cards(self._connection, to_moment(since), topics)

    @contextmanager
    def _today(self, now: datetime, tz: tzinfo) -> Iterator[Today]:
        today = Today.at(now, tz, self.settings.rollover_hour)
        with explained(self.path), reading(self._connection):
            yield today


def _device(connection: sqlite3.Connection, now: datetime, entropy: Callable[[int], bytes]) -> str:
    """Return this installation's id, made at the first opening."""
    known = "SELECT value FROM meta WHERE key = 'device'"
    row = connection.execute(known).fetchone()
    if row is None:
        with writing(connection):
            connection.execute(
                "INSERT INTO meta VALUES ('device', ?) ON CONFLICT DO NOTHING",
                (next_ulid(now, None, entropy),),
            )
        row = connection.execute(known).fetchone()
    return str(row[0])
