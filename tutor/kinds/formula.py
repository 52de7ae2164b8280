"""Formulas: graded by meaning, whatever the way they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from tutor.grading.domain import Domain, Range
from tutor.grading.drawn import drawn
from tutor.grading.equality import Reference, agree, beside, check_alone, compare
from tutor.grading.expression import Value
from tutor.grading.formula import Formula
from tutor.grading.learner import MAX_TYPED, parse_known, parse_typed
from tutor.grading.numbers import EXACT, Tolerance, matches, write
from tutor.grading.rational import Algebra
from tutor.grading.tokens import FormulaError
from tutor.grading.vocabulary import Vocabulary, clash
from tutor.grading.written import expanded
from tutor.kinds.base import (
    MOST_MISTAKES,
    FormulaText,
    Items,
    MistakeId,
    Model,
    QuestionBase,
    as_text,
    invalid,
)
from tutor.kinds.common import shared_fields
from tutor.kinds.engine_draws import EngineDraws
from tutor.kinds.formula_remarks import PosedTerm, engine_mistake, remark
from tutor.kinds.posed import (
    Diagnosis,
    Examples,
    FormatError,
    PosedBase,
    PoseError,
    Verdict,
    rate,
)
from tutor.kinds.setting import Setting, draw_setting
from tutor.text.keystrokes import keystrokes
from tutor.text.localized import Localized
from tutor.text.message import Message, msg
from tutor.text.safe import UnsafeText, clean
from tutor.text.template import escape
from tutor.text.words import Words

# In the grammar of learners, so that an author may write `4h(d+h+2)` as well
TypedText = Annotated[str, BeforeValidator(as_text, json_schema_input_type=str | int | float)]
MOST_NAMES = 12
_HANGUL = re.compile("[가-힣ㄱ-ㅣ]")
FunctionName = Literal["exp", "log", "tanh", "sqrt"]


class NamedTerm(Model):
    """A part of the answer, with the words to name it when it is missing."""

    formula: TypedText
    say: Localized


class NamedFormula(Model):
    """A wrong formula that a known misconception leads to."""

    id: MistakeId
    formula: TypedText
    say: Localized


class FormulaQuestion(QuestionBase):
    """A question whose answer is a formula in the names that it draws."""

    kind: Literal["formula"]
    answer: TypedText
    equals: FormulaText | None = None
    functions: Items[FunctionName] = ()
    terms: Annotated[Items[NamedTerm], Field(max_length=8)] = ()
    mistakes: Annotated[Items[NamedFormula], Field(max_length=MOST_MISTAKES)] = ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names and functions that a formula may hold."""
        return Vocabulary(tuple(self.draw), frozenset(self.functions))

    @cached_property
    def domain(self) -> Domain:
        """Where the names' numbers lie."""
        ranges = []
        for name, draw in self.draw.items():
            numbers = draw.choose or (draw.first or 0, draw.last or 0)
            ranges.append((name, Range(min(numbers), max(numbers), draw.whole)))
        return tuple(ranges)

    def reference(self, formula: Formula) -> Reference:
        """Return a formula to compare others with."""
        return _reference(formula.text, self.vocabulary, self.domain)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _check_names(self)
        vocabulary = self.vocabulary
        answer = self.reference(_read(self.answer, vocabulary, ("answer",)))
        _same(answer, answer, ("answer",))
        for index, term in enumerate(self.terms):
            where = ("terms", index, "formula")
            part = self.reference(_read(term.formula, vocabulary, where))
            _same(part, part, where)
        seen = [("", answer)]
        for index, mistake in enumerate(self.mistakes):
            where = ("mistakes", index, "formula")
            formula = self.reference(_read(mistake.formula, vocabulary, where))
            for name, other in seen:
                if _same(formula, other, where):
                    message = (
                        msg("the mistakes `{a}` and `{b}` coincide", a=name, b=mistake.id)
                        if name
                        else msg("the mistake `{b}` is the answer itself", b=mistake.id)
                    )
                    hint = msg("correct its formula, or leave it out")
                    raise invalid(message, hint, where=where)
            seen.append((mistake.id, formula))
        return self


