"""docs/engine.md is what its maker writes, and what it shows works."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests import program
from tutor.cli.engine_summaries import SUMMARIES
from tutor.engine import describe, names

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(PAGE) if name == language]


def test_it_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.reference(PAGE) == PAGE, "run `uv run python docs/reference.py`"
    for name in names():
        assert f"#### `{name}`\n" in PAGE


def test_every_summary_is_given_to_translators() -> None:
    assert set(SUMMARIES) == {describe(name).summary for name in names()}, (
        "run `uv run python docs/reference.py`"
    )


@pytest.mark.parametrize("command", [line for text in blocks("bash") for line in text.splitlines()])
def test_each_command_runs(command: str, tmp_path: Path) -> None:
    name, *arguments = shlex.split(command)
    assert name == "tutor"
    done = program.run(arguments, tmp_path)
    assert done.code == 0, done.err
    assert done.out.strip()


@pytest.mark.parametrize("code", blocks("python"), ids=["counts", "arrays"])
def test_the_python_runs(code: str) -> None:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_example_question_is_sound(tmp_path: Path) -> None:
    [example] = blocks("yaml")
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "my-models.yaml").write_text(example, encoding="utf-8")
    done = program.run(["check", str(folder)], tmp_path)
    assert done.code == 0, done.out
