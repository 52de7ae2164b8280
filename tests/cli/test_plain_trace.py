"""Tables of values and short answers in plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tutor.text.width import cells

CONTENT = """\
format: 1
topic: mine
title: {en: My notes, ko: 내 노트}
questions:
- id: mine.a
  kind: trace
  prompt: {en: "Fill in.", ko: "채우세요."}
  columns: [{en: before, ko: 활성화 전}, {en: after, ko: 활성화 후}]
  rows:
  - {label: {en: "kept $f$", ko: "남긴 값 $f$"}, cells: [{name: a, value: 0.5, given: true}, {name: f, value: 0.25}]}
  - {label: {en: state, ko: 상태}, cells: [{name: c, value: 0.75, follow: f + a}]}
  tolerance: {abs: 0.001}
  explain: {en: "So.", ko: "그렇습니다."}
- id: mine.b
  kind: text
  prompt: {en: "Which gate?", ko: "어느 게이트?"}
  accept: {en: [forget gate], ko: [망각 게이트]}
  mistakes: [{id: input, forms: {en: [input gate], ko: [입력 게이트]}, say: {en: "It lets in.", ko: "들입니다."}}]
  explain: {en: "So.", ko: "그렇습니다."}
- id: mine.c
  kind: cloze
  prompt: {en: "The [[sigmoid]] squashes.", ko: "[[시그모이드]]가 누릅니다."}
  explain: {en: "So.", ko: "그렇습니다."}
"""


@pytest.fixture(autouse=True)
def _own_questions(home: Path) -> None:
    folder = home / "questions"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(CONTENT, encoding="utf-8")


def test_the_table_is_asked_cell_by_cell_and_shown_with_its_marks(run: Run) -> None:
    out = run("study", "--plain", "mine", typed="0.2\nx\n0.2\n0.7\n\n:quit\n").out
    lines = out.splitlines()
    assert "  kept f     0.5    [f]" in lines
    assert "  state      [c]" in lines
    assert out.count("f = ") == 2
    assert "c: `x` is not understood as a number" in " ".join(out.split()).replace("x is", "`x` is")
    at = lines.index("~ Partly right.")
    table = [line.split() for line in lines[at + 1 : at + 5]]
    assert table == [
        ["before", "after"],
        ["kept", "f", "0.5", "✗", "0.2", "→", "0.25"],
        ["state", "↳", "0.7", "→", "0.75"],
        ["↳", "c:", "✓", "follows", "from", "your", "f"],
    ]
    assert "The answer:" not in out


def test_all_cells_in_one_line(run: Run) -> None:
    out = run("study", "--plain", "mine", typed="1/4; 0.75\n\n:quit\n").out
    assert "✓ Right." in out
    assert "kept f" in out


def test_korean_tables_are_as_wide_as_they_look(run: Run) -> None:
    out = run("study", "--plain", "mine", typed="0.25;1\n\n:quit\n", LANG="ko_KR.UTF-8").out
    lines = out.splitlines()
    asked = [line for line in lines if line.endswith("[f]")]
    head = lines[lines.index(asked[0]) - 1]
    assert cells(head) == cells(asked[0])
    judged = next(line for line in lines if "✓" in line and "0.25" in line)
    second = lines[lines.index(judged) + 1]
    first_column = cells(judged[: judged.index("0.5")])
    assert cells(second[: second.index("1 →")]) >= first_column


def test_a_typo_is_told_and_a_known_wrong_word_explained(run: Run) -> None:
    typed = ":skip\nforgte gate\n\nsigmod\n\n"
    out = " ".join(run("study", "--plain", "mine", typed=typed).out.split())
    assert "✓ Right. Understood as forget gate." in out
    assert "✓ Right. Understood as sigmoid." in out
    out = run("study", "--plain", "mine", "--all", typed=":skip\ninput gate\n\n:quit\n").out
    assert "✗ Not yet.\nIt lets in.\nThe answer: forget gate\n" in out
