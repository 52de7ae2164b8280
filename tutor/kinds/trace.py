"""Traces: a table of intermediate values, worked out cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.engine import Worked
from tutor.grading.formula import Value, parse_formula
from tutor.grading.numbers import (
    EXACT,
    MAX_LENGTH,
    NumberProblem,
    Tolerance,
    matches,
    parse_number,
    write,
    write_within,
)
from tutor.grading.trace import Asked, Mark, Marked, followed, mark_cells
from tutor.kinds.base import Items, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.mistakes import PosedMistake, solution_of
from tutor.kinds.numeric import Allowed, exact_text
from tutor.kinds.posed import (
    Diagnosis,
    Examples,
    FormatError,
    Part,
    PosedBase,
    PoseError,
    Verdict,
    rate,
)
from tutor.kinds.setting import Setting, draw_setting
from tutor.kinds.table import (
    MAX_COLUMNS,
    Cell,
    Place,
    PosedCell,
    PosedRow,
    Rows,
    judge_rows,
    placed,
)
from tutor.text.localized import Localized
from tutor.text.message import Message, msg
from tutor.text.template import escape
from tutor.text.words import Words

SEPARATOR = "\n"  # between the cells of one response; `;` and spaces are understood too
_LINES = re.compile(r"[\n;]")
_ANY = re.compile(r"[\n;]|,?[ \t\u00a0]+")


class Trace(QuestionBase):
    """A table of values, some given, the others asked for."""

    kind: Literal["trace"]
    columns: Annotated[Items[Localized], Field(max_length=MAX_COLUMNS)] = ()
    rows: Rows
    tolerance: Allowed | None = None

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        judge_rows(self.rows)
        widest = max(len(row.cells) for row in self.rows)
        if self.columns and len(self.columns) != widest:
            raise invalid(
                msg(
                    "{columns} column heads for {cells} columns",
                    columns=len(self.columns),
                    cells=widest,
                ),
                msg("give each column a head, or leave `columns:` out"),
                where=("columns",),
            )
        for place, cell in placed(self.rows):
            if cell.name in self._numbers and not (cell.given and cell.value == cell.name):
                raise invalid(
                    msg("`{name}` is the name of a drawn or computed value", name=cell.name),
                    msg("give the cell another name, or show the value with `given: true`"),
                    where=(*place, "name"),
                )
        return self

    @property
    def _numbers(self) -> set[str]:
        """The names that a formula without a dot may use for drawn and computed numbers."""
        return {
            *self.draw,
            *(name for name, made in self.compute.items() if made.value is not None),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedTrace(PosedBase):
    """A trace with its values computed.

    Attributes:
        columns: the heads over the cells; empty if there are none.
        rows: the table.
        tolerance: how far each value may lie from the right one.
        known: the values, other than those of asked cells, that cells follow from.
    """

    columns: tuple[Localized, ...]
    rows: tuple[PosedRow, ...]
    tolerance: Tolerance
    known: Mapping[str, Value]

    @property
    def asked(self) -> tuple[PosedCell, ...]:
        """The cells that are asked for, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells if not cell.given)

    def results(self) -> tuple[Value, ...]:
        """Return the values of the asked cells."""
        return tuple(cell.value for cell in self.asked)


@dataclass(frozen=True, slots=True)
class TypedCells:
    """The values of the asked cells, row by row."""

    values: tuple[Value, ...]


def pose(question: Trace, seed: int, learner_args: Mapping[str, Value] | None) -> PosedTrace:
    """Draw and compute the values, and prove each formula by which a cell follows from others.

    Raises:
        PoseError: the engine refuses the numbers, a value is not exact though no tolerance is
            declared, or a `follow` does not give the value of its cell.
    """
    setting = draw_setting(question, seed, learner_args)
    values = {cell.name: _value(setting, place, cell) for place, cell in placed(question.rows)}
    allowed = question.tolerance
    tolerance = allowed.tolerance if allowed else EXACT
    names = {name for name in values if name not in setting.values}
    known: dict[str, Value] = {}
    for place, cell in placed(question.rows):
        if not cell.given and tolerance == EXACT and isinstance(values[cell.name], float):
            raise PoseError(
                msg("`{cell}` is not exact; declare a `tolerance`", cell=cell.name),
                where=(*place, "value"),
            )
        if cell.follow is not None:
            known |= _named(setting, place, cell.follow, names)
            _prove(place, cell, {**known, **values}, tolerance)
        elif cell.given:
            known[cell.name] = values[cell.name]
    rows = tuple(
        PosedRow(
            setting.fill(row.label),
            tuple(_posed(setting, cell, values[cell.name], tolerance) for cell in row.cells),
        )
        for row in question.rows
    )
    return PosedTrace(
        **shared_fields(question, seed, setting, solution=_solution(question, setting)),
        columns=tuple(map(setting.fill, question.columns)),
        rows=rows,
        tolerance=tolerance,
        known=known,
    )


