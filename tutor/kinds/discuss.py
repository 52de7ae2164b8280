"""Discussions: talk first, then see which points came up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from tutor.grading.formula import Value
from tutor.kinds.alike import alike_at_all, as_written
from tutor.kinds.base import Items, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.posed import Examples, FormatError, Part, PosedBase, Verdict
from tutor.kinds.redraw import Collision, pose_apart
from tutor.kinds.setting import Setting
from tutor.kinds.typed import picked
from tutor.memory.rating import Rating
from tutor.text.localized import Localized
from tutor.text.message import msg


class Discuss(QuestionBase):
    """Something to talk about, with one to nine points that should come up."""

    kind: Literal["discuss"]
    points: Annotated[Items[Localized], Field(min_length=1, max_length=9)]

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if (index := alike_at_all(self.points, as_written)) is not None:
            raise invalid(
                msg("this point reads like another one"),
                msg("leave it out, or say what sets it apart"),
                where=("points", index),
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedDiscuss(PosedBase):
    """A discussion with its points, in the author's order."""

    HINTS_ITSELF: ClassVar[bool] = False

    points: tuple[Localized, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """The points that came up, counted from 0, in rising order."""

    points: tuple[int, ...]


def pose(question: Discuss, seed: int, learner_args: Mapping[str, Value] | None) -> PosedDiscuss:
    """Fill the values in.

    Raises:
        PoseError: the numbers make two points read alike.
    """
    return pose_apart(question, seed, learner_args, partial(_filled, question, seed))


def _filled(question: Discuss, seed: int, setting: Setting) -> PosedDiscuss:
    points = tuple(setting.fill(point) for point in question.points)
    if alike_at_all(points) is not None:
        raise Collision(msg("the numbers make points read alike"))
    return PosedDiscuss(**shared_fields(question, seed, setting), points=points)


def parse(posed: PosedDiscuss, text: str) -> Raised | FormatError:
    """Read the numbers of the points that came up; none of them is an answer too."""
    count = len(posed.points)
    points = picked(text, count)
    if points is None:
        return FormatError(
            msg("Type the numbers of the points that came up, 1 to {count}, or none.", count=count)
        )
    return points if isinstance(points, FormatError) else Raised(tuple(sorted(points)))


def grade(posed: PosedDiscuss, response: Raised) -> Verdict:
    """Score nothing; suggest a rating by the share of the points that came up.

    All is GOOD, at least half HARD, less AGAIN.
    """
    if len(response.points) == len(posed.points):
        rating = Rating.GOOD
    else:
        half = 2 * len(response.points) >= len(posed.points)
        rating = Rating.HARD if half else Rating.AGAIN
    return Verdict(
        score=None,
        right_answer=Localized(
            "\n".join(f"- {point.en}" for point in posed.points),
            "\n".join(f"- {point.ko}" for point in posed.points),
        ),
        rating=rating,
        parts=tuple(
            Part(point, right=True, chosen=index in response.points)
            for index, point in enumerate(posed.points)
        ),
    )


def examples(posed: PosedDiscuss) -> Examples:
    """Return every point alone, all of them, and numbers that are none; nothing is wrong."""
    numbers = [str(number) for number in range(1, len(posed.points) + 1)]
    return Examples(
        right=("", " ".join(numbers), *numbers),
        wrong=(),
        malformed=("0", "1 1", "x", "1 x", "٢", "\x1b"),
    )
