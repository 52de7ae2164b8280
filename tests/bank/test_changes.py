"""What has changed in question files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.bank.changes import Stamp, Watch, stamp


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.yaml").write_text("a")
    (tmp_path / "sub" / "b.yml").write_text("b")
    (tmp_path / ".hidden.yaml").write_text("c")
    (tmp_path / "notes.txt").write_text("d")
    return tmp_path


def test_only_question_files_count(folder: Path) -> None:
    assert sorted(stamp([folder]).files) == [folder / "a.yaml", folder / "sub" / "b.yml"]
    assert list(stamp([folder / "notes.txt"]).files) == [folder / "notes.txt"]  # asked for by name


def test_nothing_changes_by_looking(folder: Path) -> None:
    assert stamp([folder]) == stamp([folder])
    assert stamp([folder]).changed_since(stamp([folder])) == ()


def test_saved_added_and_removed_files_are_named(folder: Path) -> None:
    before = stamp([folder])
    (folder / "a.yaml").write_text("longer")
    (folder / "sub" / "b.yml").unlink()
    (folder / "sub" / "c.yaml").write_text("c")
    assert stamp([folder]).changed_since(before) == (
        folder / "a.yaml",
        folder / "sub" / "b.yml",
        folder / "sub" / "c.yaml",
    )


def test_a_file_saved_under_the_same_size_and_time_but_renamed_into_place(folder: Path) -> None:
    file, fresh = folder / "a.yaml", folder / "a.tmp"
    before = stamp([folder])
    fresh.write_text("z")
    status = file.stat()
    os.utime(fresh, ns=(status.st_atime_ns, status.st_mtime_ns))
    fresh.replace(file)
    assert stamp([folder]).changed_since(before) == (file,)


def test_a_file_whose_rights_change(folder: Path) -> None:
    before = stamp([folder])
    (folder / "a.yaml").chmod(0o600)
    changed = stamp([folder]).changed_since(before)
    assert changed == (folder / "a.yaml",)


def test_roots_may_come_and_go(folder: Path) -> None:
    own = folder / "own"
    nothing = stamp([own])
    assert nothing == Stamp({})
    own.mkdir()
    assert stamp([own]) == nothing
    (own / "x.yaml").write_text("x")
    assert stamp([own]).changed_since(nothing) == (own / "x.yaml",)
    (own / "x.yaml").unlink()
    (own / "x.yaml").symlink_to(own / "x.yaml")  # a link in a loop
    assert stamp([own]) == nothing


def test_what_is_still_being_saved_waits(folder: Path) -> None:
    first = stamp([folder])
    watch, changed = Watch.since(first).look(first)
    assert changed == ()
    (folder / "a.yaml").write_text("half")
    half = stamp([folder])
    watch, changed = watch.look(half)
    assert changed == ()
    (folder / "a.yaml").write_text("the whole")
    whole = stamp([folder])
    watch, changed = watch.look(whole)
    assert changed == ()
    watch, changed = watch.look(whole)
    assert changed == (folder / "a.yaml",)
    watch, changed = watch.look(whole)
    assert changed == ()


def test_what_is_put_back_as_it_was_is_not_read_again(folder: Path) -> None:
    first = stamp([folder])
    watch = Watch.since(first)
    watch, _ = watch.look(Stamp({}))
    watch, changed = watch.look(first)
    assert changed == ()
    assert watch.look(first)[1] == ()


def test_looking_loads_neither_yaml_nor_models() -> None:
    code = "import sys, tutor.bank.changes; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "tutor.bank.changes" in loaded
    assert not loaded & {"yaml", "pydantic", "numpy", "tutor.kinds", "tutor.bank.load"}
