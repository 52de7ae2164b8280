"""Gradients as worked answers: the lecture's numbers, mistakes, words, refusals."""

import math
import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, compute
from tutor.engine.worked import Worked
from tutor.text import maths
from tutor.text.speaker import ENGLISH

ACTIVATIONS = ("tanh", "relu", "sigmoid")
CLIPPED = {"vector": [3, 4], "max_norm": 1}
BPTT = {"activation": "tanh", "w": 0.8, "u": 1.0, "x": [1.0, -0.5, 0.3, 0.2]}


def check_words(worked: Worked) -> None:
    """Say everything, parse all maths, and hold mistakes apart."""
    words = [ENGLISH.say(step.text) for step in worked.steps]
    words += [ENGLISH.say(mistake.message) for mistake in worked.mistakes]
    words += [str(mistake.message) for mistake in worked.mistakes]
    words += [f"${tex}$" for term in worked.terms for tex in (term.symbol, term.substituted)]
    words += [f"${worked.formula}$", f"${worked.substituted}$"]
    words += [str(term.label) for term in worked.terms]
    for text in words:
        assert "!" not in text
        assert "--" not in text
        assert "nan" not in text
        for tex in re.findall(r"\$([^$]+)\$", text):
            maths.inline(maths.parse(tex))
    ids = [term.id for term in worked.terms]
    assert len(set(ids)) == len(ids)
    assert all(term_id.isidentifier() for term_id in ids)
    assert not worked.coinciding
    if isinstance(worked.total, tuple):
        assert not worked.mistakes
        return
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(math.isfinite(value) for value in values)
    for a, b in combinations(values, 2):
        assert abs(a - b) > 0.01 * max(abs(a), abs(b))


@pytest.mark.parametrize(
    ("name", "args", "total"),
    [
        ("gradient_chain", {"activation": "sigmoid", "w": 1, "steps": 10}, 0.25**10),
        ("gradient_chain", {"activation": "relu", "w": 1.5, "steps": 10}, 1.5**10),
        ("gradient_chain", {"activation": "tanh", "w": 0.9, "steps": 100}, 0.9**100),
        (
            "gradient_chain",
            {"activation": "sigmoid", "w": 5, "steps": 30, "preactivation": 0},
            1.25**30,
        ),
        ("gradient_chain", {"activation": "relu", "w": 2, "steps": 9, "preactivation": -1}, 0),
        ("gradient_chain", {"activation": "relu", "w": -2, "steps": 3, "preactivation": 1}, -8),
        ("clip_norm", CLIPPED, 0.6),
        ("clip_norm", CLIPPED | {"position": 2}, 0.8),
        ("clip_norm", CLIPPED | {"max_norm": 6}, 3),
        ("clip_norm", {"vector": [0, 0], "max_norm": 1}, 0),
        ("clip_value", {"vector": [3, -4], "clip_value": 1, "position": 2}, -1),
        ("clip_value", {"vector": [3, -4], "clip_value": 3.5}, 3),
        ("vanishing_bound", {"activation": "sigmoid", "sigma_max": 3.9, "steps": 100}, 0.975**100),
        ("vanishing_bound", {"activation": "tanh", "weight_hh": [[0, 2], [1, 0]], "steps": 3}, 8),
        ("vanishing_bound", {"activation": "relu", "sigma_max": 0.0, "steps": 3}, 0),
    ],
)
def test_numbers_of_the_lecture(name: str, args: dict[str, Any], total: float) -> None:
    worked = compute(name, args)
    assert worked.total == pytest.approx(total, rel=1e-12, abs=1e-300)
    assert worked.terms[0].value == worked.total
    check_words(worked)


