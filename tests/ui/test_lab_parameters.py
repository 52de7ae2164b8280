from __future__ import annotations

import pytest

from tests.ui.learner import LARGE, SMALL, learner_at
from tests.ui.workbench import bench, focused, focused_control, go_to, lab
from tutor.services import Services
from tutor.session.study import Answered
from tutor.text.width import cells
from tutor.ui.app import First
from tutor.ui.labs.parameters import GuessField
from tutor.ui.labs.row import ControlRow
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.lab import LabScreen
from tutor.ui.screens.study import StudyScreen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_everything_of_a_frame_is_in_sight(services: Services, size: tuple[int, int]) -> None:
    async with learner_at(services, lab(), size) as learner:
        lines, text = learner.lines, learner.text
        for words in (
            "4h(d + h + 2)",
            "= 4 · 24 · (10 + 24 + 2)",
            "= 3,456 parameters",
            "weight_hh_l0",
            "96 × 24",
            "2,304",
            "66.7 %",
            "▸ PyTorch, ONNX",
            "Two biases for each row.",
            "Keras, textbook, Flax",
            "3,360",
            "−96",
            "textbook",
            "They differ by 96",
            "Your count",
            "The recurrent weights are the largest part",
        ):
            assert words in text
        rows = [line for line in lines if "_l0" in line and " % " in line]
        assert len(rows) == 4
        assert len({line.index(" % ") for line in rows}) == 1
        assert max(map(cells, lines)) <= size[0]
        assert ("Step by step" in text) == (size == LARGE)
        assert ("Twice the hidden size, 48" in text) == (size == LARGE)
        assert ("███" in text) == (size == LARGE)


LAYERS: dict[str, list[str]] = {
    "rnn": ["layer", "input_size", "hidden_size", "num_layers", "bidirectional", "bias", "convention"],
    "lstm": ["layer", "input_size", "hidden_size", "num_layers", "bidirectional", "bias", "convention", "proj_size"],
    "gru": ["layer", "input_size", "hidden_size", "num_layers", "bidirectional", "bias", "convention", "reset_after"],
    "dense": ["layer", "depth", "size_0", "size_1", "size_2", "size_3", "bias", "convention"],
}  # fmt: skip


@pytest.mark.parametrize("layer", list(LAYERS))
async def test_every_control_is_reached_and_turned_by_keyboard(
    services: Services, layer: str
) -> None:
    start = {"layer": layer, "convention": "keras"} if layer == "gru" else {"layer": layer}
    async with learner_at(services, lab(**start)) as learner:
        widgets = list(learner.app.screen.query(ControlRow))
        reached = []
        for name in LAYERS[layer]:
            assert focused_control(learner) == name
            reached.append(name)
            before = bench(learner)
            await learner.press("right")
            turned = bench(learner)
            assert turned.controls != before.controls
            assert f"{turned.frame.total:,}" in learner.text
            await learner.press("left")
            assert bench(learner).controls != turned.controls
            await learner.press("tab")
        assert reached == [c.name for c in bench(learner).controls.fields()]
        assert isinstance(focused(learner), GuessField)
        await learner.press("tab")
        assert focused_control(learner) == "layer"
        assert list(learner.app.screen.query(ControlRow)) == widgets


async def test_arrows_go_through_the_controls_and_back_from_the_field(services: Services) -> None:
    async with learner_at(services, lab()) as learner:
        await learner.press("down", "down")
        assert focused_control(learner) == "hidden_size"
        await learner.press("up")
        assert focused_control(learner) == "input_size"
        await learner.press(*["down"] * 7)
        assert isinstance(focused(learner), GuessField)
        await learner.press("up")
        assert focused_control(learner) == "proj_size"


async def test_digits_are_taken_at_once(services: Services) -> None:
    async with learner_at(services, lab()) as learner:
        await go_to(learner, "hidden_size")
        await learner.press("3")
        assert bench(learner).controls.hidden_size == 3
        await learner.press("2")
        assert bench(learner).controls.hidden_size == 32
        assert "= 5,632 parameters" in learner.text
        await learner.press("backspace")
        assert bench(learner).controls.hidden_size == 3
        await learner.press("escape")
        assert bench(learner).controls.hidden_size == 24
        assert isinstance(learner.app.screen, LabScreen)
        await learner.press("plus")
        assert bench(learner).controls.hidden_size == 25
        await learner.press("minus", "minus")
        assert bench(learner).controls.hidden_size == 23


async def test_enter_ends_typing_and_the_next_digit_begins_anew(services: Services) -> None:
    async with learner_at(services, lab()) as learner:
        await go_to(learner, "hidden_size")
        await learner.press("3", "enter", "4")
        assert bench(learner).controls.hidden_size == 4


@pytest.mark.parametrize(
    ("name", "keys", "said"),
    [
        ("input_size", ["0"], "Input size d: a whole number from 1 to 1,000,000,000,000,000."),
        ("input_size", ["9"] * 24, "Input size d: a whole number from 1 to"),
        ("input_size", ["1", "left"], "Input size d: a whole number from 1 to"),
        ("input_size", ["backspace", "backspace"], "Input size d: a whole number from 1 to"),
        ("proj_size", ["2", "4"], "Projection p: a whole number from 0 to 23."),
        ("num_layers", ["1", "0", "0", "1"], "Layers: a whole number from 1 to 1,000."),
        ("layer", ["7"], "Layer: one of rnn, lstm, gru, dense."),
        ("bias", ["3"], "Bias: true or false."),
    ],
)
async def test_an_impossible_value_is_refused_with_its_range(
    services: Services, name: str, keys: list[str], said: str
) -> None:
    async with learner_at(services, lab()) as learner:
        await go_to(learner, name)
        await learner.press(*keys)
        assert f"! {said}" in learner.text
        total = bench(learner).frame.total
        assert f"{total:,}" in learner.text or "≈" in learner.text
        was_typed = "left" not in keys and name not in {"layer", "bias"}
        await learner.press("tab")
        assert (said in learner.text) == was_typed  # why what was typed is gone


