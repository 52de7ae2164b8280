"""What a formula says: expressions and their exact values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from tutor.grading.tokens import FormulaError
from tutor.text.message import Message, msg

Value = int | Fraction | float

MAX_EXPONENT = 4096
MAX_BITS = 4096  # of an exact result: some 1,200 digits

FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exact as written."""

    value: int | Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands for a value."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Negative:
    """The negative of an expression."""

    of: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions joined by one of `+ - * / ^`."""

    operator: str
    left: Expression
    right: Expression
    offset: int


@dataclass(frozen=True, slots=True)
class Call:
    """One of the known functions of an expression."""

    function: str
    of: Expression
    offset: int


Expression = Number | Name | Negative | Binary | Call


def simple_exact(value: int | Fraction) -> int | Fraction:
    """Return a fraction as an integer, where it is one."""
    return value.numerator if value.denominator == 1 else value


def simple(value: Value) -> Value:
    """Return an exact value as an integer, where it is one."""
    return value if isinstance(value, float) else simple_exact(value)


def evaluate(expression: Expression, lookup: Callable[[str], Value]) -> Value:
    """Return the value of an expression; see `Formula.evaluate`."""
    match expression:
        case Number(value):
            return value
        case Name(name, offset):
            try:
                return lookup(name)
            except KeyError:
                raise FormulaError(offset, msg("unknown name `{name}`", name=name)) from None
        case Negative(of):
            return -evaluate(of, lookup)
        case Binary(operator, left, right, offset):
            return _combine(operator, evaluate(left, lookup), evaluate(right, lookup), offset)
        case Call(function, of, offset):
            return apply(function, evaluate(of, lookup), offset)
        case _:
            assert_never(expression)


def apply(function: str, argument: Value, offset: int) -> Value:
    """Return the value of a function, exact where a root is."""
    if function == "sqrt" and not isinstance(argument, float) and argument >= 0:
        value = Fraction(argument)
        roots = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if roots[0] ** 2 == value.numerator and roots[1] ** 2 == value.denominator:
            return Fraction(*roots)
    try:
        return FUNCTIONS[function](float(argument))
    except (ValueError, OverflowError):
        raise FormulaError(offset, out_of_range()) from None


def _combine(operator: str, left: Value, right: Value, offset: int) -> Value:
    try:
        match operator:
            case "+":
                result = left + right
            case "-":
                result = left - right
            case "*":
                result = left * right
            case "/":
                result = left / right if _inexact(left, right) else Fraction(left) / Fraction(right)
            case _:
                result = _power(left, right, offset)
    except ZeroDivisionError:
        raise FormulaError(offset, msg("division by zero")) from None
    except (OverflowError, ValueError):
        raise FormulaError(offset, out_of_range()) from None
    if not isinstance(result, float) and _bits(result) > MAX_BITS:
        raise FormulaError(offset, out_of_range())
    if isinstance(result, float) and not math.isfinite(result):
        raise FormulaError(offset, out_of_range())
    return result


def _power(base: Value, exponent: Value, offset: int) -> Value:
    exponent = simple(exponent)
    if isinstance(exponent, int) and not isinstance(base, float):
        # refused before it is computed: 9^9^9 would never end
        if abs(exponent) > MAX_EXPONENT or _bits(base) * abs(exponent) > 2 * MAX_BITS:
            raise FormulaError(offset, out_of_range())
        return Fraction(base) ** exponent
    if base < 0 and not isinstance(exponent, int):
        raise FormulaError(offset, msg("a root of a negative number"))
    return math.pow(base, exponent)


def _inexact(left: Value, right: Value) -> bool:
    return isinstance(left, float) or isinstance(right, float)


def _bits(value: int | Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def out_of_range() -> Message:
    """Return what is said of a number that is too large, or has no value."""
    return msg("the number is out of range")
