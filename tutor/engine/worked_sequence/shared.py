"""What the worked sequence models share: arguments, numbers as TeX, an answer from its parts."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from tutor.engine.arguments import LARGEST_SIZE, Matrix, Real, as_tuple, refused
from tutor.engine.error import EngineError
from tutor.engine.notation import in_parentheses
from tutor.engine.sequence import chain
from tutor.engine.worked import Mistake, Term, Worked, number_worked, told_apart
from tutor.text.message import Message, msg, msgs
from tutor.text.template import tex_number, write_number

LONGEST_TEXT = 1000
LARGEST_CHAIN = 12  # states: the matrix is written out
CLOSE = 1e-9  # how far from 1 a row may sum: thirds are written to some digits
APART = 1e-6  # of two answers; relative, of numbers over 1

Coefficients = Annotated[
    tuple[Real, ...], Field(min_length=1, max_length=12), BeforeValidator(as_tuple)
]
Values = Annotated[tuple[Real, ...], Field(min_length=1, max_length=256), BeforeValidator(as_tuple)]
State = Annotated[int, Field(ge=1, le=LARGEST_CHAIN, strict=True)]
Steps = Annotated[int, Field(ge=1, le=256, strict=True)]


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise refused(
            msg("It is not text."),
            msg("Write the states as letters, one after the other: `ABAAB`."),
        )
    if not 2 <= len(value) <= LONGEST_TEXT:
        raise refused(
            msg("Its length is {count:,}.", count=len(value)),
            msg("It takes {least:,} to {most:,}.", least=2, most=LONGEST_TEXT),
        )
    if not all(letter.isalpha() or letter.isdecimal() for letter in value):
        raise refused(
            msg("It has a character that is no letter and no digit."),
            msg("Write the states as letters, one after the other: `ABAAB`."),
        )
    return value


def _letter(value: object) -> object:
    if not (isinstance(value, str) and len(value) == 1 and (value.isalpha() or value.isdecimal())):
        raise refused(
            msg("It is not one letter."), msg("Name a state of the sequence, such as `A`.")
        )
    return value


SequenceText = Annotated[str, BeforeValidator(_text)]
Letter = Annotated[str, BeforeValidator(_letter)]


def _probabilities(rows: tuple[tuple[float, ...], ...]) -> tuple[tuple[float, ...], ...]:
    if len(rows) != len(rows[0]) or len(rows) > LARGEST_CHAIN:
        raise refused(
            msg(
                "Its shape is {rows:,} × {columns:,}.",
                rows=len(rows),
                columns=len(rows[0]),
            ),
            msg("It needs a row and a column for each state, {most} at most.", most=LARGEST_CHAIN),
        )
    for number, row in enumerate(rows, 1):
        for column, entry in enumerate(row, 1):
            if entry < 0:
                raise refused(
                    msg(
                        "Row {row} has {value:.4g} in column {column}.",
                        row=number,
                        value=entry,
                        column=column,
                    ),
                    msg("A probability is not negative."),
                )
        total = sum((decimal(entry) for entry in row), Fraction(0))
        if abs(total - 1) > CLOSE:
            raise refused(
                msg("Row {row} sums to {total:.10g}.", row=number, total=float(total)),
                msg("Every row holds the probabilities of what comes next: it sums to 1."),
            )
    return rows


Transitions = Annotated[Matrix, AfterValidator(_probabilities)]


def exact_distribution(
    argument: str, values: tuple[float, ...], states: int
) -> tuple[Fraction, ...]:
    """Return a distribution over the states of decimals as fractions, divided by its sum.

    Raises:
        EngineError: another length, a negative entry or another sum than 1.
    """
    if len(values) != states:
        raise EngineError(
            msg("The length of `{argument}` is {count:,}.", argument=argument, count=len(values)),
            msg("It needs an entry for each state of `P`: {states:,}.", states=states),
            argument=argument,
        )
    exact = [decimal(value) for value in values]
    if min(exact) < 0 or abs(sum(exact, Fraction(0)) - 1) > CLOSE:
        raise EngineError(
            msg(
                "`{name}` sums to {total:.10g}, its smallest entry is {least:.4g}.",
                name=argument,
                total=float(sum(exact)),
                least=float(min(exact)),
            ),
            msg("A distribution holds probabilities from 0 to 1 that sum to 1."),
            argument=argument,
        )
    return chain.exact_rows([values])[0]


def check_state(argument: str, state: int, states: int) -> None:
    """Check that a chain has the state.

    Raises:
        EngineError: it has fewer.
    """
    if state > states:
        raise EngineError(
            msg("`{argument}` is `{value}`.", argument=argument, value=state),
            msg("The states of `P` are counted from 1 to {states:,}.", states=states),
            argument=argument,
        )


def decimal(value: float) -> Fraction:
    """Return the shortest decimal that reads back as the float: 0.1 is 1/10."""
    return Fraction(repr(float(value)))


def number(value: Fraction) -> int | float:
    """Return an integer where the fraction is one, otherwise the nearest float.

    Raises:
        OverflowError: it is larger than any float.
    """
    nearest = float(value)  # refuses what no float can hold
    return value.numerator if value.denominator == 1 else nearest


def tex(value: float | Fraction) -> str:
    """Return a number as TeX, to six digits; a whole one below 10^15 in full."""
    if float(value).is_integer() and -LARGEST_SIZE < value < LARGEST_SIZE:
        return str(int(value))
    return tex_number(write_number(float(value), ".6g"))


def tex_exact(value: Fraction) -> str:
    """Return a fraction as TeX, as a decimal if it is too long to read."""
    if value.denominator == 1:
        return str(value.numerator)
    if value.denominator > 9999 or abs(value.numerator) > 9999:
        return tex(value)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def tex_letter(letter: str) -> str:
    """Return a letter of any script as TeX."""
    return letter if letter.isascii() else rf"\text{{{letter}}}"


def factor(value: float | Fraction) -> str:
    """Return a number as TeX that can be multiplied: in parentheses if need be."""
    return in_parentheses(tex(value))


def column(entries: Iterable[str]) -> str:
    """Return entries as a row vector in TeX."""
    return rf"({', '.join(entries)})"


def between(steps: int) -> Message:
    """Return what stands for steps that are not written out."""
    return msgs("The step between goes alike.", "The {n:,} steps between go alike.", steps)


def sequence_worked(
    name: str,
    answer: Term,
    terms: Iterable[Term],
    lines: Iterable[Message],
    mistakes: Iterable[Mistake],
) -> Worked:
    """Return the answer, one of the terms; mistakes too close to be told apart are left out."""
    assert not isinstance(answer.value, tuple)  # noqa: S101 - the callers' answers are numbers
    apart = APART * max(1.0, abs(float(answer.value)))
    kept, _ = told_apart(answer.value, tuple(mistakes), apart=apart)
    return number_worked(name, answer, terms, lines, kept)
