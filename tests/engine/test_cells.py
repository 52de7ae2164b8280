"""Recurrent cells on arrays: what frameworks compute, the equations, what is refused."""

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import (
    EngineError,
    GruRun,
    GruWeights,
    LstmRun,
    LstmWeights,
    RnnRun,
    RnnWeights,
    activations,
    gru,
    gru_cell,
    lstm,
    lstm_cell,
    noise,
    rnn,
    rnn_cell,
)
from tutor.text.speaker import ENGLISH

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "cells.json").read_text(encoding="utf-8")
)["cases"]
WEIGHTS: dict[str, Any] = {"rnn": RnnWeights, "lstm": LstmWeights, "gru": GruWeights}
Run = RnnRun | LstmRun | GruRun


def weights_of(case: dict[str, Any]) -> Any:
    tensors = {
        name: np.array(value, dtype=case["dtype"]) for name, value in case["weights"].items()
    }
    made = WEIGHTS[case["cell"]]
    match case["framework"]:
        case "pytorch":
            return made(**tensors)
        case "keras":
            return made.from_keras(**tensors)
        case _:
            return made.from_onnx(**tensors)


def run(case: dict[str, Any]) -> Run:
    x, h_0, c_0 = (
        None if case[name] is None else np.array(case[name], dtype=case["dtype"])
        for name in ("x", "h_0", "c_0")
    )
    options, weights = case["options"], weights_of(case)
    match case["cell"]:
        case "rnn":
            (onnx,) = options.get("activations", [None])
            name = options.get("nonlinearity") or options.get("activation") or onnx or "tanh"
            return rnn(x, weights, h_0, nonlinearity=name.lower())
        case "lstm":
            return lstm(x, weights, h_0, c_0)
        case _:
            after = options.get("reset_after", options.get("linear_before_reset", True))
            return gru(x, weights, h_0, reset_after=bool(after))


@pytest.mark.parametrize("case", CASES)
def test_agrees_at_every_step(case: dict[str, Any]) -> None:
    result = run(case)
    within = 1e-12 if case["dtype"] == "float64" else 1e-6  # ONNX Runtime has no float64 here
    assert result.h.dtype == case["dtype"]
    np.testing.assert_allclose(result.h, case["h"], rtol=0, atol=within)
    if isinstance(result, LstmRun):
        assert result.c.dtype == case["dtype"]
        if case["c"] is not None:  # onnx's reference evaluator returns none
            np.testing.assert_allclose(result.c, case["c"], rtol=0, atol=within)
    else:
        assert case["c"] is None


def test_enough_is_recorded() -> None:
    exact = Counter(case["framework"] for case in CASES if case["dtype"] == "float64")
    assert exact["pytorch"] >= 15
    assert exact["keras"] >= 14
    assert exact["onnx"] >= 9
    assert sum(case["dtype"] == "float32" for case in CASES) >= 11


sizes = st.integers(1, 5)
batches = st.sampled_from(((), (1,), (3,)))
seeds = st.integers(0, 1000)


def drawn_input(seed: int, *shape: int) -> np.ndarray[Any, Any]:
    return 2.0 * noise.normal(seed, *shape)


@given(seeds, sizes, sizes, sizes, batches, st.integers(0, 3), st.booleans(), st.booleans())
def test_lstm_is_its_equations(  # noqa: PLR0917 - hypothesis gives them
    seed: int, T: int, d: int, h: int, batch: tuple[int, ...], p: int, bias: bool, peep: bool
) -> None:
    weights = LstmWeights.drawn(seed, d, h, bias=bias, proj_size=p, peepholes=peep)
    out = p or h
    assert (weights.input_size, weights.hidden_size, weights.output_size) == (d, h, out)
    x = drawn_input(seed, T, *batch, d)
    h_0, c_0 = drawn_input(seed + 1, *batch, out), drawn_input(seed + 2, *batch, h)
    run = lstm(x, weights, h_0, c_0)
    P = np.zeros((3, h)) if weights.peepholes is None else weights.peepholes
    h_t, c_t = h_0, c_0
    for t in range(T):
        a = x[t] @ weights.weight_ih.T + h_t @ weights.weight_hh.T + weights.bias
        a_i, a_f, a_g, a_o = np.split(a, 4, axis=-1)
        i, f = activations.sigmoid(a_i + P[0] * c_t), activations.sigmoid(a_f + P[1] * c_t)
        g = np.tanh(a_g)
        c_t = f * c_t + i * g
        o = activations.sigmoid(a_o + P[2] * c_t)
        h_t = o * np.tanh(c_t)
        if weights.weight_hr is not None:
            h_t = h_t @ weights.weight_hr.T
        expected = {"i": i, "f": f, "g": g, "o": o, "c": c_t, "h": h_t}
        for name, value in expected.items():
            np.testing.assert_allclose(getattr(run, name)[t], value, rtol=0, atol=1e-13)
    one_h, one_c = lstm_cell(x[0], h_0, c_0, weights)
    np.testing.assert_allclose(one_h, run.h[0], rtol=0, atol=1e-14)
    np.testing.assert_allclose(one_c, run.c[0], rtol=0, atol=1e-14)
    assert run.i.shape == run.c.shape == (T, *batch, h)
    assert run.h.shape == (T, *batch, out)


