"""Migrations lead from any earlier file to today's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tutor.memory.card import CardMemory
from tutor.memory.rating import Rating
from tutor.memory.scheduler import schedule
from tutor.store import migrate as migrating
from tutor.store.migrate import latest_version, migrate, migrations, statements, version
from tutor.store.store import Store

from .learner import EXACT, NOW, answer


def schema(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return connection.execute(
        "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()


def opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(exist_ok=True)
    return sqlite3.connect(path, isolation_level=None)


@pytest.mark.parametrize("start", range(latest_version() + 1))
def test_every_version_becomes_todays(path: Path, start: int) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        expected = schema(fresh)
    with closing(opened(path)) as connection:
        migrate(connection, to=start)
        assert version(connection) == start
        migrate(connection)
        migrate(connection)  # a second time, nothing
        assert version(connection) == latest_version()
        assert schema(connection) == expected


def test_the_answers_of_version_1_are_kept_and_remembered(path: Path) -> None:
    with closing(opened(path)) as connection:
        migrate(connection, to=1)
        connection.execute(
            "INSERT INTO reviews VALUES (?, 'd', 'answer', NULL, 'rnn.c0', 7, NULL,"
            " 1776225600000000, 4, 1.0, 'x', NULL, 8000)",
            ("0" * 26,),
        )
    with Store.open(path, now=NOW, settings=EXACT) as store:
        (row,) = store.rows()
        assert (row.at, row.question, row.rating) == (NOW, "rnn.c0", Rating.EASY)
        memory = schedule(CardMemory.new("rnn.c0"), Rating.EASY, NOW, EXACT)
        assert store.all_memories() == {"rnn.c0": memory}


def test_hints_are_counted_from_their_migration_on(path: Path) -> None:
    (number,) = (n for n, file in enumerate(migrations(), 1) if file.stem.endswith("_hints"))
    with closing(opened(path)) as connection:
        migrate(connection, to=number - 1)
        connection.execute(
            "INSERT INTO reviews (id, device, action, question, seed, at, rating, response,"
            " duration_ms) VALUES (?, 'd', 'answer', 'rnn.c0', 7, 1776225600000000, 3, 'x', 8000)",
            ("0" * 26,),
        )
    with Store.open(path, now=NOW, settings=EXACT) as store:
        store.record(replace(answer("rnn.c0"), hints=2))
        store.record(answer("rnn.c0"))
        assert [row.hints for row in store.rows()] == [None, 2, 0]
        counted = store._connection.execute("SELECT hints FROM answers ORDER BY id").fetchall()
        assert counted == [(None,), (2,), (0,)]
        assert store.memories(["rnn.c0"])["rnn.c0"].reps == 3


def test_a_migration_that_fails_changes_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path, now=NOW) as store:
        store.record(answer("rnn.c0"))
    broken = tmp_path / "0003_broken.sql"
    broken.write_text("CREATE TABLE half (x);\nINSERT INTO nowhere VALUES (1);\n")
    monkeypatch.setattr(migrating, "migrations", lambda: (*migrations(), broken))
    before = path.read_bytes()
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        Store.open(path, now=NOW)
    assert path.read_bytes() == before


def test_statements_are_split_outside_strings_comments_and_triggers() -> None:
    script = (
        "-- a comment; with a semicolon\nSELECT ';';\n"
        "CREATE TRIGGER t BEFORE DELETE ON x\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n"
        "SELECT 3;\n-- the end\n"
    )
    first, trigger, third, rest = statements(script)
    assert first.endswith("SELECT ';';\n")
    assert trigger.count("SELECT") == 2
    assert (third, rest) == ("SELECT 3;\n", "-- the end\n")


def test_every_table_is_strict(store: Store) -> None:
    tables = store._connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    assert {name for name, _ in tables} == {
        "reviews", "cards", "meta", "bank_topics", "bank_cards", "card_aliases",
    }  # fmt: skip
    assert all(strict for _, strict in tables)
