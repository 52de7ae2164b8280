"""Cards of one question are not asked on the same study day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.memory.rating import Rating
from tutor.store.index import CardEntry
from tutor.store.migrate import migrate
from tutor.store.store import Store

from .learner import EXACT, NOW, SEOUL, TOPICS, answer, days

AGAIN, HARD, GOOD, EASY = Rating
MINUTE = timedelta(minutes=1)


def gaps(question: str, count: int) -> list[CardEntry]:
    topic = question.partition(".")[0]
    return [CardEntry(f"{question}#{n}", topic, topic, (), question) for n in range(1, count + 1)]


CARDS = [
    CardEntry("rnn.a", "rnn", "rnn"),
    *gaps("rnn.cell", 3),
    CardEntry("rnn.b", "rnn", "rnn"),
    *gaps("lstm.gates", 2),
]


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, now=NOW, settings=EXACT) as store:
        store.index_bank(TOPICS, CARDS, "siblings")
        yield store


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def learnt(store: Store, card: str, at: datetime) -> None:
    """Answer a card so that it is due after eight days."""
    memory = store.record(answer(card, at, EASY)).memory
    assert memory.due == at + days(8)


def agree(store: Store, now: datetime) -> None:
    """Home, the queue and the statistics count the same cards."""
    home, due, new = store.home(now, SEOUL), store.due(now, SEOUL), store.new(now, SEOUL)
    assert (home.due, home.new) == (len(due), len(new))
    assert home.forecast[0] == home.due == sum(topic.due for topic in home.topics)
    stats = store.stats(now, SEOUL)
    assert (stats.due_today, stats.due_tomorrow) == home.forecast[:2]
    for topic in home.topics:
        assert topic.due == len(store.due(now, SEOUL, [topic.topic]))
        assert min(topic.new, home.new) <= len(store.new(now, SEOUL, [topic.topic])) <= topic.new


def test_of_new_siblings_the_first_may_be_begun(store: Store) -> None:
    assert store.new(NOW, SEOUL) == ("rnn.a", "rnn.cell#1", "rnn.b", "lstm.gates#1")
    home = store.home(NOW, SEOUL)
    assert [(topic.cards, topic.new) for topic in home.topics] == [(5, 3), (2, 1), (0, 0)]
    agree(store, NOW)


def test_after_one_the_next_waits_for_the_next_study_day(store: Store) -> None:
    learnt(store, "rnn.cell#1", local("2026-04-15 23:00"))
    for now, begun in [
        ("2026-04-15 23:01", False),
        ("2026-04-16 03:59:59", False),  # still the study day of the 15th
        ("2026-04-16 04:00", True),
    ]:
        assert ("rnn.cell#2" in store.new(local(now), SEOUL)) is begun
        assert "rnn.cell#3" not in store.new(local(now), SEOUL)
        agree(store, local(now))


def test_a_new_card_waits_while_a_sibling_is_due(store: Store) -> None:
    learnt(store, "rnn.cell#2", NOW - days(8))
    assert store.due(NOW, SEOUL) == ("rnn.cell#2",)
    assert "rnn.cell#1" not in store.new(NOW, SEOUL)
    agree(store, NOW)
    yesterday = NOW - days(1)
    assert "rnn.cell#1" in store.new(yesterday, SEOUL)
    agree(store, yesterday)


def test_of_two_that_are_due_the_least_remembered_is_asked(store: Store) -> None:
    learnt(store, "lstm.gates#1", NOW - days(9))
    learnt(store, "lstm.gates#2", NOW - days(20))
    learnt(store, "rnn.a", NOW - days(30))
    assert store.due(NOW, SEOUL) == ("rnn.a", "lstm.gates#2")
    home = store.home(NOW, SEOUL)
    assert [topic.due for topic in home.topics] == [1, 1, 0]
    assert home.forecast[:3] == (2, 1, 0)
    agree(store, NOW)
    store.record(answer("lstm.gates#2", NOW, GOOD))
    assert store.due(NOW, SEOUL) == ("rnn.a",)
    agree(store, NOW)
    tomorrow = local("2026-04-16 04:00")
    assert store.due(tomorrow, SEOUL) == ("rnn.a", "lstm.gates#1")
    agree(store, tomorrow)


def test_one_that_was_answered_yesterday_blocks_nothing(store: Store) -> None:
    learnt(store, "lstm.gates#1", NOW - days(20))
    learnt(store, "lstm.gates#2", local("2026-04-15 03:59"))
    assert store.due(NOW, SEOUL) == ("lstm.gates#1",)
    agree(store, NOW)
    learnt(store, "rnn.cell#1", local("2026-04-15 04:00"))
    learnt(store, "rnn.cell#2", NOW - days(20))
    assert store.due(NOW, SEOUL) == ("lstm.gates#1",)
    agree(store, NOW)


def test_a_card_that_was_failed_comes_back_the_same_day(store: Store) -> None:
    learnt(store, "lstm.gates#1", NOW - days(20))
    learnt(store, "lstm.gates#2", NOW - days(20))
    store.record(answer("lstm.gates#1", NOW, AGAIN))
    assert store.due(NOW, SEOUL) == ("lstm.gates#1",)  # in ten minutes
    assert store.due(NOW + 11 * MINUTE, SEOUL) == ("lstm.gates#1",)
    agree(store, NOW)


def test_siblings_that_are_both_being_learnt_both_come_back(store: Store) -> None:
    store.record(answer("lstm.gates#1", NOW - 3 * MINUTE, AGAIN))  # of a page, say
    store.record(answer("lstm.gates#2", NOW - 2 * MINUTE, AGAIN))
    assert store.due(NOW, SEOUL) == ("lstm.gates#1", "lstm.gates#2")
    agree(store, NOW)


def test_a_card_alone_is_due_again_on_the_day_of_its_answer(store: Store) -> None:
    """A day of 25 hours, when the clocks are put back, holds two answers a day apart."""
    at = local("2026-04-15 04:00")
    memory = store.record(answer("rnn.a", at, EASY)).memory
    store._connection.execute("UPDATE cards SET due = last_review + 1 WHERE card = 'rnn.a'")
    assert memory.card in store.due(NOW, SEOUL)
    agree(store, NOW)


def test_the_forecast_spreads_siblings(store: Store) -> None:
    for card in ("rnn.cell#1", "rnn.cell#2", "rnn.cell#3", "rnn.a"):
        learnt(store, card, NOW - days(5))
    assert store.home(NOW, SEOUL).forecast[:7] == (0, 0, 0, 2, 1, 1, 0)
    agree(store, NOW)


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from([card.id for card in CARDS]),
        st.integers(0, 30 * 24),  # hours ago
        st.sampled_from(list(Rating)),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=50)  # each is a database of its own
@given(answers=ANSWERS)
def test_no_history_asks_two_siblings_or_makes_home_differ(
    answers: list[tuple[str, int, Rating]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("history") / "study.db"
    with Store.open(path, now=NOW, settings=EXACT) as store:
        store.index_bank(TOPICS, CARDS, "siblings")
        for card, hours, rating in sorted(answers, key=lambda given: -given[1]):
            store.record(answer(card, NOW - timedelta(hours=hours), rating))
        agree(store, NOW)
        memories = store.all_memories()
        asked = [*store.due(NOW, SEOUL), *store.new(NOW, SEOUL)]
        learning = {name for name, memory in memories.items() if memory.state.name != "REVIEW"}
        groups = [card.partition("#")[0] for card in asked if card not in learning]
        assert len(groups) == len(set(groups))
        start = local("2026-04-15 04:00")
        for card in (card for card in asked if card not in learning):
            for name, memory in memories.items():
                if name != card and name.partition("#")[0] == card.partition("#")[0]:
                    assert memory.last_review is not None
                    assert memory.last_review < start


def test_a_bank_of_version_3_is_indexed_anew(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, to=3)
        connection.execute("INSERT INTO bank_topics VALUES ('rnn', 0, 'R', 'R')")
        connection.execute("INSERT INTO bank_cards VALUES ('rnn.a', 'rnn', 'o', 0)")
        connection.execute("INSERT INTO meta VALUES ('bank', 'siblings')")
    with Store.open(path, now=NOW, settings=EXACT) as store:
        assert store.home(NOW, SEOUL).new == 1  # before the files are read
        assert store.bank_fingerprint is None
        assert store.index_bank(TOPICS, CARDS, "siblings")
        assert store.home(NOW, SEOUL).new == 4
