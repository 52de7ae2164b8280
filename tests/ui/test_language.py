from __future__ import annotations

import pytest

from tests.ui.learner import learner_at
from tutor.services import Services
from tutor.session.study import Answered
from tutor.ui.app import First
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.ratings import Ratings


async def test_home_changes_its_language_in_place(services: Services) -> None:
    async with learner_at(services) as learner:
        assert "Start studying" in learner.text
        await learner.press("f2")
        assert "학습 시작" in learner.text
        assert "작은 과정" in learner.text
        await learner.press("f2")
        assert "Start studying" in learner.text


async def test_a_card_changes_its_language_and_keeps_what_was_typed(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.type("34")
        field = learner.app.screen.focused
        await learner.press("f2")
        assert "입력 크기는 10" in learner.text
        assert "확인" in learner.lines[-1]
        assert learner.app.screen.focused is field
        await learner.type("56")
        assert "3,456으로 이해함" in learner.text


async def test_gaps_keep_what_was_typed(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.cell"])) as learner:
        await learner.type("forget")
        await learner.press("f2")
        assert "gate scales" not in learner.text
        assert "상태의 크기를 바꿉니다" in learner.text
        field = learner.app.screen.focused
        assert isinstance(field, AnswerField)
        assert field.value == "forget"


async def test_the_cursor_stays_on_its_option(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.range"])) as learner:
        await learner.press("down", "f2")
        option = learner.phase.posed.options[1].text.ko
        assert any("▸ 2" in line and option in line for line in learner.lines)


async def test_a_verdict_changes_its_language_and_keeps_the_rating(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.type("2592")
        await learner.press("enter", "right", "right", "f2")
        assert isinstance(learner.phase, Answered)
        assert "✗ 아직 아닙니다." in learner.text
        assert "합이 24개인 블록이 네 개입니다." in learner.text
        assert learner.app.screen.query_one(Ratings).current == "3"
        assert len(learner.log()) == 1


async def test_the_form_of_sizes_changes_its_language(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.press("f4")
        assert "hidden size" in learner.text
        await learner.press("f2")
        assert "은닉 크기" in learner.text


@pytest.mark.parametrize("key", ["f1", "escape"])
async def test_a_screen_below_has_changed_too(services: Services, key: str) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.press("f1", "f2", key)
        assert "입력 크기는 10" in learner.text
