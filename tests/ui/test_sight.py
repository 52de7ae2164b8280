"""Cards that are longer than the terminal is high: what matters is in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widget import Widget

from tests.ui.learner import CONTENT, Learner, learner_at, make_services
from tutor.services import Services
from tutor.session.study import Asking
from tutor.ui.answers.choice import Options
from tutor.ui.app import First
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose

LINES = r"\n\n".join(f"Line {number} of many." for number in range(1, 25))
WORDS = "many words that fill more than one line of a card " * 6
CARDS = f"""
format: 1
topic: long
title: {{en: Long cards, ko: 긴 카드}}
questions:
- id: long.count
  kind: numeric
  objective: lstm.counting
  prompt: {{en: "The top.\\n\\n{LINES}", ko: "{LINES}"}}
  answer: 42
  explain: {{en: "So it is.", ko: "그렇습니다."}}
- id: long.turn
  kind: flashcard
  objective: lstm.gates
  prompt: {{en: "The top.\\n\\n{LINES}", ko: "{LINES}"}}
  back: {{en: "The back.", ko: "뒷면."}}
  explain: {{en: "So it is.", ko: "그렇습니다."}}
- id: long.pick
  kind: choice
  objective: lstm.gates
  prompt: {{en: "The top.", ko: "위."}}
  options:
  - {{text: {{en: "A {WORDS}", ko: "가"}}, right: true, feedback: {{en: "Yes.", ko: "예."}}}}
  - {{text: {{en: "B {WORDS}", ko: "나"}}, feedback: {{en: "No.", ko: "아니요."}}}}
  - {{text: {{en: "C {WORDS}", ko: "다"}}, feedback: {{en: "No.", ko: "아니요."}}}}
  - {{text: {{en: "D {WORDS}", ko: "라"}}, feedback: {{en: "No.", ko: "아니요."}}}}
  explain: {{en: "So it is.", ko: "그렇습니다."}}
"""


@pytest.fixture
def long(tmp_path: Path) -> Services:
    content = tmp_path / "content"
    (content / "small").mkdir(parents=True)
    for name in ("content.yaml", "small/lstm.yaml"):
        (content / name).write_bytes((CONTENT / name).read_bytes())
    (content / "small" / "long.yaml").write_text(CARDS, encoding="utf-8")
    return make_services(tmp_path, content=content)


def in_sight(learner: Learner, widget: Widget | None) -> bool:
    assert widget is not None
    page = learner.app.screen.query_one(Page).content_region
    return page.y <= widget.region.y and widget.region.bottom <= page.bottom


@pytest.mark.parametrize("question", ["long.count", "long.turn"])
@pytest.mark.parametrize("before", [[], ["lstm.why"]])
async def test_a_long_card_opens_at_its_top(
    long: Services, question: str, before: list[str]
) -> None:
    async with learner_at(long, First.study(questions=[*before, question])) as learner:
        await learner.press(*(["enter", "3"] if before else []))
        assert "The top." in learner.text
        assert "PgDn more" in learner.lines[-1]
        await learner.press("pagedown", "pagedown")
        assert in_sight(learner, learner.app.screen.focused)


async def test_a_field_comes_into_sight_when_it_is_typed_into(long: Services) -> None:
    async with learner_at(long, First.study(questions=["long.count"])) as learner:
        assert not in_sight(learner, learner.app.screen.focused)
        await learner.type("4")
        assert in_sight(learner, learner.app.screen.focused)


async def test_a_complaint_and_its_field_are_in_sight(long: Services) -> None:
    async with learner_at(long, First.study(questions=["long.count"])) as learner:
        await learner.type("10,24")
        await learner.press("enter")
        assert isinstance(learner.phase, Asking)
        assert "can be read in two ways" in learner.text
        assert in_sight(learner, learner.app.screen.query_one("#complaint", Prose))
        assert in_sight(learner, learner.app.screen.focused)


async def test_the_option_at_the_cursor_is_in_sight(long: Services) -> None:
    async with learner_at(long, First.study(questions=["long.pick"])) as learner:
        options = learner.app.screen.query_one(Options)
        page = learner.app.screen.query_one(Page)
        assert not in_sight(learner, options)
        await learner.press("down", "down", "down")
        assert options.region.bottom <= page.content_region.bottom
        assert "▸ 4" in "\n".join(learner.lines)
        await learner.press("up", "up", "up")
        assert "▸ 1" in "\n".join(learner.lines)
