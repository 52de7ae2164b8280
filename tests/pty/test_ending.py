"""How the program ends when it is told to, and when it fails."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pexpect
import pytest

from tests.pty.terminal import Terminal

CONTENT = str(Path(__file__).parent / "content")
START = ("--lang", "en", "--content", CONTENT)
LEFT = b"\x1b[?1049l"  # what switches back from the alternate screen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    with Terminal(tmp_path, *START) as terminal:
        terminal.wait_for("Start studying")
        os.kill(terminal.child.pid, number)
        terminal.child.expect(pexpect.EOF)
        written = terminal.child.before or b""
        terminal.child.close()
        assert LEFT in written
        assert b"\x1b[?1000l" in written  # no mouse
        assert b"\x1b[?25h" in written  # the cursor
        assert terminal.child.exitstatus == 128 + number


def test_a_terminal_that_closes_ends_the_program(tmp_path: Path) -> None:
    with Terminal(tmp_path, *START) as terminal:
        terminal.wait_for("Start studying")
        terminal.child.ptyproc.fileobj.close()  # the kernel sends SIGHUP; nobody reads any more
        _, status = os.waitpid(terminal.child.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
        terminal.child.ptyproc.terminated = True  # for pexpect, which did not see the end


def test_a_crash_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "from tutor.ui.screens.home import HomeScreen\nHomeScreen.paint = lambda self: 1 / 0\n"
    )
    with Terminal(tmp_path, *START, PYTHONPATH=str(tmp_path)) as terminal:
        terminal.child.expect("ZeroDivisionError")
        assert terminal.wait_for_end() == 1
