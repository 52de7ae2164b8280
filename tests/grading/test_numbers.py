from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.formula import parse_formula
from tutor.grading.numbers import NumberProblem, Tolerance, matches, parse_number, write
from tutor.grading.tokens import FormulaError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,024", 1024), ("1 024", 1024), ("1_024", 1024), ("2^10", 1024), ("2**10", 1024),
        ("0.25", Fraction(1, 4)), ("1/4", Fraction(1, 4)), ("25%", Fraction(1, 4)),
        ("1e-3", Fraction(1, 1000)), (" 42 ", 42), ("-3", -3), ("−3", -3), ("１２８", 128),
        ("4*24*(10+24+2)", 3456), ("4·24×36", 3456), ("2²", 4), ("9.5×10^-7", Fraction(95, 10**8)),
        ("1,024.5", Fraction(2049, 2)), (".5", Fraction(1, 2)), ("1\u202f024", 1024),
        ("2.04 x 10^-10", Fraction(204, 10**12)), ("2x10**3", 2000),
    ],
)  # fmt: skip
def test_a_number_is_understood_as_people_write_it(text: str, value: object) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", " ", "10,24", "1,02,4", "1,024,5", "1 02", "1 2", "9**9**9", "9^9^9^9", "١٢٨", "NaN", "inf",
     "-", "1/0", "(1", "1)", "x", "3개", "1e999", "0x10", "1_0", "9" * 10_000, "(" * 90, "1;2", "\x1b"],
)  # fmt: skip
def test_what_is_no_number_is_asked_again(text: str) -> None:
    problem = parse_number(text)
    assert isinstance(problem, NumberProblem)
    assert 0 < len(str(problem.message)) < 200


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    parse_number(text)


@given(st.integers(-(10**30), 10**30))
def test_every_way_to_group_an_integer_reads_the_same(number: int) -> None:
    grouped = f"{number:,}"
    assert parse_number(str(number)) == number
    assert parse_number(grouped) == number
    assert parse_number(grouped.replace(",", " ")) == number
    assert parse_number(grouped.replace(",", "_")) == number


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_integers_match_exactly(a: int, b: int) -> None:
    assert matches(a, b) == (a == b)


@pytest.mark.parametrize(
    ("typed", "right", "tolerance", "ok"),
    [
        ("0.666", 0.665, Tolerance(absolute=0.001), True),
        ("0.667", 0.665, Tolerance(absolute=0.001), False),
        ("9.5e-7", 0.25**10, Tolerance(relative=0.01), True),
        ("9.4e-7", 0.25**10, Tolerance(relative=0.01), False),
    ],
)
def test_a_tolerance_is_kept_on_both_sides(
    typed: str, right: float, tolerance: Tolerance, ok: bool
) -> None:
    value = parse_number(typed)
    assert not isinstance(value, NumberProblem)
    assert matches(value, right, tolerance) is ok


@pytest.mark.parametrize(
    ("value", "right"),
    [(10**400, 3), (3, 10**400), (10**400, -(10**400))],
    ids=["value", "right", "both"],
)
def test_numbers_beyond_floats_are_compared(value: int, right: int) -> None:
    assert not matches(value, right, Tolerance(relative=1e-9))
    assert matches(value, value, Tolerance(relative=1e-9))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3456, "3,456"),
        (Fraction(1, 4), "0.25"),
        (Fraction(1, 3), "1/3 ≈ 0.333333"),
        (Fraction(-10, 3), "-10/3 ≈ -3.33333"),
        (1e-9, "1e-09"),
        (Fraction(1, 10**400), "1e-400"),
        (Fraction(-12345678, 10**400), "-1.23457e-393"),
        (Fraction(10**300, 7), "1.42857e+299"),
        (Fraction(1, 3**40), "8.22526e-20"),
        (10**300, "1.000000e+300"),
        (-(10**400), "-1.000000e+400"),
        (Fraction(10**400, 7), "1.42857e+399"),
    ],
)
def test_understood_as(value: float, text: str) -> None:
    assert write(value) == text


@pytest.mark.parametrize(
    ("text", "sign"),
    [("**2", "**"), ("2***3", "*"), ("2^^3", "^"), ("2 × × 3", "×"), ("2)", ")"), ("²", "²"), ("２／／３", "／")],
)  # fmt: skip
def test_what_has_no_place_is_quoted_as_it_was_typed(text: str, sign: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert caught.value.message.values["sign"] == sign
