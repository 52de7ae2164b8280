"""A card that is renamed keeps what was learned under its old name."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from tutor.memory.rating import Rating
from tutor.store.index import CardEntry
from tutor.store.store import Store

from .learner import CARDS, NOW, SEOUL, TOPICS, answer, days

OLD, NEW = "lstm.params", "lstm.params.one-layer"


def renamed(*aliases: str) -> list[CardEntry]:
    return [replace(c, id=NEW, aliases=aliases) if c.id == OLD else c for c in CARDS]


@pytest.fixture
def studied(store: Store) -> Store:
    store.record(answer(OLD, NOW - days(20)))
    store.record(answer(OLD, NOW - days(12), Rating.AGAIN))
    row = store.record(answer(OLD, NOW - days(11)))
    store.rerate(row.id, Rating.EASY, NOW - days(11))
    store.record(answer("rnn.c0", NOW - days(3)))
    return store


def test_a_rename_keeps_progress_schedule_and_statistics(studied: Store) -> None:
    log = list(studied.rows())
    before = studied.memories([OLD])[OLD]
    counted = studied.stats(NOW, SEOUL)
    home = studied.home(NOW, SEOUL)
    assert before.reps == 3
    assert studied.index_bank(TOPICS, renamed(OLD), "renamed")
    assert studied.memories([NEW])[NEW] == replace(before, card=NEW)
    assert studied.all_memories() == studied.replay()
    assert OLD not in studied.all_memories()
    assert studied.stats(NOW, SEOUL) == counted
    assert studied.home(NOW, SEOUL) == home
    assert list(studied.rows()) == log


def test_without_its_alias_the_old_name_is_an_orphan(studied: Store) -> None:
    before = studied.memories([OLD])[OLD]
    studied.index_bank(TOPICS, renamed(OLD), "renamed")
    studied.index_bank(TOPICS, renamed(), "forgotten")
    assert studied.memories([NEW])[NEW].reps == 0
    assert studied.all_memories()[OLD] == before
    assert studied.all_memories() == studied.replay()
    assert studied.stats(NOW, SEOUL).elsewhere.answers == 3
    assert NEW not in studied.due(NOW + days(900), SEOUL)


def test_answers_under_both_names_are_one_history(studied: Store) -> None:
    studied.index_bank(TOPICS, renamed(OLD), "renamed")
    recorded = studied.record(answer(NEW, NOW))
    assert recorded.memory.reps == 4
    assert studied.rerate(recorded.id, Rating.HARD, NOW).reps == 4
    assert studied.record(answer(OLD, NOW + days(1))).memory.card == NEW
    assert studied.all_memories() == studied.replay()
    assert [row.question for row in studied.rows()][-3:] == [NEW, NEW, OLD]


def test_a_card_that_was_renamed_twice(studied: Store) -> None:
    studied.index_bank(TOPICS, renamed("lstm.params.two", OLD), "renamed")
    studied.record(answer("lstm.params.two", NOW))
    assert studied.memories([NEW])[NEW].reps == 4
    studied.index_bank(TOPICS, CARDS, "back")
    assert studied.memories([OLD])[OLD].reps == 3
    assert studied.all_memories() == studied.replay()


def test_a_renamed_card_is_not_begun_anew(studied: Store) -> None:
    studied.index_bank(TOPICS, renamed(OLD), "renamed")
    left = len(studied.new(NOW, SEOUL))
    studied.record(answer(NEW, NOW))
    assert len(studied.new(NOW, SEOUL)) == left
    studied.index_bank(TOPICS, renamed(), "forgotten")
    assert len(studied.new(NOW, SEOUL)) == left - 1


def test_an_alias_of_two_cards_is_refused(store: Store) -> None:
    twice = [replace(card, aliases=("rnn.old",)) for card in CARDS]
    with pytest.raises(sqlite3.IntegrityError):
        store.index_bank(TOPICS, twice, "twice")
    assert store.bank_fingerprint == "first"
