"""What Home shows, from a fixed number of queries."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import NamedTuple

from tutor.memory.scheduler import Settings, recall
from tutor.store.queue import new_cards
from tutor.store.siblings import TAKEN, days_due, seen_cards
from tutor.store.today import Today
from tutor.text.localized import Localized

FORECAST_DAYS = 14
_DAY_MICROSECONDS = 86_400_000_000

_TOPICS = """
SELECT topic.id, title_en, title_ko, count(bank.id),
  count(*) FILTER (WHERE bank.question = bank.id)
FROM bank_topics AS topic LEFT JOIN bank_cards AS bank ON bank.topic = topic.id
GROUP BY topic.id ORDER BY topic.position
"""
# questions of several cards, one of which may be begun: none of them has the day
_NEW = f"""
SELECT topic, count(DISTINCT question) FROM bank_cards AS bank
WHERE question <> id AND NOT EXISTS (SELECT 1 FROM cards WHERE card = bank.id)
  AND question NOT IN ({TAKEN})
GROUP BY topic
"""  # noqa: S608 - fixed text
# Back from one study day to the one before while there are answers: the last row has none.
_STREAK = """
WITH RECURSIVE day (start, end) AS (
  VALUES (:start, :end)
  UNION ALL
  SELECT study_day_start(start - 1), start FROM day
  WHERE EXISTS (SELECT 1 FROM answers WHERE at >= day.start AND at < day.end)
)
SELECT count(*) - 1 FROM day
"""
_ANSWERED = "SELECT count(*) FROM answers WHERE at >= :start AND at < :end"
_DURATIONS = """
SELECT duration_ms FROM (SELECT duration_ms FROM answers ORDER BY id DESC LIMIT 100)
ORDER BY duration_ms
"""


class TopicCounts(NamedTuple):
    """One topic on Home.

    Attributes:
        cards: in the question files.
        seen: of these, answered at least once.
        due: of these, due before the study day ends.
        new: of these, not begun yet, one of each question; none of a question that has its card
            of today. How many of them today is limited by `HomeCounts.new`.
        recall: mean predicted recall, 0 to 1, of the cards that have been learnt; None before
            the first. A card that is being learnt or learnt again does not count: minutes
            after a wrong answer its predicted recall is near 1, and says nothing.
    """

    topic: str
    title: Localized
    cards: int
    seen: int
    due: int
    new: int
    recall: float | None


class HomeCounts(NamedTuple):
    """What there is to do, and how it goes.

    Attributes:
        due: cards due before the study day ends.
        new: cards that may be begun today.
        topics: in the order of study.
        forecast: cards due on each of 14 study days; the first is today, with all overdue. Of
            siblings that are due together, one waits for the next day.
        streak: study days in a row with an answer, up to today or yesterday.
        answered_today: answers given in this study day.
        seconds_per_card: median over the last 100 answers; None before the first.
    """

    due: int
    new: int
    topics: tuple[TopicCounts, ...]
    forecast: tuple[int, ...]
    streak: int
    answered_today: int
    seconds_per_card: float | None


@dataclass(slots=True)
class _Seen:
    recalls: list[float] = field(default_factory=list)
    cards: int = 0
    alone: int = 0
    due: int = 0


def home_counts(connection: sqlite3.Connection, today: Today, settings: Settings) -> HomeCounts:
    """Count what Home shows."""
    topics = connection.execute(_TOPICS).fetchall()
    seen = {topic: _Seen() for topic, *_ in topics}
    ends = [today.start_of(days) for days in range(1, FORECAST_DAYS + 1)]
    forecast = [0] * (FORECAST_DAYS + 1)  # the last for whatever is due later
    for card, day in days_due(seen_cards(connection), ends, today):
        forecast[day] += 1
        seen[card.topic].due += day == 0
        seen[card.topic].cards += 1
        seen[card.topic].alone += card.is_alone
        if card.is_review:
            days = (today.now - card.last_review) // _DAY_MICROSECONDS
            seen[card.topic].recalls.append(recall(card.stability, days))
    bounds = {"start": today.start, "end": today.end}
    new = len(new_cards(connection, today, settings))
    one_of_several = dict(connection.execute(_NEW, bounds))
    (answered_today,) = connection.execute(_ANSWERED, bounds).fetchone()
    durations = [ms for (ms,) in connection.execute(_DURATIONS)]
    return HomeCounts(
        due=forecast[0],
        new=new,
        topics=tuple(
            TopicCounts(
                topic=topic,
                title=Localized(en, ko),
                cards=cards,
                seen=seen[topic].cards,
                due=seen[topic].due,
                new=alone - seen[topic].alone + one_of_several.get(topic, 0),
                recall=sum(recalls) / len(recalls) if (recalls := seen[topic].recalls) else None,
            )
            for topic, en, ko, cards, alone in topics
        ),
        forecast=tuple(forecast[:FORECAST_DAYS]),
        streak=streak(connection, today, studied_today=answered_today > 0),
        answered_today=answered_today,
        seconds_per_card=durations[len(durations) // 2] / 1000 if durations else None,
    )


def streak(connection: sqlite3.Connection, today: Today, *, studied_today: bool) -> int:
    """Count the study days in a row with an answer, up to today, or yesterday if none today yet."""

    def study_day_start(moment: int) -> int:
        return today.day_of(moment)[0]

    start, end = today.start, today.end
    if not studied_today:
        start, end = study_day_start(start - 1), start
    connection.create_function("study_day_start", 1, study_day_start, deterministic=True)
    return int(connection.execute(_STREAK, {"start": start, "end": end}).fetchone()[0])
