from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grading.ways import POLYNOMIALS, WITH_FUNCTIONS, Terms, written
from tutor.grading.drawn import drawn, drawn_name
from tutor.grading.learner import parse_typed
from tutor.grading.tokens import FormulaError
from tutor.text import maths


def tex(text: str) -> str:
    return drawn(parse_typed(text, WITH_FUNCTIONS).expression)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("4*h*(d+h+1)", "4h(d + h + 1)"), ("4·(d×h + h² + h)", "4(dh + h² + h)"),
        ("4h*h", "4hh"), ("2*3*h", "2 · 3h"), ("h*2", "h · 2"), ("2*(3*h)", "2(3h)"),
        ("(h+1)/h", "(h + 1)/h"), ("4h/(2d)", "4h/(2d)"), ("T(T+1)/2", "T(T + 1)/2"),
        ("-h^2", "−h²"), ("(-h)^2", "(−h)²"), ("(2h)^2", "(2h)²"), ("d-(h-1)", "d − (h − 1)"),
        ("d-(-h)", "d − (−h)"), ("-(d+h)", "−(d + h)"), ("d_k*h", "dₖ · h"), ("4d_k", "4dₖ"),
        ("e^(-h)", "e⁻ʰ"), ("tanh(h)/2", "tanh(h)/2"), ("√(h+1)", "√(h + 1)"), ("h exp(d)", "h exp(d)"),
        ("1024h", "1,024h"), ("0.5h", "0.5h"), ("2^(d+h)", "2ᵈ⁺ʰ"), ("(h^2)^3", "(h²)³"),
        ("(-2)*h", "−2h"), ("h*(-2)", "h(−2)"),
    ],
)  # fmt: skip
def test_a_formula_is_drawn_with_the_brackets_it_needs(typed: str, shown: str) -> None:
    assert maths.inline(maths.parse(tex(typed))) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("h", "h"), ("d_k", "dₖ"), ("d_model", "d_model"), ("vocab", "vocab"), ("n_12", "n₁₂")]
)  # fmt: skip
def test_names(name: str, shown: str) -> None:
    assert maths.inline(maths.parse(drawn_name(name))) == shown


def _signless(text: str) -> str:
    return text.translate({ord("−"): "-", ord("·"): "*", 0xA0: " "})


@given(st.data(), POLYNOMIALS)
def test_what_is_drawn_reads_as_what_was_typed(data: st.DataObject, terms: Terms) -> None:
    typed = data.draw(written(terms))
    shown = _signless(maths.inline(maths.parse(tex(typed))))
    values = {"d": 3, "h": 5, "T": 2, "d_k": 7}
    meant = parse_typed(typed, WITH_FUNCTIONS).evaluate(values.__getitem__)
    assert parse_typed(shown, WITH_FUNCTIONS).evaluate(values.__getitem__) == meant


@given(st.text(alphabet="dhT_k²√e,.()+-*/^% 0123456789x", max_size=200))
def test_every_formula_can_be_drawn(text: str) -> None:
    try:
        formula = tex(text)
    except FormulaError:
        return
    maths.block(maths.parse(formula))


@pytest.mark.parametrize(
    "text",
    ["h/" * 59 + "h", "1/h*" * 29 + "1", "(" * 12 + "h" + ")/h" * 12, "√" * 11 + "h", "2^" * 11 + "h",
     "h%" * 50, "exp(" * 10 + "h" + ")" * 10, "-" * 12 + "h", "d_k*" * 49 + "d_k", "√h" * 59, "h/(" * 11 + "h" + ")" * 11],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_the_longest_and_deepest_formulas_can_be_drawn(text: str) -> None:
    try:
        formula = tex(text)
    except FormulaError as error:
        assert "too deeply" in str(error.message)
        return
    maths.block(maths.parse(formula))
