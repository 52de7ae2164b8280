"""A terminal that is too small: nothing acts unseen, and everything is there again after it."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.geometry import Size
from textual.screen import ModalScreen

from tests.ui.learner import SMALL, learner_at
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.ui.app import First
from tutor.ui.screens.study import StudyScreen
from tutor.ui.screens.toosmall import TooSmallScreen
from tutor.ui.widgets.field import AnswerField

TINY = (50, 15)


@pytest.mark.parametrize("key", ["f1", "question_mark", "ctrl+p", "escape", "q", "f4", "tab"])
async def test_no_other_screen_is_opened_or_left(services: Services, key: str) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.resize(*TINY)
        screens = list(learner.app.screen_stack)
        await learner.press(key)
        assert learner.app.screen_stack == screens
        assert isinstance(learner.app.screen, TooSmallScreen)


async def test_the_language_switches_and_is_kept(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.resize(*TINY)
        await learner.press("f2")
        await learner.resize(*SMALL)
        assert "LSTM의 입력 크기는" in learner.text


async def test_the_keys_fit_the_focus_afterwards(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        before = learner.lines[-1]
        await learner.resize(*TINY)
        await learner.resize(*SMALL)
        assert learner.lines[-1] == before
        assert isinstance(learner.app.screen.focused, AnswerField)
        await learner.press("escape")
        before = learner.lines[-1]
        await learner.resize(*TINY)
        await learner.resize(*SMALL)
        assert learner.lines[-1] == before
        assert learner.app.screen.focused is None


async def test_a_paste_goes_nowhere(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.resize(*TINY)
        learner.app.post_message(Paste("3456"))
        await learner.settle()
        await learner.resize(*SMALL)
        assert learner.app.screen.query_one(AnswerField).value == ""


async def test_an_open_palette_takes_no_keys_either(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.type("1")
        await learner.press("ctrl+p")
        await learner.resize(*TINY)
        assert isinstance(learner.app.screen, TooSmallScreen)
        await learner.type("skip")
        await learner.pilot.pause(0.2)
        await learner.press("enter")
        assert isinstance(learner.phase, Asking)
        await learner.resize(*SMALL)
        await learner.press("escape")
        assert isinstance(learner.app.screen, StudyScreen)
        await learner.press("enter")
        assert isinstance(learner.phase, Answered)
        assert [row[3] for row in learner.log()] == ["1"]


async def test_resizing_back_and_forth_at_once_is_no_trap(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        for size in (TINY, SMALL, TINY, (40, 10), SMALL):
            await learner.pilot.resize_terminal(*size)
        await learner.settle()
        assert isinstance(learner.app.screen, StudyScreen)
        await learner.type("3456")
        await learner.press("enter")
        assert "✓ Right." in learner.text


async def test_what_opened_over_it_at_once_stays_and_then_it_goes(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.resize(*TINY)
        notice = learner.app.screen
        assert isinstance(notice, TooSmallScreen)
        over = ModalScreen[None]()
        await learner.app.push_screen(over)
        notice.fit(Size(*SMALL))
        notice.fit(Size(*SMALL))
        assert learner.app.screen_stack[-2:] == [notice, over]
        await learner.pilot.resize_terminal(*SMALL)
        over.dismiss()
        await learner.settle()
        assert isinstance(learner.app.screen, StudyScreen)