def test_mistakes_of_the_chain() -> None:
    best = compute("gradient_chain", {"activation": "sigmoid", "w": 2.0, "steps": 10})
    assert {mistake.id: mistake.value for mistake in best.mistakes} == pytest.approx(
        {
            "steps-multiplied": 5,
            "slope-forgotten": 1024,
            "weight-forgotten": 0.25**10,
            "one-step-short": 0.5**9,
            "one-step-only": 0.5,
        }
    )
    tanh = compute("gradient_chain", {"activation": "tanh", "w": 1.5, "steps": 4})
    found = {mistake.id: mistake.value for mistake in tanh.mistakes}
    assert found["as-sigmoid"] == pytest.approx(0.375**4)
    off = compute(
        "gradient_chain", {"activation": "relu", "w": 2.0, "steps": 4, "preactivation": -1}
    )
    assert {mistake.id: mistake.value for mistake in off.mistakes} == {"slope-forgotten": 16}
    at = {"activation": "sigmoid", "w": 2.0, "steps": 3, "preactivation": 1.0}
    found = {mistake.id: mistake.value for mistake in compute("gradient_chain", at).mistakes}
    assert found["value-instead"] == pytest.approx((2 / (1 + math.exp(-1))) ** 3)
    assert found["as-tanh"] == pytest.approx((2 * (1 - math.tanh(1) ** 2)) ** 3)


def test_mistakes_of_clipping() -> None:
    above = compute("clip_norm", {"vector": [3, 4], "max_norm": 2, "position": 2})
    assert {mistake.id: mistake.value for mistake in above.mistakes} == pytest.approx(
        {
            "clipped-by-value": 2,
            "unclipped": 4,
            "divided-by-norm-only": 0.8,
            "divided-by-sum": 8 / 7,
            "root-forgotten": 0.32,
        }
    )
    below = compute("clip_norm", {"vector": [0.3, 0.4], "max_norm": 1})
    assert {mistake.id: mistake.value for mistake in below.mistakes} == pytest.approx(
        {"scaled-when-below": 0.6, "divided-by-sum": 3 / 7, "root-forgotten": 1.2}
    )
    cut = compute("clip_value", {"vector": [3, -4], "clip_value": 2, "position": 2})
    assert {mistake.id: mistake.value for mistake in cut.mistakes} == pytest.approx(
        {"clipped-by-norm": -1.6, "unclipped": -4, "sign-lost": 2, "dropped-to-zero": 0}
    )
    terms = {term.id: term.value for term in above.terms}
    assert terms["norm"] == 5
    assert terms["clipped"] == pytest.approx((1.2, 1.6))


def test_mistakes_of_the_bound() -> None:
    args = {"activation": "sigmoid", "weight_hh": [[3, 1], [0, 2]], "steps": 4}
    worked = compute("vanishing_bound", args)
    found = {mistake.id: mistake.value for mistake in worked.mistakes}
    assert found["eigenvalue-instead"] == pytest.approx(0.75**4)
    assert found["slope-forgotten"] == pytest.approx(worked.total * 4**4)
    assert "sufficient" in str(worked.steps[-1].text)
    large = compute("vanishing_bound", {"activation": "relu", "sigma_max": 1.2, "steps": 4})
    assert "not sufficient" in str(large.steps[-1].text)


@pytest.mark.parametrize(
    "given",
    [
        {"activation": "relu", "sigma_max": 1.0},
        {"activation": "sigmoid", "sigma_max": 4.0},
        {"activation": "tanh", "weight_hh": [[0.6, -0.8], [0.8, 0.6]]},  # 1 up to rounding
    ],
)
def test_at_a_factor_of_one_no_gradient_explodes(given: dict[str, Any]) -> None:
    worked = compute("vanishing_bound", given | {"steps": 4})
    assert "cannot explode" in str(worked.steps[-1].text)
    check_words(worked)


def flow_reason(**args: object) -> str:
    worked = compute("gradient_flow", args)
    check_words(worked)
    return str(worked.steps[-1].text)


def test_why_a_gradient_vanishes() -> None:
    assert "does not force it" in flow_reason()
    assert "does not force it" in flow_reason(input_scale=0.0, sigma_max=1.2)
    assert "over many steps" in flow_reason(steps=1, sigma_max=0.9)
    for hardly_shorter in (flow_reason(steps=1), flow_reason(steps=1, sigma_max=1.1)):
        assert "vanishes" not in hardly_shorter


