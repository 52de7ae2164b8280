"""Tables of values and short answers at the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.learner import LARGE, SMALL, learner_at
from tutor.memory.rating import Rating
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.text.width import cells
from tutor.ui.answers.trace import CellField, widths
from tutor.ui.app import First

OWN = """\
format: 1
topic: mine
title: {en: Mine, ko: 내 것}
questions:
- id: mine.step
  kind: trace
  prompt: {en: "Fill in.", ko: "채우세요."}
  columns: [{en: before, ko: 활성화 전}, {en: after, ko: 활성화 후}]
  rows:
  - {label: {en: "kept $f$", ko: "남긴 값 $f$"}, cells: [{name: a, value: 0.5, given: true}, {name: f, value: 0.25}]}
  - {label: {en: state, ko: 상태}, cells: [{name: c, value: 0.75, follow: f + a}, {name: h, value: 1.5, follow: 2*c}]}
  tolerance: {abs: 0.001}
  explain: {en: "So.", ko: "그렇습니다."}
- id: mine.wide
  kind: trace
  prompt: {en: "Many.", ko: "많이."}
  columns: [one, two, three, four]
  rows:
ROWS
  explain: {en: "So.", ko: "그렇습니다."}
- id: mine.gate
  kind: text
  prompt: {en: "Which gate?", ko: "어느 게이트?"}
  accept: {en: [forget gate], ko: [망각 게이트]}
  mistakes: [{id: input, forms: {en: [input gate], ko: [입력 게이트]}, say: {en: "It lets in.", ko: "들입니다."}}]
  explain: {en: "So.", ko: "그렇습니다."}
