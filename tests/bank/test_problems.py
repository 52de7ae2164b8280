from __future__ import annotations

from pathlib import Path

from tutor.bank.problems import Problem, headline, in_order, render
from tutor.text.message import msg
from tutor.text.speaker import ENGLISH, Speaker
from tutor.text.width import cells


def problem(line: int = 1, column: int = 1, text: str = "", **more: str) -> Problem:
    message = msg("unknown key `{key}`", key="in_put-size*")
    return Problem(Path("a.yaml"), line, column, message, msg("delete it"), text, **more)


def test_the_headline_is_plain_text() -> None:
    assert headline(problem(2, 3), ENGLISH) == "a.yaml:2:3: unknown key `in_put-size*`; delete it"
    assert headline(problem(2, 3, subject="a.b@7"), ENGLISH).startswith("a.yaml:2:3: a.b@7: unkn")


def test_the_caret_stands_under_the_column() -> None:
    _, line, caret = render(problem(1, 7, 'ko: "셀 {상태"'), ENGLISH).splitlines()
    assert line == '  ko: "셀 {상태"'
    assert cells(caret) - 1 == cells('  ko: "셀')
    _, line, caret = render(problem(1, 3, "\t\tx"), ENGLISH).splitlines()
    assert (line, caret) == ("    x", "    ^")


def test_a_long_line_is_cut_around_the_column() -> None:
    text = "가" * 200 + "X" + "나" * 200
    _, line, caret = render(problem(1, 201, text), ENGLISH).splitlines()
    assert cells(line) <= 100
    at = line.index("X")
    assert cells(line[:at]) == cells(caret) - 1
    assert line.startswith("  …")
    assert line.endswith("…")


def test_a_column_past_the_end_is_after_the_line() -> None:
    _, line, caret = render(problem(1, 99, "abc"), ENGLISH).splitlines()
    assert (line, caret) == ("  abc", "     ^")


def test_problems_are_ordered_and_said_once() -> None:
    found = [problem(10, 2), problem(9, 1), problem(10, 1), problem(9, 1)]
    assert [(p.line, p.column) for p in in_order(found)] == [(9, 1), (10, 1), (10, 2)]


def test_a_problem_speaks_the_learners_language() -> None:
    said = headline(problem(), Speaker("ko"))
    assert said.startswith("a.yaml:1:1: ")
