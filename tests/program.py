"""The command line as a process runs it, without starting Python anew for each.

`run` gives a command a process of its own, with its own environment, folder and streams, forked
from one that has imported the program (`tests.warm`). What depends on how Python starts (which
modules are loaded, which encoding it chooses, signals, terminals) is tested in processes that
start as a shell starts them; so is everything where processes cannot be forked.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

ROOT = Path(__file__).resolve().parents[1]
_OURS = ("LC_", "LANG", "TUTOR", "COLUMNS", "LINES")  # what a developer's terminal decides


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


def environment(home: Path, changes: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a command: the developer's, but for what the program reads."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return clean | {"TUTOR_HOME": str(home), "LANG": "C.UTF-8", "PYTHONUTF8": "1"} | dict(changes)


def fresh(arguments: list[str], environ: Mapping[str, str], typed: bytes, folder: Path) -> Ran:
    """Run `tutor` in a Python that has just started."""
    command = [sys.executable, "-m", "tutor", *arguments]
    done = subprocess.run(
        command, input=typed, capture_output=True, env=environ, cwd=folder, check=False
    )
    return Ran(done.returncode, _text(done.stdout), _text(done.stderr))


def run(
    arguments: list[str],
    home: Path,
    *,
    typed: str | bytes = "",
    folder: Path = ROOT,
    start: bool = False,
    **changes: str,
) -> Ran:
    """Run `tutor`.

    Args:
        arguments: the command line.
        home: the learner's folder.
        typed: standard input.
        folder: where the command runs.
        start: in a Python that has just started, as a shell starts it.
        changes: to the environment; those that Python reads need a start.
    """
    environ = environment(home, changes)
    data = typed.encode() if isinstance(typed, str) else typed
    start = start or any(name.startswith("PYTHON") for name in changes)
    if start or not hasattr(os, "fork"):
        return fresh(arguments, environ, data, folder)
    return _warm().run(arguments, environ, data, folder)


class Warm:
    """The process that forks, and the socket to it."""

    def __init__(self) -> None:
        self._cache = TemporaryDirectory()  # of question files, as after a first start
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm", str(theirs.fileno()), self._cache.name],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=ROOT,
            )
        atexit.register(self.close)

    def close(self) -> None:
        """End the process."""
        self._socket.close()
        self._process.wait()
        self._cache.cleanup()

    def run(
        self, arguments: list[str], environ: Mapping[str, str], typed: bytes, folder: Path
    ) -> Ran:
        """Run `tutor` in a copy."""
        self._lend(Path(environ["TUTOR_HOME"]))
        request = {"arguments": arguments, "environ": environ, "folder": str(folder)}
        data = json.dumps(request).encode()
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(typed)
            given.seek(0)
            files = [given.fileno(), out.fileno(), err.fileno()]
            socket.send_fds(self._socket, [struct.pack("!I", len(data))], files)
            self._socket.sendall(data)
            answer = self._socket.recv(4, socket.MSG_WAITALL)
            assert len(answer) == 4, "the process that forks has ended"
            (code,) = struct.unpack("!i", answer)
            out.seek(0)
            err.seek(0)
            return Ran(code, _text(out.read()), _text(err.read()))

    def _lend(self, home: Path) -> None:
        """Give a home the cache that it would have after its first start."""
        ready = Path(self._cache.name, "questions")
        with suppress(OSError):  # a home that may not be written to, or is none
            if ready.is_dir() and not (home / "cache").exists():
                shutil.copytree(ready, home / "cache" / "questions")


@cache
def _warm() -> Warm:
    return Warm()


def _text(output: bytes) -> str:
    return output.decode(errors="replace")