@dataclass(frozen=True, slots=True)
class PosedFormulaMistake:
    """A mistake with the formula it leads to."""

    id: str
    formula: Reference
    message: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedFormula(PosedBase):
    """A question for a formula, with this card's numbers.

    Attributes:
        vocabulary: what the learner's formula may hold.
        values: this card's numbers, by name.
        answer: the right formula.
        terms: parts of it that have words of their own.
        mistakes: wrong formulas that are recognised.
        draws: the engine's answers at other numbers, if it has this one.
    """

    HINTS_ITSELF: ClassVar[bool] = False

    vocabulary: Vocabulary
    values: Mapping[str, Value]
    answer: Reference
    terms: tuple[PosedTerm, ...]
    mistakes: tuple[PosedFormulaMistake, ...]
    draws: EngineDraws | None


@dataclass(frozen=True, slots=True)
class TypedFormula:
    """A formula that was understood."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Understood:
    """How a formula is read.

    Attributes:
        tex: the formula, as TeX without dollars.
        value: its value with this card's numbers, written; None if it has none.
    """

    tex: str
    value: str | None


def pose(
    question: FormulaQuestion, seed: int, learner_args: Mapping[str, Value] | None
) -> PosedFormula:
    """Draw the numbers at which formulas are shown, and check the answer by the engine's.

    Raises:
        PoseError: the answer has not the value that it `equals`, or no value at all.
    """
    setting = draw_setting(question, seed, learner_args)
    vocabulary = question.vocabulary
    answer = parse_known(question.answer, vocabulary)
    values = {name: setting.values[name] for name in question.draw}
    family = _check_value(question, answer, setting)
    return PosedFormula(
        **shared_fields(question, seed, setting, solution=setting.worked.get(family or "")),
        vocabulary=vocabulary,
        values=values,
        answer=question.reference(answer),
        terms=tuple(
            PosedTerm(parse_known(term.formula, vocabulary), setting.fill(term.say))
            for term in question.terms
        ),
        mistakes=tuple(
            PosedFormulaMistake(
                mistake.id,
                _reference(mistake.formula, vocabulary, question.domain),
                setting.fill(mistake.say),
            )
            for mistake in question.mistakes
        ),
        draws=None if family is None else EngineDraws(question, family),
    )


def read(posed: PosedFormula, text: str) -> Formula | FormatError:
    """Read a formula as it is typed so far; nothing is judged, and nothing takes long."""
    if len(text) > 2 * MAX_TYPED:
        return FormatError(msg("That is longer than {limit} characters.", limit=MAX_TYPED))
    text = text.strip()
    if not text:
        return FormatError(msg("Type a formula in {names}.", names=posed.vocabulary.listed))
    try:
        formula = parse_typed(_as_keys(clean(text)), posed.vocabulary)
    except UnsafeText:
        return FormatError(msg("The formula holds an invisible character."))
    except FormulaError as error:
        return _not_understood(error)
    if not formula.names and posed.answer.formula.names:
        return FormatError(
            msg(
                "Type a formula in {names}, not its value.", names=", ".join(posed.vocabulary.names)
            )
        )
    return formula


def parse(posed: PosedFormula, text: str) -> TypedFormula | FormatError:
    """Read a formula that can be multiplied out; what the answer is does not matter to that."""
    formula = read(posed, text)
    if isinstance(formula, FormatError):
        return formula
    try:
        check_alone(formula, posed.vocabulary.names)
    except FormulaError as error:
        return _not_understood(error)
    return TypedFormula(formula)


def understood(posed: PosedFormula, formula: Formula) -> Understood:
    """Return how a formula is drawn, and its value with this card's numbers."""
    value = _value(formula, posed.values)
    return Understood(drawn(formula.expression), None if value is None else write(value))


def grade(posed: PosedFormula, response: TypedFormula) -> Verdict:
    """Compare the formulas; name the mistake, and what is too little or too much."""
    formula = response.formula
    comparison = beside(formula, posed.answer)
    equal = agree(formula, posed.answer) if comparison is None else comparison.equal
    score = 1.0 if equal else 0.0
    diagnosis = difference = None
    if not equal:
        diagnosis = _diagnosis(posed, formula)
        difference = None if comparison is None else remark(posed, formula, comparison)
    shown = understood(posed, formula)
    value = "" if shown.value is None else f" = {escape(shown.value)}"
    return Verdict(
        score=score,
        right_answer=Localized.same(f"${drawn(posed.answer.formula.expression)}$"),
        rating=rate(score),
        understood=Localized.same(f"${shown.tex}$" + value),
        diagnosis=diagnosis,
        difference=difference,
    )


