"""The kinds of questions: a closed union, each kind with its pose, parse, grade and examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeVar, assert_never

from pydantic import Field

from tutor.grading.formula import Value
from tutor.kinds import choice, cloze, flashcard, multi, numeric, truefalse
from tutor.kinds.choice import Choice, Chosen, PosedChoice
from tutor.kinds.cloze import Cloze, PosedCloze, TypedGaps
from tutor.kinds.flashcard import Flashcard, PosedFlashcard, Turned
from tutor.kinds.multi import Multi, PosedMulti, Ticked
from tutor.kinds.numeric import Numeric, PosedNumeric, TypedNumber
from tutor.kinds.posed import Examples, FormatError, PoseError, Verdict
from tutor.kinds.truefalse import Judgement, PosedTrueFalse, TrueFalse

__all__ = [
    "Examples",
    "FormatError",
    "PoseError",
    "Posed",
    "Question",
    "Response",
    "Verdict",
    "examples",
    "grade",
    "parse",
    "pose",
]

Question = Annotated[
    Flashcard | Choice | Multi | TrueFalse | Numeric | Cloze, Field(discriminator="kind")
]
Posed = PosedFlashcard | PosedChoice | PosedMulti | PosedTrueFalse | PosedNumeric | PosedCloze
Response = Turned | Chosen | Ticked | Judgement | TypedNumber | TypedGaps
R = TypeVar("R", Turned, Chosen, Ticked, Judgement, TypedNumber, TypedGaps)


def pose(question: Question, seed: int, learner_args: Mapping[str, Value] | None = None) -> Posed:
    """Draw a question's numbers, shuffle its options, compute its answer and its mistakes.

    The same question, seed and sizes always give an equal result.

    Args:
        question: the question.
        seed: any integer; it is logged with the answer.
        learner_args: the learner's own numbers in place of drawn ones, by name.

    Raises:
        PoseError: the numbers are refused by the engine or cannot be told apart.
    """
    match question:
        case Flashcard():
            return flashcard.pose(question, seed, learner_args)
        case Choice():
            return choice.pose(question, seed, learner_args)
        case Multi():
            return multi.pose(question, seed, learner_args)
        case TrueFalse():
            return truefalse.pose(question, seed, learner_args)
        case Numeric():
            return numeric.pose(question, seed, learner_args)
        case Cloze():
            return cloze.pose(question, seed, learner_args)
        case _:
            assert_never(question)


def parse(posed: Posed, text: str) -> Response | FormatError:
    """Read what was typed; a text that cannot be read is asked again, never marked wrong."""
    match posed:
        case PosedFlashcard():
            return flashcard.parse(posed, text)
        case PosedChoice():
            return choice.parse(posed, text)
        case PosedMulti():
            return multi.parse(posed, text)
        case PosedTrueFalse():
            return truefalse.parse(posed, text)
        case PosedNumeric():
            return numeric.parse(posed, text)
        case PosedCloze():
            return cloze.parse(posed, text)
        case _:
            assert_never(posed)


def grade(posed: Posed, response: Response) -> Verdict:
    """Judge a response.

    Raises:
        TypeError: the response is of another kind than the question.
    """
    match posed:
        case PosedFlashcard():
            return flashcard.grade(posed, _expected(Turned, response, posed))
        case PosedChoice():
            return choice.grade(posed, _expected(Chosen, response, posed))
        case PosedMulti():
            return multi.grade(posed, _expected(Ticked, response, posed))
        case PosedTrueFalse():
            return truefalse.grade(posed, _expected(Judgement, response, posed))
        case PosedNumeric():
            return numeric.grade(posed, _expected(TypedNumber, response, posed))
        case PosedCloze():
            return cloze.grade(posed, _expected(TypedGaps, response, posed))
        case _:
            assert_never(posed)


def _expected(kind: type[R], response: Response, posed: Posed) -> R:
    if not isinstance(response, kind):
        raise TypeError(f"{type(response).__name__} does not answer {type(posed).__name__}")
    return response


def examples(posed: Posed) -> Examples:
    """Return responses that must be graded right, graded wrong, and refused as malformed."""
    match posed:
        case PosedFlashcard():
            return flashcard.examples(posed)
        case PosedChoice():
            return choice.examples(posed)
        case PosedMulti():
            return multi.examples(posed)
        case PosedTrueFalse():
            return truefalse.examples(posed)
        case PosedNumeric():
            return numeric.examples(posed)
        case PosedCloze():
            return cloze.examples(posed)
        case _:
            assert_never(posed)
