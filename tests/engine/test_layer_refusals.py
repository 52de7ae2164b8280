"""What the counts of convolutions, embeddings, norms and small networks refuse."""

from __future__ import annotations

from typing import Any

import pytest

from tutor.engine import EngineError, compute

LARGE = 10**15
CONV = {"in_channels": 6, "out_channels": 4, "kernel_size": 3}
SCORE = {"query_size": 8, "key_size": 8, "num_hiddens": 8}


@pytest.mark.parametrize(
    ("name", "args", "argument", "words"),
    [
        ("conv_params", {**CONV, "groups": 4}, "groups", "does not divide"),
        ("conv_params", {**CONV, "groups": 3}, "groups", "out_channels"),
        ("conv_params", {**CONV, "kernel_size": 0}, "kernel_size", "from 1 to"),
        ("conv_params", {**CONV, "kernel_size": [3, -1]}, "kernel_size", "[1]"),
        ("conv_params", {**CONV, "kernel_size": [3, 3, 3]}, "kernel_size", "`dimensions` is 2"),
        ("conv_params", {**CONV, "kernel_size": []}, "kernel_size", "1 to 8"),
        ("conv_params", {**CONV, "kernel_size": 2.5}, "kernel_size", "whole number"),
        ("conv_params", {**CONV, "kernel_size": "3"}, "kernel_size", "whole number"),
        ("conv_params", {**CONV, "kernel_size": True}, "kernel_size", "whole number"),
        ("conv_params", {**CONV, "kernel_size": {3}}, "kernel_size", "whole numbers"),
        ("conv_params", {**CONV, "kernel_size": [[3]]}, "kernel_size", "whole number"),
        ("conv_params", {**CONV, "dimensions": 4}, "dimensions", "from 1 to 3"),
        ("conv_params", {**CONV, "image_size": 2}, "kernel_size", "spans 3"),
        ("conv_params", {**CONV, "image_size": 4, "dilation": 2}, "kernel_size", "spans 5"),
        ("conv_params", {**CONV, "image_size": [5, 5, 5]}, "image_size", "3 numbers"),
        ("conv_params", {**CONV, "stride": 0}, "stride", "from 1"),
        ("conv_params", {**CONV, "padding": -1}, "padding", "from 0"),
        ("conv_params", {**CONV, "in_channels": LARGE + 1}, "in_channels", "from 1 to"),
        ("embedding_params", {"num_embeddings": 3}, "embedding_dim", "needs"),
        (
            "embedding_params",
            {"num_embeddings": 3, "embedding_dim": 2, "max_len": 0},
            "max_len",
            "from 1",
        ),
        ("layer_norm_params", {"normalized_shape": []}, "normalized_shape", "1 to 8"),
        (
            "layer_norm_params",
            {"normalized_shape": 8, "elementwise_affine": False, "convention": "onnx"},
            "elementwise_affine",
            "always has a scale",
        ),
        (
            "batch_norm_params",
            {"num_features": 8, "affine": False, "convention": "onnx"},
            "affine",
            "always has",
        ),
        ("batch_norm_params", {"num_features": 8.5}, "num_features", "whole number"),
        (
            "additive_attention_params",
            {**SCORE, "key_size": 4, "convention": "keras"},
            "key_size",
            "are equal",
        ),
        (
            "additive_attention_params",
            {**SCORE, "num_hiddens": 4, "convention": "keras"},
            "num_hiddens",
            "are equal",
        ),
        (
            "additive_attention_params",
            {**SCORE, "bias": True, "convention": "keras"},
            "bias",
            "has none",
        ),
        ("additive_attention_params", {**SCORE, "convention": "onnx"}, "convention", "one of"),
        ("lenet5_params", {"in_channels": 1}, "in_channels", "no argument"),
        (
            "image_classifier_params",
            {"image_size": [1, 2, 3], "num_classes": 2},
            "image_size",
            "its height and its width",
        ),
        (
            "image_classifier_params",
            {"image_size": 3, "num_classes": 2},
            "pool_size",
            "leaves nothing",
        ),
        (
            "image_classifier_params",
            {"image_size": 7, "num_classes": 2, "padding": "valid"},
            "kernel_size",
            "2 × 2",
        ),
        (
            "image_classifier_params",
            {"image_size": 7, "num_classes": 2, "head": "max"},
            "head",
            "one of",
        ),
    ],
)
def test_refused_arguments(name: str, args: dict[str, Any], argument: str, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    assert caught.value.argument == argument
    told = f"{caught.value.message} {caught.value.hint}".replace("\\[", "[").replace("\\]", "]")
    assert argument in told
    assert words in told
