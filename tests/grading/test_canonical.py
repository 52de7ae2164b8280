from __future__ import annotations

import pytest

from tutor.grading.canonical import canonical
from tutor.grading.domain import Range
from tutor.grading.learner import parse_known
from tutor.grading.vocabulary import Vocabulary

DOMAIN = (("d", Range(8, 16, whole=True)), ("h", Range(8, 64, whole=True)))
WORDS = Vocabulary(("d", "h"), frozenset({"exp", "log", "sqrt", "tanh"}))


def text(formula: str) -> str:
    return canonical(parse_known(formula, WORDS), DOMAIN)


def test_a_polynomial_is_multiplied_out() -> None:
    assert text("h(d+h)*4 - h/2") == "4*d*h + 4*h^2 - h/2"
    assert text("(d^2-h^2)/(d-h)") == "d + h"
    assert text("sqrt(h) - sqrt(h)") == "0"


@pytest.mark.parametrize(
    "same",
    [
        ["d/h", "2d/(2h)", "d^2/(d*h)"],
        ["sqrt(d)/d", "1/sqrt(d)", "d^(-1/2)"],
        ["exp(d)exp(h)", "exp(d+h)"],
        ["tanh(h)", "(e^h-e^(-h))/(e^h+e^(-h))"],
        ["log(d) + log(h)", "ln(d*h)"],
        ["sqrt(-d)", "sqrt(-h)"],  # neither has any value
    ],
)
def test_what_is_no_polynomial_is_told_by_its_values(same: list[str]) -> None:
    assert len({text(formula) for formula in same}) == 1
    assert text(f"{same[0]} + 1/h") != text(same[0]) or "?" in text(same[0])


def test_a_zero_is_a_zero_however_it_is_computed() -> None:
    zeros = ["exp(d+h) - exp(d)exp(h)", "sqrt(d^2) - d", "log(d*h) - log(d) - log(h)"]
    assert len({text(formula) for formula in zeros}) == 1
