"""Dense counts: formulas, tensors, solutions and mistakes."""

from itertools import combinations, pairwise
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, compute
from tutor.text import maths

layer_sizes = st.lists(
    st.one_of(st.integers(1, 20), st.integers(1, 10**15)), min_size=2, max_size=12
)
conventions = st.sampled_from(("pytorch", "keras", "textbook", "flax", "onnx"))


@given(layer_sizes, st.booleans(), conventions)
def test_everything_sums_to_the_total(sizes: list[int], bias: bool, convention: str) -> None:
    worked = compute("dense_params", {"layer_sizes": sizes, "bias": bias, "convention": convention})
    assert worked.total == sum(n * m for n, m in pairwise(sizes)) + bias * sum(sizes[1:])
    assert sum(term.value for term in worked.terms) == worked.total
    assert all(term.shape and prod(term.shape) == term.value for term in worked.terms)
    assert (
        len({term.id for term in worked.terms})
        == len(worked.terms)
        == ((len(sizes) - 1) * (1 + bias))
    )
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(a != b for a, b in combinations(values, 2))
    for tex in (worked.formula, worked.substituted, *(term.symbol for term in worked.terms)):
        maths.inline(maths.parse(tex))
    for mistake in worked.mistakes:
        assert str(mistake.message).startswith(f"{mistake.value:,} ")
    assert str(worked.steps[-1].text) == f"Parameters in total: {worked.total:,}."
    assert {variant.total for variant in worked.variants} == {worked.total}


def test_notmnist_network() -> None:
    worked = compute("dense_params", {"layer_sizes": (784, 256, 128, 10), "batch_size": 32})
    assert worked.total == 235_146
    assert worked.coinciding == ()
    assert {mistake.id: mistake.value for mistake in worked.mistakes} == {
        "no-bias": 234_752,
        "neurons-summed": 784 + 256 + 128 + 10,
        "input-bias": 235_146 + 784,
        "output-layer-forgotten": 785 * 256 + 257 * 128,
        "bias-per-weight": 2 * 234_752,
        "one-bias-per-layer": 234_752 + 3,
        "times-batch": 32 * 235_146,
    }
    assert worked.substituted == r"(784 + 1) \cdot 256 + (256 + 1) \cdot 128 + (128 + 1) \cdot 10"


def test_without_biases() -> None:
    worked = compute("dense_params", {"layer_sizes": [784, 10], "bias": False})
    assert worked.total == 7840
    assert {mistake.id: mistake.value for mistake in worked.mistakes} == {
        "biases-counted": 7850,
        "neurons-summed": 794,
    }


def test_long_networks_are_abbreviated() -> None:
    worked = compute("dense_params", {"layer_sizes": [3] * 1001})
    assert worked.total == 1000 * 12
    assert worked.formula.count("n_") == 6
    assert "The 997 layers between" in str(worked.steps[2].text)
    assert len(worked.terms) == 2000


@pytest.mark.parametrize(
    "sizes", [[784], [], [784, 0], [784, 10.0], [784, True], [784, "10"], "784", {784, 10}, 784]
)
def test_refused_sizes(sizes: object) -> None:
    with pytest.raises(EngineError) as caught:
        compute("dense_params", {"layer_sizes": sizes})
    assert caught.value.argument == "layer_sizes"
    assert "whole number" in str(caught.value.hint)
