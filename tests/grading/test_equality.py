from __future__ import annotations

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grading.ways import DOMAIN, KNOWN, NAMES, POLYNOMIALS, WITH_FUNCTIONS, Terms, written
from tutor.grading.domain import POINTS, Range, points
from tutor.grading.equality import Reference, compare
from tutor.grading.expression import Value
from tutor.grading.learner import MAX_TYPED, parse_typed
from tutor.grading.polynomial import TooLarge, Work
from tutor.grading.rational import Algebra
from tutor.grading.tokens import FormulaError


def equal(one: str, two: str) -> bool:
    formulas = [parse_typed(text, WITH_FUNCTIONS) for text in (one, two)]
    return compare(formulas[0], Reference(formulas[1], DOMAIN)).equal


def test_the_ways_of_the_lecture_are_one_formula() -> None:
    ways = ["4(dh + h^2 + h)", "4h(d+h+1)", "4·(d×h + h² + h)", "4*d*h+4*h**2+4*h", "4dh+4h²+4h"]
    assert all(equal(way, ways[0]) for way in ways)
    assert not equal("4h(d+h+2)", ways[0])


@given(st.data(), POLYNOMIALS)
def test_a_polynomial_is_itself_however_it_is_written(data: st.DataObject, terms: Terms) -> None:
    one = data.draw(written(terms))
    two = data.draw(written(terms))
    assert equal(one, two)


@given(st.data(), POLYNOMIALS, st.integers(-9, 9).filter(bool))
def test_a_changed_term_makes_another_polynomial(
    data: st.DataObject, terms: Terms, change: int
) -> None:
    powers = data.draw(st.sampled_from(sorted(terms)))
    changed = {**terms, powers: terms[powers] + change}
    if not changed[powers]:
        changed = {powers: value for powers, value in changed.items() if value} or {(0,) * 4: 1}
    assert not equal(data.draw(written(terms)), data.draw(written(changed)))


@given(st.data(), POLYNOMIALS)
def test_a_changed_power_makes_another_polynomial(data: st.DataObject, terms: Terms) -> None:
    powers = data.draw(st.sampled_from(sorted(terms)))
    other = (powers[0] + 4, *powers[1:])
    changed = {(other if key == powers else key): value for key, value in terms.items()}
    assert not equal(data.draw(written(terms)), data.draw(written(changed)))


@given(st.data(), POLYNOMIALS)
def test_a_polynomial_has_the_value_of_its_terms(data: st.DataObject, terms: Terms) -> None:
    values: dict[str, Value] = {"d": 3, "h": 5, "T": 2, "d_k": 7}
    total = 0
    for powers, coefficient in terms.items():
        product = coefficient
        for name, power in zip(NAMES, powers, strict=True):
            product *= int(values[name]) ** power
        total += product
    formula = parse_typed(data.draw(written(terms)), KNOWN)
    assert formula.evaluate(values.__getitem__) == total


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("h*(d+1)/h", "d+1"), ("(d^2-h^2)/(d-h)", "d+h"), ("1/d+1/h", "(d+h)/(dh)"),
        ("(1/d)/(1/h)", "h/d"), ("h^-2", "1/h^2"), ("0.5h", "h/2"), ("50%h", "h/2"),
        ("0.1h+0.2h", "0.3h"), ("d/(h/2)", "(2d)/h"), ("(h-8)/(h-8)", "1"),
    ],
)  # fmt: skip
def test_rational_functions_are_compared_exactly(one: str, two: str) -> None:
    assert equal(one, two)
    assert not equal(f"{one} + 10^(-50)", two)
    assert not equal(f"{one} * (1 + 10^(-50)h)", two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("sqrt(h^2)", "h"), ("√h√h", "h"), ("sqrt(8)", "2sqrt(2)"), ("h^0.5", "√h"),
        ("tanh(h)", "(e^h - e^(-h))/(e^h + e^(-h))"), ("log(dh)", "log(d) + ln(h)"),
        ("exp(d)exp(h)", "exp(d+h)"), ("2^h*2^d", "2^(d+h)"), ("sqrt(h^2+1)-h", "1/(sqrt(h^2+1)+h)"),
        ("tanh(h)", "2/(1+exp(-2h)) - 1"), ("exp(h(d+1))", "exp(dh+h)"), ("(-1)^h", "(-1)^(h+2)"),
        ("sqrt(4)", "2"), ("exp(log(h))", "h"), ("dh/√(dh)", "√(dh)"),
        ("(h-8)/(h-8)*sqrt(h)", "sqrt(h)"), ("exp(h-h)", "1"),
    ],
)  # fmt: skip
def test_functions_are_compared_at_many_points(one: str, two: str) -> None:
    assert equal(one, two)
    assert not equal(one, f"({two})*(1 + 10^(-20))")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("tanh(h)", "1"), ("log(1+exp(h))", "h"), ("h + exp(-h)", "h"), ("sqrt(h^2+1)", "h"),
        ("log(h)", "log(h-20)"), ("log(h-100)", "log(h-100)+1"), ("exp(h)", "exp(d)"),
        ("tanh(400h)", "1"), ("sqrt(h)", "sqrt(d)"), ("2^h", "h^2"),
    ],
)  # fmt: skip
def test_what_nearly_agrees_does_not(one: str, two: str) -> None:
    assert not equal(one, two)


