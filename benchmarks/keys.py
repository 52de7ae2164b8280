"""From a key to the repaint, in a real terminal, against an empty update in the same run.

    uv run python benchmarks/keys.py [--sessions 3]

A key is written to a pseudo-terminal of 80×24; the repaint is when what it changes has arrived
there. So this holds all that a learner waits for but the terminal itself: reading the key, what
the program does (a verdict is on the disk before it is shown), layout, drawing, and Textual's
own wait for the next of its 60 frames a second. The reference is a bare Textual app that puts
one new line into a Static.
"""

from __future__ import annotations

import argparse
import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect
from cards import TOPIC, write_cards

PROGRAM = str(Path(sys.executable).with_name("tutor"))
REFERENCE = """
from textual.app import App
from textual.content import Content
from textual.widgets import Static

class Bare(App):
    BINDINGS = [("right", "change", "change"), ("ctrl+q", "quit", "quit")]
    number = 0
    def compose(self):
        yield Static(Content("ready"))
    def action_change(self):
        self.number += 1
        self.query_one(Static).update(Content(str(self.number)))

Bare().run()
"""
CARDS = 20  # as many new cards as one day has
QUIET = 0.08  # seconds without output after which the screen stands still
PATIENCE = 20.0
ENTER, DOWN, RIGHT, LEFT, CTRL_Q = b"\r", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x11"


class Typist:
    """Presses keys in a program's terminal and times the answer."""

    def __init__(self, command: list[str], home: str) -> None:
        size = ("COLUMNS", "LINES")
        env = {key: value for key, value in os.environ.items() if key not in size}
        env |= {"LANG": "C.UTF-8", "TERM": "xterm-256color", "TUTOR_HOME": home}
        self._child = pexpect.spawn(command[0], command[1:], env=env, dimensions=(24, 80))

    def wait_for(self, text: str) -> None:
        """Wait until a text has come and the screen stands still."""
        self._read_until(text.encode())
        self.settle()

    def press(self, key: bytes, text: str = "") -> float:
        """Return the milliseconds from a key until a text has come; until anything, if empty."""
        began = time.perf_counter()
        os.write(self._child.child_fd, key)
        came = self._read_until(text.encode())
        self.settle()
        return (came - began) * 1000

    def settle(self) -> None:
        """Read on until nothing comes any more."""
        while select.select([self._child.child_fd], [], [], QUIET)[0]:
            os.read(self._child.child_fd, 65536)

    def close(self) -> None:
        """Quit the program."""
        os.write(self._child.child_fd, CTRL_Q)
        self._child.expect(pexpect.EOF)
        self._child.close()

    def _read_until(self, text: bytes) -> float:
        seen = b""
        while not seen or text not in seen:
            if not select.select([self._child.child_fd], [], [], PATIENCE)[0]:
                raise TimeoutError(f"no {text!r} in {seen[-2000:]!r}")
            seen += os.read(self._child.child_fd, 65536)
        return time.perf_counter()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=3, help=f"of {CARDS} cards")
    options = parser.parse_args()
    taken: dict[str, list[float]] = {}
    for _ in range(options.sessions):
        with tempfile.TemporaryDirectory() as home:
            write_cards(Path(home), CARDS)
            for measure in (measure_reference, measure_study, measure_lab):
                for name, values in measure(home).items():
                    taken.setdefault(name, []).extend(values)
    print("from key to repaint, in ms (budget: 95th percentile 16)")
    for name, values in taken.items():
        values.sort()
        p95 = values[int(len(values) * 0.95)]
        print(
            f"  {name:<30} median {statistics.median(values):6.1f}  min {values[0]:6.1f}"
            f"  p95 {p95:6.1f}  of {len(values)}"
        )


def measure_reference(home: str) -> dict[str, list[float]]:
    """Change one line."""
    typist = Typist([sys.executable, "-c", REFERENCE], home)
    typist.wait_for("ready")
    values = [typist.press(RIGHT) for _ in range(2 * CARDS)]
    typist.close()
    return {"reference: one line": values}


def measure_study(home: str) -> dict[str, list[float]]:
    """Answer every card wrongly, move through the ratings, and go on."""
    typist = Typist([PROGRAM, "--lang", "en", "study", TOPIC], home)
    typist.wait_for("Card 1.")
    verdicts: list[float] = []
    ratings: list[float] = []
    cards: list[float] = []
    for number in range(1, CARDS):
        typist.press(b"1")
        verdicts.append(typist.press(ENTER, "Not"))
        ratings += [typist.press(RIGHT), typist.press(LEFT)]
        cards.append(typist.press(b"4", f"Card {number + 1}."))
    typist.close()
    return {"answer → verdict": verdicts, "rating ← →": ratings, "rating → next card": cards}


def measure_lab(home: str) -> dict[str, list[float]]:
    """Turn the second control of the workbench to and fro."""
    typist = Typist([PROGRAM, "--lang", "en", "lab", "parameters"], home)
    typist.wait_for("Your count")
    typist.press(DOWN)
    values = [typist.press(key) for _ in range(CARDS) for key in (RIGHT, LEFT)]
    typist.close()
    return {"workbench: a control": values}


if __name__ == "__main__":
    main()
