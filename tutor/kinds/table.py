"""The table of a trace as its author writes it, and its cells with their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Self

from pydantic import Field, model_validator

from tutor.engine import Worked
from tutor.grading.formula import FUNCTIONS, Value, parse_formula
from tutor.kinds.base import FormulaText, Items, Model, VariableName, invalid
from tutor.text.localized import Localized
from tutor.text.message import msg

MAX_ROWS, MAX_COLUMNS = 12, 6

Place = tuple[str | int, ...]


class Cell(Model):
    """One value: shown if it is given, else asked for.

    `value` is the truth; `follow` says how the value is found from cells before it, so that a
    cell computed rightly from an earlier slip counts.
    """

    name: VariableName
    value: FormulaText
    follow: FormulaText | None = None
    given: bool = False

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.name in FUNCTIONS:
            raise invalid(
                msg("`{name}` is a function", name=self.name),
                msg("give the cell another name"),
                where=("name",),
            )
        if self.given and self.follow is not None:
            raise invalid(
                msg("a given cell takes no `follow`"),
                msg("leave out `follow:` or `given:`"),
                where=("follow",),
            )
        return self


class Row(Model):
    """A row of cells with its label at the left."""

    label: Localized
    cells: Annotated[Items[Cell], Field(min_length=1, max_length=MAX_COLUMNS)]


Rows = Annotated[Items[Row], Field(min_length=1, max_length=MAX_ROWS)]


@dataclass(frozen=True, slots=True)
class PosedCell:
    """A cell of this card.

    Attributes:
        name: how messages call it.
        value: the right value.
        shown: the value as it is shown.
        given: whether it is shown rather than asked for.
        follow: the formula by which it is found from other cells, if there is one.
        worked: the engine's answer whose total it is, if it is one; its mistakes are recognised.
    """

    name: str
    value: Value
    shown: str
    given: bool
    follow: str | None
    worked: Worked | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PosedRow:
    """A row of this card."""

    label: Localized
    cells: tuple[PosedCell, ...]


def placed(rows: Sequence[Row]) -> Iterator[tuple[Place, Cell]]:
    """Give each cell, row by row, with the keys that lead to it."""
    for row, cells in enumerate(rows):
        for index, cell in enumerate(cells.cells):
            yield ("rows", row, "cells", index), cell


def _offset(name: str, formula: str) -> int:
    found = re.search(rf"(?<![\w.]){name}(?![\w.])", formula)
    return found.start() if found else 0


def judge_rows(rows: Sequence[Row]) -> None:
    """Refuse a table whose cells cannot be named, asked for or found in their order.

    Raises:
        PydanticCustomError: two cells of one name, none that is asked for, or a `follow` that
            needs its own cell or a later one.
    """
    seen: set[str] = set()
    names = {cell.name for _, cell in placed(rows) if not cell.given}
    for place, cell in placed(rows):
        if cell.name in seen:
            raise invalid(
                msg("two cells are called `{name}`", name=cell.name),
                msg("give each cell a name of its own"),
                where=(*place, "name"),
            )
        if cell.follow is not None:
            for name in sorted(parse_formula(cell.follow).names & (names - seen)):
                raise invalid(
                    msg("`{cell}` follows from itself", cell=cell.name)
                    if name == cell.name
                    else msg("`{cell}` follows from `{name}`, which comes later",
                             cell=cell.name, name=name),
                    msg("name cells before it, row by row, or drawn and computed values"),
                    _offset(name, cell.follow),
                    (*place, "follow"),
                )  # fmt: skip
        seen.add(cell.name)
    if all(cell.given for _, cell in placed(rows)):
        raise invalid(
            msg("every cell is given"), msg("leave some to be asked for"), where=("rows",)
        )
