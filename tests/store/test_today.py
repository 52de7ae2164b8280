"""What is to be studied today, what Home counts and what the log says about it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tutor.memory.rating import Rating
from tutor.memory.scheduler import retrievability
from tutor.store.index import CardEntry, TopicEntry
from tutor.store.stats import Tally
from tutor.store.store import Store
from tutor.text.localized import Localized

from .learner import CARDS, EXACT, NOW, SEOUL, TOPICS, answer, days

AGAIN, HARD, GOOD, EASY = Rating
MINUTE = timedelta(minutes=1)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def test_a_fresh_store_has_only_new_cards(store: Store) -> None:
    home = store.home(NOW, SEOUL)
    assert (home.due, home.new, home.streak, home.answered_today) == (0, 5, 0, 0)
    assert home.seconds_per_card is None
    assert home.forecast == (0,) * 14
    assert [(t.topic, t.cards, t.seen, t.due, t.new, t.recall) for t in home.topics] == [
        ("rnn", 4, 0, 0, 4, None),
        ("lstm", 4, 0, 0, 4, None),
        ("gru", 0, 0, 0, 0, None),
    ]
    assert home.topics[1].title == Localized("Long short-term memory", "장단기 메모리")


def test_before_the_question_files_are_known_there_is_nothing(path: Path) -> None:
    with Store.open(path, now=NOW) as store:
        home = store.home(NOW, SEOUL)
        assert (home.due, home.new, home.topics) == (0, 0, ())
        assert store.due(NOW, SEOUL) == store.new(NOW, SEOUL) == ()
        assert store.bank_fingerprint is None


def test_the_order_of_study(store: Store) -> None:
    def recorded(card: str, ago: timedelta, rating: Rating) -> None:
        store.record(answer(card, NOW - ago, rating))

    recorded("lstm.params", days(30), EASY)  # review, much forgotten
    recorded("lstm.c1", days(9), EASY)  # review, a little forgotten
    recorded("rnn.c3", days(30), EASY)  # as much forgotten as lstm.params, earlier in the bank
    recorded("rnn.c0", 3 * MINUTE, AGAIN)  # to be learnt 2 minutes ago
    recorded("rnn.c2", 20 * MINUTE, GOOD)  # to be learnt 10 minutes ago
    recorded("rnn.c1", 3 * MINUTE, GOOD)  # to be learnt in 7 minutes
    recorded("lstm.c0", days(1), EASY)  # not due
    assert store.due(NOW, SEOUL) == (
        "rnn.c2", "rnn.c0", "rnn.c3", "lstm.params", "lstm.c1", "rnn.c1",
    )  # fmt: skip
    assert store.due(NOW, SEOUL, {"lstm"}) == ("lstm.params", "lstm.c1")
    assert store.due(NOW, SEOUL, []) == ()
    assert store.home(NOW, SEOUL).due == 6


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-04-23 03:59:59", False),  # still the study day of the 22nd
        ("2026-04-23 04:00:00", True),  # 18 hours before the hour of the review
        ("2026-04-23 22:00:00", True),
        ("2026-05-23 12:00:00", True),
    ],
)
def test_a_review_is_due_on_its_study_day(store: Store, now: str, *, due: bool) -> None:
    memory = store.record(answer("rnn.c0", local("2026-04-15 22:00:00"), EASY)).memory
    assert memory.due == local("2026-04-23 22:00:00")
    assert (store.due(local(now), SEOUL) == ("rnn.c0",)) is due
    assert store.home(local(now), SEOUL).due == due


def test_the_study_day_is_that_of_the_learners_zone(store: Store) -> None:
    store.record(answer("rnn.c0", local("2026-04-15 22:00:00"), EASY))  # 06:00 in Los Angeles
    now = local("2026-04-23 13:00:00")  # 22 April, 21:00 there
    assert store.due(now, SEOUL) == ("rnn.c0",)
    assert store.due(now, ZoneInfo("America/Los_Angeles")) == ()


def test_new_cards_are_limited_by_the_study_day(store: Store) -> None:
    assert store.new(NOW, SEOUL) == ("rnn.c0", "rnn.c1", "rnn.c2", "rnn.c3", "lstm.c0")
    assert store.new(NOW, SEOUL, ["lstm"]) == ("lstm.c0", "lstm.c1", "lstm.c2", "lstm.params")
    store.record(answer("rnn.c1", local("2026-04-15 03:59:00")))  # yesterday's study day
    assert len(store.new(NOW, SEOUL)) == 5
    for at in ("04:00", "04:01"):  # twice the same card
        store.record(answer("rnn.c0", local(f"2026-04-15 {at}")))
    store.record(answer("lstm.c0", NOW))
    store.record(answer("rnn.c1", NOW))  # begun yesterday
    assert store.new(NOW, SEOUL) == ("rnn.c2", "rnn.c3", "lstm.c1")
    assert store.new(NOW, SEOUL, ["lstm"]) == ("lstm.c1", "lstm.c2", "lstm.params")
    assert store.new(NOW + days(1), SEOUL) == (
        "rnn.c2", "rnn.c3", "lstm.c1", "lstm.c2", "lstm.params",
    )  # fmt: skip
    home = store.home(NOW, SEOUL)
    assert (home.new, [topic.new for topic in home.topics]) == (3, [2, 3, 0])


def test_more_than_the_limit_was_begun(store: Store, path: Path) -> None:
    for card in ("rnn.c0", "rnn.c1"):
        store.record(answer(card))
    with Store.open(path, now=NOW, settings=replace(EXACT, new_per_day=1)) as strict:
        assert strict.new(NOW, SEOUL) == ()


def test_the_forecast_begins_with_today_and_all_overdue(store: Store) -> None:
    first = local("2026-04-15 13:00:00")
    store.record(answer("rnn.c0", first - days(40), EASY))  # overdue
    store.record(answer("rnn.c1", first - days(8), EASY))  # due today
    store.record(answer("rnn.c2", first - days(7), EASY))  # tomorrow
    store.record(answer("rnn.c3", first, EASY))  # in eight days
    store.record(answer("lstm.c0", first - days(80), EASY))
    store.record(answer("lstm.c0", first - days(1), EASY))  # beyond 14 days
    forecast = store.home(first, SEOUL).forecast
    assert forecast == (2, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0)
    stats = store.stats(first, SEOUL)
    assert (stats.due_today, stats.due_tomorrow) == (2, 1)


def test_recall_is_the_mean_over_the_cards_that_have_been_learnt(store: Store) -> None:
    one = store.record(answer("rnn.c0", NOW - days(40), EASY)).memory
    two = store.record(answer("rnn.c1", NOW - days(3), EASY)).memory
    store.record(answer("rnn.c2", NOW - days(3), GOOD))  # still being learnt
    rnn, lstm, _ = store.home(NOW, SEOUL).topics
    assert (rnn.seen, rnn.new) == (3, 1)
    expected = (retrievability(one, NOW) + retrievability(two, NOW)) / 2
    assert rnn.recall == pytest.approx(expected, abs=1e-12)
    assert (lstm.seen, lstm.recall) == (0, None)


def test_a_wrong_answer_a_minute_ago_is_no_recall(store: Store) -> None:
    store.record(answer("rnn.c0", NOW - MINUTE, AGAIN))
    store.record(answer("lstm.c0", NOW - days(40), EASY))
    store.record(answer("lstm.c0", NOW - MINUTE, AGAIN))  # to be learnt again
    rnn, lstm, _ = store.home(NOW, SEOUL).topics
    assert (rnn.seen, rnn.recall) == (1, None)
    assert (lstm.seen, lstm.recall) == (1, None)


@pytest.mark.parametrize(
    ("studied", "streak"),
    [
        ([], 0),
        (["04-15 12:00"], 1),
        (["04-14 12:00"], 1),  # today may still come
        (["04-13 12:00"], 0),
        (["04-15 12:00", "04-15 04:00", "04-15 03:59"], 2),
        (["04-15 12:00", "04-14 12:00", "04-13 12:00", "04-11 12:00"], 3),
        (["04-14 04:00", "04-14 03:59", "04-13 03:59", "04-11 12:00"], 4),
        (["04-15 12:00", "04-13 12:00"], 1),
        (["04-16 12:00"], 0),  # the clock was ahead once
    ],
)
def test_the_streak(store: Store, studied: list[str], streak: int) -> None:
    for at in studied:
        store.record(answer("rnn.c0", local(f"2026-{at}")))
    assert store.home(NOW, SEOUL).streak == streak
    assert store.stats(NOW, SEOUL).streak == streak


def test_a_day_that_the_calendar_skipped_does_not_break_the_streak(path: Path) -> None:
    apia = ZoneInfo("Pacific/Apia")  # there was no 30 December 2011
    with Store.open(path, now=NOW) as store:
        for day in ("2011-12-28", "2011-12-29", "2011-12-31"):
            store.record(answer("c", datetime.fromisoformat(f"{day} 12:00").replace(tzinfo=apia)))
        now = datetime(2011, 12, 31, 13, tzinfo=apia)
        assert store.home(now, apia).streak == 3


def test_the_pace_is_the_median_of_the_last_answers(store: Store) -> None:
    for n, ms in enumerate([10**9] * 3 + [6000] * 60 + [9000] * 40):
        store.record(replace(answer("rnn.c0", NOW + n * MINUTE), duration_ms=ms))
    assert store.home(NOW, SEOUL).seconds_per_card == 6.0
    assert store.home(NOW + 103 * MINUTE, SEOUL).answered_today == 103


def test_cards_that_left_the_files_are_not_due_and_come_back(store: Store) -> None:
    store.record(answer("rnn.c0", NOW - days(40), EASY))
    store.record(answer("lstm.c0", NOW - days(40), EASY))
    only_lstm = [card for card in CARDS if card.topic == "lstm"]
    assert store.index_bank(TOPICS, only_lstm, "second")
    assert store.due(NOW, SEOUL) == ("lstm.c0",)
    home = store.home(NOW, SEOUL)
    assert (home.due, home.forecast[0], home.topics[0].seen) == (1, 1, 0)
    assert store.stats(NOW, SEOUL).elsewhere == Tally(1, 1.0, 1, 1)
    assert store.stats(NOW, SEOUL).due_today == 1
    assert set(store.all_memories()) == {"rnn.c0", "lstm.c0"}
    assert store.index_bank(TOPICS, CARDS, "first")
    assert store.due(NOW, SEOUL) == ("rnn.c0", "lstm.c0")


def test_the_index_is_written_only_on_change(store: Store, path: Path) -> None:
    assert store.bank_fingerprint == "first"
    before = store._connection.total_changes
    assert not store.index_bank(TOPICS, CARDS, "first")
    assert store._connection.total_changes == before
    with pytest.raises(sqlite3.IntegrityError):
        store.index_bank(TOPICS, [CardEntry("x", "nowhere", "o")], "broken")
    assert store.bank_fingerprint == "first"
    assert store.home(NOW, SEOUL).topics[0].cards == 4


def test_accuracy_counts_first_attempts_by_study_day(store: Store) -> None:
    yesterday = local("2026-04-14 12:00")
    wrong = replace(answer("lstm.params", yesterday, AGAIN), score=0.25)
    store.record(wrong)
    store.record(answer("lstm.params", yesterday + 10 * MINUTE, GOOD))  # second attempt
    store.record(answer("lstm.params", local("2026-04-15 03:59"), AGAIN))  # third
    store.record(answer("lstm.params", local("2026-04-15 04:00"), GOOD))  # first of today
    flip = replace(answer("lstm.c0", NOW, HARD), score=None)
    store.record(flip)
    forgot = store.record(replace(answer("rnn.c0", NOW, GOOD), score=None))
    store.rerate(forgot.id, AGAIN, NOW)
    stats = store.stats(NOW, SEOUL)

    assert stats.tally == Tally(6, (0.25 + 1 + 0 + 1) / 4, 4, 2)
    assert stats.tally.first_attempt_accuracy == 0.5
    assert [(topic.topic, topic.tally) for topic in stats.topics] == [
        ("rnn", Tally(1, None, 1, 0)),
        ("lstm", Tally(5, 2.25 / 4, 3, 2)),
        ("gru", Tally(0, None, 0, 0)),
    ]
    assert stats.objectives == {
        "lstm.gates": Tally(1, None, 1, 1),
        "params.recurrent": Tally(4, 2.25 / 4, 2, 1),
        "rnn.recurrence": Tally(1, None, 1, 0),
    }
    assert stats.ratings == {AGAIN: 3, HARD: 1, GOOD: 2, EASY: 0}
    assert Tally(0, None, 0, 0).first_attempt_accuracy is None


def test_reviews_are_counted_by_study_days(store: Store) -> None:
    for at in (
        "2026-04-15 04:00", "2026-04-15 03:59", "2026-04-09 04:00", "2026-04-09 03:59",
        "2026-03-17 04:00", "2026-03-17 03:59", "2026-04-16 04:00",
    ):  # fmt: skip
        store.record(answer("rnn.c0", local(at)))
    stats = store.stats(NOW, SEOUL)
    counted = (stats.reviews_today, stats.reviews_7_days, stats.reviews_30_days, stats.reviews)
    assert counted == (1, 3, 5, 7)


def queries_of(store: Store, what: str) -> int:
    seen: list[str] = []
    store._connection.set_trace_callback(seen.append)
    getattr(store, what)(NOW, SEOUL)
    store._connection.set_trace_callback(None)
    return sum(statement.lstrip().startswith(("SELECT", "WITH")) for statement in seen)


def test_the_number_of_queries_does_not_grow(store: Store) -> None:
    names = ("home", "stats", "due", "new")
    few = {name: queries_of(store, name) for name in names}
    topics = [TopicEntry(f"t{n}", Localized.same(f"T{n}")) for n in range(30)]
    cards = [CardEntry(f"t{n % 30}.c{n}", f"t{n % 30}", f"o{n % 7}") for n in range(200)]
    store.index_bank(topics, cards, "many")
    for n in range(90):
        store.record(answer(f"t{n % 30}.c{n}", NOW - days(n)))
    assert store.home(NOW, SEOUL).streak == 90
    assert {name: queries_of(store, name) for name in names} == few
    assert few == {"home": 8, "stats": 6, "due": 2, "new": 2}


def test_home_is_counted_without_heavy_modules(path: Path) -> None:
    with Store.open(path, now=NOW) as store:
        store.index_bank(TOPICS, CARDS, "first")
        store.record(answer("rnn.c0"))
    program = f"""
import sys
from datetime import datetime, timezone
from pathlib import Path
from tutor.store.store import Store
now = datetime(2026, 4, 15, 4, tzinfo=timezone.utc)
with Store.open(Path({str(path)!r}), now=now) as store:
    print(store.home(now, timezone.utc).due, *sys.modules)
"""
    due, *modules = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert due == "1"
    assert "sqlite3" in modules
    heavy = {"fsrs", "pydantic", "pydantic_core", "numpy", "yaml", "textual", "rich", "hashlib",
             "random", "statistics"}  # fmt: skip
    assert heavy.isdisjoint(modules)
