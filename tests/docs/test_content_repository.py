"""The recipe for a repository of questions: its files are sound, its commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from tests import program
from tests.program import Ran
from tutor.bank.load import load

ROOT = Path(__file__).resolve().parents[2]
RECIPE = (ROOT / "docs" / "content-repository.md").read_text(encoding="utf-8")
HOOKS = ROOT / ".pre-commit-hooks.yaml"
BROKEN = ROOT / "tests" / "bank" / "broken" / "mistake-is-the-answer.yaml"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
QUESTIONS, CONFIG, WORKFLOW = [text for name, text in BLOCK.findall(RECIPE) if name == "yaml"]
COMMANDS = [
    line
    for name, text in BLOCK.findall(RECIPE)
    if name == "bash"
    for line in text.split("\n")
    if line
]


def run(command: list[str], repository: Path) -> Ran:
    """Run a command of tutor's in a repository, as a hook or a workflow does."""
    assert command[0] == "tutor"
    return program.run(command[1:], repository.parent / "home", folder=repository)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The repository that the recipe describes."""
    folder = tmp_path / "repository"
    (folder / "week-1").mkdir(parents=True)
    (folder / "week-1" / "graphs.yaml").write_text(QUESTIONS, "utf-8")
    (folder / ".pre-commit-config.yaml").write_text(CONFIG, "utf-8")
    (folder / ".github" / "workflows").mkdir(parents=True)
    (folder / ".github" / "workflows" / "questions.yaml").write_text(WORKFLOW, "utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_runs(command: str, repository: Path) -> None:
    done = run(shlex.split(command), repository)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Sound: 1 question, ")


def test_commands_are_shown() -> None:
    assert len(COMMANDS) == 2


def test_the_workflow_checks_the_repository(repository: Path) -> None:
    (job,) = yaml.safe_load(WORKFLOW)["jobs"].values()
    (command,) = [step["run"] for step in job["steps"] if "run" in step]
    uvx, option, source, *checked = shlex.split(command)
    assert (uvx, option, source) == ("uvx", "--from", "git+RECUR_TUTOR@VERSION")
    assert run(checked, repository).code == 0
    text = QUESTIONS.replace("n * (n - 1) / 2", "n * (n - 1)")
    (repository / "week-1" / "graphs.yaml").write_text(text, "utf-8")
    done = run([*checked, "--seeds", "20"], repository)  # the first seed shows it
    assert done.code == 1
    assert "week-1/graphs.yaml:14:12: graphs.edges@0: " in done.out


def hook() -> dict[str, object]:
    (only,) = yaml.safe_load(HOOKS.read_text("utf-8"))
    assert isinstance(only, dict)
    return only


def test_the_hook_of_the_recipe_is_there() -> None:
    (repo,) = yaml.safe_load(CONFIG)["repos"]
    (used,) = repo["hooks"]
    known = hook()
    assert used["id"] == known["id"]
    assert (known["language"], known["types"]) == ("python", ["yaml"])
    assert re.search(used["files"], "week-1/graphs.yaml")
    assert not re.search(used["files"], ".pre-commit-config.yaml")
    assert not re.search(used["files"], "content.yaml")


def test_the_hook_passes_a_sound_file_and_stops_a_broken_one(repository: Path) -> None:
    entry = shlex.split(str(hook()["entry"]))
    assert hook()["pass_filenames"] is True
    assert run([*entry, "week-1/graphs.yaml"], repository).code == 0
    (repository / "week-1" / "notes.yaml").write_bytes(BROKEN.read_bytes())
    done = run([*entry, "week-1/graphs.yaml", "week-1/notes.yaml"], repository)
    assert done.code == 1
    assert "week-1/notes.yaml:14:22: notes.sum@0: " in done.out
    assert "graphs.yaml" not in done.out


def test_the_hook_installs_the_program() -> None:
    """`language: python` installs this very repository, whose command the entry is."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f"\n{str(hook()['entry']).split()[0]} = " in project


def test_the_example_is_bilingual(repository: Path) -> None:
    bank = load([repository])
    (question,) = bank.questions.values()
    assert question.prompt.en != question.prompt.ko
    assert bank.problems == ()


def test_the_recipe_is_a_page() -> None:
    assert len(RECIPE.splitlines()) <= 100
