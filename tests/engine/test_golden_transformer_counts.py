"""Attention, Transformer, GPT-2 and BERT counts are those of the frameworks."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tutor.engine import compute

RECORDED = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "transformer_counts.json").read_text(
        encoding="utf-8"
    )
)
CASES: list[dict[str, Any]] = RECORDED["cases"]


def test_enough_is_recorded() -> None:
    by_function = Counter(case["function"] for case in CASES)
    assert sum(by_function.values()) >= 120
    assert len(by_function) == 6
    assert min(by_function.values()) >= 15
    conventions = Counter(case["args"].get("convention") for case in CASES)
    assert min(conventions[name] for name in ("pytorch", "keras", "flax")) >= 15


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: "-".join(map(str, (case["function"], *case["args"].values())))
)
def test_agrees_with_framework(case: dict[str, Any]) -> None:
    worked = compute(case["function"], case["args"])
    layers = case.get("layers", 1)  # of a stack, whose names start with the layer's number
    owner = "layers.*." if "layers" in case else ""
    assert layers * worked.count == case["total"]
    ours = [
        [f"{owner}{term.label}", list(term.shape or ()), layers * term.times]
        for term in worked.terms
    ]
    assert ours == case["tensors"]
