from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.learner import LARGE, Learner, learner_at, make_services
from tutor.memory.rating import Rating
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.ui.app import First
from tutor.ui.widgets.field import AnswerField

QUESTIONS = r"""
format: 1
topic: formulas
title: {en: Formulas, ko: 수식}
questions:
- id: formulas.lstm
  kind: formula
  draw: {d: {choose: [10]}, h: {choose: [24]}}
  compute: {lstm: {engine: lstm_params, args: {input_size: d, hidden_size: h, convention: pytorch}}}
  prompt: {en: "How many parameters has an LSTM?", ko: "LSTM의 파라미터는 몇 개입니까?"}
  answer: 4h(d+h+2)
  equals: lstm.total
  terms:
  - {formula: 4h, say: {en: four bias vectors, ko: 편향 벡터 네 개}}
  explain: {en: "Four blocks.", ko: "블록 네 개."}
- id: formulas.score
  kind: formula
  draw: {q: {choose: [6]}, d_k: {choose: [16]}}
  functions: [sqrt]
  prompt: {en: "How is $q$ scaled?", ko: "$q$를 어떻게 나눕니까?"}
  answer: q/√d_k
  explain: {en: "By the root.", ko: "제곱근으로."}
"""


def _services(folder: Path, lang: str) -> Services:
    (folder / "questions").mkdir()
    (folder / "questions" / "formulas.yaml").write_text(QUESTIONS, "utf-8")
    return make_services(folder, "ko" if lang == "ko" else "en")


@pytest.fixture
def formulas(tmp_path: Path) -> Iterator[Services]:
    made = _services(tmp_path, "en")
    yield made
    made.close()


def field(learner: Learner) -> AnswerField:
    focused = learner.app.screen.focused
    assert isinstance(focused, AnswerField)
    return focused


def only(*questions: str) -> First:
    return First.study(questions=questions)


async def test_a_formula_is_drawn_with_its_value_while_it_is_typed(formulas: Services) -> None:
    async with learner_at(formulas, only("formulas.lstm")) as learner:
        assert isinstance(learner.app.screen.focused, AnswerField)
        assert "Type a formula in d, h." in learner.text
        await learner.type("4(dh+h^2")
        assert "Not understood yet: this bracket is not closed." in learner.text
        await learner.type("+h)")
        assert "understood as 4(dh + h² + h) = 3,360 at d = 10, h = 24" in learner.text
        assert isinstance(learner.phase, Asking)
        assert "✗" not in learner.text
        assert "✓" not in learner.text


async def test_a_wrong_formula_is_answered_with_what_it_lacks(formulas: Services) -> None:
    async with learner_at(formulas, only("formulas.lstm")) as learner:
        await learner.type("4h(d+h+1)")
        await learner.press("enter")
        assert isinstance(learner.phase, Answered)
        assert "✗ Not yet. understood as 4h(d + h + 1) = 3,360" in learner.text
        assert "one bias for each row" in learner.text
        assert (
            "Yours is 4h less: four bias vectors. With d = 10, h = 24 that is 96." in learner.text
        )
        assert "Answer: 4h(d + h + 2)" in learner.text
        assert learner.log() == [("formulas.lstm", Rating.AGAIN, 0.0, "4h(d+h+1)")]


async def test_a_right_formula_in_another_form_is_right(formulas: Services) -> None:
    async with learner_at(formulas, only("formulas.lstm")) as learner:
        await learner.type("4dh + 4h² + 8h")
        await learner.press("enter")
        assert "✓ Right." in learner.text
        assert "Yours is" not in learner.text


async def test_what_cannot_be_read_is_asked_again(formulas: Services) -> None:
    async with learner_at(formulas, only("formulas.lstm")) as learner:
        await learner.type("4H(d+h+2)")
        await learner.press("enter")
        assert isinstance(learner.phase, Asking)
        assert learner.text.count("did you mean h?") == 1
        assert learner.log() == []
        await learner.press("backspace")  # the complaint stays, the preview comes back
        assert learner.text.count("H is not a name here") == 2


async def test_a_fraction_is_drawn_over_lines(formulas: Services) -> None:
    async with learner_at(formulas, only("formulas.score"), LARGE) as learner:
        await learner.type("q/sqrt(d_k)")
        lines = [line.strip() for line in learner.lines]
        rule = next(
            index
            for index, line in enumerate(lines)
            if line and set(line) == {"─"} and len(line) < 9
        )
        assert (lines[rule - 1], lines[rule + 1]) == ("q", "√dₖ")
        assert lines[rule + 2] == "= 1.5 at q = 6, dₖ = 16"
        await learner.press("enter")
        assert "✓ Right. understood as q/√dₖ = 1.5" in learner.text


async def test_a_long_paste_is_refused_and_the_preview_stays_short(formulas: Services) -> None:
    async with learner_at(formulas, only("formulas.lstm")) as learner:
        field(learner).value = "(h+d)" * 1000
        await learner.settle()
        assert "longer than 200 characters" in learner.text


async def test_a_long_formula_wraps_in_preview_and_verdict(formulas: Services) -> None:
    text = "+".join(f"{n}dh" for n in range(1000, 1020))
    async with learner_at(formulas, only("formulas.lstm")) as learner:
        field(learner).value = text
        await learner.settle()
        assert "1,019dh = " in learner.text
        await learner.press("enter")
        assert "1,019dh = " in learner.text
        assert all(len(line) <= 80 for line in learner.lines)


async def test_the_preview_changes_its_language(tmp_path: Path) -> None:
    services = _services(tmp_path, "ko")
    async with learner_at(services, only("formulas.lstm")) as learner:
        await learner.type("4h")
        await learner.press("f2")
        assert "understood as 4h = 96 at d = 10, h = 24" in learner.text
    services.close()
