from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.formula import Value, parse_formula
from tutor.grading.tokens import FormulaError

NAMES: dict[str, Value] = {"d": 10, "h": 24, "lstm.total": 3456, "x": 0.5}


def value_of(text: str) -> Value:
    return parse_formula(text).evaluate(NAMES.__getitem__)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4*h*(d+h+2)", 3456), ("lstm.total - d", 3446), ("-d^2", -100), ("2^-1", Fraction(1, 2)),
        ("2^3^2", 512), ("d/h", Fraction(5, 12)), ("h/d/2", Fraction(6, 5)), ("7 - 2 - 1", 4),
        ("sqrt(1/4)", Fraction(1, 2)), ("50%", Fraction(1, 2)), ("+3", 3), ("x*2", 1.0),
    ],
)  # fmt: skip
def test_formulas_are_exact_where_they_can_be(text: str, value: object) -> None:
    result = value_of(text)
    assert result == value
    assert type(result) is type(value)


def test_functions() -> None:
    assert value_of("exp(1)") == math.e
    assert value_of("tanh(x)") == math.tanh(0.5)
    assert value_of("log(exp(2))") == pytest.approx(2)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0), ("1 +", 3), ("(1", 0), ("1)", 1), ("1 @ 2", 2), ("exp 2", 4), ("1..2", 2),
        ("d d", 2), ("4h", 1), ("__import__('os')", 11), ("x" * 501, 500),
    ],
)  # fmt: skip
def test_an_error_names_its_place(text: str, offset: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    "text",
    ["9**9**9", "9^9^9^9^9", "1/0", "0^-1", "log(0)", "sqrt(-1)", "(-8)^(1/3)", "exp(1000)", "q",
     "10^4000*10^4000", "1e300*1e300*x", "2^4096*2^4096"],
)  # fmt: skip
def test_what_has_no_value_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        value_of(text)


@pytest.mark.parametrize("text", ["(" * 400, "-" * 400, "2^" * 200 + "1", "exp(" * 100])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)


@given(st.text(alphabet="0123456789+-*/^()dhx. %,²", max_size=40))
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    try:
        value_of(text)
    except FormulaError as error:
        assert 0 <= error.offset <= len(text)


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 50))
def test_arithmetic_agrees_with_fractions(a: int, b: int, c: int) -> None:
    text = f"({a}) * ({b}) - ({a}) / {c} + ({b})^2"
    assert value_of(text) == Fraction(a) * b - Fraction(a, c) + b**2
