"""What the documents show, works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests import program
from tests.program import Ran

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETUP = "python3 -m pip install uv && "  # `.ci/run` runs these two as written
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(README) if name == language]


COMMANDS = [
    line
    for block in blocks("bash")
    for line in block.splitlines()
    if line and not line.startswith(SETUP)
]
SMALL = ROOT / "tests" / "pty" / "content"  # the bank has a proof of its own in `.ci/run`
# each command imports all that it needs by itself: one of each starts as in a shell
STARTED = {line.split()[1]: line for line in reversed(COMMANDS)}.values()


def tutor(arguments: list[str], home: Path, *, start: bool = False) -> Ran:
    around = {"TUTOR_CONTENT": str(SMALL)} if arguments == ["check"] else {}
    return program.run(arguments, home, start=start, **around)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_runs(command: str, tmp_path: Path) -> None:
    name, *arguments = shlex.split(command)
    assert name == "tutor"
    done = tutor(arguments, tmp_path, start=command in STARTED)
    assert done.code == 0, done.err
    assert done.out.strip()


def test_the_set_up_commands_are_those_of_the_project() -> None:
    assert [line for block in blocks("bash") for line in block.splitlines() if "pip" in line] == [
        SETUP + "uv run tutor",
        SETUP + "uv run pytest",
    ]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip()
    assert ci.splitlines()[-1].endswith("uv run pytest")


def test_the_example_questions_are_sound(tmp_path: Path) -> None:
    [example] = blocks("yaml")
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "my-notes.yaml").write_text(example, encoding="utf-8")
    done = tutor(["check", str(folder)], tmp_path)
    assert done.code == 0, done.out


def test_the_files_it_links_to_exist() -> None:
    links = re.findall(r"\]\(([^):#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
