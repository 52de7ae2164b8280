"""What may lie in a folder of question files, and what a folder may refuse."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rights import ordinary_user, reachable_folder
from tutor.bank.examine import examine
from tutor.bank.load import load
from tutor.bank.locate import locate

TAUGHT = Path(__file__).parent / "taught"
SOUND = """\
format: 1
topic: notes
title: Notes
questions:
- {id: notes.a, kind: flashcard, prompt: x, back: y, explain: z}
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as made:
        (made / "own").mkdir()
        (made / "own" / "sound.yaml").write_text(SOUND)
        (made / "own").chmod(0o755)
        load([TAUGHT, made / "own"])  # whatever it imports, another user might not reach
        yield made / "own"


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_a_closed_folder_is_one_problem_and_the_rest_is_taught(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    with ordinary_user():
        bank = load(locate(TAUGHT, folder))
    (problem,) = bank.problems
    assert problem.file == folder
    assert str(problem.message) == "cannot be read: Permission denied"
    assert [topic.id for topic in bank.topics] == ["rnn", "lstm"]


def test_closed_content_is_a_problem(folder: Path) -> None:
    (folder / "content.yaml").write_text("format: 1\n")
    folder.chmod(0)
    with ordinary_user():
        (problem,) = load(locate(folder, TAUGHT / "none")).problems
        assert examine([folder], []).problems == (problem,)
    assert problem.file == folder


def test_a_folder_in_a_closed_one_is_a_problem(folder: Path) -> None:
    own = folder / "questions"
    own.mkdir()
    folder.chmod(0)
    with ordinary_user():
        (problem,) = load(locate(TAUGHT, own)).problems
    assert problem.file == own


def test_a_closed_subfolder_is_a_problem_and_the_rest_is_read(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0)
    with ordinary_user():
        bank = load([folder])
    (problem,) = bank.problems
    assert problem.file == closed
    assert "notes.a" in bank.questions


def test_what_is_no_file_is_a_problem_and_the_rest_is_read(folder: Path) -> None:
    (folder / "dangling.yaml").symlink_to(folder / "nowhere")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    os.mkfifo(folder / "pipe.yaml")
    (folder / "folder.yaml").mkdir()
    (folder / "linked.yaml").symlink_to(folder / "folder.yaml")
    bank = load([folder])
    assert [(problem.file.name, str(problem.message)) for problem in bank.problems] == [
        ("dangling.yaml", "the file cannot be read: No such file or directory"),
        ("loop.yaml", "the file cannot be read: Too many levels of symbolic links"),
        ("pipe.yaml", "this is not a regular file"),
    ]
    assert "notes.a" in bank.questions
    assert examine([folder], []).problems == bank.problems


def test_a_link_to_a_file_elsewhere_is_examined(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "far.yaml").write_text(SOUND.replace("notes", "far").replace("back", "bakc"))
    (folder / "far.yaml").symlink_to(tmp_path / "far.yaml")
    found = examine([folder], [TAUGHT], range(1)).problems
    assert {problem.file for problem in found} == {folder / "far.yaml"}


@pytest.mark.parametrize("kind", ["pipe", "loop"])
def test_what_is_no_file_is_told_when_it_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "named.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path)
    (problem,) = examine([path], [TAUGHT], range(1)).problems
    assert problem.file == path
    assert ("not a regular file" if kind == "pipe" else "symbolic links") in str(problem.message)
