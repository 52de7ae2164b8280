"""Numbered steps from an empty database to today's; shipped ones are never edited."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from tutor.store.transaction import writing

_FOLDER = Path(__file__).parent / "migrations"


@cache
def migrations() -> tuple[Path, ...]:
    """Return the files `NNNN_name.sql`, number 1 first.

    Raises:
        RuntimeError: the numbers have a gap.
    """
    files = tuple(sorted(_FOLDER.glob("*.sql")))
    if [int(file.name[:4]) for file in files] != list(range(1, len(files) + 1)):
        raise RuntimeError(f"migrations are not numbered from 0001 without gaps: {files}")
    return files


def latest_version() -> int:
    """Return the `user_version` of a database that this program writes."""
    return len(migrations())


def version(connection: sqlite3.Connection) -> int:
    """Return how many migrations the database has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, to: int | None = None) -> None:
    """Apply the missing migrations, each as one transaction with its number.

    Two programs may do this at the same time: the second finds it done.
    """
    for number, file in enumerate(migrations()[:to], start=1):
        if version(connection) >= number:
            continue
        script = file.read_text(encoding="utf-8")
        with writing(connection):
            if version(connection) >= number:
                continue
            for statement in statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def has_schema_of_its_version(connection: sqlite3.Connection) -> bool:
    """Return whether the database holds what its version promises and nothing of a later one.

    Names are compared. An index may be missing, as that only makes queries slower; what
    others added is left alone.
    """
    number = version(connection)
    if number < 0:
        return False
    found = _schema(connection)
    promised, latest = _promised(number)
    needed = {(kind, name) for kind, name in promised if kind != "index"}
    return needed <= found and not found & (latest - promised)


def _promised(number: int) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the schema after so many migrations, and after all of them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, number)
        promised = _schema(connection)
        migrate(connection)
        return promised, _schema(connection)


def _schema(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT type, name FROM sqlite_master"))


def statements(script: str) -> Iterator[str]:
    """Split a script; `executescript` would commit before it starts."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
