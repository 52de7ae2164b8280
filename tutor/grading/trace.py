"""Follow-through marking: which cells of a table are right, or follow from an earlier slip."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tutor.grading.formula import Value, parse_formula
from tutor.grading.numbers import EXACT, Tolerance, matches
from tutor.grading.tokens import FormulaError


class Mark(Enum):
    """How a cell fared."""

    RIGHT = auto()
    FOLLOWS = auto()
    WRONG = auto()


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell that was asked for: its right value, and how it is found from other cells."""

    name: str
    value: Value
    follow: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell's mark, and the names of the cells with a slip that it follows from."""

    mark: Mark
    slips: tuple[str, ...] = ()


def mark_cells(
    asked: Sequence[Asked],
    typed: Sequence[Value],
    known: Mapping[str, Value],
    tolerance: Tolerance = EXACT,
) -> tuple[Marked, ...]:
    """Mark each cell in order.

    A cell that is not right follows if its formula gives what was typed once the learner's own
    values stand in for the cells before it. It must have been computed: a value that is only
    the copy of a slip it follows from is wrong, so a table of zeros earns nothing. A cell that
    is right by rounded values of cells which all are right is right.

    Args:
        asked: the cells, each after those that it follows from.
        typed: their values.
        known: all other values that the formulas name.
        tolerance: how far a value may lie from the right one.
    """
    own: dict[str, Value] = {}
    slips: list[str] = []
    marks: list[Marked] = []
    for cell, value in zip(asked, typed, strict=True):
        if matches(value, cell.value, tolerance):
            marks.append(Marked(Mark.RIGHT))
        else:
            marks.append(_follows(cell, value, {**known, **own}, slips, tolerance))
        own[cell.name] = value
        if marks[-1].mark is not Mark.RIGHT:
            slips.append(cell.name)
    return tuple(marks)


def followed(formula: str, known: Mapping[str, Value]) -> Value | None:
    """Return the value of a formula, or None where it has none, as of log(−1)."""
    try:
        value = parse_formula(formula).evaluate(known.__getitem__)
    except FormulaError:
        return None
    return value if not isinstance(value, float) or math.isfinite(value) else None


def _follows(
    cell: Asked,
    value: Value,
    known: Mapping[str, Value],
    slips: Sequence[str],
    tolerance: Tolerance,
) -> Marked:
    """Mark a cell that is not right.

    Args:
        cell: the cell.
        value: what was typed.
        known: all values that its formula may name, the learner's own among them.
        slips: the cells before it that are not right.
        tolerance: how far a value may lie from the right one.
    """
    result = followed(cell.follow, known) if cell.follow is not None else None
    if cell.follow is None or result is None or not matches(value, result, tolerance):
        return Marked(Mark.WRONG)
    names = parse_formula(cell.follow).names
    causes = tuple(name for name in slips if name in names)
    if any(matches(value, known[name], tolerance) for name in causes):
        return Marked(Mark.WRONG)
    return Marked(Mark.FOLLOWS, causes) if causes else Marked(Mark.RIGHT)
