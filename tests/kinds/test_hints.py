"""Hints: the author's, or the engine's formula; never the result."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from tests.engine.test_told_apart import DRAWN, draws
from tests.kinds import questions as make
from tutor.engine import EngineError, Worked, compute
from tutor.kinds import pose
from tutor.kinds.hints import gives_away, hints_of
from tutor.text import maths

LSTM = {"lstm": {"engine": "lstm_params", "args": {"input_size": "d", "hidden_size": "h"}}}


def said(worked: Worked, *results: Any) -> list[str]:
    return [str(hint) for hint in hints_of(worked, results)]


def test_the_authors_hints_have_the_cards_numbers() -> None:
    posed = pose(make.numeric(compute=LSTM, hints=["Look at {h}.", "{4*h:,} rows."]), 7)
    assert [str(hint) for hint in posed.hints] == ["Look at 8.", "32 rows."]


def test_an_engine_answer_gives_its_formula_and_then_its_numbers() -> None:
    question = make.numeric(compute=LSTM, answer="lstm.total", mistakes=[])
    posed = pose(question, 7, {"d": 10, "h": 24})
    assert [str(hint) for hint in posed.hints] == [
        "The formula: $4h(d + h + 2)$",
        r"With the numbers of this card: $4 \cdot 24 \cdot (10 + 24 + 2)$",
    ]
    other = pose(question, 7, {"d": 10, "h": 3})
    assert str(other.hints[1]).endswith(r"$4 \cdot 3 \cdot (10 + 3 + 2)$")


def test_what_is_not_computed_or_not_graded_has_only_written_hints() -> None:
    assert pose(make.numeric(), 7).hints == ()
    drawn = {"draw": {"d": {"choose": [8]}, "h": {"choose": [4]}}, "compute": LSTM}
    assert pose(make.flashcard(**drawn), 1).hints == ()
    written = pose(make.flashcard(**drawn, hints=["Four of {h}."]), 1).hints
    assert [str(hint) for hint in written] == ["Four of 4."]


def test_at_most_five_hints() -> None:
    assert len(pose(make.flashcard(hints=["?"] * 5), 1).hints) == 5
    with pytest.raises(ValidationError):
        make.flashcard(hints=["?"] * 6)


def test_posing_makes_no_working(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object) -> str:
        raise AssertionError

    question = make.numeric(compute=LSTM, answer="2 * lstm.total", mistakes=[])
    solution = type(compute("lstm_params", {"input_size": 3, "hidden_size": 4}).solution)
    monkeypatch.setattr(solution, "formula", refuse)
    posed = pose(question, 7)
    with pytest.raises(AssertionError):
        _ = posed.hints


@pytest.mark.parametrize("name", DRAWN)
def test_no_count_is_given_away(name: str) -> None:
    hinted = 0
    for args in draws(DRAWN[name]):
        try:
            worked = compute(name, args)
        except EngineError:  # a convention without such a layer
            continue
        hints = said(worked)
        hinted += len(hints) == 2
        for hint in hints:
            assert f"{worked.total:,}" not in hint.replace(" ", "").split("$")[1]
            maths.parse(hint.split("$")[1])
    assert hinted


@pytest.mark.parametrize(
    ("name", "args", "hints"),
    [
        # the working of these is their value, or ends in it
        ("gradient_flow", {"cell": "lstm", "sigma_max": 1.5, "steps": 12}, 1),
        ("residual_flow", {}, 1),
        ("markov_probability", {"sequence": "ABAABA", "state": "B", "given": "A"}, 1),
        ("sequential_steps", {"layer": "attention", "seq_len": 100, "num_layers": 6}, 1),
        ("markov_stationary", {"P": [[0.9, 0.1], [0.5, 0.5]]}, 1),
        ("softmax", {"scores": [1.0, 2.0, 3.0], "position": 1}, 2),
        ("rnn", {"x": [[1.0], [2.0]], "hidden_size": 2, "seed": 7}, 1),
    ],
)
def test_working_that_is_the_value_is_kept_back(
    name: str, args: dict[str, Any], hints: int
) -> None:
    assert len(said(compute(name, args))) == hints


def test_the_formula_of_a_part_is_called_that() -> None:
    question = make.numeric(compute=LSTM, answer="2 * lstm.total", mistakes=[])
    assert str(pose(question, 7).hints[0]) == "The formula of a part: $4h(d + h + 2)$"


def test_a_choice_hints_at_what_it_asks_for() -> None:
    asked = {"draw": {"d": {"choose": [8, 16]}, "h": {"from": 8, "to": 64, "step": 8}}}
    whole = make.question("choice", **asked, compute=LSTM, answer="lstm.total")
    assert str(pose(whole, 7).hints[0]).startswith("The formula:")
    part = make.question("choice", **asked, compute=LSTM, answer="4*lstm.total")
    assert str(pose(part, 7).hints[0]).startswith("The formula of a part:")
    size = make.question(
        "choice",
        **asked,
        compute=LSTM,
        answer="h",
        mistakes=[{"id": "d", "value": "d", "say": "No."}],
    )
    assert [str(hint) for hint in pose(size, 7).hints] == ["The formula of a part: $4h(d + h + 2)$"]


def test_a_table_gives_no_cell_away() -> None:
    cells = [{"name": "a", "value": "d + 2"}, {"name": "b", "value": "h"}]
    posed = pose(
        make.question(
            "trace",
            draw={"d": {"choose": [8]}, "h": {"choose": [24]}},
            compute=LSTM,
            rows=[{"label": "Sizes", "cells": [*cells, {"name": "c", "value": "lstm.total"}]}],
        ),
        7,
    )
    assert [str(hint) for hint in posed.hints] == ["The formula: $4h(d + h + 2)$"]


def test_what_is_asked_is_kept_back_though_it_is_not_the_total() -> None:
    worked = compute("lstm_params", {"input_size": 10, "hidden_size": 24})
    assert len(said(worked)) == 2
    assert len(said(worked, 24)) == 1


@pytest.mark.parametrize(
    ("tex", "result", "given"),
    [
        ("3,456", 3456, True),
        ("3456", 3456, True),
        ("13,456", 3456, False),
        ("34.56", 3456, False),
        ("3,456", 3456.2, True),
        ("0.1398", 0.13976379, True),
        ("-0.1398", -0.13976379, True),
        ("0.1399", 0.13976379, False),
        ("0", 0.0001, False),
        ("0.0003634", 0.0003633656, True),
        (r"3.63 \times 10^{-4}", 0.0003633656, True),
        (r"1 \times 10^{-5}", 0.00001, True),
        (r"1 \times 10^{-99999}", 1, True),
        (r"\frac{3}{5}", 0.6, True),
        (r"\frac{3}{5}", Fraction(3, 5), True),
        (r"\frac{3}{5}", 3, True),
        (r"\frac{3}{0}", 1, False),
        (r"\frac{3}{7}", 0.6, False),
        ("7", 10**500, False),
        ("7" * 400, 7.5, False),
        ("7.5", Fraction(10**500, 3), False),
        ("7.5", float("inf"), False),
        ("", 1, False),
    ],
)
def test_what_gives_a_result_away(tex: str, result: Any, given: bool) -> None:
    assert gives_away(tex, result) is given
