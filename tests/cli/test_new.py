from __future__ import annotations

import json
import re
from gettext import NullTranslations
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tutor.bank.examine import examine
from tutor.bank.locate import find_content
from tutor.bank.schema import schema_text
from tutor.bank.skeleton import SCHEMA_FILE, is_topic, skeleton, slug_of
from tutor.cli.language import catalogue
from tutor.labs.registry import open_controls
from tutor.text.speaker import Speaker


class Hostile(NullTranslations):
    """Comments as nobody should translate them: they must not break the file all the same."""

    def gettext(self, message: str) -> str:  # noqa: ARG002 - the same whatever is said
        return "한국어 설명: `- id: x` # \"따옴표' [ ]  $x$ 아주 긴 설명입니다. " * 4


SPEAKERS = {
    "en": Speaker("en"),
    "ko": Speaker("ko", catalogue("ko")),
    "hostile": Speaker("ko", Hostile()),
}


@pytest.mark.parametrize("language", SPEAKERS)
def test_the_file_is_sound_as_it_is_written(language: str, tmp_path: Path) -> None:
    file = tmp_path / "my-notes.yaml"
    file.write_text(skeleton("my-notes", SPEAKERS[language]), encoding="utf-8")
    report = examine([file], [find_content()], range(50), open_controls)
    assert [str(problem) for problem in report.problems] == []
    kinds = [report.bank.questions[name].kind for name in report.names]
    assert kinds == ["flashcard", "choice", "numeric", "numeric", "cloze"]
    numbers = [report.bank.questions[name] for name in report.names[2:4]]
    assert all(question.draw for question in numbers)
    assert len(numbers[0].hints) == 2
    assert numbers[1].lab is not None
    assert numbers[1].compute
    assert not re.search(r"TOPIC|TITLE|SCHEMA|#\(", file.read_text("utf-8"))


def test_every_comment_is_there_and_no_line_of_it_is_long() -> None:
    text = skeleton("my-notes", SPEAKERS["en"])
    comments = [line for line in text.splitlines() if line.lstrip().startswith("# ")]
    assert len(comments) > 30
    assert max(map(len, comments)) <= 92
    assert "{en: …, ko: …}" in text
    assert r"\val{n}" in text
    assert "{{" not in text


def test_new_writes_a_file_and_its_schema_where_the_program_looks(run: Run, home: Path) -> None:
    ran = run("new", "my-notes")
    assert (ran.code, ran.err) == (0, "")
    file = home / "questions" / "my-notes.yaml"
    assert ran.out.splitlines()[0] == str(file)
    assert f"tutor watch {file}" in ran.out
    assert "tutor study my-notes" in ran.out
    first = file.read_text("utf-8").splitlines()[0]
    schema = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", first)
    assert schema is not None
    assert (file.parent / schema[1]).read_text("utf-8") == schema_text()
    assert run("check", str(file)).code == 0
    assert "[1 of 5]" in run("study", "--plain", "my-notes").out


def test_new_in_korean(run: Run, tmp_path: Path) -> None:
    ran = run("--lang", "ko", "new", "my-notes", "--dir", str(tmp_path / "a b"))
    file = tmp_path / "a b" / "my-notes.yaml"
    assert ran.code == 0
    assert ran.out.splitlines()[0] == str(file)
    assert f"tutor watch '{file}'" in ran.out
    assert "tutor study" not in ran.out
    assert run("check", str(tmp_path / "a b")).code == 0


def test_an_existing_file_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("mine", encoding="utf-8")
    ran = run("new", "mine", "--dir", str(tmp_path))
    assert ran.code == 1
    assert str(file) in ran.err.replace("\n  ", "").replace("\n", "")
    assert file.read_text("utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.yaml"]


def test_an_old_schema_is_renewed(run: Run, tmp_path: Path) -> None:
    (tmp_path / SCHEMA_FILE).write_text("{}", encoding="utf-8")
    assert run("new", "mine", "--dir", str(tmp_path)).code == 0
    assert json.loads((tmp_path / SCHEMA_FILE).read_text("utf-8"))["properties"]["questions"]


@pytest.mark.parametrize(
    ("topic", "near"),
    [
        ("My Notes", "my-notes"),
        ("mon_été", "mon-ete"),
        ("a--b", "a-b"),
        ("../etc", "etc"),
        ("노트", "my-notes"),
    ],
)
def test_a_topic_that_cannot_be_one_suggests_another(
    run: Run, home: Path, topic: str, near: str
) -> None:
    ran = run("new", topic)
    assert ran.code == 2
    assert near in ran.err
    assert not (home / "questions").exists()


def test_a_folder_that_cannot_be_written_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = run("new", "mine", "--dir", str(tmp_path / "file"))
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "cannot be written" in ran.err


@pytest.mark.parametrize("text", ["My Notes", "Día 14: RNN's & co.", "--x--", "ABC", "노트", ""])
def test_a_suggestion_is_a_topic_or_nothing(text: str) -> None:
    assert slug_of(text) == "" or is_topic(slug_of(text))
