"""What the learner sees when the data cannot be read or written just now."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ui.learner import SMALL, Learner, learner_at, make_services
from tutor.bank.bank import Bank
from tutor.errors import TutorError
from tutor.services import Services
from tutor.store.home import HomeCounts
from tutor.store.stats import Stats
from tutor.ui.app import First, TutorApp
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.stats import StatsScreen
from tutor.ui.screens.study import StudyScreen
from tutor.ui.screens.summary import SummaryScreen
from tutor.ui.screens.topic import TopicScreen

GONE = TutorError("the disk [/] is gone", "plug it in")
COUNT = First.study(questions=["lstm.count"])


class Fragile(Services):
    """Services whose database can be taken away."""

    is_gone = False

    def home(self) -> HomeCounts:
        if self.is_gone:
            raise GONE
        return super().home()

    def stats(self) -> Stats:
        if self.is_gone:
            raise GONE
        return super().stats()


@pytest.fixture
def fragile(services: Services) -> Fragile:
    return Fragile(**vars(services))


@contextmanager
def another_writing(services: Services) -> Iterator[None]:
    """Let another process hold the write lock; nobody waits for it."""
    services.store._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(services.paths.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


async def test_a_locked_database_at_the_start_is_told_and_tried_again(services: Services) -> None:
    with another_writing(services):
        async with learner_at(services) as learner:
            assert isinstance(learner.app.screen, HomeScreen)
            assert "Another program is writing" in learner.text
            assert "Press Enter to read the questions again." in learner.text
            await learner.press("enter")
            assert isinstance(learner.app.screen, HomeScreen)
    async with learner_at(services) as learner:
        await learner.press("enter")
        assert isinstance(learner.app.screen, StudyScreen)


async def test_a_notice_breaks_a_path_between_its_names(services: Services) -> None:
    path = "/home/minji/.local/share/recur-tutor/questions/recurrent-networks-of-day-14.yaml"
    async with learner_at(services) as learner:
        learner.app.tell(TutorError(f"{path} cannot be read."))
        await learner.settle()
        assert any(
            line.endswith("/home/minji/.local/share/recur-tutor/questions/")
            for line in learner.lines
        )
        assert any("▌ recurrent-networks-of-day-14.yaml" in line for line in learner.lines)


async def test_the_questions_are_read_again_when_they_are_asked_for(services: Services) -> None:
    class Once(Services):
        readings = 0

        def read_bank(self) -> Bank:
            self.readings += 1
            if self.readings == 1:
                raise GONE
            return super().read_bank()

    async with learner_at(Once(**vars(services))) as learner:
        await learner.press("enter")
        assert isinstance(learner.app.screen, StudyScreen)


async def test_an_answer_that_cannot_be_saved_can_be_given_again(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.type("3456")
        with another_writing(services):
            await learner.press("enter")
            assert "Another program is writing" in learner.text
            assert learner.log() == []
        await learner.press("enter")
        assert "✓ Right." in learner.text
        assert len(learner.log()) == 1


async def test_home_keeps_its_counts(fragile: Fragile) -> None:
    async with learner_at(fragile) as learner:
        fragile.is_gone = True
        await learner.press("f2", "f2")
        assert "the disk [/] is gone" in learner.text
        assert "0 due 6 new today" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, StudyScreen)


async def test_home_begins_with_zeros(fragile: Fragile) -> None:
    fragile.is_gone = True
    async with learner_at(fragile) as learner:
        assert "0 due 0 new today" in learner.text
        assert "plug it in" in learner.text


@pytest.mark.parametrize(
    ("key", "screen"), [("t", StatsScreen), ("1", TopicScreen), ("ctrl+p", None)]
)
async def test_a_screen_opens_without_its_counts(
    fragile: Fragile, key: str, screen: type | None
) -> None:
    async with learner_at(fragile) as learner:
        fragile.is_gone = True
        await learner.press(key)
        assert learner.app.is_running
        if screen is not None:
            assert isinstance(learner.app.screen, screen)
            assert "the disk [/] is gone" in learner.text


async def test_the_end_of_a_session_is_shown_without_counts(fragile: Fragile) -> None:
    async with learner_at(fragile, COUNT) as learner:
        await learner.type("3456")
        await learner.press("enter")
        fragile.is_gone = True
        await learner.press("4")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert "1 card answered" in learner.text


async def test_a_topic_that_is_gone_is_told(tmp_path: Path) -> None:
    mine = tmp_path / "questions" / "mine.yaml"
    mine.parent.mkdir()
    mine.write_text(
        "format: 1\ntopic: mine\ntitle: Mine\nquestions:\n"
        '- {id: mine.one, kind: numeric, prompt: "1?", answer: 1, explain: "One."}\n'
    )
    first = make_services(tmp_path)
    first.load_bank()
    first.close()
    mine.unlink()
    services = make_services(tmp_path)
    app = TutorApp(services)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        app.open_topic("mine")
        learner = Learner(app, pilot)
        await learner.settle()
        assert isinstance(app.screen, HomeScreen)
        assert "There is nothing called “mine”." in learner.text
    services.close()
