from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import FormatError, PoseError, Verdict, grade, parse, pose
from tutor.kinds.trace import PosedTrace, TypedCells


def posed_at(seed: int = 1, **fields: Any) -> PosedTrace:
    posed = pose(make.trace(**fields), seed)
    assert isinstance(posed, PosedTrace)
    return posed


def typed(posed: PosedTrace, text: str) -> tuple[Any, ...]:
    response = parse(posed, text)
    assert isinstance(response, TypedCells), response
    return response.values


def judged(posed: PosedTrace, *values: float) -> Verdict:
    return grade(posed, TypedCells(values))


def row(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"label": "row", "cells": cells}


def test_values_come_from_the_engine_and_are_shown_to_the_tolerance() -> None:
    posed = pose(make.trace(), 1, {"c_0": 0.8, "g_0": 0.9})
    assert isinstance(posed, PosedTrace)
    assert [(cell.name, cell.shown) for cell in posed.asked] == [
        ("kept", "0.4"),
        ("new", "0.225"),
        ("c", "0.625"),
        ("h", "0.555"),
    ]
    assert posed.solution is not None
    assert posed.solution.name == "lstm_step"


@pytest.mark.parametrize(
    "text",
    [
        "0.4\n0.225\n0.625\n0.555", "0.4;0.225;0.625;0.555", " 0.4 ; 9/40 ; 5/8; 0.555 ; ",
        "0.4 0.225 0.625 0.555", "0.4, 0.225, 0.625, 0.555", "0.4 0.225\n0.625 0.555\n",
        "2/5\n0.225\n62.5%\n５.５５e-1",
    ],
)  # fmt: skip
def test_values_are_read_row_by_row_however_they_are_separated(text: str) -> None:
    values = typed(posed_at(), text)
    assert [float(value) for value in values] == [0.4, 0.225, 0.625, 0.555]


def test_groups_of_digits_stay_together_where_lines_separate() -> None:
    assert typed(posed_at(), "1 024\n1,024\n1_024\n0") == (1024, 1024, 1024, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "asked for: 4; typed: 0"), ("0.4", "asked for: 4; typed: 1"), ("1;2;3;4;5", "typed: 5"),
        ("1\n\n3\n4", "new: Type a number."), ("1;2;;4", "c: Type a number."),
        ("1;2;3;", "h: Type a number."), ("1;2;x;4", "c: `x`"), ("1 + 2 3", "new: "), ("1 2 3 - 4", "typed: 5"),
        ("1\n2\n3\n10,24", "h: `10,24` can be read in two ways"), ("1" * 1000, "too long"),
        ("x" * 10_000_000, "too long"), ("1;2;3;\x1b[31m", "h: "),
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_its_cell(text: str, said: str) -> None:
    problem = parse(posed_at(), text)
    assert isinstance(problem, FormatError)
    assert said in str(problem.message)
    assert "\x1b" not in str(problem.message)


def test_one_cell_takes_one_number() -> None:
    posed = posed_at(columns=[], rows=[row({"name": "x", "value": "1024"})])
    assert typed(posed, " 1 024 ") == typed(posed, "1024;") == (1024,)
    assert isinstance(parse(posed, "1;2"), FormatError)


def test_what_follows_from_a_slip_counts_and_says_so() -> None:
    posed = pose(make.trace(), 1, {"c_0": 0.8, "g_0": 0.9})
    assert isinstance(posed, PosedTrace)
    verdict = judged(posed, 0.8, 0.225, 1.025, 0.772)
    assert verdict.score == 0.75
    assert [(part.right, part.note and str(part.note)) for part in verdict.parts] == [
        (False, "0.4"),
        (True, None),
        (True, "✓ follows from your kept"),
        (True, "✓ follows from your c"),
    ]
    assert str(verdict.right_answer) == "kept = 0.4; new = 0.225; c = 0.625; h = 0.555"


def test_the_engines_mistakes_are_recognised_in_a_cell() -> None:
    posed = pose(make.trace(), 1, {"c_0": 0.8, "g_0": 0.9})
    assert isinstance(posed, PosedTrace)
    verdict = judged(posed, 0.4, 0.225, 1.025, 0.555)  # the forget gate was left out
    assert verdict.score == 0.75
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.mistake == "forget-gate-forgotten"
    assert judged(posed, 0.4, 0.225, 5, 0.555).diagnosis is None


