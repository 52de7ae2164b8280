"""Mistakes are counted by id, with the latest answer that had each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tutor.memory.rating import Rating
from tutor.store import mistakes
from tutor.store.log import AnswerRow
from tutor.store.mistakes import MistakeCount
from tutor.store.store import Store

from .learner import CARDS, NOW, SEOUL, TOPICS, answer, days


def mistaken(mistake: str | None, at: datetime, **fields: object) -> AnswerRow:
    return replace(answer("lstm.params", at, Rating.AGAIN), mistake=mistake, **fields)  # type: ignore[arg-type]  # fields of the row


def test_the_most_frequent_of_the_last_days_come_first(store: Store) -> None:
    for at in (-60, -50, -40, -30):
        store.record(mistaken("no-bias", NOW + days(at)))
    for at in (-20, -6, -1):
        store.record(mistaken("three-blocks", NOW + days(at), seed=at + 100, response=f"{at}"))
    store.record(mistaken(None, NOW - days(2)))
    store.record(mistaken("one-bias", NOW - days(2), args={"d": 3, "h": 4.5}))
    store.record(mistaken("a-bias", NOW - days(2)))
    assert store.stats(NOW, SEOUL).mistakes == (
        MistakeCount("three-blocks", 2, 3, "lstm.params", "lstm.params", 99, None, "-1"),
        MistakeCount("a-bias", 1, 1, "lstm.params", "lstm.params", 7, None, "3,456"),
        MistakeCount(
            "one-bias", 1, 1, "lstm.params", "lstm.params", 7, {"d": 3, "h": 4.5}, "3,456"
        ),
        MistakeCount("no-bias", 0, 4, "lstm.params", "lstm.params", 7, None, "3,456"),
    )


def test_days_are_study_days(store: Store) -> None:
    first = datetime.fromisoformat("2026-04-09T04:00+09:00")  # six study days before today's
    store.record(mistaken("late", first - days(1) / 86400))
    store.record(mistaken("in-time", first))
    counted = {made.mistake: made.recent for made in store.stats(NOW, SEOUL).mistakes}
    assert counted == {"in-time": 1, "late": 0}


def test_a_renamed_card_has_both_names(store: Store) -> None:
    store.record(mistaken("three-blocks", NOW))
    cards = [replace(c, id="lstm.new", aliases=("lstm.params",)) if c.id == "lstm.params" else c
             for c in CARDS]  # fmt: skip
    store.index_bank(TOPICS, cards, "renamed")
    (made,) = store.stats(NOW, SEOUL).mistakes
    assert (made.question, made.logged) == ("lstm.new", "lstm.params")


def test_counting_reads_the_index_alone(store: Store) -> None:
    plan = store._connection.execute(
        f"EXPLAIN QUERY PLAN {mistakes._MISTAKES}", {"since": 0, "until": 1}
    ).fetchall()
    steps = [row[3] for row in plan]
    assert any("COVERING INDEX mistakes_by_time" in step for step in steps), steps
    assert not any(step.startswith("SCAN") and "mistakes_by_time" not in step and
                   "counted" not in step for step in steps), steps  # fmt: skip
    assert not any("TEMP B-TREE FOR GROUP BY" in step for step in steps), steps
