"""An author at work in the real program: watch, edit, preview."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.pty.terminal import Terminal

HEAD = "format: 1\ntopic: mine\ntitle: Mine\nquestions:\n"
CARD = (
    '- {id: mine.card, kind: flashcard, prompt: "Front?", back: "The back", explain: "Turned."}\n'
)
EDITOR = """\
import sys
from pathlib import Path
line, file = sys.argv[1:]
text = Path(file).read_text(encoding="utf-8")
Path(file).write_text(text.replace("bakc", "back").replace("Front?", f"Line {line[1:]}?"), encoding="utf-8")
"""


def write(file: Path, *questions: str, head: str = HEAD) -> None:
    file.write_text(head + "".join(questions), encoding="utf-8")


def test_watch_plain_reports_each_change_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    write(file, CARD)
    wide = (24, 200)  # so that a long path stands in one line
    with Terminal(tmp_path, "watch", "--plain", str(file), "--seeds", "5", size=wide) as terminal:
        terminal.wait_for("Sound: 1 question, 0 pages, over 5 seeds.", "Ctrl+C")
        write(file, CARD, head=HEAD.replace("title", "titel"))
        terminal.wait_for("mine.yaml:3:1", "titel: Mine", "problem")
        swap = tmp_path / "4913"
        write(swap, CARD, CARD.replace("mine.card", "mine.other").replace("Front", "Other"))
        swap.replace(file)  # as vim saves
        terminal.wait_for("Sound: 2 questions")
        terminal.press("ctrl+c")
        assert terminal.wait_for_end() == 0


def test_an_editor_opens_at_the_line_and_what_it_saves_is_shown(tmp_path: Path) -> None:
    file, editor = tmp_path / "mine.yaml", tmp_path / "vi"
    write(file, CARD.replace("back:", "bakc:"))
    editor.write_text(f"#!{sys.executable}\n{EDITOR}", encoding="utf-8")
    editor.chmod(0o755)
    with Terminal(tmp_path, "watch", str(file), VISUAL=str(editor)) as terminal:
        terminal.wait_for("mine.yaml:5", "problem")
        terminal.press("enter")
        terminal.wait_for("sound", "mine.card@0", "Line 5?")
        terminal.press("v")
        terminal.wait_for("The back")
        terminal.press("esc")
        assert terminal.wait_for_end() == 0


def test_a_card_is_previewed_from_the_shell(tmp_path: Path) -> None:
    questions = tmp_path / "questions"
    questions.mkdir()
    write(questions / "mine.yaml", CARD)
    with Terminal(tmp_path, "preview", "mine.card@3") as terminal:
        terminal.wait_for("mine.card@3", "Front?", "nothing is logged")
        terminal.press("enter")
        terminal.wait_for("The back")
        terminal.press("n")
        terminal.wait_for("mine.card@4", "Front?")
        terminal.press("esc")
        assert terminal.wait_for_end() == 0


def test_an_unknown_card_is_said_in_the_shell(tmp_path: Path) -> None:
    with Terminal(tmp_path, "preview", "lstm.gates.rols") as terminal:
        terminal.wait_for("lstm.gates.roles")
        assert terminal.wait_for_end() == 2


def test_watch_is_ended_by_a_signal_with_the_terminal_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    write(file, CARD)
    with Terminal(tmp_path, "watch", str(file)) as terminal:
        terminal.wait_for("mine.card@0")
        os.kill(terminal.child.pid, signal.SIGTERM)
        assert terminal.wait_for_end() == 128 + signal.SIGTERM
