"""The mistakes that the log knows, counted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

# the counts come from the index alone; one row each is then read for the latest answer
_MISTAKES = """
WITH counted AS (
  SELECT mistake, count(*) AS total,
         count(*) FILTER (WHERE at >= :since AND at < :until) AS recent, max(id) AS latest
  FROM answers WHERE mistake IS NOT NULL GROUP BY mistake
)
SELECT counted.mistake, recent, total, question, logged, seed, args, response
FROM counted JOIN answers ON answers.id = latest
ORDER BY recent DESC, total DESC, counted.mistake
"""


@dataclass(frozen=True, slots=True)
class MistakeCount:
    """How often one mistake was made, and the latest answer with it.

    Attributes:
        mistake: its id.
        recent: how often in the last 7 study days.
        total: how often ever.
        question: the card of today that was answered.
        logged: what the card was called then; with the seed it gives the card's numbers.
        sizes: the learner's own numbers, if the card had them.
        response: what was typed.
    """

    mistake: str
    recent: int
    total: int
    question: str
    logged: str
    seed: int
    sizes: Mapping[str, int | float] | None = field(hash=False)
    response: str


def mistake_counts(
    connection: sqlite3.Connection, since: int, until: int
) -> tuple[MistakeCount, ...]:
    """Return every mistake, the most frequent of a span of time first.

    Args:
        connection: the database.
        since: the first moment of the span, in UTC microseconds as in the log.
        until: the first moment after it.
    """
    rows = connection.execute(_MISTAKES, {"since": since, "until": until})
    return tuple(
        MistakeCount(
            mistake, recent, total, question, logged, seed, args and json.loads(args), response
        )
        for mistake, recent, total, question, logged, seed, args, response in rows
    )
