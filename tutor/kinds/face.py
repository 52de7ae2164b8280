"""What of a card may be shown to those who are to answer it.

Faces travel to other machines, and arrive from them: `FACES` reads one that is safe to show, or
refuses it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, Self, assert_never, get_args

from pydantic import Field, StrictFloat, StrictInt, TypeAdapter, model_validator

from tutor.grading.formula import Value
from tutor.grading.vocabulary import clash
from tutor.kinds.base import Items, Model
from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import BLANK, PosedCloze
from tutor.kinds.discuss import PosedDiscuss
from tutor.kinds.flashcard import PosedFlashcard
from tutor.kinds.formula import MOST_NAMES, FunctionName, PosedFormula
from tutor.kinds.match import PosedMatch
from tutor.kinds.multi import PosedMulti
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.options import MOST_OPTIONS
from tutor.kinds.order import PosedOrder
from tutor.kinds.safe_words import Item, Prompt, ShortName, Word
from tutor.kinds.table import MAX_COLUMNS, MAX_ROWS, PosedRow
from tutor.kinds.text import PosedText
from tutor.kinds.trace import PosedTrace
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.kinds.unions import Posed

_LARGEST = 10**30  # of a drawn number


class Faceless(TypeError):
    """A card that has no face, since nobody else can say whether it was answered."""


Drawn = (
    Annotated[StrictInt, Field(ge=-_LARGEST, le=_LARGEST)]
    | Annotated[StrictFloat, Field(allow_inf_nan=False)]
)


class FaceBase(Model):
    """The field that the faces of all kinds share."""

    prompt: Prompt


class ChoiceFace(FaceBase):
    """Options to pick one from, as they are shown."""

    kind: Literal["choice"] = "choice"
    options: Annotated[Items[Item], Field(min_length=2, max_length=MOST_OPTIONS)]


class MultiFace(FaceBase):
    """Options to tick, as they are shown."""

    kind: Literal["multi"] = "multi"
    options: Annotated[Items[Item], Field(min_length=2, max_length=MOST_OPTIONS)]


class TrueFalseFace(FaceBase):
    """A statement to judge, and reasons to pick from as they are shown, or that one is typed."""

    kind: Literal["truefalse"] = "truefalse"
    reasons: Annotated[Items[Item], Field(max_length=MOST_OPTIONS)] = ()
    types_reason: bool = False

    @model_validator(mode="after")
    def _one_reason(self) -> Self:
        if self.reasons and self.types_reason:
            raise ValueError("a reason is picked or typed, not both")
        return self


class NumericFace(FaceBase):
    """A number to type; its unit may be typed after it."""

    kind: Literal["numeric"] = "numeric"
    unit: Item | None = None


class FormulaName(Model):
    """A name that a formula may hold, and its number on this card."""

    name: ShortName
    value: Drawn


class FormulaFace(FaceBase):
    """A formula to type.

    Attributes:
        names: what it may hold.
        functions: what it may hold besides.
        may_be_number: whether one without any name is a formula here.
    """

    kind: Literal["formula"] = "formula"
    names: Annotated[Items[FormulaName], Field(min_length=1, max_length=MOST_NAMES)]
    functions: Annotated[Items[FunctionName], Field(max_length=4)] = ()
    may_be_number: bool = False

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        names = [name.name for name in self.names]
        if len(set(names)) < len(names) or clash(names) is not None:
            raise ValueError("names that cannot be told apart")
        return self


class TextFace(FaceBase):
    """A word or a few to type."""

    kind: Literal["text"] = "text"


class ClozeFace(FaceBase):
    """A text with one gap to fill; `gap` stands where it is."""

    kind: Literal["cloze"] = "cloze"
    gap: Word = BLANK

    @model_validator(mode="after")
    def _has_gap(self) -> Self:
        if not (self.gap in self.prompt.en and self.gap in self.prompt.ko):
            raise ValueError("a text without its gap")
        return self


class OrderFace(FaceBase):
    """Steps to bring into their order, as they are shown."""

    kind: Literal["order"] = "order"
    steps: Annotated[Items[Item], Field(min_length=3, max_length=9)]


class MatchFace(FaceBase):
    """Left sides, numbered from 1, and right sides as they are shown, lettered from a."""

    kind: Literal["match"] = "match"
    lefts: Annotated[Items[Item], Field(min_length=2, max_length=8)]
    rights: Annotated[Items[Item], Field(min_length=2, max_length=16)]

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if len(self.rights) < len(self.lefts):
            raise ValueError("fewer right sides than left ones")
        return self


class FaceCell(Model):
    """A cell by its name: one that is given, with its value as it is shown, or one to fill."""

    name: ShortName
    given: Word | None = None


class FaceRow(Model):
    """A row of cells with its label at the left."""

    label: Item
    cells: Annotated[Items[FaceCell], Field(min_length=1, max_length=MAX_COLUMNS)]


class TraceFace(FaceBase):
    """A table to fill; `columns` are the heads over its cells, or empty."""

    kind: Literal["trace"] = "trace"
    columns: Annotated[Items[Item], Field(max_length=MAX_COLUMNS)] = ()
    rows: Annotated[Items[FaceRow], Field(min_length=1, max_length=MAX_ROWS)]

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        cells = [cell for row in self.rows for cell in row.cells]
        if len({cell.name for cell in cells}) < len(cells):
            raise ValueError("two cells of one name")
        if all(cell.given is not None for cell in cells):
            raise ValueError("no cell to fill")
        if self.columns and len(self.columns) != max(len(row.cells) for row in self.rows):
            raise ValueError("not a head for each column")
        return self


class DiscussFace(FaceBase):
    """Something to talk about; how many points should come up, but not which."""

    kind: Literal["discuss"] = "discuss"
    points: Annotated[int, Field(ge=1, le=9)]


Face = Annotated[
    ChoiceFace
    | MultiFace
    | TrueFalseFace
    | NumericFace
    | FormulaFace
    | TextFace
    | ClozeFace
    | OrderFace
    | MatchFace
    | TraceFace
    | DiscussFace,
    Field(discriminator="kind"),
]
FACES: TypeAdapter[Face] = TypeAdapter(Face)


def face(posed: Posed) -> Face:  # noqa: C901, PLR0911, PLR0912 - one return for each kind
    """Return what whoever answers a card sees: nothing of it tells the answer.

    Raises:
        Faceless: the card is a flashcard.
        ValidationError: a text of the card is longer than a face takes, or not safe to show.
    """
    prompt = posed.prompt
    match posed:
        case PosedFlashcard():
            raise Faceless("a flashcard is judged by its learner alone")
        case PosedChoice():
            return ChoiceFace(prompt=prompt, options=tuple(o.text for o in posed.options))
        case PosedMulti():
            return MultiFace(prompt=prompt, options=tuple(o.text for o in posed.options))
        case PosedTrueFalse():
            return TrueFalseFace(
                prompt=prompt,
                reasons=tuple(option.text for option in posed.reasons),
                types_reason=bool(posed.accepted),
            )
        case PosedNumeric():
            return NumericFace(prompt=prompt, unit=posed.unit)
        case PosedFormula():
            return FormulaFace(
                prompt=prompt,
                names=tuple(
                    FormulaName(name=name, value=_drawn(posed.values[name]))
                    for name in posed.vocabulary.names
                ),
                functions=tuple(
                    name for name in get_args(FunctionName) if name in posed.vocabulary.functions
                ),
                may_be_number=not posed.answer.formula.names,
            )
        case PosedText():
            return TextFace(prompt=prompt)
        case PosedCloze():
            return ClozeFace(prompt=prompt)
        case PosedOrder():
            return OrderFace(prompt=prompt, steps=posed.shown)
        case PosedMatch():
            return MatchFace(prompt=prompt, lefts=posed.lefts, rights=posed.rights)
        case PosedTrace():
            return TraceFace(
                prompt=prompt, columns=posed.columns, rows=tuple(map(_row, posed.rows))
            )
        case PosedDiscuss():
            return DiscussFace(prompt=prompt, points=len(posed.points))
        case _:
            assert_never(posed)


def _drawn(value: Value) -> int | float:
    return float(value) if isinstance(value, Fraction) else value


def _row(row: PosedRow) -> FaceRow:
    return FaceRow(
        label=row.label,
        cells=tuple(
            FaceCell(name=cell.name, given=cell.shown if cell.given else None) for cell in row.cells
        ),
    )