def test_a_follow_that_is_another_formula_is_refused_at_its_cell() -> None:
    rows = [row({"name": "a", "value": 1}, {"name": "b", "value": "2", "follow": "a + 2"})]
    with pytest.raises(PoseError, match="`b` is 2 by its value, but 3 by its `follow`") as caught:
        posed_at(columns=[], rows=rows)
    assert caught.value.where == ("rows", 0, "cells", 1, "follow")
    rows = [row({"name": "a", "value": 0}, {"name": "b", "value": "2", "follow": "log(a)"})]
    with pytest.raises(PoseError, match="undefined"):
        posed_at(columns=[], rows=rows)


def test_exact_values_need_no_tolerance_and_others_do() -> None:
    exact = [row({"name": "a", "value": "1/3"}, {"name": "b", "value": "2/3", "follow": "2*a"})]
    posed = posed_at(columns=[], rows=exact, tolerance=None)
    assert judged(posed, Fraction(1, 3), Fraction(2, 3)).right  # type: ignore[arg-type]  # exact
    assert judged(posed, 0.333, 0.667).score == 0
    assert judged(posed, 0.25, 0.5).score == 0.5
    with pytest.raises(PoseError, match="tolerance") as caught:
        posed_at(columns=[], rows=[row({"name": "a", "value": "exp(1)"})], tolerance=None)
    assert caught.value.where == ("rows", 0, "cells", 0, "value")


A, B = {"name": "a", "value": 1}, {"name": "b", "value": 2}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rows": [row(A, A)]}, "two cells are called `a`"),
        ({"rows": [row(A | {"follow": "a"}, B)]}, "`a` follows from itself"),
        ({"rows": [row(A | {"follow": "b - 1"}, B)]}, "`a` follows from `b`, which comes later"),
        ({"rows": [row(A | {"given": True}), row(B | {"given": True})]}, "every cell is given"),
        ({"rows": [row(A | {"given": True, "follow": "1"}, B)]}, "a given cell takes no `follow`"),
        ({"rows": [row(A | {"name": "exp"}, B)]}, "`exp` is a function"),
        ({"rows": [row(A | {"name": "c_0"}, B)]}, "`c_0` is the name of a drawn or computed value"),
        ({"rows": [row(A, B)], "columns": ["one"]}, "1 column heads for 2 columns"),
        ({"rows": [row(A | {"follow": "2 +"}, B)]}, "ends too early"),
        ({"rows": []}, "at least 1"), ({"rows": [row()]}, "at least 1"),
        ({"rows": [row(*(A | {"name": f"a{n}"} for n in range(7)))]}, "at most 6"),
    ],
)  # fmt: skip
def test_a_table_that_makes_no_sense_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make.trace(**({"columns": []} | fields))
    assert said in str(caught.value)


def test_a_later_cell_may_be_named_if_it_is_given() -> None:
    rows = [row(A | {"follow": "b - 1"}), row(B | {"given": True})]
    assert posed_at(columns=[], rows=rows).known["b"] == 2


@given(st.integers(0, 2**31))
def test_the_table_as_it_is_shown_is_right(seed: int) -> None:
    posed = posed_at(seed)
    shown = "\n".join(cell.shown for cell in posed.asked)
    assert grade(posed, TypedCells(typed(posed, shown))).right


@given(st.lists(st.floats(-10, 10), min_size=4, max_size=4))
def test_the_score_is_the_share_of_cells_that_are_not_wrong(values: list[float]) -> None:
    verdict = judged(posed_at(), *values)
    assert verdict.score == sum(part.right for part in verdict.parts) / 4
    assert verdict.score is not None
    assert verdict.score < 1 or all(part.note is None for part in verdict.parts)


def test_what_cells_follow_from_stands_in_one_order_in_every_process() -> None:
    names = ["g", "a", "f", "c", "b", "e", "d"]
    cells = [{"name": "sum", "value": "+".join(names), "follow": "+".join(names)}]
    posed = pose(
        make.question(
            "trace",
            draw={name: {"choose": [number]} for number, name in enumerate(names)},
            rows=[{"label": "Sum", "cells": cells}],
        ),
        1,
    )
    assert isinstance(posed, PosedTrace)
    assert list(posed.known) == sorted(names)
