"""The command line as a process would run it, in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    """Run `tutor` with arguments; `typed` is its standard input, `env` changes its environment."""

    def call(*arguments: str, typed: str | bytes = "", **env: str) -> Ran:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "TUTOR"))}
        clean |= {"TUTOR_HOME": str(home), "LANG": "C.UTF-8", "PYTHONUTF8": "1"} | env
        done = subprocess.run(
            [sys.executable, "-m", "tutor", *arguments],
            input=typed.encode() if isinstance(typed, str) else typed,
            capture_output=True,
            env=clean,
            check=False,
        )
        return Ran(
            done.returncode, *(out.decode(errors="replace") for out in (done.stdout, done.stderr))
        )

    return call
