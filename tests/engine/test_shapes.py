"""Shapes that must fit, and what is said when they do not."""

import numpy as np
import pytest

from tutor.engine import EngineError
from tutor.engine.shapes import Shapes, numbers


def test_symbols_are_bound_by_the_first_array() -> None:
    shapes = Shapes()
    x = shapes.array("x", [[1, 2, 3], [4, 5, 6]], "T", "d")
    shapes.array("weight_ih", np.ones((16, 3)), "4h", "d")
    shapes.array("weight_hh", np.ones((16, 4), dtype=np.float32), "4h", "h")
    assert (shapes["T"], shapes["d"], shapes["h"]) == (2, 3, 4)
    assert x.dtype == np.float64


def test_a_misfit_names_both_shapes_and_the_symbol() -> None:
    shapes = Shapes()
    shapes.array("x", np.ones((7, 3)), "T", "d")
    with pytest.raises(EngineError) as caught:
        shapes.array("weight_ih", np.ones((16, 5)), "4h", "d")
    assert caught.value.argument == "weight_ih"
    assert str(caught.value.message) == "`weight_ih` has the shape (16, 5)."
    assert str(caught.value.hint) == "It needs (4h, d) = (4h, 3), since d = 3 (`x`)."
    with pytest.raises(EngineError) as caught:
        Shapes().array("weight_ih", np.ones((15, 5)), "4h", "d")
    assert str(caught.value.hint) == "It needs the shape (4h, d)."


@pytest.mark.parametrize("shape", [(3,), (2, 3, 4), (0, 3)])
def test_wrong_axes(shape: tuple[int, ...]) -> None:
    with pytest.raises(EngineError, match="x"):
        Shapes().array("x", np.zeros(shape), "T", "d")


def test_leading_axes_may_be_left_open() -> None:
    shapes = Shapes()
    assert shapes.array("q", np.zeros((5, 2, 3, 4)), "...", "n", "k").shape == (5, 2, 3, 4)
    assert (shapes["n"], shapes["k"]) == (3, 4)


@pytest.mark.parametrize(
    "value", [[[1, 2], [3]], ["a"], "abc", None, [True, False], [1j], [[1], 2], {"a": 1}, [10**400]]
)
def test_no_numbers(value: object) -> None:
    with pytest.raises(EngineError) as caught:
        numbers("x", value)  # type: ignore[arg-type]
    assert caught.value.argument == "x"


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_finite_is_named_with_its_place(bad: float) -> None:
    with pytest.raises(EngineError) as caught:
        numbers("x", [[0.0, 1.0], [bad, 2.0]])
    assert str(caught.value.message).replace("\\", "") == f"`x` is {bad} at [1, 0]."
    assert numbers("mask", [bad], finite=False).shape == (1,)


def test_float32_stays() -> None:
    assert numbers("x", np.ones(3, dtype=np.float32)).dtype == np.float32
    assert numbers("x", np.ones(3, dtype=np.int64)).dtype == np.float64
