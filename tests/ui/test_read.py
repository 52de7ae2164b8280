from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.learner import LARGE, learner_at, make_services
from tutor.services import Services
from tutor.ui.app import First
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.problems import ProblemsScreen
from tutor.ui.screens.read import ReadScreen
from tutor.ui.screens.stats import StatsScreen
from tutor.ui.screens.study import StudyScreen

COURSE = """\
format: 1
topic: gates
title: {en: Gates, ko: 게이트}
pages:
- id: gates.first
  title: {en: "The [b]first[/b] page", ko: 첫 쪽}
  body: {en: "$$\\\\frac{a}{b} = \\\\sigma(x)$$", ko: 본문}
  ask: [gates.one]
  sources: ["Gers 2000"]
- id: gates.second
  title: {en: The second page, ko: 둘째 쪽}
  body: {en: "Long. WORDS", ko: "긴 글"}
  lab: {name: parameters, controls: {layer: gru}}
questions:
- {id: gates.one, kind: numeric, prompt: "One?", answer: 1, explain: "One."}
"""


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    folder = tmp_path / "questions"
    folder.mkdir()
    text = COURSE.replace("WORDS", " ".join(f"word{n}" for n in range(600)))
    (folder / "gates.yaml").write_text(text, encoding="utf-8")
    empty = tmp_path / "content"
    empty.mkdir()
    made = make_services(tmp_path, content=empty)
    yield made
    made.close()


async def test_pages_turn_and_stop_at_both_ends(services: Services) -> None:
    async with learner_at(services, First.topic("gates")) as learner:
        assert "The [b]first[/b] page" in learner.text
        assert "page 1 of 2" in learner.text
        assert "Sources: Gers 2000" in learner.text
        assert any("───" in line for line in learner.lines[2:-2])  # the fraction is drawn
        await learner.press("left")
        assert "page 1 of 2" in learner.text
        await learner.press("right", "right")
        assert "page 2 of 2" in learner.text
        assert "question about this page" not in learner.text


async def test_the_questions_of_a_page_are_its_first_review(services: Services) -> None:
    async with learner_at(services, First.page("gates.first")) as learner:
        assert "1 question about this page" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, StudyScreen)
        await learner.type("1")
        await learner.press("enter")
        assert learner.log() == [("gates.one", 3, 1.0, "1")]
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, ReadScreen)


async def test_a_long_page_scrolls_by_keyboard(services: Services) -> None:
    async with learner_at(services, First.page("gates.second")) as learner:
        assert "word599" not in learner.text
        for _ in range(5):
            await learner.press("space")
        assert "word599" in learner.text
        await learner.press(*["pageup"] * 5)
        assert "The second page" in learner.text


async def test_the_contents_lead_to_a_page(services: Services) -> None:
    for size in (None, LARGE):
        async with learner_at(
            services, First.page("gates.first"), *([size] if size else [])
        ) as learner:
            await learner.press("c", "down", "enter")
            assert "page 2 of 2" in learner.text


async def test_the_language_changes_in_place(services: Services) -> None:
    async with learner_at(services, First.page("gates.second")) as learner:
        await learner.press("f2")
        assert "둘째 쪽" in learner.text
        assert "긴 글" in learner.text


async def test_the_lab_of_a_page_opens_at_its_controls_and_comes_back(services: Services) -> None:
    async with learner_at(services, First.page("gates.second")) as learner:
        await learner.press("l")
        assert "GRU" in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, ReadScreen)


async def test_a_topic_without_pages_says_what_to_press(services: Services) -> None:
    async with learner_at(services, First.topic("nothing")) as learner:
        assert "no pages here" in learner.text
        await learner.press("enter", "right", "l", "s", "c")
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_statistics_before_and_after_an_answer(services: Services) -> None:
    async with learner_at(services, First.place("stats")) as learner:
        assert isinstance(learner.app.screen, StatsScreen)
        assert "No answers yet" in learner.text
        await learner.press("escape")
        learner.app.study(questions=["gates.one"])
        await learner.settle()
        await learner.type("1")
        await learner.press("enter", "escape", "escape")
        learner.app.open_place("stats")
        await learner.settle()
        assert "in all 1" in learner.text
        assert "1 of 1" in learner.text


async def test_problems_are_shown_with_place_line_and_remedy(services: Services) -> None:
    file = services.paths.questions / "broken.yaml"
    file.write_text("format: 1\ntopic: broken\ntitel: x\ntitle: x\n", encoding="utf-8")
    async with learner_at(services, First.place("problems")) as learner:
        assert isinstance(learner.app.screen, ProblemsScreen)
        assert "broken.yaml:3:1" in learner.text.replace(" ", "")
        assert "→ did you mean `title`?" in learner.text
        await learner.press("f2")
        assert "broken.yaml:3:1" in learner.text.replace(" ", "")


async def test_no_problems(services: Services) -> None:
    async with learner_at(services, First.place("problems")) as learner:
        assert "All question files are sound" in learner.text
