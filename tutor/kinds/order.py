"""Orders: bring the steps of an algorithm into their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.grading.common_order import common_order_without, order_credit
from tutor.grading.formula import Value
from tutor.kinds.alike import alike_in_one, all_alike, as_written, reads_as
from tutor.kinds.base import Items, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.posed import Examples, FormatError, Part, PosedBase, Verdict, rate
from tutor.kinds.redraw import Collision, pose_apart
from tutor.kinds.seeds import Stream
from tutor.kinds.setting import Setting
from tutor.kinds.typed import picked
from tutor.text.localized import Localized
from tutor.text.message import Message, msg, msgs

_BETWEEN = r"\s,;.>→-"  # `3 -> 1 -> 2` and `3. 1. 2.` are orders too


class Order(QuestionBase):
    """Three to nine steps, written in their right order and shown in another."""

    kind: Literal["order"]
    steps: Annotated[Items[Localized], Field(min_length=3, max_length=9)]

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if (index := alike_in_one(self.steps, as_written)) is not None:
            raise invalid(
                msg("this step reads like another one in one language only"),
                msg("word it alike in both languages, or differently in both"),
                where=("steps", index),
            )
        if all_alike(self.steps, as_written):
            raise invalid(
                msg("all steps read alike"),
                msg("write at least two different ones"),
                where=("steps",),
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedOrder(PosedBase):
    """An order with its steps mixed.

    Attributes:
        steps: in their right order.
        mixed: the steps as they are shown, as indices into `steps`.
    """

    steps: tuple[Localized, ...]
    mixed: tuple[int, ...]

    @property
    def shown(self) -> tuple[Localized, ...]:
        """The steps as they are shown."""
        return tuple(self.steps[index] for index in self.mixed)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The steps in the learner's order, each as its place among those shown, from 0."""

    places: tuple[int, ...]


def pose(question: Order, seed: int, learner_args: Mapping[str, Value] | None) -> PosedOrder:
    """Fill the values in and mix the steps, never into their right order.

    Raises:
        PoseError: the numbers make steps read alike that differ.
    """
    return pose_apart(question, seed, learner_args, partial(_mixed, question, seed))


def _mixed(question: Order, seed: int, setting: Setting) -> PosedOrder:
    steps = tuple(setting.fill(step) for step in question.steps)
    if alike_in_one(steps) is not None or all_alike(steps):
        raise Collision(msg("the numbers make steps read alike"))
    right = tuple(map(reads_as, steps))
    stream = Stream(question.id, seed, "steps")
    mixed = stream.shuffled(range(len(steps)))
    while tuple(right[index] for index in mixed) == right:
        mixed = stream.shuffled(range(len(steps)))
    return PosedOrder(**shared_fields(question, seed, setting), steps=steps, mixed=mixed)


def parse(posed: PosedOrder, text: str) -> Ordered | FormatError:
    """Read the numbers of all steps, each once, in the learner's order."""
    count = len(posed.steps)
    places = picked(text, count, _BETWEEN)
    if isinstance(places, FormatError):
        return places
    if not places:
        example = _numbers(reversed(range(count)))
        return FormatError(
            msg("Type the numbers of the steps in their order, such as {example}.", example=example)
        )
    missing = sorted(set(range(count)) - set(places))
    if missing:
        return FormatError(
            msgs(
                "{numbers} is still missing.",
                "{numbers} are still missing.",
                n=len(missing),
                numbers=", ".join(str(place + 1) for place in missing),
            )
        )
    return Ordered(places)


def grade(posed: PosedOrder, response: Ordered) -> Verdict:
    """Give credit for the longest common order, and name the first step that is not in place.

    Steps that read alike stand for each other.
    """
    shown = posed.shown
    steps = [shown[place] for place in response.places]
    given, right = [reads_as(step) for step in steps], [reads_as(step) for step in posed.steps]
    score = order_credit(given, right)
    first_wrong = next((k for k, step in enumerate(given) if step != right[k]), len(given))
    kept = common_order_without(first_wrong, given, right)  # what is named is not marked as kept
    return Verdict(
        score=score,
        right_answer=_joined(posed.steps),
        rating=rate(score),
        parts=tuple(
            Part(
                step,
                right=place in kept,
                chosen=True,
                note=_first_wrong(place, step, posed) if place == first_wrong else None,
            )
            for place, step in enumerate(steps)
        ),
    )


def examples(posed: PosedOrder) -> Examples:
    """Return the right order, orders with two different steps exchanged, and no orders at all."""
    right = [posed.mixed.index(index) for index in range(len(posed.steps))]
    wrong = [
        _numbers([*right[:k], right[k + 1], right[k], *right[k + 2 :]])
        for k in range(len(right) - 1)
        if reads_as(posed.steps[k]) != reads_as(posed.steps[k + 1])
    ]
    twice = _numbers([right[0], *right[:-1]])
    return Examples(
        right=(_numbers(right), "".join(str(place + 1) for place in right)),
        wrong=tuple(wrong),
        malformed=("", _numbers(right[:-1]), twice, f"{_numbers(right)} 1", "0", "a b", "\x1b"),
    )


def _first_wrong(place: int, step: Localized, posed: PosedOrder) -> Message:
    return msg(
        "Step {number} should be “{right}”: you have “{yours}” there.",
        number=place + 1,
        right=posed.steps[place],
        yours=step,
    )


def _numbers(places: Iterable[int]) -> str:
    return " ".join(str(place + 1) for place in places)


def _joined(steps: Sequence[Localized]) -> Localized:
    return Localized(" → ".join(step.en for step in steps), " → ".join(step.ko for step in steps))
