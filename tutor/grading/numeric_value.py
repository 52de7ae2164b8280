"""The value of an expression at a point, to many digits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import (
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from typing import assert_never

from tutor.grading.expression import Binary, Call, Expression, Name, Negative, Number

DIGITS = 70
_CONTEXT = Context(prec=DIGITS, Emax=100_000, Emin=-100_000,
                   traps=[DivisionByZero, InvalidOperation, Overflow])  # fmt: skip
_SAME = Decimal(10) ** -40  # of two values, relative to them
_NOISE = Decimal(10) ** (5 - DIGITS)  # relative to the largest number on the way to them


class At:
    """A point, at which expressions have values."""

    def __init__(self, point: Mapping[str, Decimal]) -> None:
        self._point = point
        self._largest = Decimal(0)

    def equal(self, left: Expression, right: Expression) -> bool | None:
        """Return whether two expressions agree here; None if neither has a value.

        Where one alone has a value they do not agree.
        """
        with localcontext(_CONTEXT):
            self._largest = Decimal(0)
            one, two = self.value(left), self.value(right)
            if one is None or two is None:
                return None if one is two else False
            apart = abs(one - two)
            return apart <= _SAME * max(abs(one), abs(two)) or apart <= _NOISE * self._largest

    def value(self, expression: Expression) -> Decimal | None:
        """Return the value, or None if there is none, or none of a size to compare."""
        try:
            with localcontext(_CONTEXT):
                return self._value(expression)
        except (DivisionByZero, InvalidOperation, Overflow):
            return None

    def _value(self, expression: Expression) -> Decimal:
        match expression:
            case Number(value):
                result = Decimal(value.numerator) / value.denominator
            case Name(name):
                result = self._point[name]
            case Negative(of):
                result = -self._value(of)
            case Binary(operator, left, right):
                result = _combined(operator, self._value(left), self._value(right))
            case Call(function, of):
                result = _called(function, self._value(of))
            case _:
                assert_never(expression)
        self._largest = max(self._largest, abs(result))
        return result


def _combined(operator: str, left: Decimal, right: Decimal) -> Decimal:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            return _power(left, right)


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    """Return a power, faster than decimal's own, which rounds to the last digit."""
    if exponent == exponent.to_integral_value():
        return base**exponent
    if 2 * exponent == (2 * exponent).to_integral_value():
        return base.sqrt() ** (2 * exponent)
    return (exponent * base.ln()).exp() if base > 0 else base**exponent


def _called(function: str, argument: Decimal) -> Decimal:
    match function:
        case "exp":
            return argument.exp()
        case "log":
            if argument <= 0:
                raise InvalidOperation
            return argument.ln()
        case "sqrt":
            return argument.sqrt()
        case _:  # tanh
            if abs(argument) > DIGITS * 2:
                return Decimal(1).copy_sign(argument)
            twice = (2 * argument).exp()
            return (twice - 1) / (twice + 1)
