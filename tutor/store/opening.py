"""Opening the database file: new, sound, damaged, somebody else's or from the future."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tutor.errors import ExitCode, TutorError
from tutor.store.migrate import has_schema_of_its_version, latest_version, migrate, version
from tutor.store.problem import BUSY, DAMAGED, code, explained, not_writable, suspect_mark
from tutor.text.message import Message, msg

BUSY_SECONDS = 5.0
APPLICATION_ID = 0x7475746F  # as migration 1 writes it
# `quick_check` reads the whole file, 1.6 ms for each megabyte. Up to here (some 15,000
# answers) that is 7 ms and is done at every start; a bigger file is checked in full only
# after a read has met damage (`suspect_mark`), and else only where each start reads and
# writes anyway: the schema and both ends of the log.
QUICK_CHECK_BYTES = 4 * 2**20


def open_database(path: Path, now: datetime) -> tuple[sqlite3.Connection, Message | None]:
    """Open or create the database, migrated to today's schema.

    Args:
        path: the file; missing folders are made.
        now: by the learner's clock, for the name under which a damaged file is kept.

    Returns:
        The connection, and what to tell the learner if a damaged file was set aside.

    Raises:
        TutorError: the place cannot be written; or the file is from a newer version, another
            program's, or locked for more than 5 s. It is left as it is.
    """
    _make_folder(path)
    notice = None
    with explained(path):
        while (found := _file(path)) is not None and not _is_sound(path, found.size):
            # Another tutor may have set the damaged file aside since; its new one stays.
            if (there := _file(path)) is not None and there.identity == found.identity:
                notice = _set_aside(path, now)
        if found is None:
            notice = _set_orphaned_journal_aside(path, now) or notice
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _configure(connection)
            migrate(connection)
            # Refuses a file that can only be read, now and not at the first answer.
            connection.execute("DELETE FROM meta WHERE FALSE")
        except BaseException:
            connection.close()
            raise
    return connection, notice


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_folder = path.is_dir()
    except OSError as error:
        raise not_writable(path.parent, error.strerror or str(error)) from error
    if is_folder:
        raise TutorError(
            msg("{path} is a folder, and the study data need a file there.", path=str(path)),
            msg("Move the folder away, or let TUTOR_HOME name another place."),
            exit_code=ExitCode.DATA,
        )


def _configure(connection: sqlite3.Connection) -> None:
    _use_write_ahead_log(connection)
    # FULL: an answer is on the disk before it counts as saved, so neither SIGKILL nor a power
    # cut loses it. Measured here at 0.17 ms for an answer (median), against 0.02 ms with
    # NORMAL, which would lose the last answers when the power fails.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS: its fsync alone stops at the drive's cache
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side.

    Changing the mode of a new file does not wait for another process that does the same at
    this moment; taking the write lock does.
    """
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if code(error) not in BUSY:
                raise
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        else:
            return


class _File(NamedTuple):
    identity: tuple[int, int]  # tells one file from another under the same name
    size: int


def _file(path: Path) -> _File | None:
    """Return what is at the path; None if there is no file, or nothing in it."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise not_writable(path, error.strerror or str(error)) from error
    return _File((status.st_dev, status.st_ino), status.st_size) if status.st_size else None


def _is_sound(path: Path, size: int) -> bool:
    """Examine a file through a connection that cannot write, so that it stays as it is.

    Raises:
        TutorError: the file is sound but not for this program.
    """
    mark = suspect_mark(path)
    suspect = mark.exists()
    # A program that was killed while it made the file may have left a rollback journal, which
    # SQLite must play back before anything can be read.
    mode = "rw" if path.with_name(path.name + "-journal").exists() else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as probe:
            probe.execute("BEGIN")  # another tutor may be migrating it: one state of it is read
            _refuse_what_is_not_ours(probe, path)
            if not has_schema_of_its_version(probe):
                return False
            if suspect or size <= QUICK_CHECK_BYTES:
                found: str = probe.execute("PRAGMA quick_check(1)").fetchone()[0]
                if found != "ok":
                    return False
            else:
                _read_ends(probe)
    except sqlite3.DatabaseError as error:
        if code(error) in DAMAGED:
            return False
        raise
    if suspect:
        with suppress(OSError):  # a mark that stays only makes the next start slower
            mark.unlink(missing_ok=True)
    return True


def _refuse_what_is_not_ours(probe: sqlite3.Connection, path: Path) -> None:
    application = probe.execute("PRAGMA application_id").fetchone()[0]
    empty = probe.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION_ID and not (application == 0 and empty):
        raise TutorError(
            msg("{path} is the database of another program.", path=str(path)),
            msg("Move it away, or let TUTOR_HOME name another folder."),
            exit_code=ExitCode.DATA,
        )
    if (theirs := version(probe)) > (ours := latest_version()):
        raise TutorError(
            msg(
                "{path} was written by a newer tutor (format {theirs}; this one knows {ours}).",
                path=str(path),
                theirs=theirs,
                ours=ours,
            ),
            msg("Update tutor: your data are safe and were not touched."),
            exit_code=ExitCode.DATA,
        )


def _read_ends(probe: sqlite3.Connection) -> None:
    for order in ("ASC", "DESC"):
        probe.execute(f"SELECT * FROM reviews ORDER BY id {order} LIMIT 1").fetchone()  # noqa: S608 - one of two words


def _set_aside(path: Path, now: datetime) -> Message:
    """Keep a damaged database, with what SQLite wrote beside it, under a name of its own."""
    kept = _free_name(path, now)
    try:
        path.rename(kept)
        for ending in ("-wal", "-shm"):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.rename(kept.with_name(kept.name + ending))
        suspect_mark(path).unlink(missing_ok=True)
    except OSError as error:
        raise not_writable(path, error.strerror or str(error)) from error
    return _kept(kept)


def _kept(place: Path) -> Message:
    return msg(
        "The study data were damaged. They are kept in {kept}; a new file was begun.",
        kept=str(place),
    )


def _set_orphaned_journal_aside(path: Path, now: datetime) -> Message | None:
    """Keep answers whose database file was emptied or removed: SQLite would delete them."""
    journal = path.with_name(path.name + "-wal")
    try:
        if not journal.exists() or journal.stat().st_size == 0:
            return None
        kept = _free_name(path, now)
        kept = kept.with_name(kept.name + "-wal")
        journal.rename(kept)
    except OSError as error:
        raise not_writable(journal, error.strerror or str(error)) from error
    return _kept(kept)


def _free_name(path: Path, now: datetime) -> Path:
    stamp = f"{path.name}.corrupt-{now:%Y%m%d-%H%M%S}"
    taken = {entry.name for entry in path.parent.iterdir()}
    number, name = 1, stamp
    while name in taken or f"{name}-wal" in taken:
        number += 1
        name = f"{stamp}-{number}"
    return path.with_name(name)
