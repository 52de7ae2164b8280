"""Counts of layers are those of PyTorch, Keras, Flax and ONNX, tensor by tensor."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tutor.engine import compute

RECORDED = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "layer_counts.json").read_text(
        encoding="utf-8"
    )
)
CASES: list[dict[str, Any]] = [case for case in RECORDED["cases"] if "tensors" in case]


def test_enough_is_recorded() -> None:
    by_function = Counter(case["function"] for case in CASES)
    assert sum(by_function.values()) >= 250
    assert set(by_function) == {
        "rnn_params",
        "lstm_params",
        "gru_params",
        "dense_params",
        "conv_params",
        "embedding_params",
        "layer_norm_params",
        "batch_norm_params",
        "additive_attention_params",
        "image_classifier_params",
    }
    conventions = Counter(case["args"]["convention"] for case in CASES)
    assert min(conventions[one] for one in ("pytorch", "keras", "flax", "onnx")) >= 40


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: "-".join(map(str, (case["function"], *case["args"].values())))
)
def test_agrees_with_framework(case: dict[str, Any]) -> None:
    worked = compute(case["function"], case["args"])
    assert worked.total == case["total"]
    ours = [[term.label, list(term.shape or ())] for term in worked.terms]
    assert ours == case["tensors"]


def test_lenet5() -> None:
    (case,) = (case for case in RECORDED["cases"] if case["function"] == "lenet5_params")
    worked = compute("lenet5_params", {})
    assert worked.total == case["total"] == 60_000
    assert {str(term.label): term.value for term in worked.terms} == case["terms"]
    modern = next(one.value for one in worked.mistakes if one.id == "modern-lenet")
    assert modern == RECORDED["modern_lenet"]
