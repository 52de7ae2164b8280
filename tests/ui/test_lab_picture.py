"""The parameter workbench at its limits: large counts, small terminals, its picture."""

from __future__ import annotations

import pytest
from textual.content import Content

from tests.ui.learner import LARGE, SMALL, learner_at
from tests.ui.workbench import bench, go_to, lab
from tutor.kinds.posed import Lab
from tutor.services import Services
from tutor.text.width import cells
from tutor.ui.labs.picture import Rectangle, picture_lines
from tutor.ui.labs.row import ControlRow
from tutor.ui.screens.lab import LabScreen
from tutor.ui.widgets.lines import Lines


async def test_a_page_of_tensors_folds_and_scrolls(services: Services) -> None:
    async with learner_at(services, lab(num_layers=50, bidirectional=True)) as learner:
        assert "393 more tensors" in learner.text
        assert "textbook" not in learner.text
        await learner.press("pagedown")
        assert "textbook" in learner.text
        await learner.press("pageup")
        assert "weight_ih_l0" in learner.text


async def test_the_largest_numbers_stay_in_their_columns(services: Services) -> None:
    most = {"input_size": 10**15, "hidden_size": 10**15, "num_layers": 1000}
    async with learner_at(services, lab(**most)) as learner:
        assert "≈ 1.200 × 10³⁴ parameters" not in learner.text  # one layer more than it has
        assert "≈ 8.000 × 10³³ parameters" in learner.text
        assert max(map(cells, learner.lines)) <= 80


@pytest.mark.parametrize(
    ("name", "controls", "said"),
    [
        ("parameters", {"hidden_size": 0}, "hidden_size cannot be 0."),
        ("nowhere", {}, "no lab “nowhere”"),
    ],
)
async def test_what_a_card_cannot_open_is_said_and_the_lab_opens_as_it_is(
    services: Services, name: str, controls: dict[str, object], said: str
) -> None:
    async with learner_at(services) as learner:
        learner.app.open_lab(Lab(name, controls))
        await learner.settle()
        assert isinstance(learner.app.screen, LabScreen)
        assert said in learner.text
        assert "= 3,456 parameters" in learner.text


async def test_a_larger_terminal_is_used_at_once(services: Services) -> None:
    async with learner_at(services, lab()) as learner:
        assert "Step by step" not in learner.text
        await learner.resize(*LARGE)
        assert "Step by step" in learner.text
        await learner.resize(*SMALL)
        assert "Step by step" not in learner.text
        assert "= 3,456 parameters" in learner.text


async def test_nothing_is_only_a_colour(services: Services) -> None:
    async with learner_at(services, lab()) as learner:
        assert any(line.lstrip().startswith("▸ Layer") for line in learner.lines)
        await learner.press("g")
        assert any(line.lstrip().startswith("▸ Your count") for line in learner.lines)
        assert sum("▸ PyTorch" in line for line in learner.lines) == 1
        assert not any("▸ Layer" in line for line in learner.lines)


async def test_the_mouse_switches_too(services: Services) -> None:
    async with learner_at(services, lab()) as learner:
        row = next(
            r
            for r in learner.app.screen.query(ControlRow)
            if r.control and r.control.name == "bias"
        )
        await learner.pilot.click(row)
        await learner.settle()
        assert "= 3,264 parameters" in learner.text


def test_rectangles_are_to_one_scale() -> None:
    tensors = [Rectangle("W", 96, 24), Rectangle("U", 96, 48), Rectangle("b", 96, 1)]
    lines = [line.plain for line in picture_lines(tensors, 60, 8)]
    assert len(lines) == 9
    first, second, third = lines[0].split()
    assert len(second) == 2 * len(first)
    assert third == "▌"
    assert lines[-1].split() == ["W", "U", "b"]


def test_a_picture_that_does_not_fit_is_left_out() -> None:
    assert picture_lines([Rectangle("a_long_name", 9, 9)] * 6, 60, 8) == []
    wide = picture_lines([Rectangle("W", 1, 10**15), Rectangle("U", 10**15, 1)], 60, 8)
    assert all(isinstance(line, Content) and cells(line.plain) <= 60 for line in wide)
    assert len(wide) <= 9


async def test_widgets_are_updated_not_made_anew(services: Services) -> None:
    async with learner_at(services, lab(), LARGE) as learner:
        widgets = list(learner.app.screen.query("*"))
        await learner.press("right", "right", "tab", "5", "f2", "p", "escape", "r")
        assert list(learner.app.screen.query("*")) == widgets
        assert learner.app.screen.query_one("#sum", Lines).display


@pytest.mark.parametrize("typed", ["9" * 21, "0", ""])
async def test_a_typed_number_out_of_range_is_neither_taken_nor_cut(
    services: Services, typed: str
) -> None:
    said = "from 1 to 1,000,000,000,000,000"
    async with learner_at(services, lab(hidden_size=24)) as learner:
        await go_to(learner, "hidden_size")
        await learner.press(*(typed or ["backspace", "backspace"]))
        assert said in learner.text
        assert any(line.lstrip().startswith("▸") and "!" in line for line in learner.lines)
        await learner.press("enter")  # it cannot be taken: it is still being typed
        assert said in learner.text
        await learner.press("down")
        assert said in learner.text
        assert bench(learner).controls.settings()["hidden_size"] == 24
        assert not any("!" in line and "24" in line for line in learner.lines)
        await learner.press("right")
        assert said not in learner.text


async def test_escape_takes_a_refused_number_back(services: Services) -> None:
    async with learner_at(services, lab(hidden_size=24)) as learner:
        await go_to(learner, "hidden_size")
        await learner.press(*("9" * 18), "escape")
        assert bench(learner).controls.settings()["hidden_size"] == 24
        assert "from 1 to" not in learner.text