def parse(posed: PosedTrace, text: str) -> TypedCells | FormatError:
    """Read the values row by row: on lines, separated by `;`, or by spaces if that is plain."""
    asked = posed.asked
    if len(text) > (MAX_LENGTH + 2) * len(asked) + 2:
        return FormatError(msg("That is too long for {count} values.", count=len(asked)))
    pieces = _split(text, len(asked))
    if pieces is None:
        return FormatError(
            msg(
                "Values asked for: {count}; typed: {typed}. Separate them with `;`: {cells}.",
                count=len(asked),
                typed=len(list(filter(None, _ANY.split(text)))),
                cells="; ".join(cell.name for cell in asked),
            )
        )
    values: list[Value] = []
    for cell, piece in zip(asked, pieces, strict=True):
        value = parse_number(piece)
        if isinstance(value, NumberProblem):
            return FormatError(msg("{cell}: {problem}", cell=cell.name, problem=value.message))
        values.append(value)
    return TypedCells(tuple(values))


def grade(posed: PosedTrace, response: TypedCells) -> Verdict:
    """Mark each cell; one that follows from an earlier slip counts as right."""
    cells = posed.asked
    marks = marked(posed, response)
    score = sum(mark.mark is not Mark.WRONG for mark in marks) / len(cells)
    return Verdict(
        score=score,
        right_answer=Localized.same(
            "; ".join(f"{escape(cell.name)} = {escape(cell.shown)}" for cell in cells)
        ),
        rating=rate(score),
        diagnosis=_diagnosis(posed, response, marks),
        parts=tuple(
            Part(
                escape(write(value)),
                right=mark.mark is not Mark.WRONG,
                chosen=True,
                note=_note(cell, mark),
            )
            for cell, value, mark in zip(cells, response.values, marks, strict=True)
        ),
    )


def marked(posed: PosedTrace, response: TypedCells) -> tuple[Marked, ...]:
    """Return the marks of the asked cells."""
    asked = [Asked(cell.name, cell.value, cell.follow) for cell in posed.asked]
    return mark_cells(asked, response.values, posed.known, posed.tolerance)


def examples(posed: PosedTrace) -> Examples:
    """Return the right table in several writings, tables with one slip, and no tables."""
    cells = posed.asked
    exact = [exact_text(cell.value) for cell in cells]
    rounded = [cell.shown for cell in cells] if posed.tolerance != EXACT else exact
    wrong = [
        SEPARATOR.join([*exact[:index], slip, *exact[index + 1 :]])
        for index, cell in enumerate(cells)
        for slip in (
            _off(cell, posed.tolerance),
            *(exact_text(m.value) for m in _mistakes(cell, posed.tolerance)),
        )
    ]
    return Examples(
        right=(SEPARATOR.join(exact), " ; ".join(exact), SEPARATOR.join(rounded)),
        wrong=(*wrong, ";".join(_off(cell, posed.tolerance) for cell in cells)),
        malformed=(
            "",
            SEPARATOR * (len(cells) - 1),
            SEPARATOR.join([*exact, "0"]),
            SEPARATOR.join([*exact[:-1], "?"]),
            SEPARATOR.join([*exact[:-1], "10,24"]),
        ),
    )


def _value(setting: Setting, place: Place, cell: Cell) -> Value:
    try:
        return setting.value(cell.value)
    except PoseError as error:
        raise PoseError(error.message, where=(*place, "value")) from None


def _named(setting: Setting, place: Place, follow: str, cells: set[str]) -> dict[str, Value]:
    """Return the drawn and computed values that a formula names."""
    try:
        return {name: setting.value(name) for name in sorted(parse_formula(follow).names - cells)}
    except PoseError as error:
        raise PoseError(error.message, where=(*place, "follow")) from None


