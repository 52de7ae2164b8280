"""What depends on the kind of a question: whether it is voted on, and has other numbers."""

from __future__ import annotations

from functools import lru_cache

from tutor.kinds import Posed, PoseError, Question, is_scored, pose
from tutor.kinds.base import Draw
from tutor.kinds.formula import FormulaQuestion
from tutor.kinds.seeds import derive_seed
from tutor.session.room.itself import Itself
from tutor.session.room.state import Room, Round

REMEMBERED = 512  # posed questions of all rooms, so that one can be posed before it is asked
MOST_SEEDS = 20  # tried for a question that cannot be posed with its own


def question_of(room: Room, round_: Round) -> Question:
    """Return the question of a round as it is written."""
    return room.plan.questions[round_.index].question


def is_open_question(question: Question) -> bool:
    """Return whether there is nothing to vote on: people talk, and see what came up."""
    return not is_scored(question)


def takes_votes(room: Room) -> bool:
    """Return whether the question that is or was last asked is voted on."""
    round_ = room.round
    return round_ is not None and not is_open_question(question_of(room, round_))


def in_all(room: Room) -> int:
    """Return how many questions there will have been: those asked, again too, and those to come."""
    if not room.rounds:
        return len(room.plan.questions)
    return len(room.rounds) + len(room.plan.questions) - room.rounds[-1].index - 1


def has_other_numbers(question: Question) -> bool:
    """Return whether another seed asks for another answer.

    A formula is the same whatever the numbers at which it is shown, and options in another order
    are the same options.
    """
    return not isinstance(question, FormulaQuestion) and any(map(_varies, question.draw.values()))


def posed_with(question: Question, seed: int, label: str) -> Posed | None:
    """Pose a question with a seed, or with the first derived one that it can be posed with.

    Args:
        question: the question.
        seed: tried first.
        label: what the others are derived from besides, so that they differ between uses.

    Returns:
        The posed question, which knows its seed; None if it cannot be posed.
    """
    return _posed(Itself(question), seed, label)


@lru_cache(maxsize=REMEMBERED)
def _posed(of: Itself[Question], seed: int, label: str) -> Posed | None:
    for attempt in range(MOST_SEEDS + 1):
        chosen = derive_seed(seed, label, attempt) if attempt else seed
        try:
            return pose(of.value, chosen)
        except PoseError:
            continue
    return None


def _varies(draw: Draw) -> bool:
    if draw.choose is not None:
        return len(set(draw.choose)) > 1
    first, last = draw.first or 0, draw.last or 0
    return last - first >= draw.step
