"""Orders, matches and discussions in plain text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CONTENT = """\
format: 1
topic: mine
title: {en: My notes, ko: 내 노트}
questions:
- {id: mine.a-order, kind: order, prompt: {en: "Order?", ko: "순서는?"}, steps: [$A$, $B$, $C$], explain: {en: "So.", ko: "예."}}
- {id: mine.b-match, kind: match, prompt: {en: "Match?", ko: "짝은?"},
   pairs: [{left: $X$, right: $x$}, {left: $Y$, right: $y$}], distractors: [$z$], explain: {en: "So.", ko: "예."}}
- {id: mine.c-discuss, kind: discuss, prompt: {en: "Why?", ko: "왜?"}, points: [$P$, $Q$, $R$], explain: {en: "So.", ko: "예."}}
"""


@pytest.fixture(autouse=True)
def own_questions(home: Path) -> None:
    folder = home / "questions"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(CONTENT, encoding="utf-8")


def study(run: Run, typed: str) -> str:
    ran = run("study", "--plain", "mine", "--seed", "1", typed=typed)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def numbers(out: str, *steps: str) -> list[str]:
    """The numbers or letters under which these things are shown first."""
    found = [re.search(rf"^  (\w)\. {step}$", out, re.MULTILINE) for step in steps]
    return [match[1] for match in found if match]


def test_a_right_and_a_wrong_order(run: Run) -> None:
    a, b, c = numbers(study(run, ":quit\n"), "A", "B", "C")
    right = study(run, f"{a}{b}\n{a}{b}{c}\n\n:quit\n")
    assert f"{c} is still missing." in right
    assert "✓ Right." in right
    assert "should be" not in right


def test_a_wrong_order(run: Run) -> None:
    a, b, c = numbers(study(run, ":quit\n"), "A", "B", "C")
    wrong = study(run, f"{b} {a} {c}\n\n:quit\n")
    assert "~ Partly right." in wrong
    assert "Step 1 should be “A”: you have “B” there." in wrong
    assert "The answer: A → B → C" in wrong


def test_a_match_is_asked_again_while_it_is_open(run: Run) -> None:
    x, z = numbers(study(run, ":skip\n:quit\n"), "x", "z")
    out = study(run, f":skip\n1{x}\n1{x} 2{x}\n1{x} 2{z}\n\n:quit\n")
    assert "2 is still open." in out
    assert f"{x} is used twice." in out
    assert "~ Partly right." in out
    assert "  2. z → y" in out
    assert "1 card answered, 0 right at the first attempt." in out
    stats = json.loads(run("stats", "--json").out)
    assert stats["reviews"]["total"] == 1
    assert stats["ratings"]["again"] == 1


def test_the_points_of_a_discussion_come_after_enter(run: Run) -> None:
    hidden = study(run, ":skip\n:skip\n:quit\n")
    assert "1. P" not in hidden
    out = study(run, ":skip\n:skip\n\n9\n1 3\n\n")
    assert out.count("1. P") == 1
    assert out.index("Enter shows the points") < out.index("1. P") < out.index("There is no 9")
    assert "Enter for Hard" in out
    assert "The answer" not in out
    assert "1 card answered, 1 right" in out
