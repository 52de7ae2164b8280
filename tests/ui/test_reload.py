"""Question files that are saved while the app runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.ui.learner import Learner, learner_at, make_services
from tutor.services import Services
from tutor.session.study import Asking
from tutor.ui import reload
from tutor.ui.app import First
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.read import ReadScreen
from tutor.ui.screens.study import StudyScreen
from tutor.ui.screens.summary import SummaryScreen
from tutor.ui.screens.topic import TopicScreen
from tutor.ui.widgets.field import AnswerField

HEAD = "format: 1\ntopic: mine\ntitle: My notes\n"
PAGE = "pages:\n- {id: mine.page, title: A page, body: BODY, ask: [mine.b]}\n"


def question(name: str, prompt: str, answer: int = 1) -> str:
    return (
        f"- {{id: mine.{name}, kind: numeric, prompt: {prompt}, answer: {answer}, explain: So.}}\n"
    )


THREE = question("a", "Old a?") + question("b", "Old b?") + question("c", "Old c?")


@pytest.fixture(autouse=True)
def only_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app looks when a test says so."""
    monkeypatch.setattr(reload, "EVERY", 3600.0)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = make_services(tmp_path)
    made.paths.questions.mkdir(parents=True)
    save(made, THREE)
    yield made
    made.close()


def save(services: Services, questions: str, pages: str = "") -> None:
    text = f"{HEAD}{pages}questions:\n{questions}"
    (services.paths.questions / "mine.yaml").write_text(text, encoding="utf-8")


async def look(learner: Learner, times: int = 2) -> None:
    for _ in range(times):
        learner.app.look_for_changes()
        await learner.settle()


async def test_a_saved_file_is_read_once_it_is_quiet(services: Services) -> None:
    async with learner_at(services) as learner:
        assert "My notes 0 3" in learner.text
        await look(learner)
        assert "read again" not in learner.text
        save(services, THREE + question("d", "New d?"))
        await look(learner, 1)
        assert "My notes 0 3" in learner.text  # it may be half saved
        save(services, THREE + question("d", "New d?") + question("e", "New e?"))
        await look(learner, 1)
        assert "My notes 0 3" in learner.text
        await look(learner, 1)
        assert "My notes 0 5" in learner.text
        assert "1 question file read again." in learner.text


async def test_files_that_come_and_go(services: Services) -> None:
    async with learner_at(services) as learner:
        text = (HEAD + "questions:\n" + question("x", "X?")).replace("mine", "other")
        (services.paths.questions / "other.yaml").write_text(text.replace("My", "Other"))
        (services.paths.questions / "mine.yaml").unlink()
        await look(learner)
        assert "2 question files read again." in learner.text
        assert "Other notes 0 1" in learner.text
        assert "My notes" not in learner.text


async def test_the_folder_of_the_learner_may_come_later(tmp_path: Path) -> None:
    made = make_services(tmp_path)
    async with learner_at(made) as learner:
        assert "My notes" not in learner.text
        made.paths.questions.mkdir(parents=True)
        save(made, THREE)
        await look(learner)
        assert "My notes 0 3" in learner.text
    made.close()


async def test_what_is_typed_stays_and_what_comes_is_new(services: Services) -> None:
    async with learner_at(services, First.study(topics=["mine"])) as learner:
        assert "Old a?" in learner.text
        await learner.type("12")
        save(services, question("a", "New a?", 5) + question("c", "New c?"))
        await look(learner)
        assert "read again" in learner.text
        field = learner.app.screen.focused
        assert isinstance(field, AnswerField)
        assert field.value == "12"
        assert "Old a?" in learner.text
        assert "1 of 2" in learner.text
        await learner.press("backspace", "enter")
        assert "✓ Right." in learner.text  # as it was shown, not as it is now
        await learner.press("1")
        assert "New c?" in learner.text
        await learner.type("1")
        await learner.press("enter", "4")
        assert "New a?" in learner.text  # it comes back in its new form
        await learner.type("5")
        await learner.press("enter", "4")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert [row[0] for row in learner.log()] == ["mine.a", "mine.c", "mine.a"]