@given(
    activation=st.sampled_from(ACTIVATIONS),
    w=st.floats(-3, 3),
    u=st.floats(-2, 2),
    x=st.lists(st.floats(-2, 2), min_size=1, max_size=9),
    h_0=st.floats(-1, 1),
)
def test_scalar_bptt_equals_the_finite_difference(
    activation: str, w: float, u: float, x: list[float], h_0: float
) -> None:
    args = {"activation": activation, "w": w, "u": u, "x": x, "h_0": h_0}
    try:
        worked = compute("scalar_bptt", args)
    except EngineError as error:  # a sum of terms below 1e-300
        assert error.argument == "w"
        return
    check_words(worked)
    parts = [term.value for term in worked.terms if term.id.startswith("term_")]
    assert len(parts) == len(x)
    assert sum(parts) == pytest.approx(worked.total, rel=1e-12, abs=1e-12)
    a = next(term.value for term in worked.terms if term.id == "a")
    if activation == "relu" and min(map(abs, a)) < 1e-3:
        return  # at the kink the slope is what frameworks choose

    def last(by: float) -> float:
        h = compute("scalar_bptt", args | {"w": w + by}).terms[1].value
        assert isinstance(h, tuple)
        return float(h[-1])

    try:
        slope = (last(1e-6) - last(-1e-6)) / 2e-6
    except EngineError:
        return
    assert slope == pytest.approx(worked.total, rel=1e-4, abs=1e-5)


def test_truncated_credit() -> None:
    whole = compute("scalar_bptt", BPTT)
    cut = compute("scalar_bptt", BPTT | {"truncation": 2})
    parts = [term.value for term in whole.terms if term.id.startswith("term_")]
    assert cut.total == pytest.approx(parts[2] + parts[3])
    assert [t.value for t in cut.terms if t.id.startswith("term_")][:2] == [0.0, 0.0]
    assert {mistake.id for mistake in cut.mistakes} >= {"truncation-forgotten", "last-step-only"}
    assert compute("scalar_bptt", BPTT | {"truncation": 4}).total == whole.total
    check_words(cut)


def test_one_step_has_one_term() -> None:
    worked = compute("scalar_bptt", {"activation": "tanh", "w": 2, "u": 1, "x": [0.5], "h_0": 0.25})
    assert worked.total == pytest.approx((1 - math.tanh(1) ** 2) * 0.25)
    assert "1 step, so the gradient has 1 term" in str(worked.steps[1].text)


def test_bptt_of_one_unit_is_the_sum_of_its_terms() -> None:
    scalar = compute("scalar_bptt", BPTT)
    given = {
        "x": [[x] for x in BPTT["x"]],  # type: ignore[attr-defined]
        "weight_ih": [[1.0]],
        "weight_hh": [[0.8]],
    }
    worked = compute("bptt", given)
    assert worked.total[0][0] == pytest.approx(scalar.total, abs=1e-14)  # type: ignore[index]
    cut = compute("bptt", given | {"truncation": 2})
    expected = compute("scalar_bptt", BPTT | {"truncation": 2}).total
    assert cut.total[0][0] == pytest.approx(expected, abs=1e-14)  # type: ignore[index]
    check_words(cut)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_flows(cell: str, activation: str) -> None:
    args = {"cell": cell, "activation": activation, "hidden_size": 4, "steps": 12, "sigma_max": 1.5}
    worked = compute("gradient_flow", args)
    check_words(worked)
    terms = {term.id: term.value for term in worked.terms}
    assert math.log10(worked.total) == pytest.approx(terms["log10"][-1])  # type: ignore[arg-type, index]
    assert ("bound" in terms) == (cell == "rnn")
    assert ("memory" in terms) == (cell == "lstm")
    assert ("direct" in terms) == (cell != "rnn")
    assert worked == compute("gradient_flow", args)


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("lstm", ["direct-path-only", "cell-state-instead", "simple-rnn-bound"]),
        ("gru", ["direct-path-only", "simple-rnn-bound"]),
    ],
)
def test_what_is_taken_for_the_flow_through_gates(cell: str, ids: list[str]) -> None:
    worked = compute("gradient_flow", {"cell": cell, "steps": 10, "sigma_max": 0.9})
    check_words(worked)
    found = {mistake.id: mistake.value for mistake in worked.mistakes}
    terms = {term.id: term.value for term in worked.terms}
    assert list(found) == ids
    assert found["simple-rnn-bound"] == pytest.approx(0.9**10)
    assert math.log10(found["direct-path-only"]) == pytest.approx(terms["direct"][-1])  # type: ignore[index]
    if cell == "lstm":
        assert math.log10(found["cell-state-instead"]) == pytest.approx(terms["memory"][-1])  # type: ignore[index]


