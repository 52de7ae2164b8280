from __future__ import annotations

from pathlib import Path

import pytest

from tutor.bank.bank import Bank
from tutor.bank.check import check
from tutor.bank.load import load
from tutor.bank.locate import find_content
from tutor.bank.problems import Problem
from tutor.labs.registry import open_controls

TAUGHT = Path(__file__).parent / "taught"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of a sound course that a test may damage."""
    for path in TAUGHT.rglob("*.yaml"):
        copy = tmp_path / path.relative_to(TAUGHT)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(path.read_text("utf-8"), "utf-8")
    return tmp_path


def damaged(course: Path, file: str, old: str, new: str) -> list[Problem]:
    path = course / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    bank = load([course])
    assert bank.problems == ()
    return check(bank, range(5))


def test_a_sound_course_is_sound() -> None:
    bank = load([TAUGHT])
    assert check(bank, range(20)) == []
    assert check(Bank()) == []


LSTM, RNN = "unit/lstm.yaml", "unit/rnn.yaml"
DAMAGES = [
    (RNN, '{en: "What is shared?", ko: "무엇을 함께 쓰나요?"}', "What is shared?", (8, 11),
     "one text for both languages"),
    (RNN, "ko: 가중치", "ko: PyTorch", None, ""),
    (RNN, "모든 시점에서.", "At each and every single step.", (10, 39), "not in Korean"),
    (RNN, "en: The weights", "en: 가중치", (9, 14), "not in English"),
    (RNN, "  source: Test\n", "", (5, 3), "`source` is missing"),
    (LSTM, "lstm.total:,}.\", ko", "lstm.totl:,}.\", ko", (23, 32), "unknown name `lstm.totl`"),
    (LSTM, r"$f_t = \sigma(W_f x_t)$는", r"$f_t = \sgima(W_f x_t)$는", (13, 14), "sgima"),
    (LSTM, "{choose: [8, 10]}", "{choose: [8, 10, 8]}", (19, 22), "the same number twice"),
    (LSTM, "answer: lstm.total", "answer: lstm.total\n  mistakes: [{id: same, value: lstm.total, say: x}]",
     (23, 32), "the mistake `same` is the answer itself in every draw"),
    (LSTM, "answer: lstm.total", "answer: exp(d)", (22, 11), "declare a `tolerance`"),
    ("content.yaml", "topics: [rnn, lstm]", "topics: [rnn, lstm, gru]", (6, 23), "topic `gru`"),
    ("content.yaml", "topics: [rnn, lstm]", "topics: [lstm]", (2, 8), "`rnn` is in no unit"),
    ("content.yaml", "ko: 게이트}", "ko: 게이트}\n- {id: lstm.memory, title: M}", (10, 8),
     "no question is on the objective `lstm.memory`"),
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage[2][:40])
def test_damage_is_found(
    course: Path, damage: tuple[str, str, str, tuple[int, int] | None, str]
) -> None:
    file, old, new, place, piece = damage
    found = damaged(course, file, old, new)
    assert [(problem.line, problem.column) for problem in found] == ([place] if place else [])
    for problem in found:
        assert piece in str(problem)


def test_a_problem_of_some_seeds_names_the_first(course: Path) -> None:
    found = damaged(course, LSTM, "answer: lstm.total", "answer: lstm.total / (d - 8)")
    assert len(found) == 1
    assert found[0].subject is not None
    name, _, seed = found[0].subject.partition("@")
    assert name == "lstm.params"
    assert int(seed) in range(5)


LABS = [
    ("name: parametres", (22, 15), "Did you mean “parameters”?"),
    ("name: parameters, controls: {hiden_size: h}", (22, 50), "Did you mean “hidden_size”?"),
    ("name: parameters, controls: {layer: h}", (22, 45), "`layer` cannot be `2"),
    ("name: parameters, controls: {layer: lstm, hidden_size: h, input_size: 0 * d}", (22, 79),
     "`input_size` cannot be `0`"),
    ("name: parameters, controls: {layer: lstm, hidden_size: h, input_size: d}", None, ""),
]  # fmt: skip


@pytest.mark.parametrize("link", LABS, ids=lambda link: link[0])
def test_labs_are_opened_with_the_numbers_drawn(
    course: Path, link: tuple[str, tuple[int, int] | None, str]
) -> None:
    lab, place, piece = link
    path = course / LSTM
    text = path.read_text("utf-8")
    path.write_text(text.replace("  answer:", f"  lab: {{{lab}}}\n  answer:"), "utf-8")
    bank = load([course], open_controls)
    found = [*bank.problems, *check(bank, range(3), open_controls)]
    assert [(problem.line, problem.column) for problem in found] == ([place] if place else [])
    for problem in found:
        assert piece in str(problem)
    assert load([course]).problems == ()
    assert check(load([course]), range(3)) == []


def test_the_content_is_read_without_a_problem() -> None:
    assert [str(problem) for problem in load([find_content()]).problems] == []