async def test_keras_is_refused_while_there_is_a_projection(services: Services) -> None:
    async with learner_at(services, lab(proj_size=8)) as learner:
        await go_to(learner, "convention")
        await learner.press("space")
        assert "set the projection to 0 first" in learner.text
        assert bench(learner).controls.convention == "pytorch"


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_and_space_switch(services: Services, key: str) -> None:
    async with learner_at(services, lab()) as learner:
        await go_to(learner, "bidirectional")
        await learner.press(key)
        assert "= 6,912 parameters" in learner.text
        await go_to(learner, "layer")
        await learner.press(key)
        assert bench(learner).controls.layer == "gru"
        await learner.press("1")
        assert bench(learner).controls.layer == "rnn"


async def test_the_focus_stays_on_its_control(services: Services) -> None:
    async with learner_at(services, lab(layer="dense")) as learner:
        await go_to(learner, "bias")
        await learner.press("r")
        assert focused_control(learner) == "bias"
        await go_to(learner, "depth")
        await learner.press("1", "2")
        await go_to(learner, "convention")
        assert len(bench(learner).controls.layer_sizes) == 13
        await learner.press("r")
        assert focused_control(learner) == "convention"
        assert len(bench(learner).controls.layer_sizes) == 4


@pytest.mark.parametrize("key", ["r", "ㄱ"])
async def test_reset_goes_back_to_the_opening(services: Services, key: str) -> None:
    async with learner_at(services, lab(layer="gru", hidden_size=7)) as learner:
        await learner.press("right", "tab", "9")
        assert bench(learner).controls.layer == "dense"
        await learner.press(key)
        assert (bench(learner).controls.layer, bench(learner).controls.hidden_size) == ("gru", 7)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3456", "✓ Right. 3,456 parameters."),
        ("2592", "✗ Not yet. 2,592 is three blocks"),
        ("4*24*(10+24)", "✗ Not yet. 3,264 leaves the biases out"),
        ("3455", "✗ Not yet. 3,455 is 1 too few."),
        ("10,24", "! 10,24 can be read in two ways."),
        ("", "! Type a number."),
    ],
)
@pytest.mark.parametrize("key", ["g", "ㅎ"])
async def test_a_guess_is_diagnosed(services: Services, typed: str, said: str, key: str) -> None:
    async with learner_at(services, lab()) as learner:
        await learner.press(key)
        await learner.type(typed)
        assert said not in learner.text
        await learner.press("enter")
        assert said in learner.text
        assert focused(learner).value == typed
        await learner.press("escape", "right")
        assert said not in learner.text
        assert isinstance(learner.app.screen, LabScreen)


async def test_predicting_covers_the_numbers_until_a_count_is_judged(services: Services) -> None:
    async with learner_at(services, lab(), LARGE) as learner:
        await learner.press("p")
        for number in ("3,456", "2,304", "3,360", "66.7", "11,520", "4 · 24"):
            assert number not in learner.text
        assert "How many parameters?" in learner.text
        assert isinstance(focused(learner), GuessField)
        await learner.type("10,24")
        await learner.press("enter")
        assert "3,456" not in learner.text
        focused(learner).value = ""
        await learner.type("2592")
        await learner.press("enter")
        assert "three blocks" in learner.text
        assert "= 3,456 parameters" in learner.text
        await learner.press("escape", "right")
        assert "How many parameters?" in learner.text
        await learner.press("p")
        assert "= 2,592 parameters" in learner.text


async def test_the_language_switches_in_place(services: Services) -> None:
    async with learner_at(services, lab()) as learner:
        await go_to(learner, "hidden_size")
        await learner.press("3", "f2")
        assert learner.app.voice.lang == "ko"
        assert "키 안내" in learner.text
        await learner.press("2")
        assert bench(learner).controls.hidden_size == 32
        await learner.press("enter", "g")
        await learner.type("77")
        await learner.press("enter")
        assert "확인" in learner.text
        assert "77" in learner.text
        await learner.press("f2")
        assert focused(learner).value == "77"
        assert "✗ Not yet. 77 is" in learner.text


async def test_escape_goes_back_home(services: Services) -> None:
    async with learner_at(services, lab()) as learner:
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_a_card_keeps_its_state_while_its_lab_is_open(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.type("2592")
        await learner.press("enter")
        phase = learner.phase
        await learner.press("l")
        assert isinstance(learner.app.screen, LabScreen)
        assert (bench(learner).controls.input_size, bench(learner).controls.hidden_size) == (10, 24)
        await learner.press("right", "g")
        await learner.type("1")
        await learner.press("enter", "escape", "escape")
        assert isinstance(learner.app.screen, StudyScreen)
        assert isinstance(phase, Answered)
        assert learner.phase is phase
        assert "three blocks" in learner.text
