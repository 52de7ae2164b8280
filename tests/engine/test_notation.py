"""Numbers and arrays as worked answers write them."""

import pytest

from tutor.engine.notation import array_term, factor, in_parentheses, real, tex


@pytest.mark.parametrize(
    ("value", "alone", "multiplied"),
    [
        (0.5, "0.5", "0.5"),
        (-0.0, "0", "0"),
        (-2.0, "-2", "(-2)"),
        (1 / 3, "0.3333", "0.3333"),
        (1e-7, r"1 \times 10^{-7}", r"(1 \times 10^{-7})"),
        (-1e-7, r"-1 \times 10^{-7}", r"(-1 \times 10^{-7})"),
    ],
)
def test_a_sign_or_a_power_needs_parentheses(value: float, alone: str, multiplied: str) -> None:
    assert tex(value) == alone
    assert factor(value) == in_parentheses(alone) == multiplied


def test_zero_has_no_sign() -> None:
    assert str(real(-0.0)) == "0.0"


def test_an_array_stands_for_its_symbol_unless_numbers_are_given() -> None:
    bare = array_term("h", "$h$", "h_t", [[1.0, 2.0, 3.0]])
    assert (bare.id, bare.label, bare.symbol, bare.substituted) == ("h", "$h$", "h_t", "h_t")
    assert (bare.value, bare.shape) == (((1.0, 2.0, 3.0),), (1, 3))
    assert array_term("h", "$h$", "h_t", [1.0], "1").substituted == "1"
