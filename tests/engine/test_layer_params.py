"""Counts of convolutions, embeddings, norms and small networks: sums, solutions, mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.test_recurrent_params import said, tex_value
from tutor.engine import Worked, compute
from tutor.text import maths

LARGE = 10**15
CONVENTIONS = ("pytorch", "keras", "textbook", "flax", "onnx")
sizes = st.one_of(st.integers(1, 20), st.integers(1, LARGE))
Request = tuple[str, dict[str, Any]]


@st.composite
def requests(draw: Callable[..., Any]) -> Request:
    """Draw any of the functions with arguments that it takes."""
    name = draw(st.sampled_from(tuple(DRAWN)))
    args = DRAWN[name](draw)
    if name != "lenet5_params":
        args.setdefault("convention", draw(st.sampled_from(CONVENTIONS)))
    if draw(st.booleans()):
        args["batch_size"] = draw(st.integers(1, 100))
    if "onnx" in args.values():
        args.pop("affine", None)
        args.pop("elementwise_affine", None)
    return name, args


def _conv(draw: Callable[..., Any]) -> dict[str, Any]:
    axes, groups = draw(st.integers(1, 3)), draw(st.integers(1, 6))
    window = draw(
        st.one_of(st.integers(1, 9), st.lists(st.integers(1, 9), min_size=axes, max_size=axes))
    )
    args = {
        "in_channels": groups * draw(st.integers(1, 10**14)),
        "out_channels": groups * draw(st.integers(1, 40)),
        "kernel_size": window,
        "dimensions": axes,
        "groups": groups,
        "bias": draw(st.booleans()),
    }
    if draw(st.booleans()):
        args |= {
            "image_size": draw(st.integers(25, 300)),
            "stride": draw(st.integers(1, 3)),
            "padding": draw(st.integers(0, 3)),
            "dilation": draw(st.integers(1, 3)),
        }
    return args


def _classifier(draw: Callable[..., Any]) -> dict[str, Any]:
    return {
        "image_size": draw(st.one_of(st.integers(40, 300), st.just([64, 48]))),
        "num_classes": draw(sizes),
        "in_channels": draw(st.integers(1, 4)),
        "conv_channels": draw(st.lists(st.integers(1, 64), max_size=3)),
        "kernel_size": draw(st.integers(1, 5)),
        "padding": draw(st.sampled_from(("same", "valid"))),
        "pool_size": draw(st.integers(1, 2)),
        "head": draw(st.sampled_from(("flatten", "global_average_pooling"))),
        "hidden_sizes": draw(st.none() | st.lists(st.integers(1, 200), max_size=3)),
        "bias": draw(st.booleans()),
    }


def _additive(draw: Callable[..., Any]) -> dict[str, Any]:
    convention = draw(st.sampled_from(("pytorch", "keras", "textbook")))
    a = draw(sizes)
    same = convention == "keras" or draw(st.booleans())
    return {
        "query_size": a if same else draw(sizes),
        "key_size": a if same else draw(sizes),
        "num_hiddens": a,
        "bias": convention != "keras" and draw(st.booleans()),
        "seq_len": draw(st.none() | st.integers(1, 50)),
        "convention": convention,
    }


DRAWN: dict[str, Callable[[Callable[..., Any]], dict[str, Any]]] = {
    "conv_params": _conv,
    "embedding_params": lambda draw: {
        "num_embeddings": draw(sizes),
        "embedding_dim": draw(sizes),
        "max_len": draw(st.none() | sizes),
        "seq_len": draw(st.none() | st.integers(1, 100)),
    },
    "layer_norm_params": lambda draw: {
        "normalized_shape": draw(st.one_of(sizes, st.lists(sizes, min_size=1, max_size=3))),
        "elementwise_affine": draw(st.booleans()),
        "bias": draw(st.booleans()),
        "seq_len": draw(st.none() | st.integers(1, 100)),
    },
    "batch_norm_params": lambda draw: {
        "num_features": draw(sizes),
        "affine": draw(st.booleans()),
        "image_size": draw(st.none() | st.integers(1, 100) | st.just([3, 4])),
    },
    "additive_attention_params": _additive,
    "lenet5_params": lambda _: {},
    "image_classifier_params": _classifier,
}


@given(requests())
def test_everything_sums_to_the_total(request_: Request) -> None:
    worked = compute(*request_)
    assert type(worked.total) is int
    assert sum(term.count for term in worked.terms) == worked.total
    assert all(term.shape is None or prod(term.shape) == term.value for term in worked.terms)
    assert tex_value(worked.substituted) == worked.total
    assert all(tex_value(t.substituted.replace(r"\times", "*")) == t.value for t in worked.terms)
    assert len({term.id for term in worked.terms}) == len(worked.terms)
    assert all(term.id.isidentifier() for term in worked.terms)
    for tex in (worked.formula, worked.substituted, *(term.symbol for term in worked.terms)):
        maths.inline(maths.parse(tex))


@given(requests())
def test_mistakes_are_told_apart(request_: Request) -> None:
    worked = compute(*request_)
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(a != b for a, b in combinations(values, 2))
    ids = [mistake.id for mistake in worked.mistakes] + list(worked.coinciding)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)
    for mistake in worked.mistakes:
        assert said(mistake.message).startswith(f"{mistake.value:,} ")
        shown = getattr(mistake.message, "values", {}).get("sum")
        assert shown is None or tex_value(shown) == mistake.value


@given(requests())
def test_everything_can_be_said(request_: Request) -> None:
    worked = compute(*request_)
    lines = [said(step.text) for step in worked.steps]
    assert lines[-1] == f"Parameters in total: {worked.total:,}."
    for variant in worked.variants:
        assert said(variant.why).endswith(".")
        assert said(variant.label)


@given(requests())
def test_a_variant_is_the_count_under_its_convention(request_: Request) -> None:
    name, args = request_
    for variant in compute(name, args).variants:
        under = compute(name, {**args, "convention": variant.convention})
        assert under.total == variant.total


@pytest.mark.parametrize(
    ("name", "args", "total"),
    [
        ("conv_params", {"in_channels": 1, "out_channels": 32, "kernel_size": 3}, 320),
        ("conv_params", {"in_channels": 32, "out_channels": 64, "kernel_size": [3, 3]}, 18_496),
        (
            "conv_params",
            {"in_channels": 8, "out_channels": 8, "kernel_size": 3, "groups": 8, "bias": False},
            72,
        ),
        ("embedding_params", {"num_embeddings": 50_257, "embedding_dim": 768}, 38_597_376),
        (
            "embedding_params",
            {"num_embeddings": 50_257, "embedding_dim": 768, "max_len": 1024},
            39_383_808,
        ),
        ("layer_norm_params", {"normalized_shape": 512}, 1024),
        ("batch_norm_params", {"num_features": 64}, 128),
        ("batch_norm_params", {"num_features": 64, "convention": "keras"}, 256),
        ("batch_norm_params", {"num_features": 64, "convention": "onnx"}, 256),
        ("lenet5_params", {}, 60_000),
        ("image_classifier_params", {"image_size": 28, "num_classes": 10}, 421_642),
        (
            "image_classifier_params",
            {
                "image_size": 28,
                "num_classes": 10,
                "conv_channels": [],
                "hidden_sizes": [256, 128],
            },
            235_146,
        ),
        (
            "image_classifier_params",
            {"image_size": 224, "in_channels": 3, "num_classes": 6},
            25_710_406,
        ),
        (
            "image_classifier_params",
            {
                "image_size": 224,
                "in_channels": 3,
                "num_classes": 6,
                "head": "global_average_pooling",
            },
            19_782,
        ),
    ],
)
def test_published_counts(name: str, args: dict[str, Any], total: int) -> None:
    assert compute(name, args).total == total


def mistakes_of(worked: Worked) -> dict[str, float]:
    return {mistake.id: mistake.value for mistake in worked.mistakes}


def test_mistakes_of_a_convolution() -> None:
    worked = compute(
        "conv_params",
        {
            "in_channels": 16,
            "out_channels": 32,
            "kernel_size": 3,
            "groups": 4,
            "image_size": 14,
            "stride": 2,
            "padding": 1,
            "batch_size": 32,
        },
    )
    assert worked.total == (9 * 4 + 1) * 32
    assert worked.coinciding == ()
    assert mistakes_of(worked) == {
        "channels-forgotten": (9 + 1) * 32,
        "no-bias": 9 * 4 * 32,
        "bias-per-pair": 10 * 4 * 32,
        "one-bias-per-layer": 9 * 4 * 32 + 1,
        "groups-ignored": (9 * 16 + 1) * 32,
        "times-map": 7 * 7 * 37 * 32,
        "one-filter": 37,
        "one-axis": (3 * 4 + 1) * 32,
        "as-dense": (16 * 14 * 14 + 1) * 32 * 7 * 7,
        "times-batch": 32 * 37 * 32,
    }


def test_mistakes_of_embeddings_and_norms() -> None:
    table = {"num_embeddings": 100, "embedding_dim": 8}
    assert mistakes_of(compute("embedding_params", {**table, "seq_len": 7})) == {
        "vocabulary-squared": 100 * 100,
        "biases-counted": 808,
        "bias-per-entry": 900,
        "sizes-added": 108,
        "positions-counted": 800 + 7 * 8,
        "times-steps": 7 * 800,
    }
    assert (
        mistakes_of(compute("embedding_params", {**table, "max_len": 5}))["positions-forgotten"]
        == 800
    )
    assert mistakes_of(compute("layer_norm_params", {"normalized_shape": 8, "seq_len": 7})) == {
        "per-token": 2 * 8 * 7,
        "no-bias": 8,
        "one-for-all-features": 2,
        "statistics-counted": 32,
        "full-matrix": 72,
    }
    assert mistakes_of(compute("batch_norm_params", {"num_features": 32, "image_size": 7})) == {
        "statistics-counted": 128,
        "buffers-counted": 129,
        "no-bias": 32,
        "times-map": 49 * 64,
    }
    keras = compute("batch_norm_params", {"num_features": 32, "convention": "keras"})
    assert mistakes_of(keras) == {"statistics-forgotten": 64}


def test_a_network_without_convolutions_has_no_filters() -> None:
    args = {"image_size": 28, "num_classes": 10, "hidden_sizes": 64}
    for channels, words in (((), "Every neuron has one."), (8, "Every filter and every neuron")):
        worked = compute("image_classifier_params", {**args, "conv_channels": channels})
        (said,) = (str(one.message) for one in worked.mistakes if one.id == "no-bias")
        assert words in said


def test_mistakes_of_lenet5() -> None:
    assert mistakes_of(compute("lenet5_params", {})) == {
        "modern-lenet": 61_706,
        "full-connections": 60_900,
        "no-trainable-subsampling": 59_956,
        "output-codes-counted": 60_840,
        "connections-counted": 340_908,  # as the paper prints it
    }


def test_a_kernel_as_large_as_its_image_has_one_place() -> None:
    args = {"in_channels": 3, "out_channels": 4, "kernel_size": 5, "image_size": 5}
    assert "times-map" in compute("conv_params", args).coinciding
    dilated = {**args, "dilation": 2, "padding": 2}
    assert compute("conv_params", dilated).total == (25 * 3 + 1) * 4