def examples(posed: PosedFormula) -> Examples:
    """Return the answer in several ways, wrong formulas near it, and texts that are none."""
    answer = posed.answer.formula.text
    right = [answer, f" ({answer}) ", f"2*({answer})/2"]
    algebra = Algebra(posed.vocabulary.names)
    whole = algebra.whole(algebra.rational(posed.answer.formula.expression))
    if whole is not None and algebra.only_names(whole):
        right.append(expanded(whole, algebra.names))
    wrong = [mistake.formula.formula.text for mistake in posed.mistakes]
    if posed.answer.formula.names:
        wrong += [f"({answer}) + 1", f"2*({answer}) + {min(posed.answer.formula.names)}"]
    return Examples(
        right=tuple(text for text in right if len(text) <= MAX_TYPED),
        wrong=tuple(text for text in wrong if len(text) <= MAX_TYPED),
        malformed=("", "(", "4*", "9**9**9", "1/0", "10,24", "?", "\x1b[31m", "h" * 1000),
    )


def _diagnosis(posed: PosedFormula, formula: Formula) -> Diagnosis | None:
    for mistake in posed.mistakes:
        comparison = beside(formula, mistake.formula)
        if comparison is not None and comparison.equal:
            return Diagnosis(mistake.id, mistake.message)
    own = {mistake.id for mistake in posed.mistakes}
    return None if posed.draws is None else engine_mistake(posed, formula, posed.draws, own)


def _as_keys(text: str) -> str:
    """Return what was typed with a Hangul input method as the keys pressed: `4ㅗ` is `4h`."""
    return keystrokes(text) if _HANGUL.search(text) else text


def _not_understood(error: FormulaError) -> FormatError:
    return FormatError(msg("Not understood yet: {reason}.", reason=error.message))


def _value(formula: Formula, values: Mapping[str, Value]) -> Value | None:
    try:
        value = formula.evaluate(values.__getitem__)
        float(value)
    except (FormulaError, OverflowError):
        return None
    return value


def _check_value(question: FormulaQuestion, answer: Formula, setting: Setting) -> str | None:
    """Return the name of the engine's answer that the formula equals."""
    try:
        value = answer.evaluate(setting.values.__getitem__)
    except FormulaError as error:
        raise PoseError(
            msg("`{formula}`: {reason}", formula=answer.text, reason=error.message)
        ) from None
    if question.equals is None:
        return None
    wanted = setting.value(question.equals)
    inexact = isinstance(value, float) or isinstance(wanted, float)
    if not matches(value, wanted, Tolerance(relative=1e-9) if inexact else EXACT):
        raise PoseError(
            msg(
                "`{formula}` is {value}, but `{equals}` is {wanted}",
                formula=answer.text,
                value=write(value),
                equals=question.equals,
                wanted=write(wanted),
            )
        )
    family = question.equals.removesuffix(".total")
    return family if family in setting.worked else None


def _check_names(question: FormulaQuestion) -> None:
    if not question.draw:
        raise invalid(
            msg("a formula needs names"),
            msg("declare them under `draw:`, with numbers to show them at"),
        )
    if len(question.draw) > MOST_NAMES:
        raise invalid(
            msg("a formula in {n} names", n=len(question.draw)),
            msg("it takes at most {most}", most=MOST_NAMES),
            where=("draw",),
        )
    found = clash(question.draw)
    if found is not None:
        name, parts = found
        message = (
            msg("`{name}` reads like {parts}", name=name, parts=" · ".join(parts))
            if parts
            else msg("`{name}` is a function", name=name)
        )
        raise invalid(message, msg("give it another name"), where=("draw", name))


def _read(text: str, vocabulary: Vocabulary, where: tuple[str | int, ...]) -> Formula:
    try:
        return parse_known(text, vocabulary)
    except FormulaError as error:
        raise invalid(error.message, _hint(vocabulary), error.offset, where) from None


@lru_cache(maxsize=1024)
def _reference(text: str, vocabulary: Vocabulary, domain: Domain) -> Reference:
    """Return a formula of the author, which every card of the question compares with."""
    return Reference(parse_known(text, vocabulary), domain)


def _same(one: Reference, two: Reference, where: tuple[str | int, ...]) -> bool:
    try:
        return compare(one.formula, two).equal
    except FormulaError as error:
        hint = msg("write a shorter formula, or another one")
        raise invalid(error.message, hint, error.offset, where) from None


def _hint(vocabulary: Vocabulary) -> Message:
    return msg(
        "a formula holds numbers, `+ - * / ^ ( )`, the names under `draw` and the `functions`"
        " allowed: {names}",
        names=vocabulary.listed,
    )
