"""What SQLite reports, said so that the learner can act on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tutor.errors import ExitCode, TutorError
from tutor.text.message import Message, msg

BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NOT_WRITABLE = frozenset(
    {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
    }
)


def code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code of an error, 0 if it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def suspect_mark(path: Path) -> Path:
    """Return the file that asks the next start to check the whole database."""
    return path.with_name(path.name + ".suspect")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what can happen to a database file into a `TutorError` that names it.

    Errors of the program itself (SQL, constraints) pass through.
    """
    try:
        yield
    except sqlite3.Error as error:
        problem = explain(error, path)
        if problem is None:
            raise
        if code(error) in DAMAGED:
            with suppress(OSError):  # a mark that cannot be left only makes the check smaller
                suspect_mark(path).touch()
        raise problem from error


def explain(error: sqlite3.Error, path: Path) -> TutorError | None:
    """Return what to tell the learner, or None if the program is at fault."""
    reason = code(error)
    if reason in BUSY:
        return _problem(
            msg("Another program is writing to {path} and does not finish.", path=str(path)),
            msg("Close the other program, then try again."),
        )
    if reason in _NOT_WRITABLE:
        return not_writable(path, str(error))
    if reason == sqlite3.SQLITE_FULL:
        return _problem(
            msg("The disk is full: {path} could not be written.", path=str(path)),
            msg("Free some space, then try again."),
        )
    if reason in DAMAGED:
        return _problem(
            msg("The study data in {path} are damaged.", path=str(path)),
            msg("Start tutor again: it keeps the damaged file and begins a new one."),
        )
    if reason == sqlite3.SQLITE_IOERR:
        return _problem(
            msg(
                "{path} could not be read or written: {reason}.", path=str(path), reason=str(error)
            ),
            msg("Check the disk, then try again."),
        )
    return None


def not_writable(path: Path, reason: str) -> TutorError:
    """Return the error for a file or folder that cannot be written."""
    return _problem(
        msg("{path} cannot be written: {reason}.", path=str(path), reason=reason),
        msg("Check who owns it, or let TUTOR_HOME name another folder."),
    )


def _problem(message: Message, hint: Message) -> TutorError:
    return TutorError(message, hint, exit_code=ExitCode.DATA)