@given(seeds, sizes, sizes, sizes, batches, st.booleans(), st.booleans())
def test_gru_is_its_equations(  # noqa: PLR0917 - hypothesis gives them
    seed: int, T: int, d: int, h: int, batch: tuple[int, ...], bias: bool, after: bool
) -> None:
    weights = GruWeights.drawn(seed, d, h, bias=bias)
    x, h_t = drawn_input(seed, T, *batch, d), drawn_input(seed + 1, *batch, h)
    run = gru(x, weights, h_t, reset_after=after)
    one = gru_cell(x[0], h_t, weights, reset_after=after)
    np.testing.assert_allclose(one, run.h[0], rtol=0, atol=1e-14)
    b_ih = np.zeros(3 * h) if weights.bias_ih is None else weights.bias_ih
    b_hh = np.zeros(3 * h) if weights.bias_hh is None else weights.bias_hh
    U_n, b_n = weights.weight_hh[2 * h :], b_hh[2 * h :]
    for t in range(T):
        from_x = np.split(x[t] @ weights.weight_ih.T + b_ih, 3, axis=-1)
        from_h = np.split(h_t @ weights.weight_hh.T + b_hh, 3, axis=-1)
        r, z = (activations.sigmoid(from_x[k] + from_h[k]) for k in range(2))
        m = from_h[2] if after else h_t
        n = np.tanh(from_x[2] + (r * m if after else (r * m) @ U_n.T + b_n))
        h_t = (1 - z) * n + z * h_t
        for name, value in {"r": r, "z": z, "n": n, "m": m, "h": h_t}.items():
            np.testing.assert_allclose(getattr(run, name)[t], value, rtol=0, atol=1e-13)


