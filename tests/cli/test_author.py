"""`tutor grade`, `tutor preview --plain` and one card of `tutor study`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

CONTENT = """\
format: 1
topic: mine
title: {en: My notes, ko: 내 노트}
questions:
- id: mine.count
  kind: numeric
  draw: {d: {choose: [8, 10, 16]}, h: {from: 8, to: 64, step: 8}, w: {from: 0.5, to: 1.5, step: 0.5}}
  compute: {lstm: {engine: lstm_params, args: {input_size: d, hidden_size: h, convention: pytorch}}}
  prompt: {en: "LSTM {d}, {h}?", ko: "LSTM {d}, {h}는?"}
  answer: lstm.total
  unit: {en: parameters, ko: 개}
  mistakes: [{id: three-blocks, value: 3*h*(d+h+2), say: {en: "Three blocks.", ko: "블록 세 개입니다."}}]
  explain: {en: "It is {lstm.total:,}, at {w}.", ko: "{lstm.total:,}개입니다. {w}."}
- {id: mine.pick, kind: choice, prompt: {en: "Which?", ko: "어느 것?"},
   options: [{text: {en: One, ko: 하나}, right: true}, {text: {en: Two, ko: 둘}, feedback: {en: "No.", ko: "아닙니다."}, mistake: two}, {text: {en: Three, ko: 셋}, feedback: {en: "Nor that.", ko: "아닙니다."}}],
   explain: {en: "A.", ko: "가."}}
