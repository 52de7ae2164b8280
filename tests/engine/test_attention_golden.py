"""Attention and Transformer layers agree with PyTorch and Keras."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tutor import engine
from tutor.engine.activations import softmax_jacobian

GOLDEN = Path(__file__).parents[1] / "golden" / "data"
CASES: list[dict[str, Any]] = json.loads((GOLDEN / "attention.json").read_text("utf-8"))["cases"]
Case = dict[str, Any]


def opposite(options: Case, name: str) -> Any:
    """Return the mask of a PyTorch module as ours: True means what False means there."""
    return None if name not in options else ~np.array(options[name])


def scaled_dot_product(case: Case) -> Case:
    options = dict(case["options"])
    run = engine.scaled_dot_product_attention(
        *case["inputs"].values(), mask=options.pop("attn_mask", None), **options
    )
    np.testing.assert_allclose(run.weights @ run.v, run.output, rtol=0, atol=1e-14)
    return {"output": run.output}


def multi_head(case: Case) -> Case:
    options = case["options"]
    run = engine.multi_head_attention(
        *case["inputs"].values(),
        engine.MultiHeadWeights.from_pytorch(case["weights"]),
        options["num_heads"],
        mask=opposite(options, "attn_mask"),
        real_keys=opposite(options, "key_padding_mask"),
    )
    return {"output": run.output, "per_head": run.weights, "average": run.average_weights}


def keras_multi_head(case: Case) -> Case:
    options, weights, inputs = case["options"], case["weights"], case["inputs"]
    kernels = [weights[f"{name}/kernel"] for name in ("query", "key", "value", "attention_output")]
    biases = [weights.get(f"{name}/bias") for name in ("query", "key", "value", "attention_output")]
    run = engine.multi_head_attention(
        inputs["query"],
        inputs["key"],
        inputs["value"],
        engine.MultiHeadWeights.from_keras(*kernels, *biases),
        options["num_heads"],
        mask=options.get("attention_mask"),
        is_causal=options.get("use_causal_mask", False),
    )
    return {"output": run.output, "per_head": run.weights}


def additive(case: Case) -> Case:
    inputs, scale = case["inputs"], case["weights"]["scale"]
    alone = np.eye(len(scale))
    real = case["options"].get("value_mask")
    run = engine.additive_attention(
        inputs["query"], inputs["key"], inputs["value"], alone, alone, scale, real_keys=real
    )
    return {"output": run.output, "weights": run.weights}


def layer_norm(case: Case) -> Case:
    run = engine.layer_norm(case["inputs"]["x"], **case["weights"], **case["options"])
    return {"output": run.output}


def encoder_layer(case: Case) -> Case:
    options = case["options"]
    run = engine.encoder_layer(
        case["inputs"]["x"],
        engine.EncoderLayerWeights.from_pytorch(case["weights"]),
        options["nhead"],
        norm_first=options["norm_first"],
        activation=options["activation"],
        mask=opposite(options, "src_mask"),
        real_keys=opposite(options, "src_key_padding_mask"),
    )
    return {"output": run.output}


def decoder_layer(case: Case) -> Case:
    options = case["options"]
    run = engine.decoder_layer(
        case["inputs"]["x"],
        case["inputs"]["memory"],
        engine.DecoderLayerWeights.from_pytorch(case["weights"]),
        options["nhead"],
        norm_first=options["norm_first"],
        activation=options["activation"],
        is_causal="tgt_mask" in options,
        real_keys=opposite(options, "tgt_key_padding_mask"),
        real_memory=opposite(options, "memory_key_padding_mask"),
    )
    return {"output": run.output}


def positions(case: Case) -> Case:
    return {"output": engine.sinusoidal_positions(**case["options"])}


RUNS: dict[str, Callable[[Case], Case]] = {
    "F.scaled_dot_product_attention": scaled_dot_product,
    "nn.MultiheadAttention": multi_head,
    "keras.MultiHeadAttention": keras_multi_head,
    "keras.AdditiveAttention": additive,
    "layer_norm": layer_norm,
    "nn.TransformerEncoderLayer": encoder_layer,
    "nn.TransformerDecoderLayer": decoder_layer,
    "positions": positions,
}


def test_every_function_is_covered() -> None:
    found = Counter(case["function"] for case in CASES)
    assert set(found) == set(RUNS)
    assert all(count >= 4 for count in found.values())


@pytest.mark.parametrize("name", RUNS)
def test_arrays_agree(name: str) -> None:
    for number, case in enumerate(CASES):
        if case["function"] != name:
            continue
        found = RUNS[name](case)
        assert set(found) == set(case["expected"])
        for part, expected in case["expected"].items():
            np.testing.assert_allclose(
                found[part], expected, rtol=0, atol=1e-12, err_msg=f"case {number}, {part}"
            )


def test_softmax_jacobians_agree() -> None:
    recorded = json.loads((GOLDEN / "activations.json").read_text("utf-8"))["softmax"]
    for row in recorded:
        found = softmax_jacobian(row["scores"])
        np.testing.assert_allclose(found, row["jacobian"], rtol=0, atol=1e-12)
    batch = np.array([recorded[0]["scores"], recorded[0]["scores"][::-1]])
    assert softmax_jacobian(batch).shape == (2, 3, 3)
    np.testing.assert_array_equal(softmax_jacobian(batch)[0], softmax_jacobian(batch[0]))
