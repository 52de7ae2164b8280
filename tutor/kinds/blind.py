"""A card rebuilt from its face: it can be shown and answered, and knows no answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from tutor.grading.domain import Range
from tutor.grading.equality import Reference
from tutor.grading.expression import Name, Number
from tutor.grading.formula import Formula
from tutor.grading.numbers import EXACT
from tutor.grading.vocabulary import Vocabulary
from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import PosedCloze
from tutor.kinds.common import SharedFields
from tutor.kinds.discuss import PosedDiscuss
from tutor.kinds.face import (
    ChoiceFace,
    ClozeFace,
    DiscussFace,
    Face,
    FaceCell,
    FormulaFace,
    MatchFace,
    MultiFace,
    NumericFace,
    OrderFace,
    TextFace,
    TraceFace,
    TrueFalseFace,
)
from tutor.kinds.formula import PosedFormula
from tutor.kinds.match import PosedMatch
from tutor.kinds.multi import PosedMulti
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.options import PosedOption
from tutor.kinds.order import PosedOrder
from tutor.kinds.table import PosedCell, PosedRow
from tutor.kinds.text import PosedText
from tutor.kinds.trace import PosedTrace
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.kinds.unions import Posed
from tutor.text.localized import Localized

UNKNOWN = Localized.same("…")  # stands where a text is not known
_FORMS = (UNKNOWN.en,)


def blind(face: Face) -> Posed:  # noqa: PLR0911 - one return for each kind
    """Return a posed question that looks as the card with this face, and parses as it.

    It must not be graded: nothing in it is right, and what its kind cannot leave out is neutral.
    """
    shared = _shared(face.prompt)
    match face:
        case ChoiceFace():
            return PosedChoice(**shared, options=_options(face.options))
        case MultiFace():
            return PosedMulti(**shared, options=_options(face.options))
        case TrueFalseFace():
            return PosedTrueFalse(
                **shared,
                answer=False,
                reasons=_options(face.reasons),
                accepted=_FORMS if face.types_reason else (),
                shown=UNKNOWN if face.types_reason else None,
            )
        case NumericFace():
            return PosedNumeric(
                **shared, answer=0, unit=face.unit, tolerance=EXACT, named=(), carried=None
            )
        case FormulaFace():
            return _formula(face, shared)
        case TextFace():
            return PosedText(**shared, accepted=_FORMS, shown=UNKNOWN, mistakes=(), others=())
        case ClozeFace():
            return PosedCloze(
                **shared, accepted=_FORMS, others=(), shown=UNKNOWN, filled=face.prompt
            )
        case OrderFace():
            return PosedOrder(**shared, steps=face.steps, mixed=tuple(range(len(face.steps))))
        case MatchFace():
            return PosedMatch(
                **shared,
                lefts=face.lefts,
                rights=face.rights,
                answers=tuple(range(len(face.lefts))),
            )
        case TraceFace():
            rows = tuple(PosedRow(row.label, tuple(map(_cell, row.cells))) for row in face.rows)
            return PosedTrace(**shared, columns=face.columns, rows=rows, tolerance=EXACT, known={})
        case DiscussFace():
            return PosedDiscuss(**shared, points=(UNKNOWN,) * face.points)
        case _:
            assert_never(face)


def _shared(prompt: Localized) -> SharedFields:
    return SharedFields(
        question="",
        objective=None,
        seed=0,
        learner_args=None,
        sizes=(),
        prompt=prompt,
        explain=UNKNOWN,
        solution=None,
        lab=None,
        written_hints=(),
    )


def _options(texts: Sequence[Localized]) -> tuple[PosedOption, ...]:
    return tuple(PosedOption(text, right=False, feedback=None, mistake=None) for text in texts)


def _formula(face: FormulaFace, shared: SharedFields) -> PosedFormula:
    names = tuple(name.name for name in face.names)
    neutral = (
        Formula("0", Number(0), frozenset())
        if face.may_be_number
        else Formula(names[0], Name(names[0], 0), frozenset(names[:1]))
    )
    domain = tuple((name, Range(1, 1, whole=False)) for name in names)
    return PosedFormula(
        **shared,
        vocabulary=Vocabulary(names, frozenset(face.functions)),
        values={name.name: name.value for name in face.names},
        answer=Reference(neutral, domain),
        terms=(),
        mistakes=(),
        draws=None,
    )


def _cell(cell: FaceCell) -> PosedCell:
    is_given = cell.given is not None
    return PosedCell(cell.name, 0, cell.given or "", given=is_given, follow=None)
