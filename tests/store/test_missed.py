"""Cards that were answered wrongly of late, the most often missed first."""

from __future__ import annotations

from dataclasses import replace

from tutor.memory.rating import Rating
from tutor.store import log, missed
from tutor.store.missed import MissedCard
from tutor.store.moment import to_moment
from tutor.store.store import Store

from .learner import CARDS, NOW, TOPICS, answer, days


def test_by_count_then_by_recency(store: Store) -> None:
    for card, ago, rating in [
        ("rnn.c0", 40, Rating.AGAIN),  # too long ago
        ("rnn.c1", 9, Rating.AGAIN),
        ("rnn.c2", 3, Rating.AGAIN),
        ("rnn.c1", 8, Rating.GOOD),
        ("lstm.c0", 2, Rating.AGAIN),
        ("lstm.c0", 1, Rating.AGAIN),
        ("lstm.c1", 1, Rating.HARD),
        ("gone.card", 1, Rating.AGAIN),
    ]:
        store.record(answer(card, NOW - days(ago), rating))
    assert store.missed(NOW - days(30)) == (
        MissedCard("lstm.c0", 2, NOW - days(1), right_since=False),
        MissedCard("rnn.c2", 1, NOW - days(3), right_since=False),
        MissedCard("rnn.c1", 1, NOW - days(9), right_since=True),
    )
    assert [one.card for one in store.missed(NOW - days(30), ["rnn"])] == ["rnn.c2", "rnn.c1"]


def test_the_last_rating_counts(store: Store) -> None:
    wrong = store.record(answer("rnn.c0", NOW, Rating.AGAIN))
    right = store.record(answer("rnn.c1", NOW, Rating.GOOD))
    store.rerate(wrong.id, Rating.GOOD, NOW)
    store.rerate(right.id, Rating.AGAIN, NOW)
    assert [one.card for one in store.missed(NOW - days(1))] == ["rnn.c1"]


def test_a_renamed_card_has_its_misses(store: Store) -> None:
    store.record(answer("rnn.c0", NOW, Rating.AGAIN))
    cards = [replace(c, id="rnn.new", aliases=("rnn.c0",)) if c.id == "rnn.c0" else c
             for c in CARDS]  # fmt: skip
    store.index_bank(TOPICS, cards, "renamed")
    assert [one.card for one in store.missed(NOW - days(1))] == ["rnn.new"]


def test_the_same_answer_is_recorded_once(store: Store) -> None:
    since = NOW - days(1)
    assert store.record_once(answer("rnn.c0", NOW), since) is not None
    assert store.record_once(answer("rnn.c0", NOW), since) is None
    assert store.record_once(replace(answer("rnn.c0", NOW), seed=8), since) is not None
    assert store.record_once(answer("rnn.c1", NOW), since) is not None
    assert store.record_once(answer("rnn.c0", NOW + days(2)), NOW + days(1)) is not None
    assert len(list(store.rows())) == 4
    assert store.replay() == store.all_memories()


def test_both_queries_use_an_index(store: Store) -> None:
    def steps(query: str, values: dict[str, object]) -> list[str]:
        plan = store._connection.execute(f"EXPLAIN QUERY PLAN {query}", values)
        return [row[3] for row in plan]

    same = steps(log._SAME, {"card": "a", "seed": 1, "since": 0})
    assert any("answers_by_question (question=? AND at>?)" in step for step in same), same
    misses = steps(missed._MISSED, {"since": to_moment(NOW), "topics": None})
    assert any("answers_by_time (at>?)" in step for step in misses), misses
