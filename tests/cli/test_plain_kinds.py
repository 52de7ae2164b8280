"""What kinds with options say and ask in plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

CONTENT = """\
format: 1
topic: mine
title: {en: My notes, ko: 내 노트}
questions:
- {id: mine.a-ticks, kind: multi, shuffle: false, prompt: {en: "Which?", ko: "어느 것?"},
   options: [{text: A, right: true}, {text: B, right: true, feedback: "B too."},
     {text: C, feedback: "Not C.", mistake: c}, {text: D, feedback: "Not D."}], explain: "A and B."}
- {id: mine.b-picked, kind: truefalse, shuffle: false, answer: false, prompt: {en: "Gates are negative.", ko: "음수이다."},
   reasons: [{text: tanh, feedback: "Not tanh.", mistake: tanh}, {text: sigmoid, right: true}, {text: linear, feedback: "Not linear."}],
   explain: "Sigmoids."}
- {id: mine.c-typed, kind: truefalse, answer: true, prompt: {en: "It is so.", ko: "그렇다."},
   reason: {accept: {en: [because], ko: [그래서]}}, explain: "So."}
- {id: mine.d-computed, kind: choice, draw: {d: {choose: [10]}, h: {choose: [24]}},
   compute: {count: {engine: lstm_params, args: {input_size: d, hidden_size: h, convention: pytorch}}},
   prompt: {en: "How many?", ko: "몇 개?"}, answer: count.total, distractors: 8, unit: {en: parameters, ko: 개},
   explain: {en: "Four blocks.", ko: "블록 네 개."}}
"""


@pytest.fixture(autouse=True)
def own_questions(home: Path) -> None:
    folder = home / "questions"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(CONTENT, encoding="utf-8")


def study(run: Run, typed: str) -> str:
    ran = run("study", "--plain", "mine", typed=typed)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_right_answers_to_each(run: Run) -> None:
    said = study(run, "1,2\n4\nf; 2\n4\nt\nbecause\n4\n")
    assert "  4. D" in said
    assert "The numbers of all that are right, such as 1 3:" in said
    assert "True or false, t or f:" in said
    assert said.count("✓ Right.") == 3
    assert "3,456 parameters" in said


def test_ticks_that_were_missed_or_too_many_are_told(run: Run) -> None:
    said = study(run, "\n1 4\n\n:quit\n")
    assert "Tick at least one option." in said
    assert "✗ Not yet.\n  1 of 2, 1 too many\n" in said
    assert "The answer: A; B\n  2. B too.\n  4. Not D.\n" in said


def test_the_diagnosis_is_not_said_twice(run: Run) -> None:
    said = study(run, "1 2 3\n\nf\n1\n\n:quit\n")
    assert said.count("Not C.") == 2  # the verdict, and the summary
    assert "  3. Not C.\n" in said
    assert said.count("Not tanh.") == 2
    assert "~ Partly right.\n  the verdict is right, the reason is not\n" in said
    assert "The answer: False: sigmoid" in said


def test_the_answer_to_a_gap_stands_beside_what_was_typed(run: Run, home: Path) -> None:
    gap = """
- {id: mine.e-gap, kind: cloze, prompt: {en: "The [[forget|f]] gate", ko: "[[망각|f]] 게이트"}, explain: "So."}
"""
    file = home / "questions" / "mine.yaml"
    file.write_text(CONTENT + gap, encoding="utf-8")
    ran = run("study", "--plain", "--card", "mine.e-gap", typed="in*put\n\n:quit\n")
    assert "✗ Not yet.\nin*put → forget\nThe answer: The forget gate\n" in ran.out


def test_both_halves_are_told(run: Run) -> None:
    said = study(run, "1 2\n\nx 3\n\nf; because\n\n:quit\n")
    assert "  3. Not linear." in said
    assert (
        "✗ Not yet.\n  that reason goes with the other verdict\nThe answer: True: because" in said
    )


def test_a_half_that_is_missing_is_asked_for(run: Run) -> None:
    said = study(run, "1 2\n\nf\n\nf\n9\nmaybe\n1\nf\n2\n\nt\n\n:quit\n")
    assert "Pick a reason too, 1 to 3" in said
    assert "Pick the reason by its number, 1 to 3." in said
    assert "Type t for true or f for false." in said
    assert "The reason is still missing." in said


def test_a_computed_choice_names_the_mistake(run: Run) -> None:
    said = study(run, "12\n4\nf 2\n4\nt;because\n4\n1\n4\n")
    assert "✗ Not yet." in said
    assert "The answer: 3,456 parameters" in said
    assert "Mistakes you met" in said