def _prove(place: Place, cell: Cell, values: Mapping[str, Value], tolerance: Tolerance) -> None:
    """Refuse a formula that does not give its cell's value from the right values."""
    result = followed(cell.follow or "", values)
    if result is not None and matches(result, values[cell.name], _float_safe(tolerance, result)):
        return
    raise PoseError(
        msg(
            "`{cell}` is {value} by its value, but {follow} by its `follow`",
            cell=cell.name,
            value=write(values[cell.name]),
            follow=msg("undefined") if result is None else write(result),
        ),
        where=(*place, "follow"),
    )


def _float_safe(tolerance: Tolerance, result: Value) -> Tolerance:
    """Return a tolerance that forgives what floating point loses."""
    return Tolerance(1e-9, 1e-9) if tolerance == EXACT and isinstance(result, float) else tolerance


def _posed(setting: Setting, cell: Cell, value: Value, tolerance: Tolerance) -> PosedCell:
    if cell.given:
        return PosedCell(cell.name, value, _given(value, tolerance), given=True, follow=None)
    return PosedCell(
        cell.name,
        value,
        write_within(value, tolerance),
        given=False,
        follow=cell.follow,
        worked=solution_of(cell.value.strip(), setting),
    )


def _given(value: Value, tolerance: Tolerance) -> str:
    """Return a given value: in full if that is short, else with a digit more than is asked for."""
    full = write(value)
    if len(full) <= 6 or tolerance == EXACT:
        return full
    return write_within(value, Tolerance(tolerance.absolute / 10, tolerance.relative / 10))


def _mistakes(cell: PosedCell, tolerance: Tolerance) -> Iterator[PosedMistake]:
    """Give the engine's mistakes in a cell that is an engine's answer, those told apart.

    They are made when a cell is wrong, not whenever a card is posed.
    """
    taken: list[Value] = [cell.value]
    for mistake in cell.worked.mistakes if cell.worked is not None else ():
        if not any(matches(mistake.value, other, tolerance) for other in taken):
            taken.append(mistake.value)
            yield PosedMistake(mistake.id, mistake.value, mistake.message)


def _solution(question: Trace, setting: Setting) -> Worked | None:
    """Return the working of the last cell that an engine function computes."""
    last = [cell.value.strip().partition(".")[0] for _, cell in placed(question.rows)]
    return next((setting.worked[name] for name in reversed(last) if name in setting.worked), None)


def _split(text: str, count: int) -> Sequence[str] | None:
    """Return as many pieces as there are cells to fill, or None."""
    if count == 1 and not _LINES.search(text.strip(" \t\n;")):
        return [text.strip(" \t\n;")]
    for pieces in (
        _LINES.split(text),
        _LINES.split(text.strip(" \t\n;")),
        [piece for piece in _ANY.split(text) if piece],
    ):
        if len(pieces) == count:
            return pieces
    return None


def _diagnosis(
    posed: PosedTrace, response: TypedCells, marks: Sequence[Marked]
) -> Diagnosis | None:
    """Return the first mistake that is recognised in a wrong cell."""
    for cell, value, mark in zip(posed.asked, response.values, marks, strict=True):
        if mark.mark is Mark.WRONG:
            for mistake in _mistakes(cell, posed.tolerance):
                if matches(value, mistake.value, posed.tolerance):
                    return Diagnosis(mistake.id, mistake.message)
    return None


def _note(cell: PosedCell, mark: Marked) -> Words | None:
    match mark.mark:
        case Mark.RIGHT:
            return None
        case Mark.FOLLOWS:
            return follows_from(mark.slips)
        case Mark.WRONG:
            return escape(cell.shown)


def follows_from(slips: Sequence[str]) -> Message:
    """Return the words for a cell that is right given earlier slips."""
    return msg("✓ follows from your {cells}", cells=", ".join(slips))


def _off(cell: PosedCell, tolerance: Tolerance) -> str:
    """Return a value that is surely wrong."""
    allowed = max(tolerance.absolute, tolerance.relative * abs(float(cell.value)))
    return exact_text(cell.value + 1 + 2 * allowed)
