"""Flashcards: turn it over, rate yourself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from tutor.grading.formula import Value
from tutor.kinds.base import QuestionBase
from tutor.kinds.common import shared_fields
from tutor.kinds.posed import Examples, PosedBase, Verdict
from tutor.kinds.setting import draw_setting
from tutor.memory.rating import Rating
from tutor.text.localized import Localized


class Flashcard(QuestionBase):
    """A prompt and its back."""

    kind: Literal["flashcard"]
    back: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedFlashcard(PosedBase):
    """A flashcard with its values filled in."""

    HINTS_ITSELF: ClassVar[bool] = False

    back: Localized


@dataclass(frozen=True, slots=True)
class Turned:
    """The card was turned over."""


def pose(
    question: Flashcard, seed: int, learner_args: Mapping[str, Value] | None
) -> PosedFlashcard:
    """Fill the card's values in."""
    setting = draw_setting(question, seed, learner_args)
    return PosedFlashcard(
        **shared_fields(question, seed, setting), back=setting.fill(question.back)
    )


def parse(posed: PosedFlashcard, text: str) -> Turned:  # noqa: ARG001 - anything turns the card
    """Turn the card; whatever was typed is the learner's note to themself."""
    return Turned()


def grade(posed: PosedFlashcard, response: Turned) -> Verdict:  # noqa: ARG001 - one response only
    """Show the back; the learner is the judge."""
    return Verdict(score=None, right_answer=posed.back, rating=Rating.GOOD)


def examples(posed: PosedFlashcard) -> Examples:  # noqa: ARG001 - the same for all flashcards
    """Nothing typed can be right or wrong."""
    return Examples(right=("",), wrong=(), malformed=())
