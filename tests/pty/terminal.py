"""A learner's terminal: the real program in a pseudo-terminal, its screen as text."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

PATIENCE = 30.0  # seconds until what should be shown counts as missing
_OURS = ("LC_", "LANG", "TUTOR", "COLUMNS", "LINES")  # what the terminal itself decides


class Terminal:
    """The program in a terminal of a given size.

    Args:
        home: the learner's folder.
        arguments: the command line after `tutor`.
        size: rows and columns.
        env: changes to the environment.
    """

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (24, 80),
        **env: str,
    ) -> None:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
        clean |= {"TUTOR_HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm-256color"} | env
        self._screen = pyte.Screen(size[1], size[0])
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tutor", *arguments],
            env=clean,
            dimensions=size,
            timeout=PATIENCE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """What the screen shows; the empty half of a wide character is left out."""
        return "\n".join(
            "".join(self._screen.buffer[y][x].data for x in range(self._screen.columns)).rstrip()
            for y in range(self._screen.lines)
        )

    def wait_for(self, *texts: str, gone: str = "") -> str:
        """Read until the screen shows all texts (and no more the one that is to be gone)."""
        deadline = time.monotonic() + PATIENCE
        while not self._shows(texts, gone):
            if time.monotonic() > deadline:
                raise AssertionError(f"no {texts!r} (or still {gone!r}) on:\n{self.text}")
            self._read()
        return self.text

    def _shows(self, texts: tuple[str, ...], gone: str) -> bool:
        shown = self.text
        return all(text in shown for text in texts) and not (gone and gone in shown)

    def _read(self) -> None:
        try:
            self._stream.feed(self.child.read_nonblocking(65536, timeout=0.5))
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            raise AssertionError(f"the program ended on:\n{self.text}") from None

    def press(self, *keys: str) -> None:
        """Type keys: text, or one of the names below."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def kill(self) -> None:
        """Kill the program as a closed laptop would not even do."""
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def wait_for_end(self) -> int | None:
        """Read until the program ends; return its exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus


KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "tab": "\t",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f4": "\x1bOS",
    "f8": "\x1b[19~",
    "ctrl+c": "\x03",
    "ctrl+q": "\x11",
}
