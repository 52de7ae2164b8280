from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.labs.turning import journeys, travelled
from tutor.engine.arguments import LARGEST_SIZE
from tutor.errors import ExitCode, TutorError
from tutor.labs import Nudge, Number, Refused, Step, Turn, Typed, names, open_controls
from tutor.labs.parameters import ParametersControls


def controls(**given: object) -> ParametersControls:
    opened = open_controls("parameters", given)
    assert isinstance(opened, ParametersControls)
    return opened


def turned(start: ParametersControls, name: str, turn: Turn) -> ParametersControls:
    changed = start.turn(name, turn)
    assert not isinstance(changed, Refused), str(changed.message)
    return changed


def test_the_lab_is_named() -> None:
    assert names() == ("parameters",)


@given(journeys)
@settings(deadline=None, max_examples=300)
def test_no_control_setting_raises(journey: list[tuple[str, Turn]]) -> None:
    reached = travelled(journey, ParametersControls())
    frame = reached.frame()
    assert frame.total == sum(share.term.value for share in frame.shares)
    assert open_controls("parameters", reached.settings()).frame() == frame


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [(1, 2, None), (7, 8, 6), (8, 10, 7), (10, 12, 8), (24, 28, 20), (64, 80, 56), (784, 896, 768)],
)
def test_steps_are_a_quarter_of_a_doubling(value: int, up: int, down: int | None) -> None:
    start = controls(input_size=value)
    assert turned(start, "input_size", Step(1)).input_size == up
    if down is None:
        assert isinstance(start.turn("input_size", Step(-1)), Refused)
    else:
        assert turned(start, "input_size", Step(-1)).input_size == down


@given(journeys)
@settings(deadline=None, max_examples=50)
def test_up_and_down_again_stays_within_a_step(journey: list[tuple[str, Turn]]) -> None:
    start = travelled(journey, ParametersControls())
    for control in start.fields():
        if isinstance(control, Number) and control.low < control.value < control.high:
            up = turned(start, control.name, Step(1))
            (raised,) = (c for c in up.fields() if c.name == control.name)
            assert isinstance(raised, Number)
            assert raised.value > control.value
            down = turned(start, control.name, Step(-1))
            (lowered,) = (c for c in down.fields() if c.name == control.name)
            assert isinstance(lowered, Number)
            assert lowered.value < control.value


def test_typing_and_nudging() -> None:
    start = controls()
    assert turned(start, "hidden_size", Typed("1,024")).hidden_size == 1024
    assert turned(start, "hidden_size", Typed("2^10")).hidden_size == 1024
    assert turned(start, "hidden_size", Nudge(1)).hidden_size == 25
    assert turned(start, "layer", Typed("1")).layer == "rnn"
    assert turned(start, "layer", Step(-1)).layer == "rnn"
    assert turned(start, "layer", Step(2)).layer == "dense"
    assert turned(start, "layer", Step(3)).layer == "rnn"
    assert turned(start, "bidirectional", Step(1)).bidirectional
    assert not turned(start, "bias", Typed("1")).bias


