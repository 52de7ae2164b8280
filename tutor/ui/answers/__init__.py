"""One widget for each kind of question."""

from __future__ import annotations

from typing import Any, assert_never

from tutor.kinds import Posed
from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import PosedCloze
from tutor.kinds.flashcard import PosedFlashcard
from tutor.kinds.multi import PosedMulti
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.choice import ChoiceAnswer
from tutor.ui.answers.cloze import ClozeAnswer
from tutor.ui.answers.flashcard import FlashcardAnswer
from tutor.ui.answers.multi import MultiAnswer
from tutor.ui.answers.numeric import NumericAnswer
from tutor.ui.answers.truefalse import TrueFalseAnswer

ANSWERS: tuple[type[AnswerWidget[Any]], ...] = (
    FlashcardAnswer,
    ChoiceAnswer,
    MultiAnswer,
    NumericAnswer,
    ClozeAnswer,
    TrueFalseAnswer,
)


def widget_for(posed: Posed) -> type[AnswerWidget[Any]]:
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
        case _:
            assert_never(posed)
