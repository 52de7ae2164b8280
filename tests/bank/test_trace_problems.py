"""What checking says about tables of values and the forms of short answers, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.bank.check import check
from tutor.bank.load import load

HEAD = "format: 1\ntopic: notes\ntitle: Notes\nquestions:\n"
TRACE = """\
- id: notes.a
  kind: trace
  draw: {{d: {{choose: [2, 4]}}}}
  compute: {{s: {{engine: sigmoid, args: {{x: d}}}}}}
  prompt: "{{d}}"
  rows:
  - label: "$x$"
    cells:
    - {{name: a, value: "{value}"}}
    - {{name: b, value: "2*s.total", follow: "{follow}"}}
  tolerance: {{abs: 0.001}}
  explain: "$z$"
"""
TEXT = """\
- id: notes.a
  kind: text
  draw: {{d: {{choose: [2, 4]}}}}
  prompt: "{{d}}"
  accept: {{en: [one, "{accepted}"], ko: [하나]}}
  mistakes:
  - {{id: two, forms: {{en: ["{wrong}"], ko: [둘]}}, say: "$z$"}}
  explain: "$z$"
"""


def problems(folder: Path, text: str) -> tuple[list[str], list[str]]:
    path = folder / "notes.yaml"
    path.write_text(HEAD + text, "utf-8")
    bank = load([path])
    return [str(p) for p in bank.problems], [str(p) for p in check(bank, range(20))]


@pytest.mark.parametrize(
    ("follow", "place", "said"),
    [
        ("2*a + e", "14:52", "unknown name `e`"),
        ("2*a + s.totl", None, "unknown name `s.totl`"),
        ("2*a + b", "14:52", "`b` follows from itself"),
        ("2 *", "14:49", "ends too early"),
    ],
)
def test_a_follow_is_refused_at_its_column(
    tmp_path: Path, follow: str, place: str | None, said: str
) -> None:
    loaded, proved = problems(tmp_path, TRACE.format(value="s.total", follow=follow))
    (found,) = loaded or proved
    assert said in found
    assert place is None or f"notes.yaml:{place}" in found


def test_a_follow_that_misses_its_value_is_found_seed_by_seed(tmp_path: Path) -> None:
    loaded, proved = problems(tmp_path, TRACE.format(value="s.total", follow="d*a"))
    assert loaded == []
    (found,) = proved  # right where d is 2
    assert "notes.yaml:14:" in found
    assert "notes.a@" in found
    assert "`b` is 1.96402758 by its value, but 3.92805516 by its `follow`" in found
    assert problems(tmp_path, TRACE.format(value="s.total", follow="2*a")) == ([], [])


def test_a_value_is_refused_at_its_cell(tmp_path: Path) -> None:
    loaded, proved = problems(tmp_path, TRACE.format(value="s.other", follow="2*s.total"))
    (found,) = loaded or proved
    assert "unknown name `s.other`" in found
    assert "notes.yaml:13:" in found


@pytest.mark.parametrize(
    ("accepted", "wrong", "place", "said"),
    [
        ("{e}", "two", "9:24", "unknown name `e`"),
        ("{d", "two", "9:22", "a brace without its partner"),
        ("uno", "{1/(d - d)}", "11:", "division by zero"),
        ("uno", "ONE", "11:", "the form `ONE` belongs to the answer too"),
    ],
)
def test_a_form_is_refused_at_its_place(
    tmp_path: Path, accepted: str, wrong: str, place: str, said: str
) -> None:
    loaded, proved = problems(tmp_path, TEXT.format(accepted=accepted, wrong=wrong))
    (found,) = loaded or proved
    assert f"notes.yaml:{place}" in found
    assert said in found


def test_sound_forms(tmp_path: Path) -> None:
    assert problems(tmp_path, TEXT.format(accepted="{d + 1}", wrong="{d}")) == ([], [])
