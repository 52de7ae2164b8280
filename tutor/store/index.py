"""The index of the loaded question files: what there is to study, without loading it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
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
    """A card, in the order of study.

    Attributes:
        id: what it is called.
        topic: its topic.
        objective: what it asks for.
        aliases: what it was called before; what is logged under these names counts for it.
        question: what it has in common with its siblings; None if it has none.
    """

    id: str
    topic: str
    objective: str
    aliases: tuple[str, ...] = ()
    question: str | None = None


def indexed_fingerprint(connection: sqlite3.Connection) -> str | None:
    """Return the fingerprint of the files that were indexed last, None before the first."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'bank'").fetchone()
    return None if row is None else str(row[0])


def index_bank(
    connection: sqlite3.Connection,
    topics: Sequence[TopicEntry],
    cards: Sequence[CardEntry],
    fingerprint: str,
    remember: Callable[[Collection[str]], None],
) -> bool:
    """Index what was loaded; return whether it had changed.

    Cards that were answered and are no longer in the files keep their memory and their log;
    they only stop being due.

    Args:
        connection: the database.
        topics: in the order of study.
        cards: in the order of study; no alias is the id of a card.
        fingerprint: differs when anything above does.
        remember: makes the memories of cards anew from the log, when their names change.

    Raises:
        sqlite3.IntegrityError: an id or an alias twice, or a card of a topic that is not there.
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
            "INSERT INTO bank_cards (id, topic, objective, position, question)"
            " VALUES (?, ?, ?, ?, ?)",
            ((c.id, c.topic, c.objective, n, c.question or c.id) for n, c in enumerate(cards)),
        )
        if renamed := _rename(connection, cards):
            remember(renamed)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('bank', ?)", (fingerprint,))
    return True


def _rename(connection: sqlite3.Connection, cards: Sequence[CardEntry]) -> frozenset[str]:
    """Write down the aliases; return every name whose history is another one now."""
    before = set(connection.execute("SELECT alias, card FROM card_aliases"))
    pairs = [(alias, card.id) for card in cards for alias in card.aliases]
    if before == set(pairs):
        return frozenset()
    connection.execute("DELETE FROM card_aliases")
    connection.executemany("INSERT INTO card_aliases VALUES (?, ?)", pairs)
    return frozenset(name for pair in before.symmetric_difference(pairs) for name in pair)
