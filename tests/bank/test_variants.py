"""What nobody will ever see is found, and what somebody may see is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.bank.load import load
from tutor.bank.proof import proof_findings
from tutor.bank.variants import ENOUGH, draw_findings, mistake_findings, unused_findings
from tutor.kinds import Question, pose
from tutor.kinds.posed import PoseError

HEADER = "format: 1\ntopic: notes\ntitle: Notes\nquestions:\n- id: notes.a\n  explain: x\n"
NUMERIC = (
    HEADER + "  kind: numeric\n  prompt: '{{d}}?'\n  draw: {{d: {draw}}}\n  answer: {answer}\n"
)
SQUARE = NUMERIC + "  mistakes: [{{id: square, value: d^2, say: x}}]\n"
CHOICE = HEADER + (
    "  kind: choice\n  prompt: y\n  options:\n  - {text: a, right: true}\n"
    "  - {text: b, feedback: x, mistake: beta}\n"
)


def question(folder: Path, text: str) -> Question:
    path = folder / "notes.yaml"
    path.write_text(text, "utf-8")
    bank = load([path])
    assert bank.problems == ()
    return bank.questions["notes.a"]


def said(question: Question, seeds: range) -> list[tuple[int | None, tuple[str | int, ...], str]]:
    return [(seed, f.where, str(f.message)) for seed, f in proof_findings(question, seeds)]


DRAWS = [
    ("{choose: [2, 3, 4]}", [("draw", "d", "choose", 0)]),
    ("{choose: [3, 4]}", []),
    ("{choose: [3, 2, 4, 0]}", [("draw", "d", "choose", 1), ("draw", "d", "choose", 3)]),
    ("{from: 2, to: 4}", [("draw", "d")]),
    ("{from: 0, to: 2}", [("draw", "d"), ("draw", "d")]),
    ("{from: 1, to: 4}", []),  # 2 is passed over; nobody would write the others out
    ("{from: 3, to: 100000}", []),  # far more than there are seeds
]  # fmt: skip


@pytest.mark.parametrize(("draw", "places"), DRAWS, ids=lambda value: str(value)[:20])
@pytest.mark.parametrize("seeds", [1, 3, 60])
def test_numbers_that_are_always_discarded(
    tmp_path: Path, draw: str, places: list[tuple[str | int, ...]], seeds: int
) -> None:
    found = said(question(tmp_path, SQUARE.format(draw=draw, answer="2*d")), range(seeds))
    assert [where for _, where, _ in found] == places
    assert all(seed is None and "coincide" in message for seed, _, message in found)


def test_a_number_that_was_shown_is_not_tried(tmp_path: Path) -> None:
    asked = question(tmp_path, SQUARE.format(draw="{choose: [2, 3]}", answer="2*d"))
    assert len(list(draw_findings(asked, {"d": {3}}, range(3)))) == 1
    assert list(draw_findings(asked, {"d": {2, 3}}, range(3))) == []


def test_a_number_that_few_seeds_do_not_reach_is_tried_by_itself(tmp_path: Path) -> None:
    draw = f"{{choose: {list(range(3, 40))}}}"
    asked = question(tmp_path, NUMERIC.format(draw=draw, answer="1/(d-39)"))
    reached = [d for d in range(40) if pose_or_none(asked, d) is None]
    assert reached, "no seed below 40 draws 39; change the numbers of this test"
    ((seed, where, message),) = said(asked, range(reached[0]))
    assert (seed, where) == (None, ("draw", "d", "choose", 36))
    assert message.startswith("no card has `d` = 39: ")
    assert message.endswith("division by zero")
    (first, *_) = said(asked, range(40))
    assert first[:2] == (reached[0], ("answer",))


def pose_or_none(asked: Question, seed: int) -> object:
    try:
        return pose(asked, seed)
    except PoseError:
        return None


def test_mistakes_are_told_or_named(tmp_path: Path) -> None:
    asked = question(tmp_path, CHOICE)
    assert said(asked, range(3)) == []
    (found,) = mistake_findings(asked, told=())
    assert found.where == ("options", 1, "mistake")
    assert "`beta`" in str(found.message)
    assert list(mistake_findings(asked, told={"beta"})) == []


def test_a_few_seeds_say_nothing_of_a_mistake_that_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = question(tmp_path, SQUARE.format(draw="{choose: [3, 4]}", answer="2*d"))
    monkeypatch.setattr("tutor.bank.proof.mistake_findings", lambda *_: mistake_findings(asked, ()))
    assert said(asked, range(ENOUGH - 1)) == []
    assert [where for _, where, _ in said(asked, range(ENOUGH))] == [("mistakes", 0, "id")]


@pytest.mark.parametrize(
    ("answer", "names"), [("2*d", ["e"]), ("3", ["d", "e"]), ("e", ["d"]), ("d*e", [])]
)
def test_a_number_is_used_where_anything_names_it(
    tmp_path: Path, answer: str, names: list[str]
) -> None:
    draw = "{choose: [3, 4]}, e: {choose: [1]}"
    text = NUMERIC.replace("'{{d}}?'", "y").format(draw=draw, answer=answer)
    assert [f.where[1] for f in unused_findings(question(tmp_path, text))] == names


def test_a_lab_and_a_text_in_either_language_use_a_number(tmp_path: Path) -> None:
    text = NUMERIC.format(draw="{choose: [3, 4]}, e: {choose: [1]}, f: {choose: [2]}", answer="1")
    text = text.replace("'{d}?'", "{en: x, ko: '{d}'}") + "  lab: {name: a, controls: {b: [e]}}\n"
    found = [f.where for f in unused_findings(question(tmp_path, text))]
    assert found == [("draw", "f")]


# by kind, a question with its mistakes: `alive` is recognised in some answer, and where a kind
# can hold one, `dead` in none
NAMING = {
    "numeric": "draw: {d: {choose: [3, 4]}}, answer: 2*d, mistakes: ["
    "{id: alive, value: d^2, say: x}]",
    "computed choice": "kind: choice, draw: {d: {choose: [3, 4]}}, answer: 2*d, mistakes: ["
    "{id: alive, value: d^2, say: x}, {id: dead, value: d*d, say: x}]",
    "choice": "options: [{text: a, right: true}, {text: b, feedback: x, mistake: alive}]",
    "multi": "options: [{text: a, right: true}, {text: b, feedback: x, mistake: alive},"
    " {text: c, right: true}, {text: d, feedback: x, mistake: also}]",
    "truefalse": "answer: true, reasons: [{text: a, right: true},"
    " {text: b, feedback: x, mistake: alive}]",
    "formula": "draw: {d: {choose: [3, 4]}, h: {choose: [5, 6]}}, answer: 4dh, mistakes: ["
    "{id: alive, formula: 2dh, say: x}, {id: also, formula: 3dh, say: x}]",
    "text": "accept: {en: [a b], ko: [c d]}, mistakes: ["
    "{id: alive, forms: {en: [e f], ko: [g h]}, say: x}]",
}


@pytest.mark.parametrize("kind", NAMING)
def test_each_kind_answers_with_its_mistakes(tmp_path: Path, kind: str) -> None:
    fields = NAMING[kind] if "kind:" in NAMING[kind] else f"kind: {kind}, {NAMING[kind]}"
    text = "format: 1\ntopic: notes\ntitle: Notes\nquestions:\n"
    asked = question(tmp_path, f"{text}- {{id: notes.a, prompt: y, explain: x, {fields}}}\n")
    dead = [("mistakes", 1, "id")] if "dead" in fields else []
    assert [where for _, where, _ in said(asked, range(ENOUGH))] == dead
    assert not [f for f in unused_findings(asked) if kind == "formula"]
    assert "alive" in {str(f.message).split("`")[1] for f in mistake_findings(asked, told=())}
