"""Cards that know no answer are drawn and answered as those that do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import on
from textual.app import App

import tutor.ui
from tests.kinds import questions as make
from tutor.kinds import FormatError, Posed, Question, blind, face, parse, pose
from tutor.text.speaker import ENGLISH, Speaker
from tutor.ui.answers import widget_for
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.colours import own_variables
from tutor.ui.voice import Voice

FORMULA = make.question(
    "formula",
    draw={"d": {"choose": [8, 10, 16]}, "h": {"from": 8, "to": 64, "step": 8}},
    answer="4h(d+h+1)",
)
TABLE = make.question(
    "trace",
    columns=["old", "new"],
    rows=[
        {"label": "cell", "cells": [
            {"name": "c_0", "value": "0.5", "given": True}, {"name": "c", "value": "0.25"},
        ]},
        {"label": "hidden", "cells": [{"name": "h", "value": "0.125"}]},
    ],
)  # fmt: skip
# What is pressed, and what is answered by it
ANSWERED: list[tuple[Question, list[str], str]] = [
    (make.choice(), ["2"], "2"),
    (make.with_reasons(), ["t", "2"], "t\n2"),
    (make.with_typed_reason(), ["f", "o", "enter"], "f\no"),
    (make.numeric(), ["1", "enter"], "1"),
    (FORMULA, ["4", "h", "enter"], "4h"),
    (make.order(steps=["a", "b", "c"]), ["3", "1", "2", "enter"], "3 1 2"),
    (make.match(), ["d", "a", "b", "enter"], "1d 2a 3b"),
    (make.discuss(), ["enter", "2", "enter"], "2"),
    (make.text(), ["f", "enter"], "f"),
    (TABLE, ["1", "enter", "2", "enter"], "1\n2"),
]


class Stage(App[None]):
    """Shows the answer of one card."""

    CSS_PATH = Path(tutor.ui.__file__).with_name("tutor.tcss")

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str] = []

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return {**variables, **own_variables(self.current_theme, variables)}

    @on(AnswerWidget.Answered)
    def keep(self, event: AnswerWidget.Answered) -> None:
        self.answers.append(event.text)

    async def put(self, *cards: Posed) -> list[AnswerWidget[Any]]:
        widgets = [widget_for(posed)() for posed in cards]
        await self.screen.mount(*widgets)
        for widget, posed in zip(widgets, cards, strict=True):
            widget.ask(posed, Voice(ENGLISH))
        return widgets

    def picture(self, widget: AnswerWidget[Any]) -> list[str]:
        strips = self.screen._compositor.render_strips()
        lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
        assert widget.region.bottom <= len(lines)
        return lines[widget.region.y : widget.region.bottom]


async def test_a_card_without_its_answer_is_drawn_and_answered_as_the_real_one() -> None:
    stage = Stage()
    real = [pose(question, 1) for question, _, _ in ANSWERED]
    async with stage.run_test(size=(80, 150)) as pilot:
        knowing = await stage.put(*real)
        unknowing = await stage.put(*(blind(face(posed)) for posed in real))
        pictures = set()
        for speaker in (Speaker("ko"), ENGLISH):
            for widget in (*knowing, *unknowing):
                widget.paint(Voice(speaker))
            await pilot.pause()
            for one, other in zip(knowing, unknowing, strict=True):
                assert stage.picture(one) == stage.picture(other) != []
                pictures.add("\n".join(stage.picture(other)))
        assert len(pictures) >= 7  # some kinds have the same field
        for widget in (*knowing, *unknowing):
            widget.display = False
        for widget, posed, (question, keys, answered) in zip(
            unknowing, real, ANSWERED, strict=True
        ):
            widget.display = True
            stage.screen.set_focus(widget.entry())
            stage.answers = []
            await pilot.press(*keys)
            assert stage.answers == [answered], question.id
            assert not isinstance(parse(posed, answered), FormatError)
            if question.kind == "discuss":  # its points come with the answer
                assert "2 [x]  …" in "\n".join(stage.picture(widget))
            widget.display = False