def test_without_recurrent_weights_only_the_direct_path_of_a_gru_is_left() -> None:
    worked = compute("gradient_flow", {"cell": "gru", "steps": 5, "sigma_max": 0.0})
    direct = next(term.value for term in worked.terms if term.id == "direct")
    assert math.log10(worked.total) == pytest.approx(direct[-1])  # type: ignore[arg-type, index]


def test_dead_units_are_an_exact_zero() -> None:
    args = {"activation": "relu", "hidden_size": 8, "seed": 3, "orthogonal": True}
    worked = compute("gradient_flow", args)
    assert worked.total == 0
    assert [mistake.id for mistake in worked.mistakes] == ["bound-instead"]
    check_words(worked)


def test_skip_connections_carry_the_gradient() -> None:
    worked = compute("residual_flow", {})
    terms = {term.id: term.value for term in worked.terms}
    assert worked.total > 1  # type: ignore[operator]
    assert terms["plain"] < 1e-8  # type: ignore[operator]
    assert {mistake.id: mistake.value for mistake in worked.mistakes} == {
        "path-forgotten": terms["plain"],
        "direct-path-only": 1.0,
    }
    check_words(worked)
    plain = compute("residual_flow", {"gate": 0.0})
    assert plain.total == terms["plain"]
    assert not any("adds" in str(step.text) for step in plain.steps)
    coupled = compute("residual_flow", {"gate": 0.5, "coupled": True})
    assert "$1 - f$" in str(coupled.steps[1].text)
    forgotten = next(m for m in coupled.mistakes if m.id == "path-forgotten")
    assert "$1 - f$" in str(forgotten.message)
    check_words(coupled)


def test_a_short_training() -> None:
    worked = compute("train_recall", {"length": 4, "steps": 100})
    assert worked.total > 0.9  # type: ignore[operator]
    assert [mistake.id for mistake in worked.mistakes] == ["chance-instead"]
    check_words(worked)
    shortest = compute("train_recall", {"length": 1, "steps": 1})
    assert "1 random symbols" not in str(shortest.steps[0].text)
    check_words(shortest)


def test_a_cut_after_every_step() -> None:
    said = [str(step.text) for step in compute("bptt", {"truncation": 1}).steps]
    assert any("after every step;" in text for text in said)
    said = [str(step.text) for step in compute("bptt", {"truncation": 2}).steps]
    assert any("after every 2 steps;" in text for text in said)


@given(
    activation=st.sampled_from(ACTIVATIONS),
    w=st.floats(-1e3, 1e3),
    steps=st.integers(1, 60),
    preactivation=st.one_of(st.none(), st.floats(-20, 20)),
)
def test_chains_can_be_said(
    activation: str, w: float, steps: int, preactivation: float | None
) -> None:
    args = {"activation": activation, "w": w, "steps": steps, "preactivation": preactivation}
    try:
        worked = compute("gradient_chain", args)
    except EngineError as error:
        assert error.argument == "steps"
        return
    check_words(worked)


