"""Choices: one right option among several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.grading.formula import Value
from tutor.kinds.base import Items, MistakeId, Model, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.posed import Diagnosis, Examples, FormatError, Part, PosedBase, Verdict, rate
from tutor.kinds.seeds import Stream
from tutor.kinds.setting import draw_setting
from tutor.text.localized import Localized
from tutor.text.message import msg


class Option(Model):
    """One option; a wrong one says why it tempts and why it is not so."""

    text: Localized
    right: bool = False
    feedback: Localized | None = None
    mistake: MistakeId | None = None


class Choice(QuestionBase):
    """A prompt with two to nine options."""

    kind: Literal["choice"]
    options: Annotated[Items[Option], Field(min_length=2, max_length=9)]
    shuffle: bool = True

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        right = sum(option.right for option in self.options)
        if right != 1:
            raise invalid(
                msg("{n} options are marked right", n=right),
                msg("mark exactly one option with `right: true`"),
                where=("options",),
            )
        for index, option in enumerate(self.options):
            if not option.right and option.feedback is None:
                raise invalid(
                    msg("a wrong option has no feedback"),
                    msg("say in `feedback:` why it tempts and why it is not so"),
                    where=("options", index),
                )
        return self


@dataclass(frozen=True, slots=True)
class PosedOption:
    """An option with its values filled in."""

    text: Localized
    right: bool
    feedback: Localized | None
    mistake: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedChoice(PosedBase):
    """A choice with its options in the order they are shown."""

    options: tuple[PosedOption, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The option that was picked, counted from 0 as shown."""

    index: int


def pose(question: Choice, seed: int, learner_args: Mapping[str, Value] | None) -> PosedChoice:
    """Fill the values in and shuffle the options."""
    setting = draw_setting(question, seed, learner_args)
    options = tuple(
        PosedOption(
            setting.fill(option.text),
            option.right,
            option.feedback and setting.fill(option.feedback),
            option.mistake,
        )
        for option in question.options
    )
    if question.shuffle:
        options = Stream(question.id, seed, "options").shuffled(options)
    return PosedChoice(**shared_fields(question, seed, setting), options=options)


def parse(posed: PosedChoice, text: str) -> Chosen | FormatError:
    """Read the number of an option, counted from 1."""
    text = text.strip()
    count = len(posed.options)
    if text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= count:
        return Chosen(int(text) - 1)
    return FormatError(msg("Pick an option by its number, 1 to {count}.", count=count))


def grade(posed: PosedChoice, response: Chosen) -> Verdict:
    """Judge the option that was picked; every option brings its feedback."""
    chosen = posed.options[response.index]
    score = 1.0 if chosen.right else 0.0
    diagnosis = None
    if chosen.mistake is not None and chosen.feedback is not None and not chosen.right:
        diagnosis = Diagnosis(chosen.mistake, chosen.feedback)
    return Verdict(
        score=score,
        right_answer=next(option.text for option in posed.options if option.right),
        rating=rate(score),
        diagnosis=diagnosis,
        parts=tuple(
            Part(option.text, option.right, index == response.index, option.feedback)
            for index, option in enumerate(posed.options)
        ),
    )


def examples(posed: PosedChoice) -> Examples:
    """Return each option's number, and numbers that are none."""
    numbers = {str(n): option.right for n, option in enumerate(posed.options, 1)}
    return Examples(
        right=tuple(number for number, right in numbers.items() if right),
        wrong=tuple(number for number, right in numbers.items() if not right),
        malformed=("", "0", str(len(posed.options) + 1), "a", "1 2", "٢"),
    )
