"""The whole path in the real program: start, answer each kind, be killed, go on, leave."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty.terminal import Terminal

CONTENT = str(Path(__file__).parent / "content")


def log(home: Path) -> list[tuple[str, int, str]]:
    """Return question, rating (as overridden) and response of every answer, oldest first."""
    code = (
        "import json, sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from tutor.store.store import Store\n"
        "with Store.open(Path(sys.argv[1]), now=datetime.now(UTC)) as store:\n"
        "    rows = list(store.rows())\n"
        "rated = {r.target: r.rating for r in rows if r.action == 'rerate'}\n"
        "print(json.dumps([(r.question, rated.get(r.id, r.rating), r.response) for r in rows\n"
        "                  if r.action == 'answer']))"
    )
    command = [sys.executable, "-c", code, str(home / "tutor.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [tuple(row) for row in json.loads(done.stdout)]


WORDS = {
    "en": {
        "start": "Start studying",
        "back": "The back side",
        "right": "Right",
        "not_yet": "Not yet",
        "flash": "What is on the back?",
        "choice": "Pick [dim]one[/] [@click=app.quit]now[/]",
        "numeric": "LSTM(10, 24) in PyTorch",
        "cloze": "multiplies",
        "blocks": "three blocks",
        "end": "3 cards answered",
    },
    "ko": {
        "start": "학습",
        "back": "바로 뒷면",
        "right": "맞",
        "not_yet": "아직",
        "flash": "뒷면에는 무엇이 있습니까?",
        "choice": "[dim]하나[/]를 고르십시오",
        "numeric": "PyTorch의 LSTM(10, 24)",
        "cloze": "곱해집니다",
        "blocks": "블록",
        "end": "카드 3장에 답했고",
    },
}


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_kind_a_kill_and_a_new_start(tmp_path: Path, lang: str) -> None:
    words = WORDS[lang]
    start = ("--lang", lang, "--content", CONTENT)
    with Terminal(tmp_path, *start) as terminal:
        terminal.wait_for(words["start"])
        terminal.press("enter")
        terminal.wait_for(words["flash"])
        terminal.press("enter")
        terminal.wait_for(words["back"])
        terminal.press("4")
        terminal.wait_for(words["choice"], gone=words["flash"])
        terminal.press("1")
        terminal.wait_for(words["not_yet"])
        terminal.kill()  # in the middle of a verdict
    assert log(tmp_path) == [("small.a-flashcard", 4, ""), ("small.b-choice", 1, "1")]

    with Terminal(tmp_path, *start) as terminal:
        terminal.wait_for(words["start"])
        terminal.press("enter")
        terminal.wait_for(words["choice"])
        terminal.press("2")
        terminal.wait_for(words["right"])
        terminal.press("4")
        terminal.wait_for(words["numeric"])
        terminal.press("2592", "enter")
        terminal.wait_for(words["not_yet"], words["blocks"])
        terminal.press("4")
        terminal.wait_for(words["cloze"], gone=words["numeric"])
        terminal.press("f", "enter")
        terminal.wait_for(words["right"])
        terminal.press("4")
        terminal.wait_for(words["end"])
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert log(tmp_path)[2:] == [
        ("small.b-choice", 4, "2"),
        ("small.c-numeric", 4, "2592"),
        ("small.d-cloze#1", 4, "f"),
    ]


def test_ctrl_c_and_escape_lose_nothing(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--content", CONTENT, "study", "small") as terminal:
        terminal.wait_for("What is on the back?")
        terminal.press("ctrl+c")
        terminal.wait_for("What is on the back?")
        terminal.press("enter")
        terminal.wait_for("The back side")
        terminal.press("enter")
        terminal.wait_for("Pick")
        terminal.press("esc")
        terminal.wait_for("1 card answered")
        terminal.press("esc")
        terminal.wait_for("Start studying")
        terminal.press("esc")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert [question for question, _, _ in log(tmp_path)] == ["small.a-flashcard"]


def test_own_sizes_and_the_language_in_the_middle_of_a_card(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--content", CONTENT, "study", "small") as terminal:
        terminal.wait_for("What is on the back?")
        terminal.press("f8")
        terminal.wait_for("Pick")
        terminal.press("f8")
        terminal.wait_for("LSTM(10, 24)")
        terminal.press("f4")
        terminal.wait_for("input size")
        terminal.press("\x15", "3", "enter", "\x15", "4", "enter")
        terminal.wait_for("LSTM(3, 4)")
        terminal.press("f2")
        terminal.wait_for("PyTorch의 LSTM(3, 4)")
        terminal.press("144", "enter")
        terminal.wait_for("144")
        terminal.press("ctrl+q")
        terminal.wait_for_end()
    assert log(tmp_path) == [("small.c-numeric", 3, "144")]


def test_two_programs_at_once_both_work(tmp_path: Path) -> None:
    arguments = ("--content", CONTENT, "study", "small")
    with Terminal(tmp_path, *arguments) as one, Terminal(tmp_path, *arguments) as two:
        for terminal in (one, two):
            terminal.wait_for("What is on the back?")
        for terminal in (one, two):
            terminal.press("enter")
            terminal.wait_for("The back side")
            terminal.press("enter")
            terminal.wait_for("Pick")
    assert len(log(tmp_path)) == 2


def test_a_terminal_too_small_says_so(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--content", CONTENT, size=(8, 30)) as terminal:
        terminal.wait_for("60")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


def test_a_damaged_database_is_kept_and_the_learner_told(tmp_path: Path) -> None:
    (tmp_path / "tutor.db").write_bytes(b"not a database at all" * 100)
    with Terminal(tmp_path, "--content", CONTENT) as terminal:
        terminal.wait_for("Start studying", "damaged")
        terminal.press("ctrl+q")
        terminal.wait_for_end()
    [kept] = tmp_path.glob("tutor.db.corrupt-*")
    assert kept.read_bytes().startswith(b"not a database")


def test_a_broken_file_is_named_on_home(tmp_path: Path) -> None:
    questions = tmp_path / "questions"
    questions.mkdir()
    (questions / "mine.yaml").write_text("format: 1\ntopic: mine\ntitel: x\n", encoding="utf-8")
    with Terminal(tmp_path, "--content", CONTENT) as terminal:
        terminal.wait_for("mine.yaml:3", "Start studying")
        terminal.press("ctrl+q")
        terminal.wait_for_end()
