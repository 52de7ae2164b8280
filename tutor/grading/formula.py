"""Formulas: one safe grammar for content and for learners."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from tutor.grading.tokens import FormulaError, Token, TokenKind, tokenize
from tutor.text.message import Message, msg

Value = int | Fraction | float

MAX_DEPTH = 32
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


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula."""

    text: str
    expression: Expression
    names: frozenset[str]

    def evaluate(self, lookup: Callable[[str], Value]) -> Value:
        """Return the value: an exact integer or fraction where that is possible.

        Args:
            lookup: gives the value of a name; a name it does not know raises `KeyError`.

        Raises:
            FormulaError: an unknown name, a division by zero, a result out of range.
        """
        return _simple(_evaluate(self.expression, lookup))


@lru_cache(maxsize=8192)
def parse_formula(text: str) -> Formula:
    """Parse a formula over numbers, names, `+ - * / ^ ( )`, `%` and the known functions.

    Raises:
        FormulaError: with the offset of the first thing that does not fit.
    """
    parser = _Parser(tokenize(text))
    expression = parser.sum(0)
    if parser.token.kind is not TokenKind.END:
        raise FormulaError(
            parser.token.offset, msg("`{sign}` has no place here", sign=parser.token.typed)
        )
    return Formula(text, expression, frozenset(parser.names))


class _Parser:
    """Recursive descent; every level counts towards the depth limit."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0
        self.names: set[str] = set()

    @property
    def token(self) -> Token:
        return self._tokens[self._at]

    def _take(self, *operators: str) -> Token | None:
        token = self.token
        if token.kind is TokenKind.OPERATOR and token.text in operators:
            self._at += 1
            return token
        return None

    def sum(self, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise FormulaError(self.token.offset, msg("nested too deeply"))
        left = self._product(depth)
        while operator := self._take("+", "-"):
            left = Binary(operator.text, left, self._product(depth), operator.offset)
        return left

    def _product(self, depth: int) -> Expression:
        left = self._signed(depth)
        while operator := self._take("*", "/"):
            left = Binary(operator.text, left, self._signed(depth), operator.offset)
        return left

    def _signed(self, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise FormulaError(self.token.offset, msg("nested too deeply"))
        if self._take("-"):
            return Negative(self._signed(depth + 1))
        if self._take("+"):
            return self._signed(depth + 1)
        return self._power(depth)

    def _power(self, depth: int) -> Expression:
        base = self._atom(depth)
        while percent := self._take("%"):
            base = Binary("/", base, Number(100), percent.offset)
        if operator := self._take("^"):
            return Binary("^", base, self._signed(depth + 1), operator.offset)
        return base

    def _atom(self, depth: int) -> Expression:
        token = self.token
        if token.kind is TokenKind.NUMBER:
            self._at += 1
            return Number(_exact(token))
        if token.kind is TokenKind.NAME:
            self._at += 1
            if token.text in FUNCTIONS:
                return self._call(token, depth)
            self.names.add(token.text)
            return Name(token.text, token.offset)
        if self._take("("):
            inside = self.sum(depth + 1)
            self._close(token)
            return inside
        if token.kind is TokenKind.END:
            raise FormulaError(token.offset, msg("the formula ends too early"))
        raise FormulaError(token.offset, msg("`{sign}` has no place here", sign=token.typed))

    def _call(self, name: Token, depth: int) -> Expression:
        opening = self.token
        if not self._take("("):
            raise FormulaError(
                opening.offset, msg("`{name}` needs brackets: {name}(…)", name=name.text)
            )
        inside = self.sum(depth + 1)
        self._close(opening)
        return Call(name.text, inside, name.offset)

    def _close(self, opening: Token) -> None:
        if not self._take(")"):
            raise FormulaError(opening.offset, msg("this bracket is not closed"))


def _exact(token: Token) -> int | Fraction:
    mantissa, _, exponent = token.text.lower().partition("e")
    if exponent and abs(int(exponent)) > 400:
        raise FormulaError(token.offset, msg("the number is out of range"))
    return _simple_exact(Fraction(mantissa) * Fraction(10) ** int(exponent or 0))


def _simple_exact(value: int | Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _simple(value: Value) -> Value:
    return value if isinstance(value, float) else _simple_exact(value)


def _evaluate(expression: Expression, lookup: Callable[[str], Value]) -> Value:
    match expression:
        case Number(value):
            return value
        case Name(name, offset):
            try:
                return lookup(name)
            except KeyError:
                raise FormulaError(offset, msg("unknown name `{name}`", name=name)) from None
        case Negative(of):
            return -_evaluate(of, lookup)
        case Binary(operator, left, right, offset):
            return _combine(operator, _evaluate(left, lookup), _evaluate(right, lookup), offset)
        case Call(function, of, offset):
            return _call(function, _evaluate(of, lookup), offset)
        case _:
            assert_never(expression)


def _call(function: str, argument: Value, offset: int) -> Value:
    if function == "sqrt" and not isinstance(argument, float) and argument >= 0:
        value = Fraction(argument)
        roots = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if roots[0] ** 2 == value.numerator and roots[1] ** 2 == value.denominator:
            return Fraction(*roots)
    try:
        return FUNCTIONS[function](float(argument))
    except (ValueError, OverflowError):
        raise FormulaError(offset, _out_of_range()) from None


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
        raise FormulaError(offset, _out_of_range()) from None
    if not isinstance(result, float) and _bits(result) > MAX_BITS:
        raise FormulaError(offset, _out_of_range())
    if isinstance(result, float) and not math.isfinite(result):
        raise FormulaError(offset, _out_of_range())
    return result


def _power(base: Value, exponent: Value, offset: int) -> Value:
    exponent = _simple(exponent)
    if isinstance(exponent, int) and not isinstance(base, float):
        # refused before it is computed: 9^9^9 would never end
        if abs(exponent) > MAX_EXPONENT or _bits(base) * abs(exponent) > 2 * MAX_BITS:
            raise FormulaError(offset, _out_of_range())
        return Fraction(base) ** exponent
    if base < 0 and not isinstance(exponent, int):
        raise FormulaError(offset, msg("a root of a negative number"))
    return math.pow(base, exponent)


def _inexact(left: Value, right: Value) -> bool:
    return isinstance(left, float) or isinstance(right, float)


def _bits(value: int | Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _out_of_range() -> Message:
    return msg("the number is out of range")
