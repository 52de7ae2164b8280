"""The closed unions of questions, of posed ones, and of responses."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import Field

from tutor.kinds.choice import Choice, Chosen, PosedChoice
from tutor.kinds.cloze import Cloze, PosedCloze, TypedGap
from tutor.kinds.discuss import Discuss, PosedDiscuss, Raised
from tutor.kinds.flashcard import Flashcard, PosedFlashcard, Turned
from tutor.kinds.formula import FormulaQuestion, PosedFormula, TypedFormula
from tutor.kinds.match import Match, Matched, PosedMatch
from tutor.kinds.multi import Multi, PosedMulti, Ticked
from tutor.kinds.numeric import Numeric, PosedNumeric, TypedNumber
from tutor.kinds.order import Order, Ordered, PosedOrder
from tutor.kinds.text import PosedText, Text, TypedText
from tutor.kinds.trace import PosedTrace, Trace, TypedCells
from tutor.kinds.truefalse import Judgement, PosedTrueFalse, TrueFalse

Question = Annotated[
    Flashcard
    | Cloze
    | Choice
    | Multi
    | TrueFalse
    | Numeric
    | FormulaQuestion
    | Text
    | Order
    | Match
    | Trace
    | Discuss,
    Field(discriminator="kind"),
]
Posed = (
    PosedFlashcard
    | PosedCloze
    | PosedChoice
    | PosedMulti
    | PosedTrueFalse
    | PosedNumeric
    | PosedFormula
    | PosedText
    | PosedOrder
    | PosedMatch
    | PosedTrace
    | PosedDiscuss
)
Response = (
    Turned
    | TypedGap
    | Chosen
    | Ticked
    | Judgement
    | TypedNumber
    | TypedFormula
    | TypedText
    | Ordered
    | Matched
    | TypedCells
    | Raised
)
R = TypeVar(
    "R",
    Turned,
    TypedGap,
    Chosen,
    Ticked,
    Judgement,
    TypedNumber,
    TypedFormula,
    TypedText,
    Ordered,
    Matched,
    TypedCells,
    Raised,
)


def expected(kind: type[R], response: Response, posed: Posed) -> R:
    """Return a response that is of the kind that a posed question takes.

    Raises:
        TypeError: it is of another kind.
    """
    if not isinstance(response, kind):
        raise TypeError(f"{type(response).__name__} does not answer {type(posed).__name__}")
    return response
