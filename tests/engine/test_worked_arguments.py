"""Arguments of worked functions at their limits: what is said about them."""

from fractions import Fraction
from typing import Any

import pytest

from tutor.engine import EngineError, compute

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("name", "args", "argument", "hint"),
    [
        ("ar_forecast", {"coefficients": [1], "history": [1], "future": "x"}, "future", "a list of 0 to 256 numbers"),
        ("attention_output", {"q": [1], "k": [[1]], "v": [1], "temperature": -1}, "temperature", "from 1e−12 to"),
        ("layer_norm", {"x": [1, 2], "eps": 0}, "eps", "from 1e−12 to"),
    ],
)  # fmt: skip
def test_ranges_are_said(name: str, args: dict[str, Any], argument: str, hint: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    assert caught.value.argument == argument
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("residual_flow", {"gate": HALF, "weight_scale": HALF, "layers": 2}),
        ("gradient_flow", {"sigma_max": HALF, "input_scale": HALF, "steps": 2}),
        ("vanishing_bound", {"activation": "tanh", "steps": 2, "sigma_max": HALF}),
        ("clip_norm", {"vector": [3, 4], "max_norm": HALF}),
        ("attention_output", {"q": [1], "k": [[1]], "v": [1], "temperature": HALF}),
        ("gate_product", {"f": HALF, "steps": 2}),
    ],
)
def test_exact_numbers_are_taken(name: str, args: dict[str, Any]) -> None:
    floats = {key: float(v) if isinstance(v, Fraction) else v for key, v in args.items()}
    assert compute(name, args).total == compute(name, floats).total
