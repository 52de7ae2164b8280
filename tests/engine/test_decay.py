"""How far gradients reach: PyTorch's Jacobians, the sufficient bound, flow through depth."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError
from tutor.engine.cells.gru import GruWeights, gru
from tutor.engine.cells.lstm import LstmWeights, lstm
from tutor.engine.cells.rnn import RnnWeights, rnn
from tutor.engine.gradients.bound import sufficient_bound
from tutor.engine.gradients.chain import activation_chain
from tutor.engine.gradients.decay import jacobian_norms
from tutor.engine.gradients.flow import Flow, drawn_flow, recurrent
from tutor.engine.gradients.norms import powers
from tutor.engine.gradients.residual import residual_flow
from tutor.engine.noise import normal

DATA = Path(__file__).parents[1] / "golden" / "data"
DECAY: list[dict[str, Any]] = json.loads((DATA / "decay.json").read_text(encoding="utf-8"))["cases"]
RESIDUAL: list[dict[str, Any]] = json.loads((DATA / "updates.json").read_text(encoding="utf-8"))[
    "residual"
]
ACTIVATIONS = ("tanh", "relu", "sigmoid")


@pytest.mark.parametrize("case", DECAY, ids=lambda c: f"{c['cell']}-{len(c['inputs']['x'])}")
def test_norms_agree_with_pytorch(case: dict[str, Any]) -> None:
    options: dict[str, Any] = {}
    match case["cell"]:
        case "rnn":
            weights: Any = RnnWeights(**case["weights"])
            options = {"nonlinearity": case["nonlinearity"]}
            run: Any = rnn(**case["inputs"], weights=weights, **options)
        case "lstm":
            weights = LstmWeights(**case["weights"])
            run = lstm(**case["inputs"], weights=weights)
        case _:
            weights = GruWeights(**case["weights"])
            options = {"reset_after": case["reset_after"]}
            run = gru(**case["inputs"], weights=weights, **options)
    found = jacobian_norms(run, weights, **options)
    assert (found.bound is None) == (case["cell"] != "rnn")
    for name, expected in case["log10"].items():
        norms = getattr(found, name)
        logs = np.array([-math.inf if log is None else log for log in expected])
        zero = np.isinf(logs)
        np.testing.assert_array_equal(np.isinf(norms.log10), zero)
        # 1e-8 relative on the norms themselves
        np.testing.assert_allclose(norms.log10[~zero], logs[~zero], rtol=0, atol=4e-9)
        held = logs > -300  # below, floats lose digits and then everything
        np.testing.assert_allclose(norms.plain[held], 10.0 ** logs[held], rtol=1e-8)
        assert np.all(norms.plain[logs < -324] == 0)


def test_curves_go_on_where_floats_end() -> None:
    weights = RnnWeights([[0.0]], [[1e-9]])
    found = jacobian_norms(rnn(np.zeros((100, 1)), weights), weights)
    np.testing.assert_allclose(found.from_start.log10, -9.0 * np.arange(1, 101), rtol=1e-12)
    assert found.from_start.plain[-1] == 0.0
    assert len(found.from_start) == 100
    up = RnnWeights([[0.0]], [[1e9]])
    high = jacobian_norms(rnn(np.zeros((100, 1)), up), up).from_start
    assert high.plain[-1] == math.inf
    assert high.log10[-1] == pytest.approx(900)


@given(
    seed=st.integers(0, 2**32),
    n=st.integers(1, 6),
    steps=st.integers(1, 30),
    scale=st.floats(0.01, 4),
    nonlinearity=st.sampled_from(ACTIVATIONS),
)
def test_no_norm_is_above_the_bound(
    seed: int, n: int, steps: int, scale: float, nonlinearity: str
) -> None:
    weights = RnnWeights(np.eye(n), scale * normal(seed, n, n))
    run = rnn(normal(seed + 1, steps, n), weights, nonlinearity=nonlinearity)
    found = jacobian_norms(run, weights, nonlinearity=nonlinearity)
    assert found.bound is not None
    assert np.all(found.from_start.log10 <= found.bound.log10 + 1e-9)
    assert np.all(found.to_end.log10 <= found.bound.log10[::-1] + 1e-9)
    np.testing.assert_allclose(found.from_start.log10[-1], found.to_end.log10[0], atol=1e-8)


def test_the_bound_is_a_power() -> None:
    bound = sufficient_bound([[0.0, 3.0], [1.0, 0.0]], "sigmoid", 4)
    np.testing.assert_allclose(bound.plain, 0.75 ** np.arange(1, 5), rtol=1e-14)
    none = sufficient_bound([[0.0]], "tanh", 2)
    assert list(none.plain) == [0.0, 0.0]
    assert list(powers(0.0, np.array([0, 1])).plain) == [1.0, 0.0]
    with pytest.raises(EngineError, match="gelu"):
        sufficient_bound([[0.0]], "gelu", 2)
    with pytest.raises(EngineError, match="weight"):
        sufficient_bound([[0.0, 1.0]], "tanh", 2)
    with pytest.raises(EngineError, match="steps"):
        sufficient_bound([[1.0]], "tanh", 0)


def test_the_direct_path_of_an_lstm_is_its_forget_gates() -> None:
    n = 3
    bias = np.repeat([0.0, math.log(9.0), 0.0, 0.0], n)  # f = 0.9
    weights = LstmWeights(np.zeros((4 * n, 1)), np.zeros((4 * n, n)), bias)
    found = jacobian_norms(lstm(np.zeros((100, 1)), weights), weights)
    assert found.direct is not None
    assert found.memory is not None
    assert found.direct.plain[-1] == pytest.approx(0.9**100)
    np.testing.assert_allclose(found.memory.log10, found.direct.log10, atol=1e-12)
    assert np.all(np.isinf(found.from_start.log10))  # h_0 reaches nothing


def test_runs_that_do_not_fit() -> None:
    weights = RnnWeights.drawn(0, 2, 3)
    batch = rnn(np.zeros((4, 5, 2)), weights)
    with pytest.raises(EngineError, match="5 sequences") as caught:
        jacobian_norms(batch, weights)
    assert caught.value.argument == "run"
    run = rnn(np.zeros((4, 2)), weights)
    with pytest.raises(EngineError, match="GruWeights") as caught:
        jacobian_norms(run, GruWeights.drawn(0, 2, 3))
    assert caught.value.argument == "weights"
    with pytest.raises(EngineError, match="shape"):
        jacobian_norms(run, RnnWeights.drawn(0, 2, 4))
    with pytest.raises(EngineError, match="nonlinearity"):
        jacobian_norms(run, weights, nonlinearity="gelu")


@pytest.mark.parametrize("case", RESIDUAL, ids=lambda c: f"{len(c['weights'])}-{c['gate']}")
def test_residual_stacks_agree_with_pytorch(case: dict[str, Any]) -> None:
    flow = residual_flow(
        case["weights"],
        case["x"],
        case["gradient"],
        gate=case["gate"],
        coupled=case["coupled"],
        biases=case["biases"],
    )
    np.testing.assert_allclose(flow.x, case["values"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(flow.gradients, case["gradients"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(flow.norms.plain, case["norms"], rtol=1e-8, atol=1e-12)


@given(seed=st.integers(0, 2**32), gate=st.floats(0, 1), coupled=st.booleans())
def test_residual_gradient_equals_finite_difference(seed: int, gate: float, coupled: bool) -> None:
    W, x, up = 0.5 * normal(seed, 5, 3, 3), normal(seed + 1, 3), normal(seed + 2, 3)
    direction = normal(seed + 3, 3)
    flow = residual_flow(W, x, up, gate=gate, coupled=coupled)

    def moved(by: float) -> float:
        there = residual_flow(W, x + by * direction, up, gate=gate, coupled=coupled)
        return float(there.x[-1] @ up)

    slope = (moved(1e-6) - moved(-1e-6)) / 2e-6
    assert slope == pytest.approx(flow.gradients[0] @ direction, rel=1e-5, abs=1e-6)


def test_deep_stacks_keep_their_norms() -> None:
    flow = residual_flow(np.full((1000, 1, 1), 1e-3), [0.0], [1.0], gate=0.0)
    assert flow.norms.log10[0] == pytest.approx(-3000)
    assert flow.gradients[0] == 0.0


@pytest.mark.parametrize("gate", [-0.1, 1.5, [0.5, 2.0]])
def test_gates_outside_of_their_range(gate: Any) -> None:
    with pytest.raises(EngineError) as caught:
        residual_flow(np.zeros((2, 2, 2)), [0.0, 0.0], [1.0, 1.0], gate=gate)
    assert caught.value.argument == "gate"


def test_residual_shapes_are_checked() -> None:
    with pytest.raises(EngineError, match=r"n = 2") as caught:
        residual_flow(np.zeros((2, 2, 2)), [0.0, 0.0, 0.0], [1.0, 1.0])
    assert caught.value.argument == "x"


def test_a_sigmoid_unit_can_explode() -> None:
    chain = activation_chain("sigmoid", 5.0, 50, b=-2.5, h_0=0.5)
    np.testing.assert_allclose(chain.factors, 1.25, rtol=1e-14)
    np.testing.assert_allclose(chain.products.plain, 1.25 ** np.arange(1, 51), rtol=1e-12)


def test_chains_of_the_lecture() -> None:
    best = activation_chain("sigmoid", 1.0, 10, b=-0.5, h_0=0.5)
    np.testing.assert_allclose(best.products.plain[-1], 0.25**10, rtol=1e-12)
    active = activation_chain("relu", 1.5, 10, h_0=1.0)
    assert active.products.plain[-1] == pytest.approx(1.5**10)
    dead = activation_chain("relu", -1.0, 5, h_0=1.0)
    assert list(dead.products.log10) == [-math.inf] * 5
    with pytest.raises(EngineError, match="activation"):
        activation_chain("gelu", 1.0, 3)
    with pytest.raises(EngineError, match="w"):
        activation_chain("tanh", math.nan, 3)
    with pytest.raises(EngineError, match="overflow"):
        activation_chain("relu", 1e6, 100, h_0=1.0)


def test_a_drawn_flow_is_what_was_asked_for() -> None:
    for blocks in (1, 3, 4):
        made = recurrent(Flow(hidden_size=5, sigma_max=2.5, seed=3), blocks)
        for block in np.split(made, blocks):
            assert np.linalg.norm(block, 2) == pytest.approx(2.5)
    turned = recurrent(Flow(hidden_size=5, orthogonal=True), 1)
    np.testing.assert_allclose(turned @ turned.T, np.eye(5), atol=1e-14)
    explodes = Flow(
        hidden_size=1,
        steps=10,
        sigma_max=5,
        nonlinearity="sigmoid",
        bias=-2.5,
        input_scale=0,
        start=0.5,
    )
    np.testing.assert_allclose(drawn_flow(explodes).from_start.plain, 1.25 ** np.arange(1, 11))


def test_the_lecture_is_too_simple() -> None:
    """ReLU need not explode where the bound allows it, and units can die."""
    relu = [drawn_flow(Flow(seed=seed, sigma_max=1.2, nonlinearity="relu")) for seed in range(5)]
    assert all(norms.bound is not None and norms.bound.log10[-1] > 7 for norms in relu)
    assert all(norms.from_start.log10[-1] < -20 for norms in relu)
    dead = Flow(hidden_size=8, seed=3, nonlinearity="relu", orthogonal=True)
    assert drawn_flow(dead).from_start.log10[-1] == -math.inf
    grows = Flow(hidden_size=8, seed=1, sigma_max=3.9, nonlinearity="relu")
    assert drawn_flow(grows).from_start.log10[-1] > 30


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_open_gates_keep_the_gradient(cell: str) -> None:
    ends = [drawn_flow(Flow(cell, bias=bias)).from_start.log10[-1] for bias in (0.0, 1.0, 3.0)]
    assert ends[0] + 5 < ends[1] < ends[2] - 5


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("cell", "transformer"),
        ("hidden_size", 0),
        ("hidden_size", 10**12),
        ("steps", 0),
        ("seed", -1),
        ("seed", 0.5),
        ("sigma_max", -1.0),
        ("sigma_max", math.inf),
        ("input_scale", math.nan),
        ("bias", math.inf),
        ("start", math.nan),
        ("nonlinearity", "gelu"),
    ],
)
def test_flows_that_are_refused(argument: str, value: Any) -> None:
    with pytest.raises(EngineError) as caught:
        Flow(**{argument: value})
    assert caught.value.argument == argument
