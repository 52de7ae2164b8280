from __future__ import annotations

import pytest
from textual import events

from tests.ui.learner import Learner, learner_at
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.ui.app import First
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.sizes import SizeField

COUNT = First.study(questions=["lstm.count"])


async def enter(learner: Learner, *sizes: str) -> None:
    """Open the form, type sizes from the first on, and submit."""
    await learner.press("f4")
    for field, size in zip(learner.app.screen.query(SizeField), sizes, strict=False):
        field.value = size
    await learner.press("enter", "enter")


async def test_own_sizes_are_asked_and_graded(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await enter(learner, "3", "5")
        assert "input size 3 and hidden size 5" in learner.text
        assert isinstance(learner.app.screen.focused, AnswerField)
        await learner.type("200")
        await learner.press("enter")
        assert "✓ Right." in learner.text
        row = next(iter(services.store.rows()))
        assert row.args == {"d": 3, "h": 5}


async def test_the_form_shows_the_sizes_of_the_card(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.press("f4")
        assert any("input size" in line and "10" in line for line in learner.lines)
        assert any("hidden size" in line and "24" in line for line in learner.lines)
        await learner.type("7")
        await learner.press("enter")
        assert "enter ask with these" in learner.lines[-1]
        await learner.type("5")
        await learner.press("enter")
        assert "input size 7 and hidden size 5" in learner.text


@pytest.mark.parametrize(
    ("size", "complaint"),
    [
        ("", "Type a number."),
        ("10,24", "can be read in two ways"),
        ("0", "whole number from 1"),
        ("2.5", "whole number from 1"),
        ("1000000001", "whole number from 1"),
        ("-3", "whole number from 1"),
        ("9**9**9", "not understood"),
    ],
)
async def test_bad_sizes_are_explained_where_they_were_typed(
    services: Services, size: str, complaint: str
) -> None:
    async with learner_at(services, COUNT) as learner:
        await enter(learner, size)
        assert complaint in learner.text
        assert isinstance(learner.app.screen.focused, SizeField)
        assert isinstance(learner.phase, Asking)
        assert learner.phase.posed.learner_args is None


async def test_escape_keeps_the_card(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.type("34")
        await learner.press("f4")
        await learner.type("99")
        await learner.press("escape")
        assert "input size 10 and hidden size 24" in learner.text
        await learner.type("56")
        await learner.press("enter")
        assert "✓ Right." in learner.text


async def test_f4_in_the_form_draws_new_numbers(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        before = learner.phase.posed.seed
        await learner.press("f4", "f4")
        assert learner.phase.posed.seed != before
        assert isinstance(learner.app.screen.focused, AnswerField)


async def test_a_card_without_numbers_has_no_form(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.range"])) as learner:
        await learner.press("f4")
        assert not any(field.has_focus for field in learner.app.screen.query(SizeField))
        assert "F4" not in learner.lines[-1]


async def test_a_verdict_can_not_be_resized(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.type("1")
        await learner.press("enter", "f4")
        assert isinstance(learner.phase, Answered)
        assert "My sizes" not in learner.text


async def test_no_key_acts_on_what_cannot_be_seen(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count", "lstm.range"])) as learner:
        await learner.type("1")
        await learner.press("enter")
        logged = list(services.store.rows())
        await learner.resize(50, 15)
        await learner.press("4", "7", "enter", "f8", "q", "escape")
        assert list(services.store.rows()) == logged
        await learner.resize(80, 24)
        assert "Not yet." in learner.text
        await learner.press("enter")
        assert len(learner.log()) == 1
        assert "Which range" in learner.text


async def test_what_was_typed_and_the_focus_survive_a_small_terminal(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.type("34")
        await learner.resize(40, 10)
        assert "60 × 20" in learner.text
        await learner.type("99")
        await learner.resize(80, 24)
        await learner.type("56")
        await learner.press("enter")
        assert learner.log() == [("lstm.count", 3, 1.0, "3456")]


async def test_keys_in_one_burst_are_taken_in_their_order(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        for key in ("3", "4", "7", "backspace", "5", "6", "enter", "9"):
            character = key if len(key) == 1 else None
            learner.app.post_message(events.Key(key, character))
        await learner.settle()
        assert learner.log() == [("lstm.count", 3, 1.0, "3456")]