"""
ROWS = "\n".join(
    f"  - {{label: {{en: layer number {r}, ko: 층 번호 {r}}}, cells: ["
    + ", ".join(f"{{name: v_{r}_{c}, value: -{r}{c}3.5}}" for c in range(1, 5))
    + "]}"
    for r in range(1, 7)
)


@pytest.fixture(autouse=True)
def _own_questions(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "mine.yaml").write_text(OWN.replace("ROWS", ROWS), encoding="utf-8")


def only(*questions: str) -> First:
    return First.study(questions=questions)


def cell(learner: object) -> str | None:
    focused = learner.app.screen.focused  # type: ignore[attr-defined]  # a Learner
    return focused.cell.name if isinstance(focused, CellField) else None


async def test_enter_goes_through_the_table_and_the_verdict_is_a_table(services: Services) -> None:
    async with learner_at(services, only("mine.step")) as learner:
        assert cell(learner) == "f"
        await learner.type("1/5")
        assert "f: understood as 0.2" in learner.text
        await learner.press("enter")
        assert cell(learner) == "c"
        await learner.type("0.7")
        await learner.press("enter")
        await learner.type("1.6")
        assert isinstance(learner.phase, Asking)
        await learner.press("enter")
        assert isinstance(learner.phase, Answered)
        lines = [line.strip() for line in learner.lines]
        at = next(n for n, line in enumerate(lines) if line.startswith("kept"))
        assert lines[at - 1].split() == ["before", "after"]
        assert lines[at].split() == ["kept", "f", "0.5", "✗", "0.2", "→", "0.25"]
        assert lines[at + 1].split() == ["state", "↳", "0.7", "→", "0.75", "✗", "1.6", "→", "1.5"]
        assert lines[at + 2] == "↳ c: ✓ follows from your f"
        assert "~ Partly right." in learner.text
        assert learner.log() == [("mine.step", Rating.AGAIN, 1 / 3, "1/5\n0.7\n1.6")]


async def test_the_whole_table_in_one_burst(services: Services) -> None:
    async with learner_at(services, only("mine.step")) as learner:
        await learner.press(*"0.25", "enter", *"0.75", "enter", *"1.5", "enter")
        assert "✓ Right." in learner.text
        assert learner.log() == [("mine.step", Rating.GOOD, 1.0, "0.25\n0.75\n1.5")]


async def test_arrows_and_tab_move_and_leave_a_number_only_at_its_ends(services: Services) -> None:
    async with learner_at(services, only("mine.step")) as learner:
        await learner.press("down")
        assert cell(learner) == "h"
        await learner.press("left")
        assert cell(learner) == "c"
        await learner.type("12")
        await learner.press("left", "left")
        assert cell(learner) == "c"
        await learner.press("left")
        assert cell(learner) == "f"
        await learner.press("right")
        assert cell(learner) == "c"
        await learner.press("tab")
        assert cell(learner) == "h"
        await learner.press("up", "up")
        assert cell(learner) == "f"
        await learner.press("escape")
        assert cell(learner) is None


async def test_an_unreadable_cell_is_named_and_has_the_focus(services: Services) -> None:
    async with learner_at(services, only("mine.step")) as learner:
        await learner.press(*"1", "enter", "x", "enter", *"2", "enter")
        assert "c: x is not understood as a number" in learner.text
        assert cell(learner) == "c"
        await learner.press("backspace", "7", "enter")
        assert isinstance(learner.phase, Answered)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["en", "ko"])
async def test_six_rows_of_four_fit_the_small_screen(
    request: pytest.FixtureRequest, lang: str, size: tuple[int, int]
) -> None:
    made: Services = request.getfixturevalue("services" if lang == "en" else "korean")
    async with learner_at(made, only("mine.wide"), size) as learner:
        fields = list(learner.app.screen.query(CellField))
        assert len([field for field in fields if field.display]) == 24
        screen = learner.app.screen.region
        assert all(field.region.right < screen.right - 2 for field in fields)
        assert all(field.region.bottom < screen.bottom - 2 for field in fields)
        columns = {field.region.x for field in fields}
        assert len(columns) == 4
        label = "layer number 6" if lang == "en" else "층 번호 6"
        assert label in learner.text
        await learner.press(*["1", "enter"] * 24)
        assert isinstance(learner.phase, Answered)
        rows = [line for line in learner.lines if "✗" in line and ("layer" in line or "층" in line)]
        assert len({cells(line[: line.index("✗")]) for line in rows}) == 1
        assert all(cells(line) <= 80 for line in learner.lines) or size == LARGE


async def test_the_language_changes_under_the_typed_numbers(services: Services) -> None:
    async with learner_at(services, only("mine.step")) as learner:
        await learner.type("0.25")
        await learner.press("f2")
        assert "활성화 전" in learner.text
        assert "남긴 값 f" in learner.text
        assert next(iter(learner.app.screen.query(CellField))).value == "0.25"


async def test_a_second_table_has_its_own_fields(services: Services) -> None:
    async with learner_at(services, only("mine.step", "mine.wide")) as learner:
        await learner.press(*"1", "enter", *"1", "enter", *"1", "enter", "enter")
        shown = [field for field in learner.app.screen.query(CellField) if field.display]
        assert len(shown) == (24 if learner.phase.posed.question == "mine.wide" else 3)
        assert all(field.value == "" for field in shown)


async def test_a_typo_is_told_at_the_screen(services: Services) -> None:
    async with learner_at(services, only("mine.gate")) as learner:
        await learner.type("forgte gate")
        await learner.press("enter")
        assert "✓ Right. understood as forget gate" in learner.text
        assert learner.log() == [("mine.gate", Rating.GOOD, 1.0, "forgte gate")]


async def test_a_known_wrong_word_is_explained(services: Services) -> None:
    async with learner_at(services, only("mine.gate")) as learner:
        await learner.press("enter")
        assert "Type an answer." in learner.text
        await learner.type("input gate")
        await learner.press("enter")
        assert "✗ Not yet." in learner.text
        assert "It lets in." in learner.text
        assert "Answer: forget gate" in learner.text


def test_labels_give_way_only_where_columns_cannot() -> None:
    from tests.kinds import questions as make
    from tutor.kinds import pose
    from tutor.kinds.trace import PosedTrace

    cells_of = [{"name": f"n{n}", "value": n} for n in range(6)]
    posed = pose(make.trace(columns=[], rows=[{"label": "l", "cells": cells_of}]), 1)
    assert isinstance(posed, PosedTrace)
    assert widths(posed, ["layer"], []) == (5, [9] * 6)
    assert widths(posed, ["x" * 12], [])[0] == 12
    label, columns = widths(posed, ["x" * 60], [])
    assert (label, columns) == (18, [7] * 6)
