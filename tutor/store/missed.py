"""The cards that were answered wrongly of late."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tutor.memory.rating import Rating
from tutor.store.moment import from_moment

# one walk through the index by time; what was rated anew counts as it was rated last
_MISSED = f"""
WITH counted AS (
  SELECT question, count(*) FILTER (WHERE rating = {int(Rating.AGAIN)}) AS misses,
         max(at) FILTER (WHERE rating = {int(Rating.AGAIN)}) AS missed, max(at) AS latest
  FROM answers WHERE at >= :since GROUP BY question
)
SELECT counted.question, misses, missed, latest > missed
FROM counted JOIN bank_cards AS bank ON bank.id = counted.question
WHERE misses > 0
  AND (:topics IS NULL OR bank.topic IN (SELECT value FROM json_each(:topics)))
ORDER BY misses DESC, missed DESC, bank.position
"""  # noqa: S608 - fixed text


@dataclass(frozen=True, slots=True)
class MissedCard:
    """A card that was answered wrongly, or forgotten.

    Attributes:
        card: its id of today.
        misses: how often in the span that was asked for.
        at: when it was missed last.
        right_since: whether it was answered after that, and not missed.
    """

    card: str
    misses: int
    at: datetime
    right_since: bool


def missed_cards(
    connection: sqlite3.Connection, since: int, topics: Collection[str] | None = None
) -> tuple[MissedCard, ...]:
    """Return the cards of the question files that were missed, the most often missed first.

    Args:
        connection: the database.
        since: the first moment that counts, in UTC microseconds as in the log.
        topics: only cards of these; None for all.
    """
    listed = None if topics is None else json.dumps(sorted(topics))
    rows = connection.execute(_MISSED, {"since": since, "topics": listed})
    return tuple(
        MissedCard(card, misses, from_moment(at), bool(right_since))
        for card, misses, at, right_since in rows
    )
