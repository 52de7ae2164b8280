"""Mistakes that were made before, in the words of their diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.grading.formula import Value
from tutor.kinds import FormatError, PoseError, Question, grade, parse, pose
from tutor.text.localized import Localized
from tutor.text.message import Message, msgs
from tutor.text.safe import scrub
from tutor.text.template import escape
from tutor.text.words import Words


@dataclass(frozen=True, slots=True)
class MetMistake:
    """A mistake with how often it was made.

    Attributes:
        mistake: its id.
        recent: how often in the last 7 study days.
        total: how often ever.
        question: the card that was answered last with it.
        seed: of that card.
        sizes: the learner's own numbers, if that card had them.
        message: what its diagnosis said there; None if the question no longer says it.
    """

    mistake: str
    recent: int
    total: int
    question: str
    seed: int
    sizes: Mapping[str, Value] | None
    message: Words | None

    @property
    def words(self) -> Words:
        """The diagnosis; without one, the id."""
        return Localized.same(escape(scrub(self.mistake))) if self.message is None else self.message


def diagnosis_again(
    question: Question,
    seed: int,
    sizes: Mapping[str, Value] | None,
    response: str,
    mistake: str,
) -> Words | None:
    """Return what the diagnosis of a logged answer said, by posing and grading it again.

    Args:
        question: under the id that it had then.
        seed: as logged; so are the others.
        sizes: the learner's own numbers.
        response: what was typed.
        mistake: the id that was recognised.

    Returns:
        None if the question has changed so that the answer has no such diagnosis any more.
    """
    try:
        posed = pose(question, seed, sizes)
    except PoseError:
        return None
    parsed = parse(posed, response)
    if isinstance(parsed, FormatError):
        return None
    diagnosis = grade(posed, parsed).diagnosis
    return diagnosis.message if diagnosis and diagnosis.mistake == mistake else None


def times(count: int, mistake: Words, total: int | None = None) -> Message:
    """Return how often a mistake was made, and how often in all where that is more."""
    if total is None or total == count:
        return msgs("once: {mistake}", "{n} times: {mistake}", n=count, mistake=mistake)
    return msgs(
        "once, {total} in all: {mistake}",
        "{n} times, {total} in all: {mistake}",
        n=count,
        total=total,
        mistake=mistake,
    )