@given(
    seeds, sizes, sizes, sizes, batches, st.booleans(), st.sampled_from(("tanh", "relu", "sigmoid"))
)
def test_rnn_is_its_equations(  # noqa: PLR0917 - hypothesis gives them
    seed: int, T: int, d: int, h: int, batch: tuple[int, ...], bias: bool, nonlinearity: str
) -> None:
    weights = RnnWeights.drawn(seed, d, h, bias=bias)
    x, h_t = drawn_input(seed, T, *batch, d), drawn_input(seed + 1, *batch, h)
    run = rnn(x, weights, h_t, nonlinearity=nonlinearity)
    one = rnn_cell(x[0], h_t, weights, nonlinearity=nonlinearity)
    np.testing.assert_allclose(one, run.h[0], rtol=0, atol=1e-14)
    for t in range(T):
        a = x[t] @ weights.weight_ih.T + h_t @ weights.weight_hh.T + weights.bias
        h_t = getattr(activations, nonlinearity)(a)
        np.testing.assert_allclose(run.a[t], a, rtol=0, atol=1e-13)
        np.testing.assert_allclose(run.h[t], h_t, rtol=0, atol=1e-13)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_batch_is_its_sequences(cell: str) -> None:
    weights = WEIGHTS[cell].drawn(1, 3, 4)
    x = drawn_input(2, 6, 5, 3)
    function = {"rnn": rnn, "lstm": lstm, "gru": gru}[cell]
    together = function(x, weights)
    for b in range(5):
        np.testing.assert_allclose(function(x[:, b], weights).h, together.h[:, b], atol=1e-14)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_input_is_left_alone(cell: str) -> None:
    weights = WEIGHTS[cell].drawn(1, 3, 4)
    before = [tensor.copy() for tensor in weights.tensors if tensor is not None]
    x, h_0 = drawn_input(2, 6, 3), drawn_input(3, 4)
    kept = x.copy(), h_0.copy()
    {"rnn": rnn, "lstm": lstm, "gru": gru}[cell](x, weights, h_0)
    np.testing.assert_array_equal(x, kept[0])
    np.testing.assert_array_equal(h_0, kept[1])
    after = [tensor for tensor in weights.tensors if tensor is not None]
    for old, new in zip(before, after, strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_gates_far_out_are_exact_without_warnings(dtype: Any) -> None:
    one, far = np.ones((1, 1), dtype), np.array([[1000.0], [-1000.0], [1000.0], [-1000.0]], dtype)
    with np.errstate(all="raise"):
        run = lstm(one, LstmWeights(far, np.zeros((4, 1), dtype)), c_0=np.array([5.0], dtype))
    assert (run.i.item(), run.f.item(), run.g.item(), run.o.item()) == (1, 0, 1, 0)
    assert run.c.item() == 1
    shut = LstmWeights(far / dtype(50), np.zeros((4, 1), dtype))
    assert math.isclose(lstm(one, shut).f.item(), math.exp(-20) / (1 + math.exp(-20)), rel_tol=1e-6)


def test_float32_stays_float32_whatever_the_state_is() -> None:
    for made, run in ((RnnWeights, rnn), (LstmWeights, lstm), (GruWeights, gru)):
        drawn = made.drawn(1, 3, 4)
        weights = made(*(t.astype(np.float32) for t in drawn.tensors if t is not None))
        x = drawn_input(2, 5, 3).astype(np.float32)
        result = run(x, weights, [0.1, 0.2, 0.3, 0.4])
        assert result.h.dtype == result.h_0.dtype == np.float32
        assert run(x, drawn).h.dtype == run(x.astype(np.float64), weights).h.dtype == np.float64


def test_sums_that_overflow_are_said() -> None:
    with pytest.raises(EngineError, match="overflows at step 1"):
        rnn([[1e200]], RnnWeights([[1e200]], [[1.0]]))


def test_relu_that_overflows_is_said() -> None:
    with pytest.raises(EngineError, match="overflows at step 2"):
        rnn([[1.0], [1.0]], RnnWeights([[1e200]], [[1e200]]), nonlinearity="relu")


def test_drawn_weights_are_a_function_of_the_seed() -> None:
    a, b, c = (LstmWeights.drawn(seed, 3, 16) for seed in (1, 1, 2))
    np.testing.assert_array_equal(a.weight_hh, b.weight_hh)
    assert not np.array_equal(a.weight_hh, c.weight_hh)
    assert np.abs(a.weight_hh).max() <= 0.25
    assert np.abs(a.weight_hh).max() > 0.24
    assert a.peepholes is None
    assert a.weight_hr is None
    plain = LstmWeights.drawn(1, 3, 16, bias=False)
    assert plain.bias_ih is None
    np.testing.assert_array_equal(plain.weight_ih, a.weight_ih)


def ones(*shape: int) -> np.ndarray[Any, Any]:
    return np.ones(shape)


FITTING = LstmWeights(ones(8, 3), ones(8, 2))


@pytest.mark.parametrize(
    ("call", "argument", "words"),
    [
        (lambda: LstmWeights(ones(7, 3), ones(8, 2)), "weight_ih", ["(7, 3)", "(4h, d)"]),
        (lambda: LstmWeights(ones(8, 3), ones(8, 3)), "weight_hh", ["(8, 3)", "(4h, h) = (8, 2)", "h = 2 (`weight_ih`)"]),
        (lambda: LstmWeights(ones(8, 3), ones(8, 2), ones(2)), "bias_ih", ["(2)", "(4h) = (8)"]),
        (lambda: LstmWeights(ones(8, 3), ones(8, 2), weight_hr=ones(1, 2)), "weight_hh", ["(8, 2)", "(4h, p) = (8, 1)", "p = 1 (`weight_hr`)"]),
        (lambda: LstmWeights(ones(8, 3), ones(8, 2), peepholes=ones(4, 2)), "peepholes", ["(4, 2)", "(3, h) = (3, 2)"]),
        (lambda: LstmWeights(ones(8, 3) * np.nan, ones(8, 2)), "weight_ih", ["nan", "[0, 0]", "finite"]),
        (lambda: GruWeights(ones(6, 3), ones(6, 2) * np.inf), "weight_hh", ["inf", "finite"]),
        (lambda: GruWeights(ones(8, 3), ones(6, 2)), "weight_ih", ["(8, 3)", "(3h, d)"]),
        (lambda: RnnWeights(ones(2, 3), ones(2, 3)), "weight_hh", ["(2, 3)", "(h, h) = (2, 2)"]),
        (lambda: RnnWeights([[1, 2], [3]], ones(2, 3)), "weight_ih", ["no array of numbers"]),
        (lambda: LstmWeights.from_keras(ones(3, 7), ones(2, 8)), "kernel", ["(3, 7)", "(d, 4h)"]),
        (lambda: GruWeights.from_keras(ones(3, 6), ones(2, 6), ones(3, 6)), "bias", ["(3, 6)", "(2, 3h) = (2, 6)"]),
        (lambda: LstmWeights.from_onnx(ones(2, 8, 3), ones(1, 8, 2)), "W", ["(2, 8, 3)"]),
        (lambda: LstmWeights.from_onnx(ones(1, 8, 3), ones(1, 8, 2), ones(1, 8)), "B", ["(8)", "(8h) = (16)"]),
        (lambda: LstmWeights.drawn(0, 0, 4), "input_size", ["`0`", "whole number"]),
        (lambda: GruWeights.drawn(0, 3, 2.5), "hidden_size", ["2.5", "whole number"]),
        (lambda: LstmWeights.drawn(0, 3, 4, proj_size=-1), "proj_size", ["`-1`", "whole number"]),
        (lambda: LstmWeights.drawn(0, 10**9, 10**9), "hidden_size", ["8,000,000,008,000,000,000 weights", "At most 10,000,000"]),
        (lambda: RnnWeights.drawn(-1, 3, 4), "seed", ["`-1`", "from 0 on"]),
        (lambda: lstm(ones(5, 4), FITTING), "x", ["(5, 4)", "(T, d) = (T, 3)", "d = 3 (`weight_ih`)"]),
        (lambda: lstm(ones(3), FITTING), "x", ["(3)", "(T, d)"]),
        (lambda: lstm(ones(0, 3), FITTING), "x", ["empty", "(0, 3)", "one step"]),
        (lambda: lstm(ones(5, 0, 3), FITTING), "x", ["empty", "(5, 0, 3)"]),
        (lambda: lstm([], FITTING), "x", ["empty"]),
        (lambda: lstm([[1, 2, np.inf]], FITTING), "x", ["inf", "[0, 2]"]),
        (lambda: lstm("abc", FITTING), "x", ["no array of numbers"]),
        (lambda: lstm(ones(5, 3), FITTING, ones(3)), "h_0", ["(3)", "(h) = (2)"]),
        (lambda: lstm(ones(5, 4, 3), FITTING, None, ones(2)), "c_0", ["(2)", "(B, h) = (4, 2)", "B = 4 (`x`)"]),
        (lambda: lstm_cell(3.0, ones(2), ones(2), FITTING), "x", ["()", "(d) = (3)"]),
        (lambda: lstm_cell(ones(3), ones(3), ones(2), FITTING), "h", ["(3)", "(h) = (2)"]),
        (lambda: lstm_cell(ones(4, 3), ones(4, 2), ones(2), FITTING), "c", ["(2)", "(B, h) = (4, 2)"]),
        (lambda: rnn_cell(ones(3), ones(1), RnnWeights(ones(2, 3), ones(2, 2))), "h", ["(1)", "(h) = (2)"]),
        (lambda: rnn_cell(ones(1, 1, 3), ones(2), RnnWeights(ones(2, 3), ones(2, 2))), "x", ["(1, 1, 3)", "(d) = (3)"]),
        (lambda: gru_cell(ones(2), ones(2), GruWeights(ones(6, 3), ones(6, 2))), "x", ["(2)", "(d) = (3)"]),
        (lambda: rnn(ones(5, 3), RnnWeights(ones(2, 3), ones(2, 2)), nonlinearity="gelu"), "nonlinearity", ["gelu", "tanh, relu, sigmoid"]),
        (lambda: gru(ones(5, 3), GruWeights(ones(6, 3), ones(6, 2)), ones(1, 2)), "h_0", ["(1, 2)", "(h) = (2)"]),
    ],
)  # fmt: skip
def test_refused(call: Any, argument: str, words: list[str]) -> None:
    with pytest.raises(EngineError) as caught:
        call()
    assert caught.value.argument == argument
    text = f"{ENGLISH.say(caught.value.message)} {ENGLISH.say(caught.value.hint)}".replace("\\", "")
    for word in words:
        assert word in text
