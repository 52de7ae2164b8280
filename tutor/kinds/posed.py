"""What is shared between posing a question and judging its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tutor.engine import Worked
from tutor.grading.formula import Value
from tutor.kinds.hints import hints_of
from tutor.memory.rating import Rating
from tutor.text.localized import Localized
from tutor.text.words import Words


class PoseError(Exception):
    """A question that cannot be posed with these numbers.

    Attributes:
        message: why.
        size: the learner's own size that is to blame, if one is.
        where: the keys that lead to the part of the question that is to blame, if one is.
    """

    def __init__(
        self, message: Words, size: str | None = None, where: tuple[str | int, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.size = size
        self.where = where

    def __str__(self) -> str:
        """Return the reason in English, for logs and tests."""
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Size:
    """A drawn number, which the learner may replace by one of their own."""

    name: str
    label: Words
    value: Value
    whole: bool


@dataclass(frozen=True, slots=True)
class Lab:
    """A lab with the controls that this card's numbers give."""

    name: str
    controls: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedBase:
    """A question with its numbers drawn and its answer computed.

    Texts are markdown-lite with all values filled in. The same question, seed and sizes
    always give an equal object.

    Attributes:
        HINTS_ITSELF: whether the engine's answer gives hints where the author wrote none; not
            where nothing is graded, or the formula is what is asked.
        written_hints: the author's hints.
    """

    HINTS_ITSELF: ClassVar[bool] = True

    question: str
    objective: str | None
    seed: int
    learner_args: Mapping[str, Value] | None
    sizes: tuple[Size, ...]
    prompt: Localized
    explain: Localized
    solution: Worked | None
    lab: Lab | None
    written_hints: tuple[Localized, ...] = ()

    @property
    def hints(self) -> tuple[Words, ...]:
        """Hints, step by step, none of which is the answer.

        Those of the engine are made from its working: ask only if the learner may want one.
        """
        if self.written_hints or not self.HINTS_ITSELF or self.solution is None:
            return self.written_hints
        return hints_of(self.solution, self.results())

    def results(self) -> tuple[Value, ...]:
        """Return the numbers that are asked for."""
        return ()


@dataclass(frozen=True, slots=True)
class FormatError:
    """An answer that cannot be read; it is asked again, never marked wrong."""

    message: Words


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The named mistake behind a wrong answer."""

    mistake: str
    message: Words


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of an answer fared: an option, gap, step, pair, cell or point.

    Attributes:
        label: the option, step or point, or what was typed or chosen.
        right: whether it belongs to the right answer (an option, a point) or is right (the others).
        chosen: whether the learner picked or typed it.
        note: feedback for it, or the right answer where it is another.
    """

    label: Words
    right: bool
    chosen: bool
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an answer.

    Attributes:
        score: from 0 to 1; None where the learner rates themself.
        understood: how the answer was read, where that is not plain to see.
        detail: how much of it is right, or which half, where that is to be said in a word.
        right_answer: what would have been right.
        diagnosis: the mistake, where it was recognised.
        parts: one by one, in the order in which they are shown.
        difference: what a wrong formula has too little or too much.
        rating: the rating suggested to the learner.
    """

    score: float | None
    right_answer: Words
    rating: Rating
    understood: Words | None = None
    detail: Words | None = None
    diagnosis: Diagnosis | None = None
    parts: tuple[Part, ...] = ()
    difference: Words | None = None

    @property
    def right(self) -> bool:
        """Whether everything was right."""
        return self.score is None or self.score >= 1


@dataclass(frozen=True, slots=True)
class Examples:
    """Responses, as typed, that must be graded right, wrong, and be refused as malformed."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    malformed: tuple[str, ...]


def rate(score: float) -> Rating:
    """Return the rating that a score suggests: only a whole answer counts as remembered."""
    return Rating.GOOD if score >= 1 else Rating.AGAIN
