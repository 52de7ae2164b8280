"""One widget for each kind of question."""

from __future__ import annotations

from typing import Any, assert_never

from tutor.kinds import Posed
from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import PosedCloze
from tutor.kinds.discuss import PosedDiscuss
from tutor.kinds.flashcard import PosedFlashcard
from tutor.kinds.formula import PosedFormula
from tutor.kinds.match import PosedMatch
from tutor.kinds.multi import PosedMulti
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.order import PosedOrder
from tutor.kinds.text import PosedText
from tutor.kinds.trace import PosedTrace
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.choice import ChoiceAnswer
from tutor.ui.answers.cloze import ClozeAnswer
from tutor.ui.answers.discuss import DiscussAnswer
from tutor.ui.answers.flashcard import FlashcardAnswer
from tutor.ui.answers.formula import FormulaAnswer
from tutor.ui.answers.match import MatchAnswer
from tutor.ui.answers.multi import MultiAnswer
from tutor.ui.answers.numeric import NumericAnswer
from tutor.ui.answers.order import OrderAnswer
from tutor.ui.answers.text import TextAnswer
from tutor.ui.answers.trace import TraceAnswer
from tutor.ui.answers.truefalse import TrueFalseAnswer

ANSWERS: tuple[type[AnswerWidget[Any]], ...] = (
    FlashcardAnswer,
    ChoiceAnswer,
    MultiAnswer,
    NumericAnswer,
    ClozeAnswer,
    FormulaAnswer,
    TrueFalseAnswer,
    OrderAnswer,
    MatchAnswer,
    DiscussAnswer,
    TextAnswer,
    TraceAnswer,
)


def widget_for(posed: Posed) -> type[AnswerWidget[Any]]:  # noqa: C901, PLR0911, PLR0912 - one return for each kind
    """Return the kind of widget that takes the answer to a card."""
    match posed:
        case PosedFlashcard():
            return FlashcardAnswer
        case PosedChoice():
            return ChoiceAnswer
        case PosedMulti():
            return MultiAnswer
        case PosedTrueFalse():
            return TrueFalseAnswer
        case PosedNumeric():
            return NumericAnswer
        case PosedCloze():
            return ClozeAnswer
        case PosedFormula():
            return FormulaAnswer
        case PosedOrder():
            return OrderAnswer
        case PosedMatch():
            return MatchAnswer
        case PosedDiscuss():
            return DiscussAnswer
        case PosedText():
            return TextAnswer
        case PosedTrace():
            return TraceAnswer
        case _:
            assert_never(posed)
