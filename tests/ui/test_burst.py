"""Keys that arrive all at once, as from a paste or over a slow line."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.keys import _character_to_key

from tests.ui.learner import Learner, learner_at
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.ui.app import First
from tutor.ui.widgets.field import AnswerField

NAMED = {"⏎": "enter", "⌫": "backspace", "⇤": "home", "↓": "down", "④": "f4", "✗": "ctrl+u"}


async def burst(learner: Learner, keys: str) -> None:
    """Send keys before the app has seen the first of them."""
    for char in keys:
        name = NAMED.get(char)
        event = Key(_character_to_key(char), char) if name is None else Key(name, None)
        learner.app.post_message(event)
    await learner.settle()


@pytest.mark.parametrize(
    ("keys", "answer"),
    [("42⏎3", "42"), ("34⌫56⌫⌫2⏎7⏎", "32"), ("2⇤4⏎", "42"), ("99✗42⏎", "42")],
)
async def test_what_was_typed_before_enter_is_the_answer(
    services: Services, keys: str, answer: str
) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await burst(learner, keys)
        assert isinstance(learner.phase, Answered)
        assert [row[3] for row in learner.log()] == [answer]


async def test_the_keys_after_enter_go_to_what_comes_next(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.cell"])) as learner:
        await burst(learner, "forget⏎cell⏎")
        assert "✓ Right." in learner.text
        assert [row[3] for row in learner.log()] == ["forget\ncell"]


async def test_arrows_keep_their_place_too(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.cell"])) as learner:
        await burst(learner, "forget↓cell⏎")
        assert [row[3] for row in learner.log()] == ["forget\ncell"]


async def test_own_sizes_keep_their_order(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await burst(learner, "④3⏎5⏎")
        assert "input size 3 and hidden size 5" in learner.text


async def test_a_complaint_keeps_what_is_typed_after_it(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await burst(learner, "10,2⏎4")
        assert isinstance(learner.phase, Asking)
        assert "can be read in two ways" in learner.text
        assert learner.app.screen.query_one(AnswerField).value == "10,24"


async def test_a_complaint_does_not_reorder_what_follows(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await burst(learner, "10,2⏎⌫⌫⌫⌫345⌫56⏎4")
        assert [row[3] for row in learner.log()] == ["3456"]


async def test_a_digit_too_many_does_not_answer_the_next_card(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count", "lstm.why"])) as learner:
        await burst(learner, "42⏎")
        assert isinstance(learner.phase, Answered)
        await burst(learner, "44")
        assert [row[0] for row in learner.log()] == ["lstm.count"]
