"""What loading and checking say about questions for a formula."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.bank.check import check
from tutor.bank.load import load

QUESTION = """\
format: 1
topic: notes
title: Notes
questions:
- id: notes.a
  kind: formula
  draw: {{d: {{choose: [8, 10]}}, h: {{from: 8, to: 64, step: 8}}}}
  compute: {{lstm: {{engine: lstm_params, args: {{input_size: d, hidden_size: h}}}}}}
  prompt: How many?
  answer: {answer}
  equals: {equals}
  terms: [{{formula: {term}, say: "the {said} vectors"}}]
  mistakes: [{{id: three, formula: {mistake}, say: Three.}}]
  explain: So.
"""
SOUND = {
    "answer": "4h(d+h+2)", "equals": "lstm.total", "term": "4h", "said": "bias",
    "mistake": "3h(d+h+2)",
}  # fmt: skip


def problems(folder: Path, **changed: str) -> tuple[list[str], list[str]]:
    path = folder / "notes.yaml"
    path.write_text(QUESTION.format(**{**SOUND, **changed}), "utf-8")
    bank = load([path])
    return (
        [str(p).removeprefix(f"{folder}/") for p in bank.problems],
        [str(p).removeprefix(f"{folder}/") for p in check(bank, range(9))],
    )


def test_a_sound_question(tmp_path: Path) -> None:
    assert problems(tmp_path) == ([], [])


@pytest.mark.parametrize(
    ("changed", "place", "said"),
    [
        ({"answer": "4h(d+q+2)"}, "10:16", "`q` is not a name here"),
        ({"answer": "4h(d+h+2"}, "10:13", "not closed"),
        ({"answer": "log(h)"}, "10:11", "needs no `log`"),
        ({"equals": "lstn.total"}, "11:11", "unknown name `lstn.total`"),
        ({"term": "4H"}, "12:22", "did you mean `h`?"),
        ({"mistake": "4dh + 4h² + 8h"}, "13:35", "is the answer itself"),
        ({"mistake": "3h(d+w+2)"}, "13:40", "`w` is not a name here"),
        ({"said": "{w}"}, "12:36", "unknown name `w`"),
    ],
)  # fmt: skip
def test_what_loading_finds(tmp_path: Path, changed: dict[str, str], place: str, said: str) -> None:
    loaded, _ = problems(tmp_path, **changed)
    assert len(loaded) == 1, loaded
    assert loaded[0].startswith(f"notes.yaml:{place}: ")
    assert said in loaded[0].replace("\\", "")


def test_what_only_the_numbers_show(tmp_path: Path) -> None:
    loaded, checked = problems(tmp_path, answer="4h(d+h+1)")
    assert loaded == []
    assert len(checked) == 1
    assert checked[0].startswith("notes.yaml:10:11: ")
    assert "but `lstm.total` is" in checked[0]
    assert "notes.a@0" in checked[0]


def test_a_name_that_the_engine_does_not_give_is_found_by_the_check(tmp_path: Path) -> None:
    loaded, checked = problems(tmp_path, equals="lstm.totl")
    assert loaded == []
    assert checked[0].startswith("notes.yaml:11:11: unknown name `lstm.totl`")
