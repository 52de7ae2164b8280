from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_the_content_is_sound(run: Run) -> None:
    ran = run("check", "--seeds", "2")
    assert (ran.code, ran.err) == (0, "")
    assert "questions" in ran.out


def test_a_problem_is_shown_with_its_line_and_a_caret(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("format: 1\ntopic: mine\ntitel: x\ntitle: y\n", encoding="utf-8")
    ran = run("check", str(file))
    assert ran.code == 1
    assert f"{file}:3:1:" in ran.out
    assert "\n  titel: x\n  ^\n" in ran.out


def test_a_path_that_is_not_there(run: Run) -> None:
    ran = run("check", "/nowhere.yaml")
    assert ran.code == 2
    assert "/nowhere.yaml" in ran.err


def test_the_schema_is_json(run: Run) -> None:
    schema = json.loads(run("schema").out)
    assert "questions" in schema["properties"]
