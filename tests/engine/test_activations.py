"""Activations and their derivatives: PyTorch's values, tails, worked answers."""

import json
import math
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, activations, compute
from tutor.text import maths
from tutor.text.speaker import ENGLISH

RECORDED: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "activations.json").read_text(encoding="utf-8")
)
FUNCTIONS: dict[str, tuple[Callable[..., activations.Array], Callable[..., activations.Array]]] = {
    "sigmoid": (activations.sigmoid, activations.sigmoid_derivative),
    "tanh": (activations.tanh, activations.tanh_derivative),
    "relu": (activations.relu, activations.relu_derivative),
    "gelu": (activations.gelu, activations.gelu_derivative),
}
NAMES = tuple(FUNCTIONS)
WORKED = (*NAMES, *(f"{name}_derivative" for name in NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_arrays_agree_with_pytorch(name: str) -> None:
    x, value, slope = np.array(RECORDED[name]).T
    assert len(x) >= 100
    function, derivative = FUNCTIONS[name]
    np.testing.assert_allclose(function(x), value, rtol=0, atol=1e-12)
    np.testing.assert_allclose(derivative(x), slope, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_worked_answers_agree_with_pytorch(name: str) -> None:
    for x, value, slope in RECORDED[name]:
        worked = compute(name, {"x": x})
        assert math.isclose(worked.total, value, rel_tol=0, abs_tol=1e-12)
        assert math.isclose(
            compute(f"{name}_derivative", {"x": x}).total, slope, rel_tol=0, abs_tol=1e-12
        )
        terms = {term.id: term.value for term in worked.terms}
        assert terms["value"] == worked.total
        assert math.isclose(terms["derivative"], slope, rel_tol=0, abs_tol=1e-12)


def test_softmax_agrees_with_pytorch() -> None:
    for row in RECORDED["softmax"]:
        np.testing.assert_allclose(
            activations.softmax(row["scores"]), row["weights"], rtol=0, atol=1e-12
        )
        for position, weight in enumerate(row["weights"], 1):
            worked = compute("softmax", {"scores": row["scores"], "position": position})
            assert math.isclose(worked.total, weight, rel_tol=0, abs_tol=1e-12)
            assert worked.terms[position - 1].id == f"w_{position}"
            assert worked.terms[position - 1].value == worked.total


def test_tails_keep_their_digits() -> None:
    x = np.array([-700.0, -40.0, 40.0, 700.0])
    expected = [math.exp(-abs(value)) for value in x]
    np.testing.assert_allclose(activations.sigmoid_derivative(x), expected, rtol=1e-12)
    np.testing.assert_allclose(
        activations.tanh_derivative(x / 4), [4 * math.exp(-abs(v) / 2) for v in x], rtol=1e-8
    )


@pytest.mark.parametrize("name", NAMES)
def test_limits_come_without_warnings(name: str) -> None:
    function, derivative = FUNCTIONS[name]
    ends = np.array([-np.inf, -1e300, -1000.0, 1000.0, 1e300, np.inf])
    low, high = {"sigmoid": (0, 1), "tanh": (-1, 1)}.get(name, (0, np.inf))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        values, slopes = function(ends), derivative(ends)
    np.testing.assert_array_equal(values[:3], [low] * 3)
    np.testing.assert_array_equal(values[-1], high)
    np.testing.assert_allclose(slopes[:3], [0] * 3, atol=1e-300)
    bounded = name in {"sigmoid", "tanh"}
    np.testing.assert_allclose(slopes[3:], [0 if bounded else 1] * 3, atol=1e-300)
    assert np.isnan(function(np.nan))
    assert np.isnan(derivative(np.nan))


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=20))
def test_identities(points: list[float]) -> None:
    x = np.array(sorted(points))
    s, t = activations.sigmoid(x), activations.tanh(x)
    np.testing.assert_allclose(t, 2 * activations.sigmoid(2 * x) - 1, atol=1e-14)
    np.testing.assert_allclose(s + activations.sigmoid(-x), 1, atol=1e-15)
    assert np.all(activations.sigmoid_derivative(x) <= 0.25)
    assert np.all(activations.tanh_derivative(x) <= 1)
    np.testing.assert_allclose(activations.softmax(x).sum(), 1, atol=1e-12)
    assert all(a <= b for a, b in pairwise(s))
    assert s.shape == x.shape
    for name, (function, derivative) in FUNCTIONS.items():
        away = x[np.abs(x) > 1e-3] if name == "relu" else x  # ReLU has a kink at 0
        slope = (function(away + 1e-5) - function(away - 1e-5)) / 2e-5
        np.testing.assert_allclose(derivative(away), slope, atol=1e-6)


@pytest.mark.parametrize("name", WORKED)
@given(x=st.one_of(st.floats(-5, 5), st.floats(-1e6, 1e6), st.integers(-10, 10)))
def test_worked_answers_can_be_said(name: str, x: float) -> None:
    worked = compute(name, {"x": x})
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(math.isfinite(value) for value in values)
    assert all(abs(a - b) > 0.01 for a, b in combinations(values, 2))
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


@pytest.mark.parametrize(
    ("name", "x", "total", "mistakes"),
    [
        ("sigmoid", -1000, 0, {"sign-flipped": 1, "as-tanh": -1}),
        (
            "sigmoid_derivative",
            0,
            0.25,
            {"peak-three-tenths": 0.3, "value-instead": 0.5, "tanh-rule": 0.75, "as-tanh": 1},
        ),
        ("tanh_derivative", 0, 1, {"value-instead": 0, "as-sigmoid": 0.25}),
        ("relu", -3, 0, {"negative-kept": -3, "absolute-value": 3}),
        ("relu", 3, 3, {"derivative-instead": 1, "positive-dropped": 0}),
        ("relu_derivative", 0, 0, {"always-one": 1, "mean-slope": 0.5}),
        ("relu_derivative", -2.5, 0, {"always-one": 1, "absolute-value": -1}),
    ],
)
def test_special_points(name: str, x: float, total: float, mistakes: dict[str, float]) -> None:
    worked = compute(name, {"x": x})
    assert worked.total == total
    assert {mistake.id: mistake.value for mistake in worked.mistakes} == mistakes


def test_mistakes_of_the_slopes() -> None:
    x = -2.0
    s, t = 1 / (1 + math.e**2), math.tanh(x)
    expected = {
        "sigmoid_derivative": {
            "value-instead": s,
            "factor-forgotten": 1 - s,
            "tanh-rule": 1 - s * s,
            "as-tanh": 1 - t * t,
            "x-for-sigmoid": -6,
            "always-a-quarter": 0.25,
        },
        "tanh_derivative": {
            "value-instead": t,
            "as-sigmoid": s * (1 - s),
            "square-forgotten": 1 - t,
            "x-for-tanh": -3,
            "sigmoid-rule": t * (1 - t),
            "always-one": 1,
        },
    }
    for name, mistakes in expected.items():
        found = {mistake.id: mistake.value for mistake in compute(name, {"x": x}).mistakes}
        assert found == pytest.approx(mistakes, abs=1e-12)


@pytest.mark.parametrize(
    "scores", [[], [np.inf, 1.0], [np.nan, 1.0], [[0.0, 1.0], [-np.inf, -np.inf]], ["a"]]
)
def test_scores_without_a_softmax(scores: Any) -> None:
    with pytest.raises(EngineError, match="scores"):
        activations.softmax(scores)


def test_a_score_of_minus_infinity_has_no_weight() -> None:
    assert activations.softmax([-np.inf, 0.0, 0.0]).tolist() == [0.0, 0.5, 0.5]


def test_mistakes_of_softmax() -> None:
    worked = compute("softmax", {"scores": [1, 2, 3], "position": 3})
    assert {mistake.id: mistake.value for mistake in worked.mistakes} == pytest.approx(
        {
            "not-exponentiated": 0.5,
            "winner-takes-all": 1,
            "plain-average": 1 / 3,
            "as-sigmoid": 1 / (1 + math.exp(-3)),
        }
    )
    assert worked.substituted == r"\frac{e^{3}}{e^{1} + e^{2} + e^{3}}"


def test_whole_relu_is_exact() -> None:
    assert type(compute("relu", {"x": 3}).total) is int
    assert type(compute("relu", {"x": 2.5}).total) is float
    assert type(compute("relu_derivative", {"x": 2.5}).total) is int


def test_exact_fractions_are_taken() -> None:
    assert compute("tanh", {"x": Fraction(1, 2)}).total == math.tanh(0.5)


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf, True, "1", None, 1e7, [1.0]])
def test_refused_points(x: object) -> None:
    with pytest.raises(EngineError) as caught:
        compute("sigmoid", {"x": x})
    assert caught.value.argument == "x"
    assert "from −1,000,000 to 1,000,000" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("args", "argument"),
    [
        ({"scores": [1.0]}, "scores"),
        ({"scores": [1.0, math.inf]}, "scores"),
        ({"scores": [1.0, "2"]}, "scores"),
        ({"scores": [1.0, 2.0], "position": 3}, "position"),
        ({"scores": [1.0, 2.0], "position": 0}, "position"),
    ],
)
def test_refused_softmax(args: dict[str, Any], argument: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute("softmax", args)
    assert caught.value.argument == argument
    assert "whole numbers" not in str(caught.value)
