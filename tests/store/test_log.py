"""The log keeps every answer, and the memories follow from it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import ExitCode, TutorError
from tutor.memory.card import CardMemory
from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings, schedule
from tutor.store.log import Action
from tutor.store.store import Store

from .learner import EXACT, NOW, answer, days


def test_an_answer_is_in_the_log_as_it_was_given(store: Store, path: Path) -> None:
    given_answer = replace(
        answer("lstm.params", NOW + timedelta(microseconds=1)),
        args={"h": 24, "d": 10.5},
        score=0.5,
        mistake="three-blocks",
        response="2,592 개\n",
        seed=-(2**63),
        hints=3,
    )
    recorded = store.record(given_answer)
    with Store.open(path, now=NOW) as again:
        (row,) = again.rows()
    assert (row.id, row.device, row.action) == (recorded.id, store.device, Action.ANSWER)
    for name in type(given_answer).__slots__:
        assert getattr(row, name) == getattr(given_answer, name)
    assert row.target is None


def test_a_flashcard_has_no_score(store: Store) -> None:
    store.record(replace(answer("rnn.c0"), score=None))
    (row,) = store.rows()
    assert row.score is None


def test_the_memory_is_scheduled_and_remembered(store: Store, path: Path) -> None:
    first = store.record(answer("rnn.c0", NOW, Rating.EASY)).memory
    assert first == schedule(CardMemory.new("rnn.c0"), Rating.EASY, NOW, EXACT)
    second = store.record(answer("rnn.c0", NOW + days(9), Rating.HARD)).memory
    assert second == schedule(first, Rating.HARD, NOW + days(9), EXACT)
    with Store.open(path, now=NOW, settings=EXACT) as again:
        assert again.memories(["rnn.c0", "gone"]) == {
            "rnn.c0": second,
            "gone": CardMemory.new("gone"),
        }


def test_the_last_rating_counts(store: Store) -> None:
    first = store.record(answer("rnn.c0", NOW, Rating.GOOD))
    store.record(answer("rnn.c0", NOW + days(1), Rating.GOOD))
    store.rerate(first.id, Rating.AGAIN, NOW + days(2))
    memory = store.rerate(first.id, Rating.EASY, NOW + days(1))  # the clock was set back
    easy = schedule(CardMemory.new("rnn.c0"), Rating.EASY, NOW, EXACT)
    assert memory == schedule(easy, Rating.GOOD, NOW + days(1), EXACT)
    assert store.memories(["rnn.c0"])["rnn.c0"] == memory
    assert [row.action for row in store.rows()] == ["answer", "answer", "rerate", "rerate"]
    assert [row.rating for row in store.rows()] == [3, 3, 1, 4]


def test_only_an_answer_can_be_rated_again(store: Store) -> None:
    recorded = store.record(answer("rnn.c0"))
    store.rerate(recorded.id, Rating.HARD, NOW)
    *_, rerated = store.rows()
    for target in ("0" * 26, rerated.id):
        with pytest.raises(LookupError, match=target):
            store.rerate(target, Rating.GOOD, NOW)
    assert len(list(store.rows())) == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reviews SET rating = 4",
        "UPDATE reviews SET response = 'other' WHERE action = 'answer'",
        "DELETE FROM reviews",
        "INSERT OR REPLACE INTO reviews SELECT * FROM reviews",
        "REPLACE INTO reviews SELECT * FROM reviews",
    ],
)
def test_the_log_is_append_only(store: Store, path: Path, change: str) -> None:
    store.record(answer("rnn.c0"))
    before = list(store.rows())
    other = sqlite3.connect(path)  # any program: the file itself refuses
    with pytest.raises(sqlite3.IntegrityError, match="the review log is append-only"):
        other.execute(change)
    other.close()
    assert list(store.rows()) == before


@pytest.mark.parametrize(
    ("column", "value"),
    [("rating", 5), ("rating", None), ("score", 1.01), ("seed", "x"), ("duration_ms", -1), ("hints", -1),
     ("id", "short"), ("target", "0" * 26), ("response", None)],
)  # fmt: skip
def test_the_file_refuses_rows_that_make_no_sense(
    store: Store, path: Path, column: str, value: object
) -> None:
    store.record(answer("rnn.c0"))
    columns = [c if c != column else "?" for c in (
        "device", "action", "target", "question", "seed", "args", "at", "rating", "score",
        "response", "mistake", "duration_ms", "hints",
    )]  # fmt: skip
    row_id = "?" if column == "id" else "substr(id, 1, 25) || 'Z'"
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError):
        other.execute(
            f"INSERT INTO reviews SELECT {row_id}, {', '.join(columns)} FROM reviews",  # noqa: S608 - fixed columns
            (value,),
        )
    other.close()


def test_ids_go_up_whatever_the_clock_says(store: Store, path: Path) -> None:
    for at in (NOW, NOW, NOW - days(365), NOW + days(1)):
        store.record(answer("rnn.c0", at))
    with Store.open(path, now=NOW - days(900), settings=EXACT) as other:
        other.record(answer("rnn.c0", NOW - days(900)))
        assert other.device == store.device
    ids = [row.id for row in store.rows()]
    times = [row.at for row in store.rows()]
    assert times == [NOW, NOW, NOW - days(365), NOW + days(1), NOW - days(900)]
    assert ids == sorted(set(ids))
    assert store.replay() == store.all_memories()


def test_other_settings_make_the_memories_anew(store: Store, path: Path) -> None:
    for n in range(3):
        store.record(answer("rnn.c0", NOW + days(9 * n), Rating.EASY))
    before = store.all_memories()
    careful = replace(EXACT, desired_retention=0.97)
    with Store.open(path, now=NOW, settings=careful) as other:
        after = other.all_memories()
        assert after == other.replay()
    assert after["rnn.c0"].stability == before["rnn.c0"].stability
    assert after["rnn.c0"].due < before["rnn.c0"].due  # type: ignore[operator] # both were answered


def test_rebuild_repairs_the_cache(store: Store, path: Path) -> None:
    store.record(answer("rnn.c0"))
    store.record(answer("rnn.c1", NOW, Rating.EASY))
    good = store.all_memories()
    other = sqlite3.connect(path)
    with other:
        other.execute("UPDATE cards SET stability = 99 WHERE card = 'rnn.c0'")
        other.execute("DELETE FROM cards WHERE card = 'rnn.c1'")
        other.execute("INSERT INTO cards SELECT 'ghost', 2, 0, 1, 1, 0, 0, 1, 0")
    other.close()
    assert store.all_memories() != good
    assert store.rebuild() == 2
    assert store.all_memories() == good


events = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),  # the card, or which answer to rate again
        st.sampled_from(Rating),
        st.one_of(
            st.timedeltas(timedelta(0), timedelta(hours=30)),
            st.timedeltas(timedelta(days=-400), timedelta(days=400)),
        ),
        st.booleans(),  # whether it is another rating for an earlier answer
        st.integers(0, 1),  # which of two programs writes
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)  # every example writes to the disk
@given(events, st.booleans())
def test_the_cache_is_always_what_a_replay_gives(
    history: list[tuple[str, Rating, timedelta, bool, int]],
    fuzz: bool,
) -> None:
    how = Settings(fuzz=fuzz)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "study.db"
        stores = [stack.enter_context(Store.open(path, now=NOW, settings=how)) for _ in range(2)]
        at, answers = NOW, []
        for card, rating, wait, again, program in history:
            at += wait
            if again and answers:
                target = answers[ord(card) % len(answers)]
                stores[program].rerate(target, rating, at)
            else:
                answers.append(stores[program].record(answer(card, at, rating)).id)
            assert stores[0].all_memories() == stores[1].replay()
        cached = stores[0].all_memories()
        stores[1].rebuild()
        assert stores[0].all_memories() == cached
        assert sum(memory.reps for memory in cached.values()) == len(answers)


def fill_the_disk(connection: sqlite3.Connection) -> Callable[[], object]:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    return lambda: connection.execute("PRAGMA max_page_count = 1000000")


def test_a_full_disk_is_told_and_the_answer_can_be_saved_again(store: Store, path: Path) -> None:
    store.record(answer("rnn.c0"))
    long = replace(answer("rnn.c0", NOW + days(1)), response="x" * 100_000)
    make_space = fill_the_disk(store._connection)
    with pytest.raises(TutorError, match="The disk is full") as caught:
        store.record(long)
    assert caught.value.message.values["path"] == str(path)
    assert caught.value.exit_code == ExitCode.DATA
    assert len(list(store.rows())) == 1
    assert store.memories(["rnn.c0"])["rnn.c0"].reps == 1
    make_space()
    assert store.record(long).memory.reps == 2
    assert len(list(store.rows())) == 2


def test_a_lock_that_stays_is_told(store: Store, path: Path) -> None:
    store._connection.execute("PRAGMA busy_timeout = 0")  # instead of 5 s
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TutorError, match="Another program is writing") as caught:
        store.record(answer("rnn.c0"))
    assert caught.value.message.values["path"] == str(path)
    assert store.memories(["rnn.c0"])["rnn.c0"].reps == 0  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    assert store.record(answer("rnn.c0")).memory.reps == 1


def test_five_seconds_are_waited_for_a_lock(store: Store) -> None:
    assert store._connection.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_a_commit_reaches_the_disk(store: Store) -> None:
    (mode,) = store._connection.execute("PRAGMA journal_mode").fetchone()
    (synchronous,) = store._connection.execute("PRAGMA synchronous").fetchone()
    assert (mode, synchronous) == ("wal", 2)
