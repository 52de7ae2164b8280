"""Hints at the screen: F3 shows the next one, and what is typed stays."""

from __future__ import annotations

from tests.ui.learner import learner_at
from tutor.memory.rating import Rating
from tutor.services import Services
from tutor.session.study import Asking
from tutor.ui.app import First
from tutor.ui.widgets.field import AnswerField

OWN = """\
format: 1
topic: mine
title: {en: My notes, ko: 내 노트}
questions:
- id: mine.hinted
  kind: flashcard
  prompt: {en: "Which gate erases?", ko: "무엇이 지웁니까?"}
  back: {en: "The forget gate.", ko: "망각 게이트입니다."}
  explain: {en: "It scales the cell state.", ko: "셀 상태의 크기를 바꿉니다."}
  hints:
  - {en: "It is not the output gate.", ko: "출력 게이트가 아닙니다."}
  - {en: "It begins with f.", ko: "f로 시작합니다."}
"""
COUNT = First.study(questions=["lstm.count"])


async def test_hints_come_one_by_one_and_lower_the_suggested_rating(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        assert "F3 hint" in learner.lines[-1]
        assert "hint 1 of 2" not in learner.text
        await learner.type("34")
        await learner.press("f3")
        assert "hint 1 of 2 The formula: 4h(d + h + 2)" in learner.text
        assert isinstance(learner.app.screen.focused, AnswerField)
        await learner.type("56")
        assert "understood as 3,456" in learner.text
        assert "hint 1 of 2" in learner.text
        await learner.press("f3")
        assert "hint 2 of 2 With the numbers of this card: 4 · 24 · (10 + 24 + 2)" in learner.text
        assert "F3" not in learner.lines[-1]
        await learner.press("f3")
        assert learner.phase.hints == 2
        await learner.press("enter")
        assert "✓ Right." in learner.text
        assert "with 2 hints" in learner.text
        assert "hint 1 of 2" not in learner.text
        assert learner.log() == [("lstm.count", Rating.AGAIN, 1.0, "3456")]
        assert [row.hints for row in services.store.rows()] == [2]


async def test_own_sizes_keep_the_hints_with_their_numbers(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.press("f3", "f3", "f4")
        assert "F3" not in learner.lines[-1]
        await learner.press("f3")
        await learner.type("3")
        await learner.press("enter")
        await learner.type("5")
        await learner.press("enter")
        assert isinstance(learner.phase, Asking)
        assert "4 · 5 · (3 + 5 + 2)" in learner.text
        assert learner.phase.hints == 2


async def test_a_flashcard_without_hints_offers_none(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.why"])) as learner:
        assert "F3" not in learner.lines[-1]
        await learner.press("f3")
        assert learner.phase.hints == 0
        assert "hint" not in learner.text


async def test_hints_speak_the_language_of_the_moment(services: Services) -> None:
    services.paths.questions.mkdir(parents=True)
    (services.paths.questions / "mine.yaml").write_text(OWN, encoding="utf-8")
    async with learner_at(services, First.study(questions=["mine.hinted"])) as learner:
        await learner.press("f3")
        assert "It is not the output gate." in learner.text
        await learner.press("f2")
        assert "출력 게이트가 아닙니다." in learner.text
        await learner.press("f3", "f2")
        assert "It begins with f." in learner.text
        await learner.press("enter")
        assert "How well did you know it? with 2 hints" in learner.text
        await learner.press("enter")
        assert learner.log() == [("mine.hinted", Rating.AGAIN, None, "")]


async def test_a_hint_under_a_long_prompt_comes_into_sight_with_the_field(
    services: Services,
) -> None:
    long = OWN.replace('"Which gate erases?"', '"' + r"Which gate erases?\n\n" * 20 + '"')
    long = long.replace("kind: flashcard", "kind: numeric\n  answer: 4")
    long = "\n".join(line for line in long.splitlines() if "back:" not in line)
    services.paths.questions.mkdir(parents=True)
    (services.paths.questions / "mine.yaml").write_text(long, encoding="utf-8")
    async with learner_at(services, First.study(questions=["mine.hinted"])) as learner:
        await learner.press("pageup", "f3")
        assert "hint 1 of 2 It is not the output gate." in learner.text
        await learner.type("4")
        assert any(line.strip().startswith("│ 4") for line in learner.lines)
