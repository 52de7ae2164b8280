"""Several right options: tick each that belongs, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.grading.formula import Value
from tutor.kinds.base import Items, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.options import (
    MOST_OPTIONS,
    Option,
    PosedOption,
    draw_options,
    joined,
    option_diagnosis,
    option_parts,
    require_sound,
)
from tutor.kinds.posed import Examples, FormatError, Part, PosedBase, Verdict, rate
from tutor.kinds.typed import picked
from tutor.text.message import Message, msg


class Multi(QuestionBase):
    """A prompt with two to nine options, of which one or more are right, but not all."""

    kind: Literal["multi"]
    options: Annotated[Items[Option], Field(min_length=2, max_length=MOST_OPTIONS)]
    shuffle: bool = True

    @model_validator(mode="after")
    def _some_right(self) -> Self:
        right = sum(option.right for option in self.options)
        if right in {0, len(self.options)}:
            raise invalid(
                msg("no option is marked right") if not right else msg("every option is right"),
                msg("mark those that belong with `right: true`, and leave at least one wrong"),
                where=("options",),
            )
        require_sound(self.options, "options")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedMulti(PosedBase):
    """A question with its options in the order they are shown."""

    options: tuple[PosedOption, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """The options that were ticked, counted from 0 as shown."""

    indices: frozenset[int]


def pose(question: Multi, seed: int, learner_args: Mapping[str, Value] | None) -> PosedMulti:
    """Fill the values in and shuffle the options.

    Raises:
        PoseError: two options read alike with every draw.
    """
    setting, options = draw_options(
        question, question.options, seed, learner_args, shuffle=question.shuffle
    )
    return PosedMulti(**shared_fields(question, seed, setting), options=options)


def parse(posed: PosedMulti, text: str) -> Ticked | FormatError:
    """Read the numbers of options, counted from 1: `1 3`, `1,3` or `13`."""
    indices = picked(text, len(posed.options))
    if indices is None:
        return FormatError(msg("Give the numbers of all that are right, such as `1 3`."))
    if not indices:
        return FormatError(msg("Tick at least one option."))
    return indices if isinstance(indices, FormatError) else Ticked(frozenset(indices))


def grade(posed: PosedMulti, response: Ticked) -> Verdict:
    """Give credit for what was found, less what was ticked wrongly: all ticked earns nothing."""
    right = {index for index, option in enumerate(posed.options) if option.right}
    found = len(right & response.indices)
    wrong = len(response.indices - right)
    share = Fraction(found, len(right)) - Fraction(wrong, len(posed.options) - len(right))
    score = float(max(share, Fraction(0)))
    return Verdict(
        score=score,
        right_answer=joined([option.text for option in posed.options if option.right]),
        rating=rate(score),
        detail=_tally(found, len(right), wrong) if score < 1 else None,
        diagnosis=option_diagnosis(posed.options, response.indices),
        parts=tuple(map(_told, option_parts(posed.options, response.indices))),
    )


def examples(posed: PosedMulti) -> Examples:
    """Return the right numbers in each way to type them, and all sets that differ by one."""
    count = len(posed.options)
    right = [n for n, option in enumerate(posed.options, 1) if option.right]
    others = [sorted({*right} ^ {n}) for n in range(1, count + 1)]
    numbers = [str(n) for n in right]
    return Examples(
        right=("".join(numbers), " ".join(numbers), ", ".join(reversed(numbers))),
        wrong=tuple(
            " ".join(map(str, ticked)) for ticked in (*others, range(1, count + 1)) if ticked
        ),
        malformed=("", "0", f"1 {count + 1}", "1 1", "a", "1.3", "-1", "٢", "\x1b[31m"),
    )


def _told(part: Part) -> Part:
    """Return a part with a note only where it was missed, or ticked wrongly."""
    if part.right == part.chosen:
        return replace(part, note=None)
    return part if part.note is not None else replace(part, note=msg("This one belongs too."))


def _tally(found: int, right: int, wrong: int) -> Message:
    if wrong:
        return msg("{found} of {right}, {wrong} too many", found=found, right=right, wrong=wrong)
    return msg("{found} of {right}", found=found, right=right)
