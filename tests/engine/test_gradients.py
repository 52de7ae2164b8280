"""Backpropagation through time: PyTorch's gradients, finite differences, truncation."""

import json
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
from tutor.engine.gradients.gru import gru_gradients
from tutor.engine.gradients.lstm import lstm_gradients
from tutor.engine.gradients.rnn import rnn_gradients
from tutor.engine.noise import normal

RECORDED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "gradients.json").read_text(encoding="utf-8")
)["cases"]
WEIGHTS: dict[str, Any] = {"rnn": RnnWeights, "lstm": LstmWeights, "gru": GruWeights}


def forward(case: dict[str, Any], weights: Any, inputs: dict[str, Any]) -> Any:
    match case["cell"]:
        case "rnn":
            return rnn(**inputs, weights=weights, nonlinearity=case["nonlinearity"])
        case "lstm":
            return lstm(**inputs, weights=weights)
        case _:
            return gru(**inputs, weights=weights, reset_after=case["reset_after"])


def gradients(case: dict[str, Any], run: Any, weights: Any, truncation: int | None) -> Any:
    match case["cell"]:
        case "rnn":
            return rnn_gradients(
                run, weights, case["dh"], nonlinearity=case["nonlinearity"], truncation=truncation
            )
        case "lstm":
            return lstm_gradients(run, weights, case["dh"], case.get("dc"), truncation=truncation)
        case _:
            return gru_gradients(
                run, weights, case["dh"], reset_after=case["reset_after"], truncation=truncation
            )


def loss(case: dict[str, Any], weights: dict[str, Any], inputs: dict[str, Any]) -> float:
    run = forward(case, WEIGHTS[case["cell"]](**weights), inputs)
    end = (np.array(case["dc"]) * run.c[-1]).sum() if "dc" in case else 0.0
    return float((np.array(case["dh"]) * run.h).sum() + end)


@pytest.mark.parametrize("case", RECORDED, ids=lambda c: f"{c['cell']}-{c['truncation']}")
def test_gradients_agree_with_pytorch(case: dict[str, Any]) -> None:
    weights = WEIGHTS[case["cell"]](**case["weights"])
    run = forward(case, weights, case["inputs"])
    np.testing.assert_allclose(
        loss(case, case["weights"], case["inputs"]), case["loss"], rtol=0, atol=1e-12
    )
    found = gradients(case, run, weights, case["truncation"])
    for name, expected in case["gradients"].items():
        np.testing.assert_allclose(getattr(found, name), expected, rtol=0, atol=1e-12, err_msg=name)
    absent = set(found.__slots__) - set(case["gradients"])
    assert all(getattr(found, name) is None for name in absent)


def test_enough_is_recorded() -> None:
    assert len(RECORDED) >= 40
    assert {case["truncation"] for case in RECORDED} == {None, 1, 2, 3}


WHOLE = [case for case in RECORDED if case["truncation"] is None]


@given(case=st.sampled_from(WHOLE), data=st.data())
def test_gradients_equal_finite_differences(case: dict[str, Any], data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(["weights", "inputs"]))
    name = data.draw(st.sampled_from(sorted(case[part])))
    tensor = np.array(case[part][name])
    direction = normal(data.draw(st.integers(0, 2**32)), *tensor.shape)
    weights = WEIGHTS[case["cell"]](**case["weights"])
    found = gradients(case, forward(case, weights, case["inputs"]), weights, None)
    slope = float((getattr(found, name) * direction).sum())

    def moved(by: float) -> float:
        parts = {key: dict(case[key]) for key in ("weights", "inputs")}
        parts[part][name] = tensor + by * direction
        return loss(case, parts["weights"], parts["inputs"])

    step = 1e-6
    assert (moved(step) - moved(-step)) / (2 * step) == pytest.approx(slope, abs=2e-6, rel=2e-6)


@given(case=st.sampled_from(RECORDED), extra=st.integers(0, 50))
def test_truncation_from_the_length_on_changes_nothing(case: dict[str, Any], extra: int) -> None:
    weights = WEIGHTS[case["cell"]](**case["weights"])
    run = forward(case, weights, case["inputs"])
    cut = gradients(case, run, weights, len(run.h) + extra)
    whole = gradients(case, run, weights, None)
    for name in whole.__slots__:
        np.testing.assert_array_equal(getattr(cut, name), getattr(whole, name))


def test_truncation_keeps_credit_from_the_far_past() -> None:
    weights = RnnWeights.drawn(1, 2, 3)
    run = rnn(normal(2, 6, 2), weights)
    dh = np.zeros((6, 3))
    dh[-1] = 1.0
    cut = rnn_gradients(run, weights, dh, truncation=2)
    assert not cut.x[:4].any()
    assert cut.x[4:].all()
    assert not cut.h_0.any()


def test_float32_runs_have_float64_gradients() -> None:
    drawn = LstmWeights.drawn(1, 2, 3)
    weights = LstmWeights(drawn.weight_ih.astype(np.float32), drawn.weight_hh.astype(np.float32))
    run = lstm(normal(2, 4, 2).astype(np.float32), weights)
    assert run.h.dtype == np.float32
    assert lstm_gradients(run, weights, np.ones((4, 3))).weight_ih.dtype == np.float64


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_what_is_refused(cell: str) -> None:
    case = next(
        c for c in RECORDED if c["cell"] == cell and np.ndim(c["dh"]) == 2 and "dc" not in c
    )
    weights = WEIGHTS[cell](**case["weights"])
    run = forward(case, weights, case["inputs"])
    T, h = np.shape(case["dh"])

    def refused(argument: str, dh: Any, weights: Any = weights, truncation: Any = None) -> str:
        with pytest.raises(EngineError) as caught:
            gradients({**case, "dh": dh}, run, weights, truncation)
        assert caught.value.argument == argument
        return str(caught.value).replace("\\", "")

    assert f"({T + 1}, {h})" in refused("dh", np.zeros((T + 1, h)))
    refused("dh", np.zeros(h))
    refused("dh", np.full((T, h), np.nan))
    refused("dh", [["a"] * h] * T)
    for truncation in (0, -1, True, 1.5):
        refused("truncation", case["dh"], truncation=truncation)
    refused("x", case["dh"], WEIGHTS[cell].drawn(0, 5, h))
    refused("h", case["dh"], WEIGHTS[cell].drawn(0, np.shape(case["inputs"]["x"])[1], h + 1))


def test_an_unknown_nonlinearity_is_refused() -> None:
    weights = RnnWeights.drawn(0, 1, 2)
    with pytest.raises(EngineError) as caught:
        rnn_gradients(rnn([[1.0]], weights), weights, [[0.0, 0.0]], nonlinearity="gelu")
    assert caught.value.argument == "nonlinearity"


def test_the_last_cell_state_is_checked() -> None:
    weights = LstmWeights.drawn(0, 1, 2)
    with pytest.raises(EngineError) as caught:
        lstm_gradients(lstm([[1.0]], weights), weights, [[0.0, 0.0]], [1.0])
    assert caught.value.argument == "dc"
