"""Whatever lies at the path, opening is clear and loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rights import ordinary_user, reachable_folder
from tutor.errors import ExitCode, TutorError
from tutor.store.opening import APPLICATION_ID, QUICK_CHECK_BYTES
from tutor.store.store import Store
from tutor.text.message import Message

from .learner import NOW, answer

STAMP = "20260415-040000"


def filled(path: Path, response: str = "3,456", answers: int = 3) -> int:
    """Write a database, close it, and return the size of its pages."""
    with Store.open(path, now=NOW) as store:
        for n in range(answers):
            store.record(replace(answer(f"rnn.c{n}"), response=response))
        return int(store._connection.execute("PRAGMA page_size").fetchone()[0])


def count(path: Path) -> int:
    with Store.open(path, now=NOW) as store:
        assert store.notice is None
        return len(list(store.rows()))


def message_of(error: pytest.ExceptionInfo[TutorError]) -> Message:
    assert error.value.exit_code == ExitCode.DATA
    assert isinstance(error.value.message, Message)
    assert isinstance(error.value.hint, Message)
    return error.value.message


def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b #1?" / "study.db"
    filled(path)
    assert count(path) == 3
    assert [entry.name for entry in path.parent.iterdir()] == ["study.db"]


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    filled(path)
    assert count(path) == 3


@pytest.mark.parametrize("damage", ["header", "text", "middle", "cut"])
def test_a_damaged_file_is_kept_aside(path: Path, damage: str) -> None:
    page = filled(path)
    content = bytearray(path.read_bytes())
    match damage:
        case "header":
            content[:16] = b"not a database.."
        case "text":
            content = bytearray(b"This was never a database.\n" * 9)
        case "middle":
            content[page * 2 : page * 9] = b"\xa5" * page * 7
        case "cut":
            del content[page * 3 :]
    path.write_bytes(content)
    kept = path.with_name(f"study.db.corrupt-{STAMP}")

    with Store.open(path, now=NOW) as store:
        assert store.notice is not None
        assert store.notice.values["kept"] == str(kept)
        assert list(store.rows()) == []
        store.record(answer("rnn.c0"))

    assert kept.read_bytes() == content
    assert count(path) == 1


def test_a_second_damaged_file_gets_another_name(path: Path) -> None:
    for content in (b"first" * 100, b"second" * 100):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        Store.open(path, now=NOW).close()
    assert path.with_name(f"study.db.corrupt-{STAMP}").read_bytes() == b"first" * 100
    assert path.with_name(f"study.db.corrupt-{STAMP}-2").read_bytes() == b"second" * 100


def test_the_journal_stays_with_its_damaged_file(path: Path) -> None:
    filled(path)
    store = Store.open(path, now=NOW)
    store.record(answer("rnn.c0"))
    journal = path.with_name("study.db-wal")
    pages = journal.read_bytes()  # as a killed program leaves it
    store.close()
    path.write_bytes(b"not a database at all" * 999)
    journal.write_bytes(pages[:-100])

    Store.open(path, now=NOW).close()
    kept = path.with_name(f"study.db.corrupt-{STAMP}")
    assert kept.read_bytes() == b"not a database at all" * 999
    assert kept.with_name(kept.name + "-wal").read_bytes() == pages[:-100]
    assert count(path) == 0


@pytest.mark.parametrize("emptied", [True, False])
def test_a_journal_without_its_file_is_kept(path: Path, *, emptied: bool) -> None:
    path.parent.mkdir()
    if emptied:
        path.touch()
    path.with_name("study.db-wal").write_bytes(b"the last answers")
    kept = path.with_name(f"study.db.corrupt-{STAMP}-wal")
    with Store.open(path, now=NOW) as store:
        assert store.notice is not None
        assert store.notice.values["kept"] == str(kept)
        store.record(answer("rnn.c0"))
    assert kept.read_bytes() == b"the last answers"
    assert count(path) == 1


def test_answers_in_a_journal_are_read(path: Path) -> None:
    store = Store.open(path, now=NOW)
    store.record(answer("rnn.c0"))
    killed = path.with_name("killed.db")
    for ending in ("", "-wal"):
        copy = killed.with_name(killed.name + ending)
        copy.write_bytes(path.with_name(path.name + ending).read_bytes())
    store.close()
    assert count(killed) == 1


def test_a_file_that_was_never_finished_is_begun_again(tmp_path: Path) -> None:
    path, killed = tmp_path / "study.db", tmp_path / "killed.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")  # writes the first page
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE half (x)")
        connection.executemany("INSERT INTO half VALUES (?)", [("x" * 3000,)] * 50)
        for ending in ("", "-journal"):
            copy = killed.with_name(killed.name + ending)
            copy.write_bytes(path.with_name(path.name + ending).read_bytes())
    assert killed.stat().st_size > 50_000
    assert count(killed) == 0


def test_damage_in_a_big_file_is_found_where_it_is_read(path: Path) -> None:
    page = filled(path, response="x" * 250_000, answers=20)
    assert path.stat().st_size > QUICK_CHECK_BYTES
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'cards'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[page * (root - 1) : page * root] = b"\xa5" * page
    path.write_bytes(content)

    with Store.open(path, now=NOW) as store:
        assert store.notice is None
        with pytest.raises(TutorError, match="are damaged") as caught:
            store.memories(["rnn.c0"])
        assert message_of(caught).values["path"] == str(path)

    with Store.open(path, now=NOW) as store:
        assert store.notice is not None
    kept = path.with_name(f"study.db.corrupt-{STAMP}")
    assert kept.read_bytes() == content
    assert not path.with_name("study.db.suspect").exists()


def test_a_false_suspicion_is_forgotten(path: Path) -> None:
    filled(path)
    mark = path.with_name("study.db.suspect")
    mark.touch()
    assert count(path) == 3
    assert not mark.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = -3",
        "DROP TABLE reviews",
        "DROP TABLE bank_topics",
        "DROP VIEW answers",
        "DROP TRIGGER reviews_never_go",
    ],
)
def test_a_file_that_lacks_what_its_version_promises_is_damaged(path: Path, spoil: str) -> None:
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(spoil)
    content = path.read_bytes()
    with Store.open(path, now=NOW) as store:
        assert store.notice is not None
        assert list(store.rows()) == []
    assert path.with_name(f"study.db.corrupt-{STAMP}").read_bytes() == content
    assert count(path) == 0


def test_what_others_added_to_the_file_is_no_damage(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE notes (x)")
        connection.execute("ANALYZE")
        connection.execute("DROP INDEX answers_by_time")  # slower, and otherwise well
    assert count(path) == 3


def test_a_newer_file_is_refused_and_left(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(TutorError, match="written by a newer tutor") as caught:
        Store.open(path, now=NOW)
    assert message_of(caught).values["path"] == str(path)
    assert message_of(caught).values["theirs"] == 99
    assert path.read_bytes() == before


@pytest.mark.parametrize("application", [0, 7])
def test_the_database_of_another_program_is_refused_and_left(path: Path, application: int) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        connection.execute(f"PRAGMA application_id = {application}")
    before = path.read_bytes()
    with pytest.raises(TutorError, match="the database of another program") as caught:
        Store.open(path, now=NOW)
    assert message_of(caught).values["path"] == str(path)
    assert path.read_bytes() == before


def test_the_file_says_whose_it_is(path: Path) -> None:
    filled(path)
    assert path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4)


def test_a_folder_at_the_path_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(TutorError, match="is a folder") as caught:
        Store.open(path, now=NOW)
    assert message_of(caught).values["path"] == str(path)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("notes")
    with pytest.raises(TutorError, match="cannot be written") as caught:
        Store.open(tmp_path / "data" / "study.db", now=NOW)
    assert message_of(caught).values["path"] == str(tmp_path / "data")
    assert (tmp_path / "data").read_text() == "notes"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.mark.parametrize("there", ["nothing", "folder", "database"])
def test_a_folder_that_cannot_be_written_is_told(open_folder: Path, there: str) -> None:
    path = open_folder / "data" / "study.db"
    if there == "folder":
        path.parent.mkdir()
    if there == "database":
        filled(path)
    for folder in (path.parent, open_folder):
        if folder.exists():
            folder.chmod(0o555)
    with ordinary_user(), pytest.raises(TutorError, match="cannot be written") as caught:
        Store.open(path, now=NOW)
    assert str(message_of(caught).values["path"]).startswith(str(path.parent))
    if path.parent.exists():
        path.parent.chmod(0o755)


def test_a_closed_folder_is_told(open_folder: Path) -> None:
    path = open_folder / "data" / "study.db"
    filled(path)
    path.parent.chmod(0)
    with ordinary_user(), pytest.raises(TutorError, match="cannot be written") as caught:
        Store.open(path, now=NOW)
    assert message_of(caught).values["path"] == str(path.parent)
    path.parent.chmod(0o755)
    assert count(path) == 3


@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_file_that_cannot_be_written_is_told(open_folder: Path, mode: int) -> None:
    path = open_folder / "study.db"
    filled(path)
    before = path.read_bytes()
    path.chmod(mode)
    open_folder.chmod(0o777)
    with ordinary_user(), pytest.raises(TutorError, match="cannot be written") as caught:
        Store.open(path, now=NOW)
    assert message_of(caught).values["path"] == str(path)
    path.chmod(0o644)
    assert path.read_bytes() == before
