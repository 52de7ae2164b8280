"""Numbers: fixed or computed, exact unless a tolerance is declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.grading.formula import Value
from tutor.grading.numbers import EXACT, NumberProblem, Tolerance, matches, parse_number, write
from tutor.kinds.base import MOST_MISTAKES, FormulaText, Items, Model, QuestionBase, invalid
from tutor.kinds.carried import Carried, carried_in
from tutor.kinds.common import shared_fields, with_unit
from tutor.kinds.mistakes import NamedMistake, PosedMistake, posed_mistakes, solution_of
from tutor.kinds.posed import Diagnosis, Examples, FormatError, PosedBase, PoseError, Verdict, rate
from tutor.kinds.redraw import Collision, pose_apart
from tutor.kinds.setting import Setting
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.words import Words


class Allowed(Model):
    """How far an answer may lie from the right value."""

    abs: float | None = Field(default=None, gt=0, strict=False)
    rel: float | None = Field(default=None, gt=0, lt=1, strict=False)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.abs is None and self.rel is None:
            raise invalid(msg("the tolerance is empty"), msg("write `abs: 0.001` or `rel: 0.01`"))
        return self

    @property
    def tolerance(self) -> Tolerance:
        """The same for the grader."""
        return Tolerance(self.abs or 0.0, self.rel or 0.0)


class Numeric(QuestionBase):
    """A question whose answer is a number."""

    kind: Literal["numeric"]
    answer: FormulaText
    unit: Localized | None = None
    tolerance: Allowed | None = None
    mistakes: Annotated[Items[NamedMistake], Field(max_length=MOST_MISTAKES)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedNumeric(PosedBase):
    """A numeric question with its answer and its mistakes computed.

    Attributes:
        named: the author's mistakes, and those of the engine where its total is the answer.
        carried: the engine's, where the answer is a formula over its totals.
    """

    answer: Value
    unit: Localized | None
    tolerance: Tolerance
    named: tuple[PosedMistake, ...]
    carried: Carried | None

    @property
    def mistakes(self) -> tuple[PosedMistake, ...]:
        """The likeliest first; their values differ from the answer and from each other."""
        if self.carried is None:
            return self.named
        return _distinct(self.answer, (*self.named, *self.carried.mistakes), self.tolerance)

    def results(self) -> tuple[Value, ...]:
        """Return the answer."""
        return (self.answer,)


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number that was understood."""

    value: Value


def pose(question: Numeric, seed: int, learner_args: Mapping[str, Value] | None) -> PosedNumeric:
    """Draw numbers until the answer and all mistakes are told apart, and compute them.

    With the learner's own sizes nothing is drawn again; a mistake that they make equal to
    the answer, or to a likelier mistake, is left out. So is a mistake of the engine where the
    answer is a formula over its totals.

    Raises:
        PoseError: the numbers cannot be told apart by any draw, or the engine refuses them.
    """
    return pose_apart(question, seed, learner_args, partial(_computed, question, seed))


def _computed(question: Numeric, seed: int, setting: Setting) -> PosedNumeric:
    answer = setting.value(question.answer)
    tolerance = _tolerance(question, answer)
    solution = solution_of(question.answer, setting)
    mistakes = tuple(posed_mistakes(question.mistakes, setting, solution))
    confused = bool(question.draw and solution and solution.coinciding)
    distinct = _distinct(answer, mistakes, tolerance)
    if not setting.learner_args and (confused or len(distinct) < len(mistakes)):
        raise Collision(msg("the answer and its mistakes coincide in every draw"))
    return PosedNumeric(
        **shared_fields(question, seed, setting, solution=solution),
        answer=answer,
        unit=question.unit,
        tolerance=tolerance,
        named=distinct,
        carried=_carried(question, setting) if solution is None else None,
    )


def parse(posed: PosedNumeric, text: str) -> TypedNumber | FormatError:
    """Read a number as a person types it, with the question's unit after it or not."""
    text = text.strip()
    for unit in (posed.unit.en, posed.unit.ko) if posed.unit else ():
        text = text.removesuffix(unit)
    value = parse_number(text)
    return FormatError(value.message) if isinstance(value, NumberProblem) else TypedNumber(value)


def grade(posed: PosedNumeric, response: TypedNumber) -> Verdict:
    """Compare the number, and name the mistake that leads to it."""
    right = matches(response.value, posed.answer, posed.tolerance)
    diagnosis = None
    if not right:
        diagnosis = next(
            (
                Diagnosis(mistake.id, mistake.message)
                for mistake in posed.mistakes
                if matches(response.value, mistake.value, posed.tolerance)
            ),
            None,
        )
    score = 1.0 if right else 0.0
    return Verdict(
        score=score,
        right_answer=right_answer(posed),
        rating=rate(score),
        understood=with_unit(write(response.value), posed.unit),
        diagnosis=diagnosis,
    )


def examples(posed: PosedNumeric) -> Examples:
    """Return the answer as computed, each mistake's value, and texts that are no number."""
    answer = exact_text(posed.answer)
    wrong = [exact_text(mistake.value) for mistake in posed.mistakes]
    off_by_one = (
        posed.answer
        + 1
        + 2 * max(posed.tolerance.absolute, posed.tolerance.relative * abs(float(posed.answer)))
    )
    return Examples(
        right=(answer, f" {answer} "),
        wrong=(*wrong, exact_text(off_by_one)),
        malformed=("", "10,24", "NaN", "9**9**9", "١٢٨", "?"),
    )


def right_answer(posed: PosedNumeric) -> Words:
    """Return the answer with its unit, rounded as far as the tolerance makes sense of."""
    value = posed.answer
    if posed.tolerance != EXACT and not isinstance(value, int):
        return with_unit(f"{float(value):.6g}".replace("e-0", "e-"), posed.unit)
    return with_unit(write(value), posed.unit)


def exact_text(value: Value) -> str:
    """Return a text that reads back as exactly this value."""
    if isinstance(value, Fraction):
        return f"({value.numerator})/{value.denominator}"
    return repr(value)


def _tolerance(question: Numeric, answer: Value) -> Tolerance:
    if question.tolerance is None:
        if isinstance(answer, float):
            raise PoseError(msg("the answer is not exact; declare a `tolerance`"))
        return EXACT
    return question.tolerance.tolerance


def _carried(question: Numeric, setting: Setting) -> Carried | None:
    return carried_in(question.answer, question, setting, question.mistakes)


def _distinct(
    answer: Value, mistakes: tuple[PosedMistake, ...], tolerance: Tolerance
) -> tuple[PosedMistake, ...]:
    if tolerance == EXACT:
        by_value = {mistake.value: mistake for mistake in reversed(mistakes)}  # the first stays
        return tuple(
            mistake
            for mistake in mistakes
            if mistake.value != answer and by_value[mistake.value] is mistake
        )
    kept: list[PosedMistake] = []
    for mistake in mistakes:
        taken = [answer, *(other.value for other in kept)]
        if not any(matches(mistake.value, value, tolerance) for value in taken):
            kept.append(mistake)
    return tuple(kept)
