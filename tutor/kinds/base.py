"""What every question has, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, model_validator
from pydantic.functional_validators import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from tutor.grading.formula import parse_formula
from tutor.grading.tokens import FormulaError
from tutor.text.localized import Localized
from tutor.text.message import Message, msg

LONGEST_RANGE = 1_000_000
MOST_HINTS = 5
MOST_MISTAKES = 20  # of one question: each is told from all others, at every seed
T = TypeVar("T")
# YAML gives lists and mappings; inside they are frozen
Items = Annotated[tuple[T, ...], Field(strict=False)]


class Model(BaseModel):
    """A frozen model that refuses unknown keys and converts nothing silently."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def invalid(
    message: Message, hint: Message, offset: int = 0, where: tuple[str | int, ...] = ()
) -> PydanticCustomError:
    """Return the error of a value that a model refuses.

    Its context carries `message`, `hint`, `where` (the keys that lead to the part at fault) and
    `offset` (characters into it), from which the bank makes a problem with a line and a column.
    """
    context = {"message": message, "hint": hint, "offset": offset, "where": where}
    return PydanticCustomError("tutor", "{text}", {"text": str(message), **context})


def as_text(value: object) -> object:
    """Return a number in a file as it would be typed; anything else as it is."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return repr(value)
    return value


def _formula(text: str) -> str:
    try:
        parse_formula(text)
    except FormulaError as error:
        hint = msg("formulas know numbers, names, `+ - * / ^ ( )`, exp, log, sqrt and tanh")
        raise invalid(error.message, hint, error.offset) from None
    return text


# A number, or a formula over drawn and computed names
FormulaText = Annotated[
    str,
    BeforeValidator(as_text, json_schema_input_type=str | int | float),
    AfterValidator(_formula),
]
Number = StrictInt | StrictFloat
VariableName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
MistakeId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Draw(Model):
    """A number drawn anew for every review: from a list, or from a range (ends included)."""

    choose: Items[Number] | None = None
    first: Number | None = Field(default=None, alias="from")
    last: Number | None = Field(default=None, alias="to")
    step: Number = 1
    name: Localized | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        hint = msg("write `{{choose: [8, 16]}}` or `{{from: 8, to: 64, step: 8}}`")
        if self.choose is not None:
            if self.first is not None or self.last is not None:
                raise invalid(msg("a draw is either a list or a range"), hint)
            if not self.choose:
                raise invalid(msg("nothing to choose from"), hint)
        elif self.first is None or self.last is None:
            raise invalid(msg("a draw needs a list or a range"), hint)
        elif self.step <= 0 or self.last < self.first:
            raise invalid(msg("the range is empty"), hint)
        elif (self.last - self.first) / self.step > LONGEST_RANGE:
            raise invalid(msg("the range has more than {n:,} numbers", n=LONGEST_RANGE), hint)
        return self

    @property
    def whole(self) -> bool:
        """Whether every number it can give is an integer."""
        numbers = self.choose or (self.first, self.last, self.step)
        return all(isinstance(number, int) for number in numbers)


class Compute(Model):
    """A named value: an engine function with its arguments, or a formula."""

    engine: str | None = None
    args: Mapping[str, Any] = Field(default_factory=dict)
    value: FormulaText | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.engine is None) == (self.value is None):
            raise invalid(
                msg("a computed value is either an engine function or a formula"),
                msg("write `engine:` with `args:`, or `value:`"),
            )
        return self


class LabLink(Model):
    """A lab that shows what the question is about, opened at these controls."""

    name: str
    controls: Mapping[str, Any] = Field(default_factory=dict)


class QuestionBase(Model):
    """The fields that every kind shares."""

    id: str
    objective: str | None = None
    difficulty: Annotated[int, Field(ge=1, le=3)] = 2
    draw: Mapping[VariableName, Draw] = Field(default_factory=dict)
    compute: Mapping[VariableName, Compute] = Field(default_factory=dict)
    prompt: Localized
    explain: Localized
    hints: Annotated[Items[Localized], Field(max_length=MOST_HINTS)] = ()
    lab: LabLink | None = None
    page: str | None = None
    source: str | None = None
    tags: Items[str] = ()
    aliases: Items[str] = ()
