"""What a session came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tutor.kinds.posed import Diagnosis
from tutor.text.words import Words


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer of the session.

    Attributes:
        first: whether the card was seen for the first time in this session.
    """

    question: str
    topic: str
    objective: str | None
    right: bool
    first: bool
    diagnosis: Diagnosis | None
    duration: timedelta


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """First attempts at one objective; where a question has none, its topic stands for it."""

    objective: str
    right: int
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What was studied.

    Attributes:
        answers: all answers given, repetitions included.
        cards: different cards answered.
        right_first: cards that were right at the first attempt.
        objectives: accuracy of first attempts, weakest first.
        mistakes: mistakes that were recognised, most frequent first, with their counts.
        unposed: questions that could not be posed, with the reason.
    """

    answers: int
    cards: int
    right_first: int
    objectives: tuple[ObjectiveScore, ...]
    mistakes: tuple[tuple[Diagnosis, int], ...]
    skipped: int
    unposed: tuple[tuple[str, Words], ...]
    time: timedelta


def summarize(
    attempts: Sequence[Attempt], skipped: int, unposed: tuple[tuple[str, Words], ...] = ()
) -> Summary:
    """Count up a session's attempts."""
    first = [attempt for attempt in attempts if attempt.first]
    total = Counter(attempt.objective or attempt.topic for attempt in first)
    right = Counter(attempt.objective or attempt.topic for attempt in first if attempt.right)
    scores = [ObjectiveScore(name, right[name], count) for name, count in total.items()]
    scores.sort(key=lambda score: (score.right / score.total, score.objective))
    diagnoses = {a.diagnosis.mistake: a.diagnosis for a in attempts if a.diagnosis}
    mistakes = Counter(a.diagnosis.mistake for a in attempts if a.diagnosis)
    return Summary(
        answers=len(attempts),
        cards=len({attempt.question for attempt in attempts}),
        right_first=sum(attempt.right for attempt in first),
        objectives=tuple(
            sorted(scores, key=lambda score: (score.right / score.total, score.objective))
        ),
        mistakes=tuple((diagnoses[name], count) for name, count in mistakes.most_common()),
        skipped=skipped,
        unposed=unposed,
        time=sum((attempt.duration for attempt in attempts), timedelta(0)),
    )
