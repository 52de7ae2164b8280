"""The counts, tensor names and shapes are those of PyTorch and Keras."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tutor.engine import compute

RECORDED = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "counts.json").read_text(encoding="utf-8")
)
CASES: list[dict[str, Any]] = RECORDED["cases"]


def test_enough_is_recorded() -> None:
    by_function = Counter((case["function"], case["args"]["convention"]) for case in CASES)
    assert sum(by_function.values()) >= 150
    assert len(by_function) == 8
    assert min(by_function.values()) >= 15


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: "-".join(map(str, (case["function"], *case["args"].values())))
)
def test_agrees_with_framework(case: dict[str, Any]) -> None:
    worked = compute(case["function"], case["args"])
    assert worked.total == case["total"]
    ours = [[term.label, list(term.shape or ())] for term in worked.terms]
    assert ours == case["tensors"]
