from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.ui.learner import CONTENT, LARGE, learner_at, make_services
from tutor.bank.bank import Bank
from tutor.bank.load import load
from tutor.bank.locate import locate
from tutor.errors import TutorError
from tutor.memory.scheduler import Settings
from tutor.services import Services
from tutor.ui.app import First, TutorApp
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.problems import ProblemsScreen
from tutor.ui.screens.study import StudyScreen
from tutor.ui.screens.summary import SummaryScreen
from tutor.ui.screens.topic import TopicScreen


async def test_home_opens_on_start_and_enter_studies(services: Services) -> None:
    async with learner_at(services) as learner:
        assert any(line.startswith("  ▸ Start studying") for line in learner.lines)
        assert "0 due 6 new today" in learner.text
        assert "about 2 minutes" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, StudyScreen)


async def test_home_counts_anew_after_a_session(services: Services) -> None:
    async with learner_at(services) as learner:
        await learner.press("enter")
        await learner.type("3456")
        await learner.press("enter", "4", "escape", "escape")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "0 due 5 new today 1-day streak" in learner.text
        assert "next 14 days" in learner.text
        assert "100 %" in learner.text


async def test_a_day_without_cards_says_what_to_press(tmp_path: Path) -> None:
    made = make_services(tmp_path, settings=Settings(new_per_day=0))
    async with learner_at(made) as learner:
        assert "▸ Done for today" in learner.text
        assert "0 cards tomorrow" in learner.text
        assert "Press ↓ for the topics" in learner.text
        await learner.press("enter")
        assert any(line.startswith("  ▸ 1 Long short-term memory") for line in learner.lines)
        await learner.press("enter")
        assert "▸ Read" in learner.text
        assert "Practise all, due or not" in learner.text
    made.close()


async def test_start_waits_visibly_for_the_questions(services: Services) -> None:
    gate = threading.Event()

    class Slow(Services):
        def read_bank(self) -> Bank:
            gate.wait(10)
            return super().read_bank()

    slow = Slow(**vars(services))
    app = TutorApp(slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        shown = "\n".join(
            "".join(segment.text for segment in strip)
            for strip in app.screen._compositor.render_strips()
        )
        assert isinstance(app.screen, HomeScreen)
        assert "reading the questions" in shown
        gate.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)


async def test_arrows_go_from_start_through_the_topics(services: Services) -> None:
    async with learner_at(services) as learner:
        await learner.press("down")
        assert any(line.startswith("  ▸ 1 Long short-term memory") for line in learner.lines)
        await learner.press("down")
        assert any(line.startswith("  ▸ 2 ") for line in learner.lines)
        await learner.press("up", "up")
        assert any(line.startswith("  ▸ Start studying") for line in learner.lines)


@pytest.mark.parametrize("keys", [("1",), ("down", "enter")])
async def test_a_topic_offers_what_can_be_done(services: Services, keys: tuple[str, ...]) -> None:
    async with learner_at(services) as learner:
        await learner.press(*keys)
        assert isinstance(learner.app.screen, TopicScreen)
        assert "0 due, 4 new" in learner.text
        assert "Three gates and a candidate" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, StudyScreen)
        assert learner.session.state.planned == 4


async def test_a_topic_can_be_practised_when_nothing_is_due(services: Services) -> None:
    async with learner_at(services) as learner:
        await learner.press("2", "ㅁ")
        assert isinstance(learner.app.screen, StudyScreen)
        assert learner.session.state.planned == 2
        await learner.press("escape", "escape", "escape")
        assert isinstance(learner.app.screen, SummaryScreen | TopicScreen | HomeScreen)


async def test_a_wide_terminal_shows_the_coming_days(services: Services) -> None:
    async with learner_at(services, size=LARGE) as learner:
        assert "Due in the next 14 days" in learner.text
        assert "Thu 26" in learner.text
        await learner.resize(80, 24)
        assert "Thu 26" not in learner.text


async def test_broken_files_are_named(tmp_path: Path) -> None:
    made = make_services(tmp_path)
    made.paths.questions.mkdir(parents=True)
    (made.paths.questions / "my-notes.yaml").write_text("format: 1\ntopic: [x]\n")
    async with learner_at(made) as learner:
        assert "! 1 question file has errors: my-notes.yaml:1, my-notes.yaml:2" in learner.text
        assert "e Problems" not in learner.text
        await learner.press("e")
        assert isinstance(learner.app.screen, ProblemsScreen)
    made.close()


async def test_no_questions_at_all(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    made = make_services(tmp_path, content=content)
    async with learner_at(made) as learner:
        assert "There are no questions yet." in learner.text
        await learner.press("enter")
        assert learner.app.is_running
    made.close()


async def test_files_that_cannot_be_read_are_told(services: Services) -> None:
    class Failing(Services):
        def read_bank(self) -> Bank:
            raise TutorError("the disk [/] is gone", "plug it in")

    async with learner_at(Failing(**vars(services))) as learner:
        assert "the disk [/] is gone" in learner.text
        assert "plug it in" in learner.text
        assert isinstance(learner.app.screen, HomeScreen)


async def test_the_first_screen_can_be_a_session(services: Services) -> None:
    async with learner_at(services, First.study(["lstm"], limit=2)) as learner:
        assert isinstance(learner.app.screen, StudyScreen)
        assert learner.session.state.planned == 2


async def test_an_unknown_topic_is_told(services: Services) -> None:
    async with learner_at(services, First.study(["lstmm"])) as learner:
        assert isinstance(learner.app.screen, HomeScreen)
        assert "Did you mean" in learner.text


def test_the_small_course_has_no_problems(tmp_path: Path) -> None:
    assert load(locate(CONTENT, tmp_path)).problems == ()
