"""One card, shown to its author: answerable, at any seed, and never logged."""

from __future__ import annotations

from pathlib import Path

from tests.ui.learner import LARGE, learner_at
from tutor.bank.card_name import CardName
from tutor.kinds import pose
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.ui.app import First
from tutor.ui.screens.lab import LabScreen
from tutor.ui.screens.preview import PreviewScreen
from tutor.ui.screens.read import ReadScreen

RANGE = First.preview(CardName("lstm.range", seed=5))
COUNT = First.preview(CardName("lstm.count"))


async def test_the_card_is_that_of_its_seed_and_the_title_says_preview(services: Services) -> None:
    async with learner_at(services, RANGE) as learner:
        assert "Preview lstm.range@5" in learner.lines[0]
        assert "nothing is logged" in learner.lines[0]
        assert learner.phase.posed == pose(services.load_bank().questions["lstm.range"], 5)


async def test_an_answer_is_judged_and_forgotten(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.type("2592")
        await learner.press("enter")
        assert "✗ Not yet." in learner.text
        assert "three blocks" in learner.text
        await learner.press("4")
        assert "lstm.count@1" in learner.lines[0]
        assert isinstance(learner.phase, Asking)
        await learner.type("3456")
        await learner.press("enter", "enter")
        assert list(services.store.rows()) == []
        assert learner.app.counts.answered_today == 0


async def test_keys_draw_the_next_seed_the_one_before_and_the_same_again(
    services: Services,
) -> None:
    async with learner_at(services, RANGE) as learner:
        await learner.press("f8", "f8")
        assert "lstm.range@7" in learner.lines[0]
        await learner.press("f7")
        assert "lstm.range@6" in learner.lines[0]
        await learner.press("1")
        assert isinstance(learner.phase, Answered)
        await learner.press("f5")
        assert isinstance(learner.phase, Asking)
        assert "lstm.range@6" in learner.lines[0]
        await learner.press("1", "n")
        assert "lstm.range@7" in learner.lines[0]
        await learner.press("1", "ㅜ")
        assert "lstm.range@8" in learner.lines[0]


async def test_there_is_no_seed_before_the_first(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.press("f7")
        assert "lstm.count@0" in learner.lines[0]


async def test_letters_are_typed_into_the_field(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.type("nr")
        assert "lstm.count@0" in learner.lines[0]
        assert "nr" in learner.text


async def test_own_sizes_work_and_the_title_says_so(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.press("f4")
        await learner.type("3")
        await learner.press("enter")
        await learner.type("5")
        await learner.press("enter")
        assert "input size 3 and hidden size 5" in learner.text
        assert "other sizes" in learner.lines[0]


async def test_the_other_language_keeps_the_card(services: Services) -> None:
    async with learner_at(services, RANGE) as learner:
        await learner.press("f2")
        assert "게이트의 범위는 무엇입니까?" in learner.text
        assert "lstm.range@5" in learner.lines[0]


async def test_page_and_lab_open_from_the_verdict(services: Services) -> None:
    async with learner_at(services, COUNT, LARGE) as learner:
        await learner.type("1")
        await learner.press("enter", "p")
        assert isinstance(learner.app.screen, ReadScreen)
        await learner.press("escape", "l")
        assert isinstance(learner.app.screen, LabScreen)
        await learner.press("escape")
        assert isinstance(learner.app.screen, PreviewScreen)


async def test_escape_ends_what_was_opened_from_the_shell(services: Services) -> None:
    async with learner_at(services, RANGE) as learner:
        await learner.press("escape")
        assert learner.app._exit
        assert list(services.store.rows()) == []


async def test_one_card_to_study_is_logged_with_its_seed(
    services: Services, tmp_path: Path
) -> None:
    async with learner_at(services, First.card(CardName("lstm.count", seed=77))) as learner:
        await learner.type("3456")
        await learner.press("enter", "enter")
        assert [(row.question, row.seed) for row in services.store.rows()] == [("lstm.count", 77)]
