from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.numbers import Tolerance
from tutor.grading.trace import Asked, Mark, Marked, followed, mark_cells

NEAR = Tolerance(absolute=0.005)
KNOWN = {"c_0": 0.8, "a": 0.5}
FORGET, INPUT, NEW, OUTPUT = 0.622, 0.924, -0.834, 0.574
CELL = FORGET * 0.8 + INPUT * NEW
LSTM = (
    Asked("f", FORGET, "1/(1+exp(-a))"),
    Asked("i", INPUT),
    Asked("g", NEW),
    Asked("o", OUTPUT),
    Asked("c", CELL, "f*c_0 + i*g"),
    Asked("h", OUTPUT * math.tanh(CELL), "o*tanh(c)"),
)  # fmt: skip


def marks(*typed: float) -> list[Marked]:
    return list(mark_cells(LSTM, typed, KNOWN, NEAR))


RIGHT, WRONG = Marked(Mark.RIGHT), Marked(Mark.WRONG)


def test_only_the_first_slip_costs() -> None:
    c = FORGET * 0.8 + 0.5 * NEW
    assert marks(FORGET, 0.5, NEW, OUTPUT, c, OUTPUT * math.tanh(c)) == [
        RIGHT,
        WRONG,
        RIGHT,
        RIGHT,
        Marked(Mark.FOLLOWS, ("i",)),
        Marked(Mark.FOLLOWS, ("c",)),
    ]


def test_a_second_slip_costs_again() -> None:
    c = FORGET * 0.8 + 0.5 * NEW
    assert [mark.mark for mark in marks(FORGET, 0.5, NEW, OUTPUT, c, 0.9)][-1] is Mark.WRONG


def test_a_right_value_after_a_slip_is_right() -> None:
    assert marks(FORGET, 0.5, NEW, OUTPUT, CELL, OUTPUT * math.tanh(CELL))[4:] == [RIGHT, RIGHT]


def test_rounded_values_carried_on_are_right() -> None:
    tight = Tolerance(absolute=0.01)
    asked = (Asked("a", 10.004), Asked("b", 1000.4, "100*a"))
    assert mark_cells(asked, (10.0, 1000.0), {}, tight) == (RIGHT, RIGHT)


@pytest.mark.parametrize("value", [0.0, 1.0, 0.5, -1.0, 100.0])
def test_the_same_number_everywhere_earns_nothing_by_following(value: float) -> None:
    products = (Asked("f", 0.6), Asked("i", 0.9), Asked("c", 0.54, "f*i"), Asked("d", 0.6, "c+0"))
    assert mark_cells(products, [value] * 4, {}, NEAR) == (WRONG,) * 4


def test_a_copied_slip_is_wrong_though_its_formula_gives_it() -> None:
    asked = (Asked("c", 0.5), Asked("h", 0.46, "tanh(c)"))
    assert mark_cells(asked, (0.01, 0.01), {}, NEAR) == (WRONG, WRONG)


@pytest.mark.parametrize("formula", ["log(a)", "1/a", "sqrt(a - 1)", "exp(10^6 * (1 - a))"])
def test_what_cannot_be_computed_from_a_slip_is_simply_wrong(formula: str) -> None:
    assert followed(formula, {"a": 0}) is None
    asked = (Asked("a", 1), Asked("b", 0, formula))
    assert mark_cells(asked, (0, 5), {}, NEAR) == (WRONG, WRONG)


@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=6))
def test_no_numbers_raise_and_the_first_slip_always_costs(typed: list[float]) -> None:
    result = marks(*typed)
    first = next((mark for mark in result if mark.mark is not Mark.RIGHT), None)
    assert first is None or first.mark is Mark.WRONG
    for mark in result:
        assert (mark.mark is Mark.FOLLOWS) == bool(mark.slips)


@given(st.permutations(range(6)), st.floats(0.1, 0.9))
def test_whoever_computes_on_loses_one_cell_per_slip(order: list[int], slip: float) -> None:
    """A learner slips in one place, then computes everything rightly from there."""
    at = order[0]
    own: dict[str, float] = {}
    for number, cell in enumerate(LSTM):
        value = followed(cell.follow, {**KNOWN, **own}) if cell.follow else cell.value
        assert value is not None
        own[cell.name] = float(value) + (slip if number == at else 0)
    wrong = [mark.mark for mark in marks(*own.values())].count(Mark.WRONG)
    copies = sum(abs(a - b) < 0.02 for a in own.values() for b in own.values()) > len(own)
    assert wrong == 1 or copies
