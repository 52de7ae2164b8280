"""What to study today, in order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from tutor.memory.scheduler import Settings, recall
from tutor.store.siblings import TAKEN, Answered, SeenCard, one_of_each
from tutor.store.today import Today

_DAY_MICROSECONDS = 86_400_000_000
_IN_TOPICS = "(:topics IS NULL OR bank.topic IN (SELECT value FROM json_each(:topics)))"

_DUE = f"""
SELECT card, question, topic, state, due, stability, last_review
FROM cards JOIN bank_cards AS bank ON bank.id = card
WHERE due < :end AND {_IN_TOPICS}
ORDER BY bank.position
"""  # noqa: S608 - fixed text
_INTRODUCED = """
SELECT count(*) FROM (SELECT DISTINCT question FROM answers WHERE at >= :start AND at < :end) AS t
WHERE NOT EXISTS (
  SELECT 1 FROM answers AS a
  WHERE a.logged IN (
    SELECT t.question UNION ALL SELECT alias FROM card_aliases WHERE card = t.question
  ) AND a.at < :start
)
"""
# the first card of each question that has none of its own today
_NEW = f"""
SELECT bank.id, bank.topic
FROM bank_cards AS bank
WHERE NOT EXISTS (SELECT 1 FROM cards WHERE card = bank.id)
  AND (bank.question = bank.id OR bank.question NOT IN ({TAKEN}) AND NOT EXISTS (
    SELECT 1 FROM bank_cards AS sibling
    WHERE sibling.question = bank.question AND sibling.question <> sibling.id
      AND sibling.position < bank.position
      AND NOT EXISTS (SELECT 1 FROM cards WHERE card = sibling.id)
  ))
  AND {_IN_TOPICS}
ORDER BY bank.position LIMIT :limit
"""  # noqa: S608 - fixed text


def due_cards(
    connection: sqlite3.Connection, today: Today, topics: Collection[str] | None = None
) -> tuple[str, ...]:
    """Return the cards that are due before this study day ends, in the order of study.

    First cards in learning whose wait is over, the longest over first; then reviews, the
    least remembered first; then cards in learning whose wait ends later today. Of siblings, one
    review at most, and none if one of them is in learning or was answered today. Cards that
    are no longer in the question files are not due.

    Args:
        today: the study day.
        topics: only cards of these; None for all.
    """
    learning: list[tuple[float, SeenCard]] = []
    reviews: list[tuple[float, SeenCard]] = []
    waiting: list[tuple[float, SeenCard]] = []
    for row in connection.execute(_DUE, {"end": today.end, "topics": _listed(topics)}):
        card = SeenCard._make(row)
        if card.is_review:
            days = (today.now - card.last_review) // _DAY_MICROSECONDS
            reviews.append((recall(card.stability, days), card))
        else:
            (learning if card.due <= today.now else waiting).append((card.due, card))
    first, last = _sorted(learning), _sorted(waiting)
    answered = Answered.read(connection, today)
    chosen = (*first, *one_of_each(_sorted(reviews), (*first, *last), answered), *last)
    return tuple(card.card for card in chosen)


def _sorted(cards: list[tuple[float, SeenCard]]) -> list[SeenCard]:
    cards.sort(key=lambda pair: pair[0])  # stable: equal ones stay in the order of the bank
    return [card for _, card in cards]


def new_cards(
    connection: sqlite3.Connection,
    today: Today,
    settings: Settings,
    topics: Collection[str] | None = None,
) -> tuple[tuple[str, str], ...]:
    """Return the cards (and their topics) that may still be begun today, in the bank's order.

    Of siblings, one at most, and none if one of them is due or was answered today.

    Args:
        today: the study day.
        settings: `new_per_day` counts over all topics, together with what was begun today.
        topics: only cards of these; None for all.
    """
    bounds = {"start": today.start, "end": today.end}
    (introduced,) = connection.execute(_INTRODUCED, bounds).fetchone()
    left = max(settings.new_per_day - introduced, 0)
    return tuple(connection.execute(_NEW, {**bounds, "topics": _listed(topics), "limit": left}))


def _listed(topics: Collection[str] | None) -> str | None:
    return None if topics is None else json.dumps(sorted(topics))
