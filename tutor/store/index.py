"""The index of the loaded question files: what there is to study, without loading it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.store.transaction import writing
from tutor.text.localized import Localized


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic, in the order of study."""

    id: str
    title: Localized


@dataclass(frozen=True, slots=True)
class CardEntry:
    """A card, in the order of study."""

    id: str
    topic: str
    objective: str


def indexed_fingerprint(connection: sqlite3.Connection) -> str | None:
    """Return the fingerprint of the files that were indexed last, None before the first."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'bank'").fetchone()
    return None if row is None else str(row[0])


def index_bank(
    connection: sqlite3.Connection,
    topics: Sequence[TopicEntry],
    cards: Sequence[CardEntry],
    fingerprint: str,
) -> bool:
    """Index what was loaded; return whether it had changed.

    Cards that were answered and are no longer in the files keep their memory and their log;
    they only stop being due.

    Raises:
        sqlite3.IntegrityError: an id twice, or a card of a topic that is not there.
    """
    if indexed_fingerprint(connection) == fingerprint:
        return False
    with writing(connection):
        connection.execute("DELETE FROM bank_cards")
        connection.execute("DELETE FROM bank_topics")
        connection.executemany(
            "INSERT INTO bank_topics (id, position, title_en, title_ko) VALUES (?, ?, ?, ?)",
            ((t.id, n, t.title.en, t.title.ko) for n, t in enumerate(topics)),
        )
        connection.executemany(
            "INSERT INTO bank_cards (id, topic, objective, position) VALUES (?, ?, ?, ?)",
            ((c.id, c.topic, c.objective, n) for n, c in enumerate(cards)),
        )
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('bank', ?)", (fingerprint,))
    return True
