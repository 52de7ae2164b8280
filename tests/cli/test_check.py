from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tutor.bank.locate import find_content


def test_the_content_is_sound(run: Run) -> None:
    ran = run("check", "--seeds", "2")
    assert (ran.code, ran.err) == (0, "")
    assert "questions, " in ran.out
    assert ran.out.endswith("over 2 seeds.\n")


def test_a_problem_is_shown_with_its_line_and_a_caret(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("format: 1\ntopic: mine\ntitel: x\ntitle: y\n", encoding="utf-8")
    ran = run("check", str(file))
    assert ran.code == 1
    assert f"{file}:3:1:" in ran.out
    assert "\n  titel: x\n  ^\n" in ran.out


MINE = """\
format: 1
topic: lstm
title: Mine
questions:
- {id: lstm.mine, kind: flashcard, objective: OBJECTIVE, prompt: p, back: b, explain: e}
"""


def test_a_file_is_checked_among_what_is_taught(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(MINE.replace("OBJECTIVE", "params.recurrent"), encoding="utf-8")
    ran = run("check", str(file), "--seeds", "1")
    assert (ran.code, ran.out) == (0, "Sound: 1 question, 0 pages, over 1 seed.\n")
    file.write_text(MINE.replace("OBJECTIVE", "params.recurent"), encoding="utf-8")
    ran = run("check", str(file), "--seeds", "1")
    assert ran.code == 1
    assert f"{file}:5:47:" in ran.out
    assert "did you mean `params.recurrent`" in ran.out
    assert ran.out.endswith("1 problem.\n")


def test_a_path_that_is_not_there(run: Run) -> None:
    ran = run("check", "/nowhere.yaml")
    assert ran.code == 2
    assert "/nowhere.yaml" in ran.err


def test_the_schema_is_json(run: Run) -> None:
    out = run("schema").out
    assert out == (find_content() / "schema.json").read_text("utf-8")
    assert "questions" in json.loads(out)["properties"]


def test_links_to_labs_are_followed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = MINE.replace("OBJECTIVE", "params.recurrent").replace(
        "prompt: p", "prompt: p, lab: {name: nowhere}"
    )
    file.write_text(text, encoding="utf-8")
    ran = run("check", str(file), "--seeds", "1")
    assert ran.code == 1
    assert "There is no lab “nowhere”" in ran.out
