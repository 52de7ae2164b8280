"""Numbers drawn again where a card would confuse what must be told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from tutor.grading.formula import Value
from tutor.kinds.base import QuestionBase
from tutor.kinds.posed import PoseError
from tutor.kinds.setting import Setting, draw_setting

MAX_REDRAWS = 50
T = TypeVar("T")


class Collision(PoseError):
    """With these numbers two things read alike; others may set them apart."""


def redraws(question: QuestionBase, learner_args: Mapping[str, Value] | None) -> range:
    """Return the attempts at numbers that can be told apart: one, if the learner chose them."""
    return range(1 if learner_args or not question.draw else MAX_REDRAWS)


def pose_apart(
    question: QuestionBase,
    seed: int,
    learner_args: Mapping[str, Value] | None,
    make: Callable[[Setting], T],
) -> T:
    """Return what `make` makes of the first draw in which nothing collides.

    The learner's own sizes, and a question without any draw, have one attempt.

    Raises:
        PoseError: it collides in every draw, or the engine refuses the numbers.
    """
    for attempt in redraws(question, learner_args):
        try:
            return make(draw_setting(question, seed, learner_args, attempt))
        except Collision as error:
            collision = error
    raise collision