- {id: mine.gaps, kind: cloze, prompt: {en: "The [[forget gate|f]] and [[c]]", ko: "[[망각 게이트|f]]와 [[c]]"}, explain: {en: "So.", ko: "그렇습니다."}}
- {id: mine.card, kind: flashcard, prompt: {en: "Front", ko: "앞면"}, back: {en: "Back", ko: "뒷면"}, explain: {en: "Turned.", ko: "뒤집었습니다."}}
"""


@pytest.fixture(autouse=True)
def questions(home: Path) -> Path:
    folder = home / "questions"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(CONTENT, encoding="utf-8")
    return folder


def graded(run: Run, *arguments: str, typed: str = "", code: int = 0) -> dict[str, Any]:
    ran = run("grade", *arguments, "--json", typed=typed)
    assert (ran.code, ran.err) == (code, "")
    data = json.loads(ran.out)
    assert isinstance(data, dict)
    return data


def test_an_answer_is_judged_and_worked_out(run: Run) -> None:
    own = "--sizes", "d=10,h=24"
    right = graded(run, "mine.count@7", "3,456", *own)
    assert (right["verdict"], right["score"], right["rating"]) == ("right", 1.0, "good")
    assert right["understood"] == "3,456 parameters"
    assert right["solution"]["total"] == 3456
    assert right["sizes"]["d"] == 10
    assert right["mistake"] is None
    wrong = graded(run, "mine.count@7", "2592", *own)
    assert (wrong["verdict"], wrong["score"], wrong["rating"]) == ("not-yet", 0.0, "again")
    assert wrong["mistake"] == {"id": "three-blocks", "message": "Three blocks."}
    assert wrong["right_answer"] == "3,456 parameters"


def test_the_same_in_words(run: Run) -> None:
    ran = run("grade", "mine.count@7", "2592", "--sizes", "d=10 h=24")
    assert ran.code == 0
    assert "✗ Not yet." in ran.out
    assert "Three blocks." in ran.out
    assert "Mistake: three-blocks" in ran.out
    assert "Score: 0" in ran.out
    assert "Suggested rating: Again" in ran.out
    assert "weight_ih_l0" in ran.out


@pytest.mark.parametrize("answer", ["10,24", "", "NaN", "9**9**9"])
def test_what_is_no_answer_is_not_wrong(run: Run, answer: str) -> None:
    data = graded(run, "mine.count", answer, code=2)
    assert data["verdict"] == "malformed"
    assert data["message"]
    assert "score" not in data
    ran = run("grade", "mine.count", answer)
    assert ran.code == 2
    assert ran.out.startswith("Not an answer: ")
    assert "Not yet" not in ran.out


def test_each_gap_is_a_card_and_the_question_stands_for_its_first(run: Run) -> None:
    first = graded(run, "mine.gaps", "f")
    assert (first["card"], first["verdict"]) == ("mine.gaps#1@0", "right")
    assert graded(run, "mine.gaps#2", "-", typed="c\n")["verdict"] == "right"
    assert graded(run, "mine.gaps#2@3", "f")["score"] == 0


def test_a_flashcard_is_rated_by_the_learner(run: Run) -> None:
    data = graded(run, "mine.card", "")
    assert (data["verdict"], data["score"], data["right_answer"]) == ("self-rated", None, "Back")


def test_a_negative_number_is_an_answer_and_no_option(run: Run) -> None:
    assert graded(run, "mine.count", "-3")["understood"] == "-3 parameters"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mine.cuont", "1"), "mine.count"),
        (("mine count", "1"), "ID@seed"),
        (("mine.count@-1", "1"), "ID@seed"),
        (("mine.count", "1", "--sizes", "d"), "--sizes d=10"),
        (("mine.count", "1", "--sizes", "d=0"), "whole number from 1"),
        (("mine.count", "1", "--sizes", "x=1"), "draws no x"),
        (("mine.count",), "ANSWER"),
        (("mine.card#2", ""), "no card 2"),
    ],
)
def test_a_slip_in_the_command_is_told_from_a_wrong_answer(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    ran = run("grade", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


def test_nothing_of_it_is_logged(run: Run, home: Path) -> None:
    graded(run, "mine.count", "1")
    run("preview", "mine.count", "--plain", "--solution")
    assert not (home / "tutor.db").exists()


def test_the_same_name_is_the_same_card_everywhere(run: Run) -> None:
    for seed in (1, 2, 3):
        card = f"mine.count@{seed}"
        sizes = graded(run, card, "1")["sizes"]
        prompt = f"LSTM {sizes['d']}, {sizes['h']}?"
        assert prompt in run("preview", card, "--plain").out
        assert prompt in run("study", "--plain", "--card", card).out
    options = [
        [
            line.strip()
            for line in run(*command, "mine.pick@5").out.splitlines()
            if line[:3] == "  1"
        ]
        for command in (("preview", "--plain"), ("study", "--plain", "--card"))
    ]
    assert options[0] == options[1] != []


def test_one_card_is_studied_and_logged(run: Run) -> None:
    right = graded(run, "mine.count@9", "1")["solution"]["total"]
    ran = run("study", "--plain", "--card", "mine.count@9", typed=f"{right}\n\n")
    assert "1 card answered, 1 right" in ran.out
    assert json.loads(run("stats", "--json").out)["reviews"]["total"] == 1


@pytest.mark.parametrize("more", [("mine",), ("--all",), ("--seed", "3"), ("--page", "lstm.gates")])
def test_one_card_does_not_go_with_other_choices(run: Run, more: tuple[str, ...]) -> None:
    ran = run("study", "--plain", "--card", "mine.count", *more)
    assert ran.code == 2
    assert "--card" in ran.err


def test_a_preview_in_both_languages_with_its_solution(run: Run) -> None:
    ran = run("preview", "mine.pick@4", "--plain", "--lang", "both", "--solution")
    assert (ran.code, ran.err) == (0, "")
    english, korean = ran.out.split("mine.pick@4 · ko")
    assert english.startswith("mine.pick@4 · en")
    assert "Which?" in english
    assert "1. " in english
    assert "The answer: One" in english
    assert "어느 것?" in korean
    assert "하나" in korean
    assert "Which?" not in korean
    alone = run("preview", "mine.pick@4", "--plain", "--lang", "ko")
    assert "어느 것?" in alone.out
    assert "Which?" not in alone.out
    assert "가." not in alone.out


@pytest.mark.parametrize("command", ["preview", "study --card"])
def test_an_unknown_card_is_said_before_the_screen_opens(run: Run, command: str) -> None:
    ran = run(*command.split(), "mine.nothing", "--plain")
    assert ran.code == 2
    assert "mine.nothing" in ran.err
