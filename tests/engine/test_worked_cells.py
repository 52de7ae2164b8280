"""Worked cells: whole sequences, single steps, and the mistakes people make."""

import math
import re
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import (
    EngineError,
    GruWeights,
    LstmWeights,
    RnnWeights,
    Worked,
    compute,
    gru,
    lstm,
    noise,
    rnn,
)
from tutor.text import maths
from tutor.text.speaker import ENGLISH

X = [[1.0, 0.5], [-0.3, 2.0], [0.0, 1.5]]


def check_words(worked: Worked) -> None:
    words = [ENGLISH.say(step.text) for step in worked.steps]
    words += [ENGLISH.say(mistake.message) for mistake in worked.mistakes]
    words += [f"${tex}$" for term in worked.terms for tex in (term.symbol, term.substituted)]
    words += [f"${worked.formula}$", f"${worked.substituted}$"]
    words += [str(term.label) for term in worked.terms]
    for text in words:
        assert "!" not in text
        assert "--" not in text
        for tex in re.findall(r"\$([^$]+)\$", text):
            maths.inline(maths.parse(tex))


def by_id(worked: Worked) -> dict[str, float]:
    return {mistake.id: mistake.value for mistake in worked.mistakes}


gates = st.floats(0, 1)
candidates = st.floats(-1, 1)
reals = st.one_of(st.floats(-3, 3), st.floats(-1e6, 1e6), st.integers(-5, 5))
STEPS = {
    "lstm_step": st.fixed_dictionaries(
        {"f": gates, "c": reals, "i": gates, "g": candidates, "o": gates, "asked": st.sampled_from("ch")}
    ),
    "gru_step": st.fixed_dictionaries({"z": gates, "n": candidates, "h": reals}),
    "rnn_step": st.fixed_dictionaries(
        {
            **dict.fromkeys(("x", "h", "w_x", "w_h", "b"), reals),
            "nonlinearity": st.sampled_from(("tanh", "relu", "sigmoid")),
        }
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
@given(data=st.data())
def test_steps_can_be_said(name: str, data: st.DataObject) -> None:
    worked = compute(name, data.draw(STEPS[name]))
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(math.isfinite(value) for value in values)
    assert all(abs(a - b) > 0.01 for a, b in combinations(values, 2))
    assert worked.total in [term.value for term in worked.terms]
    check_words(worked)


@given(gates, st.one_of(st.integers(1, 200), st.integers(1, 10**15)))
def test_gate_products_can_be_said(f: float, steps: int) -> None:
    if 0 < f**steps < 1e-300 or (f > 0 and f**steps == 0):
        with pytest.raises(EngineError, match="1e-300"):
            compute("gate_product", {"f": f, "steps": steps})
        return
    worked = compute("gate_product", {"f": f, "steps": steps})
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(math.isfinite(value) for value in values)
    assert all(abs(a - b) > 0.05 * worked.total for a, b in combinations(values, 2))
    assert len(set(values)) == len(values)
    check_words(worked)


def test_lstm_step_of_the_curriculum() -> None:
    args = {"f": 0.5, "c": 2, "i": 0.8, "g": -0.5, "o": 1}
    worked = compute("lstm_step", args)
    assert worked.total == pytest.approx(math.tanh(0.6), abs=1e-15)
    tanh = math.tanh
    assert by_id(worked) == pytest.approx(
        {
            "tanh-forgotten": 0.6,
            "as-sigmoid": 1 / (1 + math.exp(-0.6)),
            "old-cell-state": tanh(2),
            "gates-swapped": tanh(1.35),
            "forget-gate-forgotten": tanh(1.6),
            "input-gate-forgotten": tanh(0.5),
            "candidate-subtracted": tanh(1.4),
            "gates-forgotten": tanh(1.5),
            "old-state-forgotten": tanh(-0.4),
            "candidate-forgotten": tanh(1.0),
        }
    )
    cell = compute("lstm_step", {**args, "o": 0.5, "f": 0.25, "asked": "c"})
    assert cell.total == pytest.approx(0.1)
    assert by_id(cell) == pytest.approx(
        {
            "gates-swapped": 1.475,
            "forget-gate-forgotten": 1.6,
            "forget-gate-inverted": 1.1,
            "input-gate-forgotten": 0.0,
            "candidate-subtracted": 0.9,
            "gates-forgotten": 1.5,
            "old-state-forgotten": -0.4,
            "candidate-forgotten": 0.5,
            "other-state": 0.5 * tanh(0.1),
        }
    )


def test_lstm_step_of_half_open_gates() -> None:
    worked = compute("lstm_step", {"f": 0.25, "c": 1, "i": 0.8, "g": 1, "o": 0.5})
    found = by_id(worked)
    assert found["output-gate-forgotten"] == pytest.approx(math.tanh(1.05))
    assert found["forget-gate-inverted"] == pytest.approx(0.5 * math.tanh(1.55))
    assert worked.terms[0].value == pytest.approx(1.05)


def test_gru_step_keeps_where_z_is_one() -> None:
    assert compute("gru_step", {"z": 1, "n": -0.4, "h": 0.9}).total == 0.9
    worked = compute("gru_step", {"z": Fraction(7, 10), "n": -0.4, "h": 0.8})
    assert worked.total == pytest.approx(0.44)
    assert by_id(worked) == pytest.approx(
        {
            "update-gate-inverted": -0.04,
            "old-state-forgotten": -0.12,
            "candidate-forgotten": 0.56,
            "one-gate-for-both": 0.28,
            "gates-forgotten": 0.4,
            "plain-average": 0.2,
            "candidate-subtracted": 0.68,
            "tanh-added": math.tanh(0.44),
        }
    )


def test_rnn_step_and_its_mistakes() -> None:
    args = {"x": 1, "h": 0.5, "w_x": 2, "w_h": -1, "b": 0.25}
    relu = compute("rnn_step", {**args, "nonlinearity": "relu"})
    assert relu.total == pytest.approx(1.75)
    assert by_id(relu) == pytest.approx(
        {
            "recurrence-forgotten": 2.25,
            "bias-forgotten": 1.5,
            "input-forgotten": 0.0,
            "weights-swapped": 0.25,
            "as-sigmoid": 1 / (1 + math.exp(-1.75)),
            "as-tanh": math.tanh(1.75),
        }
    )
    tanh = compute("rnn_step", args)
    assert tanh.total == pytest.approx(math.tanh(1.75))
    assert by_id(tanh)["activation-forgotten"] == pytest.approx(1.75)
    assert by_id(tanh)["recurrence-outside"] == pytest.approx(math.tanh(2.25) - 0.5)
    assert "as-relu" not in by_id(tanh)


def test_what_a_gate_leaves_of_a_hundred_steps() -> None:
    worked = compute("gate_product", {"f": 0.9, "steps": 100})
    assert worked.total == pytest.approx(2.6561398887587544e-05, rel=1e-12)
    assert by_id(worked) == pytest.approx(
        {
            "times-steps": 90,
            "one-step": 0.9,
            "complement": 1 - 0.9**100,
            "forget-gate-inverted": 1e-100,
            "one-power-short": 0.9**99,
            "one-power-more": 0.9**101,
        }
    )
    assert by_id(compute("gate_product", {"f": 0.9, "steps": 5}))["linear-decay"] == pytest.approx(
        0.5
    )


def test_given_weights_are_run() -> None:
    weights = LstmWeights.drawn(3, 2, 3)
    given = {
        name: getattr(weights, name).tolist()
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    }
    worked = compute("lstm", {"x": X, **given, "h_0": [0.1, 0.2, 0.3], "c_0": [1, 2, 3]})
    run = lstm(X, weights, [0.1, 0.2, 0.3], [1, 2, 3])
    np.testing.assert_array_equal(worked.total, run.h)
    terms = {term.id: term for term in worked.terms}
    assert list(terms) == ["x", "i", "f", "g", "o", "c", "h"]
    for name, term in terms.items():
        np.testing.assert_array_equal(term.value, getattr(run, name))
        assert term.shape == getattr(run, name).shape
    check_words(worked)
    assert worked == compute("lstm", {"x": X, **given, "h_0": [0.1, 0.2, 0.3], "c_0": [1, 2, 3]})
    assert hash(worked) == hash(
        compute("lstm", {"x": X, **given, "h_0": [0.1, 0.2, 0.3], "c_0": [1, 2, 3]})
    )


def test_weights_are_drawn() -> None:
    for name, run, weights in (
        ("rnn", rnn, RnnWeights),
        ("lstm", lstm, LstmWeights),
        ("gru", gru, GruWeights),
    ):
        worked = compute(name, {"x": X, "hidden_size": 4, "seed": 7})
        np.testing.assert_array_equal(worked.total, run(X, weights.drawn(7, 2, 4)).h)
        drawn = compute(
            name, {"input_size": 2, "hidden_size": 4, "seed": 7, "seq_len": 6, "bias": False}
        )
        x = noise.normal(8, 6, 2)
        np.testing.assert_array_equal(drawn.total, run(x, weights.drawn(7, 2, 4, bias=False)).h)
        np.testing.assert_array_equal(drawn.terms[0].value, x)
        check_words(drawn)


@pytest.mark.parametrize("hidden_size", [1, 3, 9])
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("rnn", {"nonlinearity": "relu"}),
        ("rnn", {"nonlinearity": "sigmoid"}),
        ("lstm", {"proj_size": 2}),
        ("gru", {"reset_after": True}),
        ("gru", {"reset_after": False}),
    ],
)
@pytest.mark.parametrize("seq_len", [1, 4])
def test_options_can_be_said(
    name: str, options: dict[str, Any], hidden_size: int, seq_len: int
) -> None:
    args = {"input_size": 2, "hidden_size": hidden_size, "seq_len": seq_len, **options}
    worked = compute(name, args)
    assert len(worked.total) == seq_len
    check_words(worked)


