"""Keys that reach the real program in one piece."""

from __future__ import annotations

from pathlib import Path

from tests.pty.terminal import Terminal
from tests.pty.test_program import CONTENT, log


def test_one_write_is_taken_in_its_order(tmp_path: Path) -> None:
    start = ("--lang", "en", "--content", CONTENT, "study")
    with Terminal(tmp_path, *start) as terminal:
        terminal.wait_for("What is on the back?")
        terminal.press("enter")
        terminal.wait_for("The back side")
        terminal.press("4")
        terminal.wait_for("Pick [dim]one[/]")
        terminal.press("2")
        terminal.wait_for("Right")
        terminal.press("4")
        terminal.wait_for("LSTM(10, 24) in PyTorch")
        terminal.press("345\x7f56\r9")
        terminal.wait_for("Right", "3,456")
        terminal.press("4")
        terminal.wait_for("multiplies", gone="LSTM(10, 24) in PyTorch")
        terminal.press("x\x7ff\r")
        terminal.wait_for("Right")
    assert [row[2] for row in log(tmp_path)] == ["", "2", "3456", "f"]
