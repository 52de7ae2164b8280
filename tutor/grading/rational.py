"""Rational functions over names, and over whatever is no rational function itself."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, assert_never

from tutor.grading.expression import (
    Binary,
    Call,
    Expression,
    Name,
    Negative,
    Number,
    Value,
    apply,
    simple_exact,
)
from tutor.grading.polynomial import (
    BITS,
    ONE,
    Coefficient,
    Polynomial,
    TooLarge,
    Work,
    add,
    constant,
    multiply,
    power,
    quotient,
    unknown,
)
from tutor.grading.tokens import FormulaError
from tutor.text.message import msg

MAX_ATOMS = 12  # parts of one comparison that are no rational functions


class Rational(NamedTuple):
    """A quotient of polynomials; not always in lowest terms."""

    top: Polynomial
    bottom: Polynomial


class Algebra:
    """Turns expressions into rational functions that can be compared with each other.

    An unknown is a name of the question, or an atom: a function's value, or a power that is no
    whole number. Atoms of the same function are one unknown if their arguments are equal.

    Attributes:
        names: the unknowns that are names, in order; atoms follow them.
        work: what all that is asked of this algebra may cost.
    """

    def __init__(self, names: tuple[str, ...], work: Work | None = None) -> None:
        self.names = names
        self.work = work or Work()
        self._index = {name: index for index, name in enumerate(names)}
        self._atoms: list[tuple[str, Rational, Rational | None]] = []

    @property
    def has_atoms(self) -> bool:
        """Whether anything was no rational function."""
        return bool(self._atoms)

    def rational(self, expression: Expression) -> Rational:
        """Return an expression as a rational function.

        Raises:
            FormulaError: a division by zero, whatever the numbers; a name unknown.
            TooLarge: it is too large to be multiplied out.
        """
        polynomial = self.polynomial(expression)
        return self._rational(expression) if polynomial is None else Rational(polynomial, ONE)

    def polynomial(self, expression: Expression) -> Polynomial | None:  # noqa: PLR0911 - by form
        """Return an expression that is written as a polynomial; None if it is not.

        Raises:
            TooLarge: it is too large to be multiplied out.
        """
        if isinstance(expression, Binary):
            operator = expression.operator
            left = self.polynomial(expression.left)
            if left is None:
                return None
            if operator == "^":
                exponent = expression.right
                if not isinstance(exponent, Number) or not isinstance(exponent.value, int):
                    return None
                return power(left, exponent.value, self.work) if exponent.value >= 0 else None
            right = self.polynomial(expression.right)
            if right is None or operator == "/":
                return None
            if operator == "*":
                return multiply(left, right, self.work)
            return add(left, right, 1 if operator == "+" else -1)
        if isinstance(expression, Name):
            index = self._index.get(expression.name)
            return None if index is None else unknown(index)
        if isinstance(expression, Number):
            return constant(expression.value)
        return None

    def _rational(self, expression: Expression) -> Rational:
        match expression:
            case Number(value):
                return Rational(constant(value), ONE)
            case Name(name, offset):
                if name not in self._index:
                    raise FormulaError(offset, msg("unknown name `{name}`", name=name))
                return Rational(unknown(self._index[name]), ONE)
            case Negative(of):
                top, bottom = self._rational(of)
                return Rational({key: -value for key, value in top.items()}, bottom)
            case Binary(operator, left, right, offset):
                return self._combined(operator, self._rational(left), self._rational(right), offset)
            case Call(function, of, offset):
                return self._called(function, self._rational(of), offset)
            case _:
                assert_never(expression)

    def difference(self, left: Rational, right: Rational) -> Rational:
        """Return the left less the right; nothing on top if they are equal.

        Raises:
            TooLarge: it is too large to be multiplied out.
        """
        return self._combined("-", left, right, 0)

    def equal(self, left: Rational, right: Rational) -> bool:
        """Return whether two are the same function, removable gaps aside.

        Raises:
            TooLarge: they are too large to be multiplied out.
        """
        if left.bottom == right.bottom:
            return left.top == right.top
        one = multiply(left.top, right.bottom, self.work)
        return one == multiply(right.top, left.bottom, self.work)

    def whole(self, value: Rational) -> Polynomial | None:
        """Return a rational function as the polynomial that it is; None if it is none.

        Raises:
            TooLarge: it is too large to be divided.
        """
        return quotient(value.top, value.bottom, self.work)

    def _combined(self, operator: str, left: Rational, right: Rational, offset: int) -> Rational:
        work = self.work
        match operator:
            case "*":
                return Rational(
                    multiply(left.top, right.top, work), multiply(left.bottom, right.bottom, work)
                )
            case "^":
                return self._power(left, right, offset)
            case "/":
                if not right.top:
                    raise FormulaError(offset, msg("division by zero"))
                if right.top.keys() == {0} and right.bottom == ONE:  # by a number
                    by = constant(simple_exact(Fraction(1) / right.top[0]))
                    return Rational(multiply(left.top, by, work), left.bottom)
                return Rational(
                    multiply(left.top, right.bottom, work), multiply(left.bottom, right.top, work)
                )
        sign = 1 if operator == "+" else -1
        if left.bottom is right.bottom or left.bottom == right.bottom:
            return Rational(add(left.top, right.top, sign), left.bottom)
        return Rational(
            add(
                multiply(left.top, right.bottom, work),
                multiply(right.top, left.bottom, work),
                sign,
            ),
            multiply(left.bottom, right.bottom, work),
        )

    def _power(self, base: Rational, exponent: Rational, offset: int) -> Rational:
        number = self._number(exponent)
        if not isinstance(number, int):
            return self._atom("^", base, exponent)
        if number < 0:
            if not base.top:
                raise FormulaError(offset, msg("division by zero"))
            number, base = -number, Rational(base.bottom, base.top)
        bottom = base.bottom if base.bottom is ONE else power(base.bottom, number, self.work)
        return Rational(power(base.top, number, self.work), bottom)

    def _called(self, function: str, argument: Rational, offset: int) -> Rational:
        number = self._number(argument)
        if number is not None:
            value: Value = apply(function, number, offset)
            if not isinstance(value, float):
                return Rational(constant(simple_exact(value)), ONE)
        return self._atom(function, argument, None)

    def _atom(self, function: str, argument: Rational, exponent: Rational | None) -> Rational:
        for index, (known, of, to) in enumerate(self._atoms):
            same = known == function and self.equal(of, argument)
            if same and (to is None or exponent is None or self.equal(to, exponent)):
                return Rational(unknown(len(self.names) + index), ONE)
        if len(self._atoms) == MAX_ATOMS:
            raise TooLarge
        self._atoms.append((function, argument, exponent))
        return Rational(unknown(len(self.names) + len(self._atoms) - 1), ONE)

    def _number(self, value: Rational) -> Coefficient | None:
        """Return a rational function as the number that it is; None if it is none."""
        if value.bottom == ONE and value.top.keys() <= {0}:
            return value.top.get(0, 0)
        whole = self.whole(value) if len(value.top) == len(value.bottom) else None
        return whole.get(0, 0) if whole is not None and whole.keys() <= {0} else None

    def only_names(self, polynomial: Polynomial) -> bool:
        """Return whether a polynomial holds no atoms."""
        return all(key < 1 << (BITS * len(self.names)) for key in polynomial)


def too_large(offset: int = 0) -> FormulaError:
    """Return what is said of a formula that is too large to be multiplied out."""
    return FormulaError(offset, msg("too large to be multiplied out"))