def test_peepholes_and_projection_are_said() -> None:
    weights = LstmWeights.drawn(1, 2, 3, proj_size=1, peepholes=True)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr", "peepholes")
    worked = compute("lstm", {"x": X, **{name: getattr(weights, name).tolist() for name in names}})
    np.testing.assert_array_equal(worked.total, lstm(X, weights).h)
    assert any("peepholes" in str(step.text) for step in worked.steps)
    assert "W_{hr}" in worked.formula
    check_words(worked)


WEIGHTS = {"weight_ih": [[1, 2]] * 4, "weight_hh": [[1]] * 4}


@pytest.mark.parametrize(
    ("name", "args", "argument", "words"),
    [
        ("lstm", {"x": X}, "hidden_size", ["`hidden_size`", "weights, or sizes"]),
        ("lstm", {"hidden_size": 3}, "input_size", ["`input_size`"]),
        ("lstm", {"x": X, "hidden_size": 3, "input_size": 4}, "input_size", ["is 4", "rows of 2"]),
        ("lstm", {"x": X, "hidden_size": 3, "seq_len": 4}, "seq_len", ["beside `x`"]),
        ("lstm", {"x": X, "hidden_size": 0}, "hidden_size", ["`0`", "1 to 1,024"]),
        ("lstm", {"x": X, "hidden_size": 10**12}, "hidden_size", ["1 to 1,024"]),
        ("lstm", {"x": X, "hidden_size": 2.5}, "hidden_size", ["2.5"]),
        ("lstm", {"input_size": 1, "hidden_size": 1024, "seq_len": 4096}, "seq_len", ["4,096 steps of 1,024", "65,536"]),
        ("lstm", {"x": X, "weight_ih": WEIGHTS["weight_ih"]}, "weight_hh", ["`weight_hh`"]),
        ("lstm", {"x": X, **WEIGHTS, "hidden_size": 1}, "hidden_size", ["beside the weights"]),
        ("lstm", {"x": X, **WEIGHTS, "proj_size": 1}, "proj_size", ["beside the weights"]),
        ("lstm", {"x": [[1, 2, 3]], **WEIGHTS}, "x", ["(1, 3)", "(T, d) = (T, 2)"]),
        ("lstm", {"x": X, **WEIGHTS, "h_0": [1, 2]}, "h_0", ["(2)", "(h) = (1)"]),
        ("lstm", {"x": X, **WEIGHTS, "peepholes": [[1], [2]]}, "peepholes", ["(2, 1)", "(3, h)"]),
        ("lstm", {"x": X, **WEIGHTS, "weight_ih": [[1, 2]] * 3}, "weight_ih", ["(3, 2)", "(4h, d)"]),
        ("lstm", {"x": [], "hidden_size": 3}, "x", ["rows of numbers"]),
        ("lstm", {"x": [[1, math.nan]], "hidden_size": 3}, "x", ["nan"]),
        ("gru", {"x": X, **WEIGHTS}, "weight_ih", ["(4, 2)", "(3h, d)"]),
        ("rnn", {"x": X, "hidden_size": 3, "nonlinearity": "gelu"}, "nonlinearity", ["gelu", "tanh, relu, sigmoid"]),
        ("rnn", {"x": X, "hidden_size": 3, "seed": -1}, "seed", ["-1"]),
        ("rnn", {"x": [[1e6]] * 200, "weight_ih": [[1e6]], "weight_hh": [[1e6]], "nonlinearity": "relu"}, "x", ["overflows at step"]),
        ("lstm_step", {"f": 1.5, "c": 2, "i": 0.8, "g": 0}, "f", ["1.5", "from 0 to 1"]),
        ("lstm_step", {"f": 0.5, "c": 2, "i": 0.8, "g": -2}, "g", ["-2", "from −1 to 1"]),
        ("lstm_step", {"f": 0.5, "c": math.inf, "i": 0.8, "g": 0}, "c", ["inf"]),
        ("lstm_step", {"f": 0.5, "c": 1, "i": 0.8, "g": 0, "asked": "g"}, "asked", ["c, h"]),
        ("gru_step", {"z": math.nan, "n": 0, "h": 0}, "z", ["nan"]),
        ("gru_step", {"z": True, "n": 0, "h": 0}, "z", ["True"]),
        ("gate_product", {"f": 0.9, "steps": 0}, "steps", ["`0`"]),
    ],
)  # fmt: skip
def test_refused(name: str, args: dict[str, Any], argument: str, words: list[str]) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    assert caught.value.argument == argument
    text = f"{ENGLISH.say(caught.value.message)} {ENGLISH.say(caught.value.hint)}".replace("\\", "")
    for word in words:
        assert word in text
