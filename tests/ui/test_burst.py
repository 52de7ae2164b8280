"""Keys that arrive all at once, as from a paste or over a slow line."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key
from textual.keys import _character_to_key

from tests.ui.learner import Learner, learner_at
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.ui.app import First
from tutor.ui.widgets.field import AnswerField

TABLE = """\
format: 1
topic: mine
title: {en: Mine, ko: 내 것}
questions:
- id: mine.table
  kind: trace
  prompt: {en: "Fill in.", ko: "채우세요."}
  rows:
  - {label: {en: gate, ko: 게이트}, cells: [{name: f, value: 25}]}
  - {label: {en: state, ko: 상태}, cells: [{name: c, value: 75}]}
  explain: {en: "So.", ko: "그렇습니다."}
"""
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


@pytest.mark.parametrize("keys", ["25⏎75⏎", "25↓75⏎", "2⏎75↓⏎"])
async def test_the_keys_after_a_cell_go_to_the_next(
    services: Services, tmp_path: Path, keys: str
) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "mine.yaml").write_text(TABLE, encoding="utf-8")
    async with learner_at(services, First.study(questions=["mine.table"])) as learner:
        await burst(learner, keys)
        assert [row[3] for row in learner.log()] == [f"{keys[: keys.index('7') - 1]}\n75"]


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
