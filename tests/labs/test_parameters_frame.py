"""Frames against golden numbers, and sentences against the numbers they speak of."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.labs.turning import journeys, travelled
from tutor.labs import Refused, Turn, open_controls
from tutor.labs.parameters import (
    Guess,
    Malformed,
    ParametersControls,
    ParametersFrame,
    Rest,
    alike,
    diagnose,
    folded,
    parameters_frame,
)
from tutor.text.message import Message

LAYERS = {"rnn_params", "lstm_params", "gru_params", "dense_params"}
# what the engine counts and the lab has no control for
WITHOUT_CONTROL = (("peepholes", "onnx"), ("reset_after", "onnx"))


def _recorded(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parents[1] / "golden" / "data" / name
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return [
        case
        for case in cases
        if case["function"] in LAYERS
        and not any(
            argument in case["args"] and case["args"]["convention"] == convention
            for argument, convention in WITHOUT_CONTROL
        )
    ]


GOLDEN = [*_recorded("counts.json"), *_recorded("layer_counts.json")]


def frame_of(**given: object) -> ParametersFrame:
    frame = open_controls("parameters", given).frame()
    assert isinstance(frame, ParametersFrame)
    return frame


@pytest.mark.parametrize(
    "case", GOLDEN, ids=lambda case: "-".join(map(str, (case["function"], *case["args"].values())))
)
def test_frames_are_what_the_frameworks_count(case: dict[str, Any]) -> None:
    frame = frame_of(layer=case["function"].removesuffix("_params"), **case["args"])
    assert frame.total == case["total"]
    assert [[s.term.label, list(s.term.shape or ())] for s in frame.shares] == case["tensors"]
    (chosen,) = (c for c in frame.conventions if c.chosen)
    assert (chosen.total, chosen.difference) == (case["total"], 0)


def test_conventions_side_by_side() -> None:
    frame = frame_of(layer="lstm", input_size=10, hidden_size=24)
    assert [(str(c.label), c.total, c.difference, c.chosen) for c in frame.conventions] == [
        ("PyTorch", 3456, 0, True),
        ("Keras", 3360, -96, False),
        ("textbook", 3360, -96, False),
        ("Flax", 3360, -96, False),
        ("ONNX", 3456, 0, False),
    ]
    assert "96" in str(frame.difference)


def test_conventions_that_count_alike_share_a_row_the_chosen_first() -> None:
    def rows(**given: object) -> list[list[str]]:
        return [[str(c.label) for c in group] for group in alike(frame_of(**given).conventions)]

    assert rows(layer="lstm", convention="onnx") == [
        ["ONNX", "PyTorch"],
        ["Keras", "textbook", "Flax"],
    ]
    assert rows(layer="gru") == [
        ["PyTorch", "Keras"],
        ["Keras (`reset_after=False`)", "textbook"],
        ["Flax"],
        ["ONNX"],
    ]
    assert rows(layer="lstm", bias=False) == [["PyTorch", "Keras", "textbook", "ONNX"]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"layer": "lstm"}, "They differ by 96: whether each row has one bias or two."),
        ({"layer": "gru"}, "They differ by 72 at most: whether none, some or all"),
        ({"layer": "gru", "bias": False}, "All agree: without biases"),
        ({"layer": "lstm", "proj_size": 8}, "They differ by 96: whether each"),
        ({"layer": "dense", "convention": "flax"}, "All agree: a dense layer"),
    ],
)
def test_what_makes_conventions_differ(given: dict[str, object], words: str) -> None:
    assert str(frame_of(**given).difference).startswith(words)


def test_other_layers_are_framed_without_captions() -> None:
    frame = parameters_frame("batch-norm", {"num_features": 8, "convention": "keras"})
    assert (frame.total, frame.captions) == (32, ())
    assert str(frame.difference) == "They differ by 16."
    nothing = parameters_frame("layer-norm", {"normalized_shape": 8, "elementwise_affine": False})
    assert (nothing.total, nothing.shares) == (0, ())
    assert parameters_frame("lenet5", {}).conventions == ()


@pytest.mark.parametrize(("resets", "at"), [(True, 1), (None, 1), (False, 2)])
def test_the_chosen_way_of_the_keras_gru_is_marked(resets: bool | None, at: int) -> None:
    more = {} if resets is None else {"reset_after": resets}
    frame = frame_of(layer="gru", convention="keras", **more)
    assert [c.chosen for c in frame.conventions] == [place == at for place in range(6)]


def _held(frame: ParametersFrame, prefix: str) -> int:
    return sum(int(s.term.value) for s in frame.shares if s.term.id.startswith(prefix))


def _said_share(message: Message) -> float:
    share = message.values["share"]
    assert isinstance(share, float)
    return share


def _largest_is_true(frame: ParametersFrame, message: Message, start: ParametersControls) -> None:
    inputs, recurrent, biases = (_held(frame, p) for p in ("W_ih", "W_hh", "b"))
    total = frame.total
    d, h, p = start.input_size, start.hidden_size, start.proj_size
    text = message.msgid
    if text.startswith("The recurrent"):
        assert recurrent > max(inputs, biases)
        assert _said_share(message) == recurrent / total
        assert (p or h) > d
    elif text.startswith("The input"):
        assert inputs > recurrent
        assert inputs > biases
        assert _said_share(message) == inputs / total
        if "both" in text:
            assert start.bidirectional
            assert start.num_layers > 1
            assert message.values["above"] == 2 * (p or h)
        else:
            assert d > (p or h)
    elif text.startswith("Input and"):
        assert inputs == recurrent > biases
        assert d == (p or h)
        assert _said_share(message) == inputs / total
    else:
        assert text.startswith("The biases")
        assert biases >= max(inputs, recurrent)
        assert _said_share(message) == biases / total


def _doubling_is_true(frame: ParametersFrame, message: Message, start: ParametersControls) -> None:
    doubled = start.put("hidden_size", 2 * start.hidden_size)
    assert not isinstance(doubled, Refused)
    assert message.values["h"] == 2 * start.hidden_size
    assert message.values["total"] == doubled.frame().total
    if "exactly twice" in message.msgid:
        assert doubled.frame().total == 2 * frame.total
    else:
        times = message.values["times"]
        assert isinstance(times, float)
        assert times == doubled.frame().total / frame.total
        assert 2 < times < 4 + 1e-9


@given(journeys)
@settings(deadline=None, max_examples=300)
def test_captions_are_true(journey: list[tuple[str, Turn]]) -> None:
    start = travelled(journey, ParametersControls())
    frame = start.frame()
    if start.layer == "dense":
        counts = [
            sum(int(s.term.value) for s in frame.shares if s.term.id in {f"W_{n}", f"b_{n}"})
            for n in range(1, len(start.layer_sizes))
        ]
        assert len({c.total for c in frame.conventions}) == 1
        if len(counts) > 1:
            values = frame.captions[0].values
            number, share = values["number"], values["share"]
            assert isinstance(number, int)
            assert counts[number - 1] == max(counts) == values["count"]
            assert share == max(counts) / frame.total
        return
    totals = {c.total for c in frame.conventions}
    if frame.difference.msgid.startswith("All agree"):
        assert len(totals) == 1
        assert not start.bias
    else:
        assert frame.difference.values["apart"] == max(totals) - min(totals) > 0
    _largest_is_true(frame, frame.captions[0], start)
    for caption in frame.captions[1:]:
        _doubling_is_true(frame, caption, start)


def test_every_kind_of_caption_is_reached() -> None:
    cases: list[tuple[dict[str, object], str]] = [
        ({}, "The recurrent weights are the largest part, 66.7%"),
        ({"input_size": 48}, "The input weights are the largest part"),
        ({"input_size": 24}, "equally many"),
        ({"input_size": 1, "hidden_size": 2}, "The biases are"),
        ({"num_layers": 2, "bidirectional": True}, "48 of them, for both directions below"),
        ({"proj_size": 16}, "16 of them, for the projected state"),
        ({"layer": "dense"}, "Layer 1 holds 85.5%"),
        ({"layer": "dense", "bias": False}, "Layer 1 holds"),
        ({"layer": "dense", "layer_sizes": (5, 3)}, "Every one of the 3 neurons"),
    ]
    for given_controls, words in cases:
        assert words in str(frame_of(**given_controls).captions[0])


@given(journeys)
@settings(deadline=None, max_examples=100)
def test_captions_speak_markdown(journey: list[tuple[str, Turn]]) -> None:
    from tutor.text.markdown import parse

    frame = travelled(journey, ParametersControls()).frame()
    for words in (*frame.captions, frame.difference, *(c.why for c in frame.conventions)):
        assert parse(str(words)).blocks
        assert not re.search(r"[{}]", re.sub(r"\$[^$]*\$", "", str(words)))


LSTM = parameters_frame("lstm", {"input_size": 10, "hidden_size": 24})


@pytest.mark.parametrize(
    ("typed", "verdict", "mistake", "said"),
    [
        ("3456", "right", None, "3,456 parameters"),
        ("4 * 24 * (10 + 24 + 2)", "right", None, "3,456"),
        ("3,456 parameters", "right", None, "3,456"),
        ("3,456개", "right", None, "3,456"),
        ("2,592", "mistake", "three-blocks", "three blocks"),
        ("3360", "mistake", "one-bias", "as in Keras"),
        ("3455", "off", None, "3,455 is 1 too few"),
        ("4000", "off", None, "4,000 is 544 too many"),
        ("24192", "off", None, "exactly 7 times the count"),
        ("0.5", "off", None, "0.5 is not a whole number"),
        ("-5", "off", None, "3,461 too few"),
        ("2^100", "off", None, "too many"),
    ],
)
def test_guesses(typed: str, verdict: str, mistake: str | None, said: str) -> None:
    guess = diagnose(LSTM, typed)
    assert isinstance(guess, Guess)
    assert (guess.verdict, guess.mistake) == (verdict, mistake)
    assert said in str(guess.message)


@pytest.mark.parametrize("typed", ["", "10,24", "NaN", "9**9**9", "١٢٨", "?", "x", "1" * 200])
def test_what_is_no_number_is_asked_again(typed: str) -> None:
    assert isinstance(diagnose(LSTM, typed), Malformed)


@given(journeys)
@settings(deadline=None, max_examples=100)
def test_every_mistake_is_recognised(journey: list[tuple[str, Turn]]) -> None:
    frame = travelled(journey, ParametersControls()).frame()
    for mistake in frame.worked.mistakes:
        guess = diagnose(frame, str(mistake.value))
        assert isinstance(guess, Guess)
        assert (guess.verdict, guess.mistake) == ("mistake", mistake.id)
    guess = diagnose(frame, str(frame.total))
    assert isinstance(guess, Guess)
    assert guess.verdict == "right"


def test_a_long_table_folds_without_losing_a_parameter() -> None:
    frame = frame_of(num_layers=50, bidirectional=True)
    rows = folded(frame.shares, 12)
    assert len(rows) == 12
    (rest,) = (row for row in rows if isinstance(row, Rest))
    shown = sum(int(row.term.value) for row in rows if not isinstance(row, Rest))
    assert rest.tensors == 400 - 11
    assert shown + rest.value == frame.total
    assert sum(row.share for row in rows) == pytest.approx(1)
    assert folded(LSTM.shares, 4) == LSTM.shares
