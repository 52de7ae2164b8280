"""Numbers as learners type them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from tutor.grading.formula import Value, parse_formula
from tutor.grading.tokens import FormulaError
from tutor.text.keystrokes import FULL_WIDTH
from tutor.text.message import Message, msg
from tutor.text.safe import scrub
from tutor.text.template import write_number

MAX_LENGTH = 100
_LONG: int = 10**15  # an integer of more digits is not written out
_MOST_DECIMALS = 12
SHOWN = 20  # characters of a long answer that a message repeats


@dataclass(frozen=True, slots=True)
class NumberProblem:
    """Why a text is not a number, in words for the learner."""

    message: Message


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far an answer may lie from the right value; both zero means exactly."""

    absolute: float = 0.0
    relative: float = 0.0


EXACT = Tolerance()
_SPACE_GROUPS = re.compile(r"(?<![\d.,_])(\d{1,3})((?:[ \u00a0\u2009\u202f]\d{3})+)(?![\d_])")
_UNDERSCORE_GROUPS = re.compile(r"(?<![\w.,])\d{1,3}(?:_\d{3})+(?![\w])", re.ASCII)
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])", re.ASCII)
_TWO_NUMBERS = re.compile(r"\d\s+[\d.]")
_TIMES_TEN = re.compile(r"(?<=[\d)])\s*[xX]\s*(?=10\s*(?:\^|\*\*))")  # 2.04 x 10^-10


def parse_number(text: str) -> Value | NumberProblem:
    """Read a number, or arithmetic on numbers.

    Understood are `1,024`, `1 024`, `1_024`, `2^10`, `0.25`, `1/4`, `25%`, `1e-3`, `4*24*36`.
    A text that could be read in two ways, such as `10,24`, is a problem, not a guess.
    """
    text = text.strip()[: MAX_LENGTH + 1].translate(FULL_WIDTH)
    text = _TIMES_TEN.sub("*", text)
    ungrouped = _UNDERSCORE_GROUPS.sub(lambda m: m.group().replace("_", ""), text)
    ungrouped = _SPACE_GROUPS.sub(lambda m: re.sub(r"\s", "", m.group()), ungrouped)
    if problem := _misreading(text, ungrouped):
        return NumberProblem(problem)
    try:
        value = parse_formula(ungrouped).evaluate(_no_names)
        float(value)
    except FormulaError as error:
        reason = error.message
    except OverflowError:
        reason = msg("the number is out of range")
    else:
        return value
    return NumberProblem(
        msg("`{text}` is not understood as a number: {reason}.", text=_shown(text), reason=reason)
    )


def _misreading(text: str, ungrouped: str) -> Message | None:
    """Return why the text should not even be tried, if so."""
    if not text:
        return msg("Type a number.")
    if len(text) > MAX_LENGTH:
        return msg("That is longer than {limit} characters. Type a number.", limit=MAX_LENGTH)
    if "," in _COMMA_GROUPS.sub("", ungrouped):
        return msg(
            "`{text}` can be read in two ways. Group thousands as in 1,024; "
            "write a decimal with a point, as in 10.24.",
            text=_shown(text),
        )
    if _TWO_NUMBERS.search(ungrouped):
        return msg("`{text}` looks like two numbers. Type one.", text=_shown(text))
    return None


def matches(value: Value, right: Value, tolerance: Tolerance = EXACT) -> bool:
    """Return whether a value is the right one; exactly, unless a tolerance is given."""
    if tolerance == EXACT:
        return value == right
    near, size = as_float(value), as_float(right)
    if math.isinf(near) or math.isinf(size):
        return value == right
    allowed = max(tolerance.absolute, tolerance.relative * abs(size))
    # a hair more than allowed, so that 0.665 ± 0.001 accepts 0.666 in binary too
    return abs(near - size) <= allowed * (1 + 1e-9)


def as_float(value: Value) -> float:
    """Return a value as a float, infinite where it is beyond floats."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def write(value: Value) -> str:
    """Write a value as the program understood it: grouped, and exact where it is short."""
    if isinstance(value, Fraction):
        decimal = as_float(value)
        if math.isinf(decimal):
            return _scientific(value)
        if Fraction(repr(decimal)) == value:
            value = decimal
        elif _is_long(value.numerator) or _is_long(value.denominator):
            return _scientific(value)
        else:
            return f"{value.numerator:,}/{value.denominator:,} ≈ {decimal:.6g}"
    if isinstance(value, int):
        return f"{value:,}" if not _is_long(value) else f"{Decimal(value):.6e}"
    return f"{value:,.10g}" if 1e-4 <= abs(value) < 1e15 else write_number(value)


def write_within(value: Value, tolerance: Tolerance) -> str:
    """Write a value with as many decimals as a tolerance makes sense of, and no more.

    What is written lies within the tolerance of the value.
    """
    number = float(value)
    allowed = max(tolerance.absolute, tolerance.relative * abs(number))
    if isinstance(value, int) or not allowed:
        return write(value)
    decimals = max(0, math.ceil(-math.log10(allowed) - 1e-9))
    if decimals > _MOST_DECIMALS or abs(number) >= _LONG:
        return f"{number:.{max(6, math.ceil(-math.log10(allowed / abs(number))) + 1)}g}"
    text = f"{number:,.{decimals}f}"
    if len(short := write(number)) <= len(text):
        return short  # it is exact: 0.5, not 0.500
    return text if text.strip("-0.") else text.removeprefix("-")


def _is_long(number: int) -> bool:
    return abs(number) >= _LONG


def _scientific(value: Fraction) -> str:
    """Write a fraction to six digits, where a float might underflow or overflow."""
    with localcontext(prec=6):
        return f"{(Decimal(value.numerator) / value.denominator).normalize():e}"


def _shown(text: str) -> str:
    text = scrub(text)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _no_names(name: str) -> Value:
    raise KeyError(name)
