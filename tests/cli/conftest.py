"""The command line as a process would run it, in a home of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import program
from tests.program import Ran

Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    """Run `tutor` with arguments; `typed` is its standard input, `env` changes its environment."""

    def call(*arguments: str, typed: str | bytes = "", **env: str) -> Ran:
        return program.run(list(arguments), home, typed=typed, **env)

    return call
