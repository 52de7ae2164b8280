"""Choices: one right option among several, written or computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from tutor.grading.formula import Value
from tutor.kinds.base import MOST_MISTAKES, FormulaText, Items, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.computed_options import compute_options
from tutor.kinds.mistakes import NamedMistake
from tutor.kinds.options import (
    MOST_OPTIONS,
    Option,
    PosedOption,
    draw_options,
    option_diagnosis,
    option_parts,
    require_one_right,
    require_sound,
)
from tutor.kinds.posed import Examples, FormatError, PosedBase, Verdict, rate
from tutor.kinds.typed import picked
from tutor.text.localized import Localized
from tutor.text.message import msg

_OF_WRITTEN = ("shuffle",)
_OF_COMPUTED = ("distractors", "unit", "mistakes")


def _two_forms(schema: dict[str, Any]) -> None:
    """Tell editors which keys go together; inside `allOf` the keys themselves stay plain."""
    schema["allOf"] = [
        {
            "if": {"required": ["answer"]},
            "then": {"properties": dict.fromkeys(("options", *_OF_WRITTEN), False)},
            "else": {
                "required": ["options"],
                "properties": dict.fromkeys(_OF_COMPUTED, False),
            },
        }
    ]


class Choice(QuestionBase):
    """A prompt with two to nine options: `options` as written, or an `answer` and its mistakes."""

    model_config = ConfigDict(json_schema_extra=_two_forms)

    kind: Literal["choice"]
    options: Annotated[Items[Option], Field(min_length=2, max_length=MOST_OPTIONS)] | None = None
    shuffle: bool = True
    answer: FormulaText | None = None
    distractors: Annotated[int, Field(ge=1, le=MOST_OPTIONS - 1)] = 3
    unit: Localized | None = None
    mistakes: Annotated[Items[NamedMistake], Field(max_length=MOST_MISTAKES)] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.options is None and self.answer is None:
            raise invalid(
                msg("a choice without options"),
                msg("write `options:`, or an `answer:` whose mistakes are the other options"),
            )
        if self.options is not None and self.answer is not None:
            raise invalid(
                msg("both `options` and an `answer`"),
                msg("mark the answer among the options with `right: true`, or leave them out"),
                where=("answer",),
            )
        misplaced = _OF_COMPUTED if self.answer is None else _OF_WRITTEN
        for key in misplaced:
            if key in self.model_fields_set:
                raise invalid(
                    msg("`{key}` does not go with `options`", key=key)
                    if self.answer is None
                    else msg("`{key}` does not go with `answer`", key=key),
                    msg("computed options are in ascending order; written ones are texts"),
                    where=(key,),
                )
        if self.options is not None:
            require_one_right(self.options, "options")
            require_sound(self.options, "options")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedChoice(PosedBase):
    """A choice with its options in the order they are shown.

    Attributes:
        options: the options.
        answer: the right value, where the options are computed.
    """

    options: tuple[PosedOption, ...]
    answer: Value | None = None

    def results(self) -> tuple[Value, ...]:
        """Return the right value, if the options are values."""
        return () if self.answer is None else (self.answer,)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The option that was picked, counted from 0 as shown."""

    index: int


def pose(question: Choice, seed: int, learner_args: Mapping[str, Value] | None) -> PosedChoice:
    """Fill the values in and shuffle the options, or compute them.

    Raises:
        PoseError: two options read alike with every draw, or there is nothing to choose from.
    """
    if question.options is not None:
        setting, options = draw_options(
            question, question.options, seed, learner_args, shuffle=question.shuffle
        )
        return PosedChoice(**shared_fields(question, seed, setting), options=options)
    computed = compute_options(
        question,
        question.answer or "",
        question.mistakes,
        seed,
        learner_args,
        most=question.distractors,
        unit=question.unit,
    )
    return PosedChoice(
        **shared_fields(question, seed, computed.setting, solution=computed.solution),
        options=computed.options,
        answer=computed.answer,
    )


def parse(posed: PosedChoice, text: str) -> Chosen | FormatError:
    """Read the number of an option, counted from 1."""
    count = len(posed.options)
    indices = picked(text, count)
    if isinstance(indices, tuple) and len(indices) == 1:
        return Chosen(indices[0])
    return FormatError(msg("Pick an option by its number, 1 to {count}.", count=count))


def grade(posed: PosedChoice, response: Chosen) -> Verdict:
    """Judge the option that was picked; every option brings its feedback."""
    score = 1.0 if posed.options[response.index].right else 0.0
    return Verdict(
        score=score,
        right_answer=next(option.text for option in posed.options if option.right),
        rating=rate(score),
        diagnosis=option_diagnosis(posed.options, (response.index,)),
        parts=option_parts(posed.options, (response.index,)),
    )


def examples(posed: PosedChoice) -> Examples:
    """Return each option's number, and numbers that are none."""
    numbers = {str(n): option.right for n, option in enumerate(posed.options, 1)}
    return Examples(
        right=tuple(number for number, right in numbers.items() if right),
        wrong=tuple(number for number, right in numbers.items() if not right),
        malformed=("", "0", str(len(posed.options) + 1), "a", "1 2", "٢"),
    )
