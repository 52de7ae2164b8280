"""The kinds of questions: a closed union, each kind with its pose, parse, grade and examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from tutor.grading.formula import Value
from tutor.kinds import (
    choice,
    cloze,
    discuss,
    flashcard,
    formula,
    match,
    multi,
    numeric,
    order,
    trace,
    truefalse,
)
from tutor.kinds import text as short_text
from tutor.kinds.ballots import ballot_key, ballot_words
from tutor.kinds.blind import blind
from tutor.kinds.choice import Choice, Chosen, PosedChoice
from tutor.kinds.cloze import Cloze, PosedCloze, TypedGap
from tutor.kinds.discuss import Discuss, PosedDiscuss, Raised
from tutor.kinds.face import Face, face
from tutor.kinds.flashcard import Flashcard, PosedFlashcard, Turned
from tutor.kinds.formula import FormulaQuestion, PosedFormula, TypedFormula
from tutor.kinds.match import Match, Matched, PosedMatch
from tutor.kinds.multi import Multi, PosedMulti, Ticked
from tutor.kinds.numeric import Numeric, PosedNumeric, TypedNumber
from tutor.kinds.order import Order, Ordered, PosedOrder
from tutor.kinds.posed import Examples, FormatError, PoseError, Verdict
from tutor.kinds.text import PosedText, Text, TypedText
from tutor.kinds.trace import PosedTrace, Trace, TypedCells
from tutor.kinds.truefalse import Judgement, PosedTrueFalse, TrueFalse
from tutor.kinds.unions import Posed, Question, Response, expected

__all__ = [
    "Examples",
    "Face",
    "FormatError",
    "PoseError",
    "Posed",
    "Question",
    "Response",
    "Verdict",
    "ballot_key",
    "ballot_words",
    "blind",
    "cards",
    "examples",
    "face",
    "grade",
    "is_scored",
    "parse",
    "pose",
]


def cards(question: Question) -> tuple[Question, ...]:
    """Return the cards of a question as it is written: itself, or one for each of its parts."""
    match question:
        case Cloze():
            return cloze.cards(question)
        case (
            Flashcard()
            | Choice()
            | Multi()
            | TrueFalse()
            | Numeric()
            | FormulaQuestion()
            | Text()
            | Order()
            | Match()
            | Trace()
            | Discuss()
        ):
            return (question,)
        case _:
            assert_never(question)


def pose(  # noqa: C901, PLR0911, PLR0912 - one return for each kind
    question: Question, seed: int, learner_args: Mapping[str, Value] | None = None
) -> Posed:
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
        case Cloze():
            return cloze.pose(question, seed, learner_args)
        case Choice():
            return choice.pose(question, seed, learner_args)
        case Multi():
            return multi.pose(question, seed, learner_args)
        case TrueFalse():
            return truefalse.pose(question, seed, learner_args)
        case Numeric():
            return numeric.pose(question, seed, learner_args)
        case FormulaQuestion():
            return formula.pose(question, seed, learner_args)
        case Text():
            return short_text.pose(question, seed, learner_args)
        case Order():
            return order.pose(question, seed, learner_args)
        case Match():
            return match.pose(question, seed, learner_args)
        case Trace():
            return trace.pose(question, seed, learner_args)
        case Discuss():
            return discuss.pose(question, seed, learner_args)
        case _:
            assert_never(question)


def parse(posed: Posed, text: str) -> Response | FormatError:  # noqa: C901, PLR0911, PLR0912 - one return for each kind
    """Read what was typed; a text that cannot be read is asked again, never marked wrong."""
    match posed:
        case PosedFlashcard():
            return flashcard.parse(posed, text)
        case PosedCloze():
            return cloze.parse(posed, text)
        case PosedChoice():
            return choice.parse(posed, text)
        case PosedMulti():
            return multi.parse(posed, text)
        case PosedTrueFalse():
            return truefalse.parse(posed, text)
        case PosedNumeric():
            return numeric.parse(posed, text)
        case PosedFormula():
            return formula.parse(posed, text)
        case PosedText():
            return short_text.parse(posed, text)
        case PosedOrder():
            return order.parse(posed, text)
        case PosedMatch():
            return match.parse(posed, text)
        case PosedTrace():
            return trace.parse(posed, text)
        case PosedDiscuss():
            return discuss.parse(posed, text)
        case _:
            assert_never(posed)


def grade(posed: Posed, response: Response) -> Verdict:  # noqa: C901, PLR0911, PLR0912 - one return for each kind
    """Judge a response.

    Raises:
        TypeError: the response is of another kind than the question.
    """
    match posed:
        case PosedFlashcard():
            return flashcard.grade(posed, expected(Turned, response, posed))
        case PosedCloze():
            return cloze.grade(posed, expected(TypedGap, response, posed))
        case PosedChoice():
            return choice.grade(posed, expected(Chosen, response, posed))
        case PosedMulti():
            return multi.grade(posed, expected(Ticked, response, posed))
        case PosedTrueFalse():
            return truefalse.grade(posed, expected(Judgement, response, posed))
        case PosedNumeric():
            return numeric.grade(posed, expected(TypedNumber, response, posed))
        case PosedFormula():
            return formula.grade(posed, expected(TypedFormula, response, posed))
        case PosedText():
            return short_text.grade(posed, expected(TypedText, response, posed))
        case PosedOrder():
            return order.grade(posed, expected(Ordered, response, posed))
        case PosedMatch():
            return match.grade(posed, expected(Matched, response, posed))
        case PosedTrace():
            return trace.grade(posed, expected(TypedCells, response, posed))
        case PosedDiscuss():
            return discuss.grade(posed, expected(Raised, response, posed))
        case _:
            assert_never(posed)


def examples(posed: Posed) -> Examples:  # noqa: C901, PLR0911, PLR0912 - one return for each kind
    """Return responses that must be graded right, graded wrong, and refused as malformed."""
    match posed:
        case PosedFlashcard():
            return flashcard.examples(posed)
        case PosedCloze():
            return cloze.examples(posed)
        case PosedChoice():
            return choice.examples(posed)
        case PosedMulti():
            return multi.examples(posed)
        case PosedTrueFalse():
            return truefalse.examples(posed)
        case PosedNumeric():
            return numeric.examples(posed)
        case PosedFormula():
            return formula.examples(posed)
        case PosedText():
            return short_text.examples(posed)
        case PosedOrder():
            return order.examples(posed)
        case PosedMatch():
            return match.examples(posed)
        case PosedTrace():
            return trace.examples(posed)
        case PosedDiscuss():
            return discuss.examples(posed)
        case _:
            assert_never(posed)


def is_scored(question: Question) -> bool:
    """Return whether answers to a question get a score, so that it fits a quiz with scores."""
    match question:
        case Flashcard() | Discuss():
            return False
        case (
            Cloze()
            | Choice()
            | Multi()
            | TrueFalse()
            | Numeric()
            | FormulaQuestion()
            | Text()
            | Order()
            | Match()
            | Trace()
        ):
            return True
        case _:
            assert_never(question)
