from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grading.ways import DOMAIN, KNOWN, NAMES, POLYNOMIALS, WITH_FUNCTIONS, Terms, written
from tutor.grading.difference import (
    Difference,
    difference,
    polynomial_of,
    ratio,
    told_by,
    told_by_values,
)
from tutor.grading.drawn import drawn
from tutor.grading.equality import Reference, compare
from tutor.grading.expression import Value
from tutor.grading.formula import parse_formula
from tutor.grading.learner import parse_typed
from tutor.grading.polynomial import Work, add, multiply, quotient
from tutor.grading.rational import Algebra
from tutor.grading.written import expanded, factored
from tutor.text import maths

VALUES: dict[str, Value] = {"d": 10, "h": 24, "T": 7, "d_k": 5}
ANSWER = "4h(d+h+2)"


def found(typed: str, answer: str = ANSWER) -> Difference | None:
    one, two = (parse_typed(text, WITH_FUNCTIONS) for text in (typed, answer))
    return difference(compare(one, Reference(two, DOMAIN)), VALUES)


@pytest.mark.parametrize(
    ("typed", "less", "tex", "value"),
    [
        ("4h(d+h+1)", True, "4h", 96), ("3h(d+h+2)", True, "h(d + h + 2)", 864),
        ("4h(d+h)", True, "8h", 192), ("4h(h+2)", True, "4dh", 960),
        ("4h(d+h+2)+2h", False, "2h", 48), ("4h(d+h+2)-d", True, "d", 10),
        ("4h(d+h+1) + h*h/h", True, "3h", 72), ("4h(d+h+2) + d - h", True, "h - d", 14),
        ("4h(d+h+2) + 0.5h", False, r"\frac{h}{2}", 12), ("4h(d+h+2)+1", False, "1", 1),
    ],
)  # fmt: skip
def test_the_difference_is_said_in_the_names(typed: str, less: bool, tex: str, value: int) -> None:
    apart = found(typed)
    assert apart is not None
    assert (apart.less, apart.tex, apart.at(VALUES)) == (less, tex, value)


@pytest.mark.parametrize("typed", ["sqrt(h)", "4h(d+h+2)/T", "(d+h+T+1)^3", "4d(d+T+2)"])
def test_a_difference_that_is_no_short_polynomial_is_not_said(typed: str) -> None:
    assert found(typed) is None


@given(st.data(), POLYNOMIALS, POLYNOMIALS)
def test_the_difference_is_what_is_between(data: st.DataObject, one: Terms, two: Terms) -> None:
    typed, right = (parse_typed(data.draw(written(terms)), KNOWN) for terms in (one, two))
    comparison = compare(typed, Reference(right, DOMAIN))
    apart = difference(comparison, VALUES)
    if comparison.equal or apart is None:
        return
    gap = right.evaluate(VALUES.__getitem__) - typed.evaluate(VALUES.__getitem__)
    assert apart.at(VALUES) == abs(gap)
    assert apart.less is (gap >= 0)
    maths.parse(apart.tex)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("4h(d+h+1)", ((2,), 1)), ("4h(d+h)", ((2,), 2)), ("4h(h+2)", ((0,), 1)),
        ("4h", ((0, 1, 2), 1)), ("3h(d+h+2)", None), ("4h(d+h+2)-d", ((3,), 1)),
    ],
)  # fmt: skip
def test_a_difference_is_told_by_the_terms_that_make_it_up(
    typed: str, told: tuple[tuple[int, ...], int] | None
) -> None:
    comparison = compare(parse_typed(typed, KNOWN), Reference(parse_typed(ANSWER, KNOWN), DOMAIN))
    apart = difference(comparison, VALUES)
    assert apart is not None
    terms = [
        polynomial_of(comparison, parse_typed(text, KNOWN)) for text in ("4dh", "4h²", "4h", "d")
    ]
    assert told_by(dict(apart.polynomial), terms) == told


@pytest.mark.parametrize(
    ("typed", "right", "times"),
    [
        ("h/√d", "h/(2√d)", 2), ("h", "2h", Fraction(1, 2)), ("h/√d", "d/√h", None), ("0", "h", None),
        ("-tanh(h)", "tanh(h)", -1), ("h+1", "2h+1", None), ("h + d", "d", None),
    ],
)  # fmt: skip
def test_a_formula_may_be_a_multiple_of_the_right_one(
    typed: str, right: str, times: Value | None
) -> None:
    one, two = (parse_typed(text, WITH_FUNCTIONS) for text in (typed, right))
    assert ratio(compare(one, Reference(two, DOMAIN))) == times


def test_a_difference_is_told_by_values_at_every_point() -> None:
    terms = [(960, 480), (2304, 576), (96, 48), (96, 48)]
    assert told_by_values((96, 48), terms) == (2,)
    assert told_by_values((192, 96), terms) == (2, 3)
    assert told_by_values((1056, 528), terms) is None  # with the third, or with the fourth
    assert told_by_values((3264, 1056), terms) == (0, 1)
    assert told_by_values((96, 47), terms) is None


def _polynomial(terms: Terms) -> dict[int, int]:
    return {sum(p << (16 * i) for i, p in enumerate(powers)): c for powers, c in terms.items()}


@given(POLYNOMIALS)
def test_written_out_and_factored_are_the_polynomial(terms: Terms) -> None:
    polynomial = _polynomial(terms)
    for text in (expanded(polynomial, NAMES), factored(polynomial, NAMES)):
        formula = parse_formula(text)
        assert Algebra(NAMES).rational(formula.expression).top == polynomial
        maths.parse(drawn(formula.expression))


@given(POLYNOMIALS, POLYNOMIALS)
def test_a_product_divides_by_its_factors(one: Terms, two: Terms) -> None:
    left, right = _polynomial(one), _polynomial(two)
    product = multiply(left, right, Work())
    assert quotient(product, right, Work()) == left
    if right.keys() != {0}:
        assert quotient(add(product, {0: 1}), right, Work()) is None
