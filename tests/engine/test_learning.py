"""Clipping, Adam, the cross-entropy and training: PyTorch's steps, and what is learned."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError
from tutor.engine.gradients.clipping import clip_by_norm, clip_by_value, global_norm
from tutor.engine.learning.adam import Adam
from tutor.engine.learning.cross_entropy import cross_entropy

RECORDED: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "updates.json").read_text(encoding="utf-8")
)
Vectors = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12)


@pytest.mark.parametrize("case", RECORDED["clip"])
def test_clipping_agrees_with_pytorch(case: dict[str, Any]) -> None:
    given_arrays, limit = case["gradients"], case["limit"]
    assert global_norm(given_arrays) == pytest.approx(case["total"], rel=1e-14, abs=0)
    by_norm = clip_by_norm(given_arrays, limit, eps=1e-6)
    by_value = clip_by_value(given_arrays, limit)
    for name, found in (("norm", by_norm), ("value", by_value)):
        for array, expected in zip(found, case[name], strict=True):
            np.testing.assert_allclose(array, expected, rtol=0, atol=1e-12)


def test_three_four_clipped_to_one() -> None:
    (clipped,) = clip_by_norm([[3.0, 4.0]], 1.0)
    assert clipped.tolist() == [0.6, 0.8]
    (by_value,) = clip_by_value([[3.0, 4.0]], 1.0)
    assert by_value.tolist() == [1.0, 1.0]
    assert [float(g) for g in clip_by_norm((3.0, 4.0), 10.0)] == [3.0, 4.0]


@given(gradients=st.lists(Vectors, min_size=1, max_size=3), limit=st.floats(1e-3, 1e4))
def test_clipping_keeps_the_direction_and_never_lengthens(
    gradients: list[list[float]], limit: float
) -> None:
    before = np.concatenate([np.array(g) for g in gradients])
    after = np.concatenate(clip_by_norm(gradients, limit))
    assert np.linalg.norm(after) <= min(limit, np.linalg.norm(before)) * (1 + 1e-14) + 1e-300
    length = np.linalg.norm(before) * np.linalg.norm(after)
    assert before @ after == pytest.approx(length, rel=1e-12)
    assert np.all(np.abs(np.concatenate(clip_by_value(gradients, limit))) <= limit)


def test_clipping_where_squares_leave_the_range() -> None:
    (clipped,) = clip_by_norm([[3e300, 4e300]], 1.0)
    np.testing.assert_allclose(clipped, [0.6, 0.8], rtol=1e-14)
    (tiny,) = clip_by_norm([[3e-300, 4e-300]], 1e-300)
    np.testing.assert_allclose(tiny, [0.6e-300, 0.8e-300], rtol=1e-14)
    assert global_norm([[3e-300, 4e-300]]) == pytest.approx(5e-300, rel=1e-14)


@pytest.mark.parametrize("limit", [0.0, -1.0, np.inf, np.nan, [1.0, 2.0], "1"])
def test_limits_that_are_refused(limit: Any) -> None:
    for clip, argument in ((clip_by_norm, "max_norm"), (clip_by_value, "clip_value")):
        with pytest.raises(EngineError) as caught:
            clip([[1.0]], limit)
        assert caught.value.argument == argument
    with pytest.raises(EngineError) as caught:
        clip_by_norm([[1.0, np.nan]], 1.0)
    assert caught.value.argument == "gradients"


@pytest.mark.parametrize("case", RECORDED["adam"])
def test_adam_agrees_with_pytorch(case: dict[str, Any]) -> None:
    options = case["options"]
    adam = Adam(**{k: tuple(v) if k == "betas" else v for k, v in options.items()})
    parameters = tuple(np.array(p) for p in case["start"])
    for gradients, after in zip(case["gradients"], case["after"], strict=True):
        adam, parameters = adam.stepped(parameters, gradients)
        for found, expected in zip(parameters, after, strict=True):
            np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    assert adam.step == len(case["after"])


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"lr": 0}, "lr"),
        ({"lr": np.nan}, "lr"),
        ({"eps": -1.0}, "eps"),
        ({"betas": (0.9, 1.0)}, "betas"),
    ],
)
def test_settings_that_adam_refuses(options: dict[str, Any], argument: str) -> None:
    with pytest.raises(EngineError) as caught:
        Adam(**options)
    assert caught.value.argument == argument


def test_gradients_that_adam_refuses() -> None:
    for bad in ([], [[1.0, 2.0, 3.0]], [[1.0, np.inf]]):
        with pytest.raises(EngineError) as caught:
            Adam().stepped([np.zeros(2)], bad)
        assert caught.value.argument == "gradients"


@pytest.mark.parametrize("case", RECORDED["cross_entropy"])
def test_cross_entropy_agrees_with_pytorch(case: dict[str, Any]) -> None:
    found = cross_entropy(case["scores"], case["targets"])
    assert found.loss == pytest.approx(case["loss"], rel=0, abs=1e-12)
    np.testing.assert_allclose(found.gradient, case["gradient"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.weights.sum(axis=1), 1, atol=1e-14)


@pytest.mark.parametrize("targets", [[0], [0, 3], [0, -1], [0, 0.5], [0, np.nan], ["a", "b"]])
def test_targets_that_are_refused(targets: Any) -> None:
    with pytest.raises(EngineError) as caught:
        cross_entropy([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]], targets)
    assert caught.value.argument == "targets"