@pytest.mark.parametrize(
    ("settings", "name", "value", "said"),
    [
        ({}, "hidden_size", 0, "Hidden size $h$: a whole number from 1 to 1,000,000,000,000,000."),
        ({}, "hidden_size", LARGEST_SIZE + 1, "from 1 to 1,000,000,000,000,000"),
        ({}, "hidden_size", 2.5, "a whole number"),
        ({}, "hidden_size", True, "a whole number"),
        ({}, "hidden_size", "24", "a whole number"),
        ({}, "num_layers", 1001, "Layers: a whole number from 1 to 1,000."),
        ({}, "bias", 1, "`true` or `false`"),
        ({}, "layer", "conv", "one of rnn, lstm, gru, dense"),
        ({}, "convention", "jax", "one of pytorch, keras, textbook, flax, onnx"),
        ({"proj_size": 8}, "convention", "onnx", "The ONNX LSTM has no projection"),
        ({"bias": False}, "convention", "flax", "switch them on first"),
        ({"convention": "flax"}, "bias", False, "always have biases"),
        ({}, "proj_size", 24, "a whole number from 0 to 23."),
        ({"proj_size": 8}, "hidden_size", 8, "a whole number from 9 to"),
        ({"proj_size": 8}, "convention", "keras", "set the projection to 0 first"),
        ({"layer": "gru"}, "proj_size", 8, "Only an LSTM has a projection"),
        ({"convention": "keras"}, "proj_size", 8, "in PyTorch and in the textbook"),
        ({"layer": "gru"}, "reset_after", False, "Only the Keras GRU"),
        ({"layer": "dense"}, "input_size", 10, "belongs to recurrent layers"),
        ({}, "layer_sizes", (3, 4), "belongs to dense layers"),
        ({}, "size_0", 3, "belongs to dense layers"),
        ({"layer": "dense"}, "layer_sizes", (3,), "2 to 13 whole numbers"),
        ({"layer": "dense"}, "layer_sizes", (3, 0), "from 1 to"),
        ({"layer": "dense"}, "layer_sizes", (1,) * 14, "2 to 13 whole numbers"),
        ({"layer": "dense"}, "layer_sizes", "784", "the input first"),
        ({"layer": "dense"}, "depth", 13, "Layers: a whole number from 1 to 12."),
    ],
)  # fmt: skip
def test_an_impossible_value_is_refused_with_what_is_possible(
    settings: dict[str, object], name: str, value: object, said: str
) -> None:
    answer = controls(**settings).put(name, value)
    assert isinstance(answer, Refused)
    assert answer.name == name
    assert said in str(answer.message)


def test_the_bounds_themselves_are_taken() -> None:
    start = controls(proj_size=8)
    for name, value in [
        ("hidden_size", 9),
        ("hidden_size", LARGEST_SIZE),
        ("proj_size", 23),
        ("num_layers", 1000),
    ]:
        assert not isinstance(start.put(name, value), Refused)


def test_changing_the_layer_drops_what_it_does_not_have() -> None:
    gru = turned(controls(proj_size=8), "layer", Step(1))
    assert (gru.layer, gru.proj_size, gru.hidden_size) == ("gru", 0, 24)
    keras = controls(layer="gru", convention="keras", reset_after=False)
    assert turned(keras, "convention", Step(-1)).reset_after is None


def test_layers_are_added_before_the_output_and_taken_away_again() -> None:
    start = controls(layer="dense")
    deeper = turned(start, "depth", Nudge(1))
    assert deeper.layer_sizes == (784, 256, 128, 64, 10)
    assert turned(deeper, "depth", Nudge(-1)) == start
    assert turned(start, "depth", Typed("1")).layer_sizes == (784, 10)
    assert turned(start, "size_1", Typed("300")).layer_sizes == (784, 300, 128, 10)


@pytest.mark.parametrize(
    ("name", "settings", "message", "hint"),
    [
        ("parametres", {}, "no lab “parametres”", "“parameters”"),
        ("parameters", {"hiden_size": 3}, "no control “hiden_size”", "“hidden_size”"),
        ("parameters", {"hidden_size": 0}, "`hidden_size` cannot be `0`", "from 1 to"),
        ("parameters", {"layer_sizes": [3, 4]}, "cannot be `3 4`", "dense"),
        ("parameters", {"bias": "\x1b[31m"}, "cannot be `?", "`true` or `false`"),
    ],
)
def test_bad_settings_are_named(
    name: str, settings: dict[str, object], message: str, hint: str
) -> None:
    with pytest.raises(TutorError) as caught:
        open_controls(name, settings)
    assert message in str(caught.value.message).replace("\\[", "[")
    assert hint in str(caught.value.hint)
    assert caught.value.exit_code == ExitCode.USAGE


def test_the_order_of_settings_does_not_matter() -> None:
    settings = {"reset_after": False, "hidden_size": 32, "convention": "keras", "layer": "gru"}
    assert controls(**settings) == controls(**dict(reversed(settings.items())))
    assert controls(**settings).frame().total == 3 * 32 * (10 + 32 + 1)
