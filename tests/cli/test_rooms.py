"""`tutor host`, `tutor join` and `tutor report` in this process, without a network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutor.cli.command_line import tutor
from tutor.errors import TutorError

QUESTIONS = """\
format: 1
topic: mine
title: {en: My notes, ko: 내 노트}
questions:
- {id: mine.a, kind: numeric, difficulty: 1, prompt: {en: "Six times seven?", ko: "6 곱하기 7은?"}, answer: 42,
   explain: {en: "Seven sixes.", ko: "6이 일곱 번입니다."}}
- {id: mine.b, kind: numeric, difficulty: 2, prompt: {en: "Two?", ko: "둘은?"}, answer: 2,
   explain: {en: "Two.", ko: "둘입니다."}}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "taught"
    folder.mkdir()
    (folder / "mine.yaml").write_text(QUESTIONS, encoding="utf-8")
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    monkeypatch.setenv("TUTOR_CONTENT", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(tutor, arguments, input=typed)


FIRST = "\n\n42\n3\nsix sevens\n\n41\n\n\nreveal\nconclude it is 42\n\n"  # start, Jun, Mina, board
SECOND = "\n\n2\n\n\n\n2\n\n\n\n\n\n"


def test_a_whole_session_around_one_keyboard(home: Path) -> None:
    typed = "Jun,민아\n" + FIRST + SECOND
    ran = run("host", "mine", "--seed", "1", "--local", "--plain", typed=typed)
    assert ran.exception is None, ran.output
    said = " ".join(ran.output.split())
    assert "There are only 2 such questions." in said
    assert "Conclusion: it is 42" in said
    assert "1 Jun: 5 points, 2 of 2 right" in said
    assert "The session is over. Notes: " in said
    (markdown,) = (home / "sessions").glob("*.md")
    text = markdown.read_text(encoding="utf-8")
    assert "it is 42" in text
    assert "six sevens" in text
    again = run("report")
    assert again.output == text
    noted = json.loads(run("report", "--json").output)
    assert [asked["question"] for asked in noted["rounds"]] == ["mine.a", "mine.b"]
    code = noted["code"]
    assert (
        run("report", code[:4] + "-" + code[4:].lower(), "--to", str(home / "n.md")).exit_code == 0
    )
    assert (home / "n.md").read_text(encoding="utf-8") == text


def test_an_interrupted_session_goes_on(home: Path) -> None:
    arguments = ("host", "--seed", "1", "--players", "Jun,민아", "--plain")
    ran = run(*arguments, typed=FIRST)
    assert ran.exception is None, ran.output
    assert "nobody leads the room; it is kept" in " ".join(ran.output.split())
    assert "`" not in ran.output
    ran = run("host", "--resume", "--plain", typed=SECOND)
    assert ran.exception is None, ran.output
    said = " ".join(ran.output.split())
    assert "1 Jun: 5 points, 2 of 2 right" in said
    noted = json.loads(run("report", "--json").output)
    assert [(one["name"], one["right"]) for one in noted["players"]] == [("Jun", 2), ("민아", 1)]
    ran = run("host", "--resume", noted["code"], "--plain")
    assert isinstance(ran.exception, TutorError)
    assert "is over" in str(ran.exception)


def test_what_is_wrong_with_a_room_s_file_is_said(home: Path) -> None:
    run("host", "--seed", "1", "--players", "Jun,Mina", "--plain", typed=FIRST)
    (path,) = (home / "rooms").glob("*.jsonl")
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"format":1', '"format":2', 1), encoding="utf-8")
    ran = run("host", "--resume", "--plain")
    assert isinstance(ran.exception, TutorError)
    assert "line 1" in str(ran.exception)
    assert "another version" in str(ran.exception.hint)
    path.write_text(whole + "[" * 100_000 + "\n", encoding="utf-8")
    assert run("report").exit_code == 0


def test_the_last_session_is_reported_wherever_it_was_held(home: Path) -> None:
    run("host", "--seed", "1", "--players", "Jun,Mina", "--plain", typed=FIRST)
    (kept,) = (home / "sessions").glob("*.json")
    elsewhere = json.loads(kept.read_text(encoding="utf-8")) | {
        "code": "A4M2HB1G",
        "ended": "2099-01-01T00:00:00Z",
    }
    (home / "sessions" / "elsewhere.json").write_text(json.dumps(elsewhere), encoding="utf-8")
    assert json.loads(run("report", "--json").output)["code"] == "A4M2HB1G"
    own = kept.stem.rpartition("-")[2]
    assert json.loads(run("report", own, "--json").output)["code"] == own


def test_nobody_s_log_has_what_several_answered_at_one_keyboard(home: Path) -> None:
    run("host", "--seed", "1", "--players", "Jun,Mina", "--plain", typed=FIRST)
    assert json.loads(run("stats", "--json").output)["reviews"]["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("host", "mime", "--plain"), "nothing called “mime”"),
        (("host", "--local", "--plain"), "Nobody plays."),
        (("host", "--plain", "--resume"), "leads no room"),
        (("host", "--plain", "--resume", "KQ7M-2XPD"), "does not lead a room KQ7M-2XPD"),
        (("host", "--plain", "--resume", "KQ7"), "no room code"),
        (("host", "--difficulty", "9", "--plain"), "no difficulty"),
        (("host",), "needs a terminal"),
        (("join", "KQ7M-2XPD"), "needs a terminal"),
        (("join", "KQ7", "--plain"), "no room code"),
        (("join", "127.0.0.1:8765", "--plain"), "no room code"),
        (("join", "127.0.0.1:8765/KQ7M2XPD", "--plain"), "nobody can join"),
        (("join", "127.0.0.1:8765/KQ7M2XPD", "--name", "\x1b[31m", "--plain"), "shown safely"),
        (("report",), "No room was held"),
        (("report", "KQ7M-2XPD"), "No room KQ7M-2XPD was held"),
    ],
)
def test_what_is_wrong_is_said(home: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments)
    assert isinstance(ran.exception, TutorError), ran.output
    assert said in str(ran.exception).replace("\\", "")
    assert "\x1b" not in str(ran.exception)


def test_help_is_there(home: Path) -> None:
    for command in ("host", "join", "report"):
        assert run(command, "--help").exit_code == 0
