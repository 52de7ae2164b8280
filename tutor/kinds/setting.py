"""The numbers of a card: drawn, computed, and written into its texts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import get_args

from tutor.engine import Worked, arguments, compute
from tutor.errors import TutorError
from tutor.grading.expression import out_of_range
from tutor.grading.formula import Value, parse_formula
from tutor.grading.numbers import as_float
from tutor.grading.tokens import FormulaError
from tutor.kinds.base import Compute, Draw, QuestionBase
from tutor.kinds.cards import question_of
from tutor.kinds.posed import Lab, PoseError, Size
from tutor.kinds.seeds import Stream
from tutor.kinds.values import Values
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.template import fill

LARGEST_SIZE = 10**9
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """A question's values by name, and the engine's answers they come from."""

    values: Mapping[str, Value]
    worked: Mapping[str, Worked]
    learner_args: Mapping[str, Value] | None

    def value(self, formula: str) -> Value:
        """Return the value of a formula over the setting's names.

        Raises:
            PoseError: an unknown name, or a number out of range.
        """
        try:
            value = parse_formula(formula).evaluate(self.values.__getitem__)
            reason = out_of_range() if math.isinf(as_float(value)) else None
        except FormulaError as error:
            reason = error.message
        if reason is not None:  # nobody could type it, and no tolerance spans it
            raise PoseError(msg("`{formula}`: {reason}", formula=formula, reason=reason))
        return value

    def fill(self, words: Localized) -> Localized:
        """Return the words with every value written in."""
        return words.map(partial(fill, lookup=self.value))


def draw_setting(
    question: QuestionBase, seed: int, learner_args: Mapping[str, Value] | None, attempt: int = 0
) -> Setting:
    """Draw a question's numbers and compute what depends on them.

    All cards of a question have the same numbers at a seed: what was logged before it was split
    comes back too.

    Args:
        question: the question.
        seed: the card's seed.
        learner_args: the learner's numbers, by name, in place of drawn ones.
        attempt: counts draws that had to be discarded.

    Raises:
        PoseError: the engine refuses the numbers.
    """
    stream = Stream(question_of(question.id), seed, attempt)
    values = Values({name: _draw(draw, stream) for name, draw in question.draw.items()})
    for name, size in (learner_args or {}).items():
        values.numbers[name] = _own_size(question, name, size)
    worked: dict[str, Worked] = {}
    for name, wanted in question.compute.items():
        setting = Setting(values, worked, learner_args)
        if wanted.value is not None:
            values.numbers[name] = setting.value(wanted.value)
        else:
            answer = _run_engine(wanted, setting)
            worked[name] = answer
            values.answers[name] = answer
    return Setting(values, worked, learner_args)


def sizes_of(question: QuestionBase, setting: Setting) -> tuple[Size, ...]:
    """Return the drawn numbers that the learner may change."""
    return tuple(
        Size(name, draw.name or f"${name}$", setting.values[name], draw.whole)
        for name, draw in question.draw.items()
    )


def lab_of(question: QuestionBase, setting: Setting) -> Lab | None:
    """Return the question's lab, its controls set to this card's numbers."""
    if question.lab is None:
        return None
    controls = {name: _argument(value, setting) for name, value in question.lab.controls.items()}
    return Lab(question.lab.name, controls)


def _draw(draw: Draw, stream: Stream) -> Value:
    if draw.choose is not None:
        return stream.choice(draw.choose)
    first, last, step = draw.first, draw.last, draw.step
    assert first is not None  # noqa: S101 - the model holds a list or a whole range
    assert last is not None  # noqa: S101 - as above
    count = int((last - first) / step + 1e-9) + 1
    number = first + stream.below(count) * step
    return number if draw.whole else round(number, 12)  # 0.1 + 2 * 0.1 is shown as 0.3


def _own_size(question: QuestionBase, name: str, size: Value) -> Value:
    draw = question.draw.get(name)
    if draw is None:
        raise PoseError(msg("This question draws no `{name}`.", name=name), name)
    if draw.whole and not (isinstance(size, int) and 1 <= size <= LARGEST_SIZE):
        raise PoseError(
            msg(
                "`{name}` takes a whole number from 1 to {largest:,}.",
                name=name,
                largest=LARGEST_SIZE,
            ),
            name,
        )
    return size


def _run_engine(wanted: Compute, setting: Setting) -> Worked:
    function = wanted.engine or ""
    try:
        words = _words(function)
        given = {
            name: _argument(value, setting, words.get(name, _NO_WORDS))
            for name, value in wanted.args.items()
        }
        return compute(function, given)
    except TutorError as error:
        raise PoseError(error.message) from None


@cache
def _words(function: str) -> Mapping[str, frozenset[str]]:
    """Return the words that an engine function's arguments know, by argument."""
    fields = arguments(function).model_fields
    return {name: frozenset(_literals(field.annotation)) for name, field in fields.items()}


def _literals(annotation: object) -> Iterator[str]:
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _literals(part)


def _argument(value: object, setting: Setting, words: frozenset[str] = _NO_WORDS) -> object:
    """Return an argument's value: a text that is a formula over known names is computed.

    A word that the argument knows, such as `asked: c`, is that word, whatever is drawn.
    """
    if isinstance(value, (list, tuple)):
        return [_argument(item, setting, words) for item in value]
    if isinstance(value, Mapping):
        return {name: _argument(item, setting, words) for name, item in value.items()}
    if not isinstance(value, str) or value in words:
        return value
    try:
        formula = parse_formula(value)
    except FormulaError:
        return value
    return setting.value(value) if formula.names <= setting.values.keys() else value