@given(
    vector=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9),
    limit=st.floats(1e-3, 1e6),
    place=st.integers(0, 100),
)
def test_clipping_can_be_said(vector: list[float], limit: float, place: int) -> None:
    position = place % len(vector) + 1
    by_norm = {"vector": vector, "max_norm": limit, "position": position}
    by_value = {"vector": vector, "clip_value": limit, "position": position}
    for name, args in (("clip_norm", by_norm), ("clip_value", by_value)):
        worked = compute(name, args)
        check_words(worked)
        assert abs(worked.total) <= abs(vector[position - 1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "args", "argument"),
    [
        ("gradient_chain", {"activation": "gelu", "w": 1, "steps": 3}, "activation"),
        ("gradient_chain", {"activation": "tanh", "w": math.nan, "steps": 3}, "w"),
        ("gradient_chain", {"activation": "tanh", "w": 1, "steps": 0}, "steps"),
        ("gradient_chain", {"activation": "tanh", "w": 1, "steps": 1.5}, "steps"),
        ("gradient_chain", {"activation": "tanh", "w": 1, "steps": 10**12}, "steps"),
        ("gradient_chain", {"activation": "tanh", "w": 1e6, "steps": 100}, "steps"),
        ("gradient_chain", {"activation": "tanh", "w": 0.1, "steps": 400}, "steps"),
        ("clip_norm", {"vector": [], "max_norm": 1}, "vector"),
        ("clip_norm", {"vector": [1, math.inf], "max_norm": 1}, "vector"),
        ("clip_norm", CLIPPED | {"max_norm": 0}, "max_norm"),
        ("clip_norm", CLIPPED | {"position": 3}, "position"),
        ("clip_value", {"vector": [1], "clip_value": -1}, "clip_value"),
        ("clip_value", {"vector": [1], "clip_value": 1, "position": 2}, "position"),
        ("vanishing_bound", {"activation": "tanh", "steps": 3}, "sigma_max"),
        ("vanishing_bound", {"activation": "tanh", "steps": 3, "sigma_max": -1.0}, "sigma_max"),
        ("vanishing_bound", {"activation": "tanh", "steps": 3, "sigma_max": 1.0, "weight_hh": [[1]]}, "sigma_max"),
        ("vanishing_bound", {"activation": "tanh", "steps": 3, "weight_hh": [[1, 2]]}, "weight_hh"),
        ("vanishing_bound", {"activation": "tanh", "steps": 3, "weight_hh": [[1, 2], [3]]}, "weight_hh"),
        ("vanishing_bound", {"activation": "tanh", "steps": 3, "weight_hh": [[1]] * 65}, "weight_hh"),
        ("scalar_bptt", BPTT | {"x": []}, "x"),
        ("scalar_bptt", BPTT | {"truncation": 0}, "truncation"),
        ("scalar_bptt", BPTT | {"activation": "relu", "w": 1e6, "x": [1.0] * 64}, "w"),
        ("bptt", {"weight_hh": [[1]], "weight_ih": [[1], [2]]}, "weight_hh"),
        ("bptt", {"x": [[1, 2]], "weight_ih": [[1]], "weight_hh": [[1]]}, "x"),
        ("bptt", {"h_0": [1]}, "h_0"),
        ("bptt", {"dh": [1, 2, 3]}, "dh"),
        ("bptt", {"hidden_size": 65}, "hidden_size"),
        ("gradient_flow", {"steps": 101}, "steps"),
        ("gradient_flow", {"sigma_max": -0.5}, "sigma_max"),
        ("gradient_flow", {"cell": "transformer"}, "cell"),
        ("gradient_flow", {"seed": -1}, "seed"),
        ("residual_flow", {"gate": 1.5}, "gate"),
        ("residual_flow", {"layers": 0}, "layers"),
        ("train_recall", {"symbols": 1}, "symbols"),
        ("train_recall", {"steps": 10**6}, "steps"),
        ("train_recall", {"forget_bias": math.inf}, "forget_bias"),
    ],
)  # fmt: skip
def test_what_is_refused(name: str, args: dict[str, Any], argument: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    assert caught.value.argument == argument
    assert str(caught.value.message)
    assert str(caught.value.hint)