@pytest.mark.parametrize(
    "typed",
    [
        "h(√(h²)-h)/(√(h²)-h)",
        "h + 0/(√(h²)-h)",
        "h(exp(0)-1)/(exp(0)-1)",
        "h log(h-100)/log(h-100)",
    ],
)
def test_what_divides_by_a_hidden_zero_or_has_no_value_is_not_equal(typed: str) -> None:
    assert not equal(typed, "h")
    assert equal("h·√d/√d", "h")


def test_an_identity_need_hold_on_the_domain_alone() -> None:
    shifted = [parse_typed(text, WITH_FUNCTIONS) for text in ("sqrt((h-5)^2)", "h-5")]
    beyond = tuple((name, Range(8, 64, whole=True)) for name in NAMES)
    assert compare(shifted[0], Reference(shifted[1], beyond)).equal
    assert not compare(shifted[0], Reference(shifted[1], DOMAIN)).equal


def test_the_points_are_many_distinct_and_inside() -> None:
    found = list(points(DOMAIN))
    assert len({tuple(point.values()) for point, _ in found}) == POINTS
    assert sum(whole for _, whole in found) >= 8
    assert all(2 <= value <= 64 for point, _ in found for value in point.values())
    assert found == list(points(DOMAIN))


HOSTILE = [
    "9**9**9", "9^9^9", "(h+d)^3000", "(h+d+T+1)^64", "(h+d+T+d_k+1)^9(h+d+T+d_k+1)^9", "1/0", "1/(d-d)",
    "1/(h^2-h*h)", "(1/(d-d))^0", "0^-1", "(h-h)^-2", "((h^64)^64)^64", "(h+1)^60(d+1)^60", "10^200*10^200",
    "sqrt(-1)", "log(0)", "2^(10^9)", "+".join(f"√(h+{n})" for n in range(25)),
    "*".join(["(d+h+T+d_k)"] * 16),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_formulas_are_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        equal(text, "4h(d+h+2)")


def calls(text: str) -> int:
    """Count the calls of Python functions that reading and comparing a text takes."""
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    right = Reference(parse_typed("4h(d+h+2)", KNOWN), DOMAIN)
    sys.setprofile(counting)
    try:
        compare(parse_typed(text, WITH_FUNCTIONS), right)
    except FormulaError:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "text",
    [*HOSTILE, "d" * 200, "(" * 200, "dh" * 100, "q" * 200, "1+" * 99 + "1", "h*" * 99 + "h", "h/" * 99 + "h",
     "-" * 200, "h^" * 99 + "h", "9" * 200, "1,000" * 40, "²" * 200, "√" * 200, "√h" * 100, "_" * 200,
     "\ud800" * 10, "x" * 10**7],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    assert calls(text) < 10_000


def test_work_is_refused_before_it_is_done() -> None:
    work = Work(100)
    with pytest.raises(TooLarge):
        Algebra(NAMES, work).rational(parse_typed("(h+d+1)^30", KNOWN).expression)
    assert work.left < 0
    assert work.left > -200


@given(st.text(alphabet="dhT²√e()+-*/^ 0123456789.", max_size=MAX_TYPED // 4))
def test_comparing_never_raises_anything_else(text: str) -> None:
    try:
        equal(text, "4h(d+h+2)")
    except FormulaError as error:
        assert str(error.message)