async def test_a_slip_in_a_file_takes_no_card_out_of_the_session(services: Services) -> None:
    async with learner_at(services, First.study(topics=["mine"])) as learner:
        for slip in (THREE.replace("answer: 1", "anser: 1"), "- {", THREE.replace("kind", "kid")):
            save(services, slip)
            await look(learner)
            assert "1 of 3" in learner.text
        save(services, THREE.replace("Old", "New").replace(question("c", "New c?"), ""))
        await look(learner)
        assert "1 of 2" in learner.text
        await learner.type("1")
        await learner.press("enter", "4")
        assert "New b?" in learner.text


async def test_a_session_whose_topic_has_gone_goes_on(services: Services) -> None:
    async with learner_at(services, First.study(topics=["mine"])) as learner:
        (services.paths.questions / "mine.yaml").unlink()
        await look(learner)
        assert isinstance(learner.app.screen, StudyScreen)
        assert isinstance(learner.phase, Asking)
        await learner.type("1")
        await learner.press("enter")
        assert "✓ Right." in learner.text
        await learner.press("4")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert [row[0] for row in learner.log()] == ["mine.a"]


async def test_what_is_wrong_in_a_saved_file_is_named(services: Services) -> None:
    async with learner_at(services) as learner:
        save(services, THREE.replace("kind: numeric, prompt: Old b?", "kind: numerik, prompt: b"))
        await look(learner)
        assert "mine.yaml:6: unknown kind numerik" in learner.text
        assert "did you mean numeric?" in learner.text
        assert "1 question file has errors: mine.yaml:6 (press e to see)" in learner.text
        assert "My notes 0 2" in learner.text
        save(services, THREE)
        await look(learner)
        assert "has errors" not in learner.text
        assert "My notes 0 3" in learner.text


async def test_an_old_problem_is_not_told_as_a_new_one(services: Services) -> None:
    bad = question("z", "Bad?").replace("answer: 1, ", "")
    save(services, bad + THREE)
    async with learner_at(services) as learner:
        save(services, "\n" + bad + THREE + question("d", "New d?"))
        await look(learner)
        assert "1 question file read again." in learner.text


async def test_a_page_that_is_shown_is_painted_anew(services: Services) -> None:
    save(services, THREE, PAGE.replace("BODY", "Old words."))
    async with learner_at(services, First.page("mine.page")) as learner:
        assert "Old words." in learner.text
        first = "- {id: mine.first, title: Before, body: x}\n"
        pages = PAGE.replace("BODY", "New words.").replace("pages:\n", f"pages:\n{first}")
        save(services, THREE, pages)
        await look(learner)
        assert isinstance(learner.app.screen, ReadScreen)
        assert "New words." in learner.text
        assert "page 2 of 2" in learner.text
        save(services, THREE, f"pages:\n{first}")
        await look(learner)
        assert isinstance(learner.app.screen, ReadScreen)
        assert "Old words." not in learner.text
        assert "New words." not in learner.text


async def test_a_topic_that_is_shown_is_painted_anew(services: Services) -> None:
    async with learner_at(services) as learner:
        learner.app.open_topic("mine")
        await learner.settle()
        assert isinstance(learner.app.screen, TopicScreen)
        save(services, THREE + question("d", "New d?"))
        await look(learner)
        assert "4 cards" in learner.text
        (services.paths.questions / "mine.yaml").unlink()
        await look(learner)
        assert "no longer in the question files" in learner.text
        await learner.press("s", "a", "r", "enter", "escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_what_cannot_be_indexed_is_told_once_and_tried_again(services: Services) -> None:
    async with learner_at(services) as learner:
        services.store._connection.execute("PRAGMA busy_timeout = 0")
        other = sqlite3.connect(services.paths.database, isolation_level=None)
        with closing(other):
            other.execute("BEGIN IMMEDIATE")
            save(services, THREE + question("d", "New d?"))
            await look(learner, 4)
            assert learner.text.count("Another program is writing") == 1
            assert "My notes 0 3" in learner.text
        await look(learner)
        assert "My notes 0 4" in learner.text


async def test_files_that_could_not_be_read_at_the_start_are_read_when_they_change(
    services: Services,
) -> None:
    services.store._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(services.paths.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with learner_at(services) as learner:
        other.close()
        assert services.bank is None
        save(services, THREE + question("d", "New d?"))
        await look(learner)
        assert services.bank is not None
        assert "My notes 0 4" in learner.text
