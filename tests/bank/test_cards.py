"""A question that is asked part by part, in the bank."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tutor.bank.bank import Bank
from tutor.bank.check import check
from tutor.bank.examine import examine
from tutor.bank.load import load
from tutor.text.localized import Localized

HEADER = "format: 1\ntopic: notes\ntitle: Notes\n"
PAGE = '- {id: notes.page, title: Page, objectives: [o], body: "x", ask: [notes.gates]}\n'
GATES = '- {id: notes.gates, kind: cloze, prompt: "[[forget]], [[input]], [[output]]", explain: "x"'
ONE = '- {id: notes.one, kind: cloze, prompt: "Just [[one]].", explain: "x"'
BAD = Localized.same(r"$\sgima$")


def read(folder: Path, questions: str, pages: str = "") -> Bank:
    text = HEADER + (f"pages:\n{pages}" if pages else "") + "questions:\n" + questions
    (folder / "notes.yaml").write_text(text, "utf-8")
    return load([folder])


def test_every_gap_is_in_the_bank_at_the_place_of_its_question(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}}}\n{ONE}}}\n", PAGE)
    assert bank.problems == ()
    names = ("notes.gates#1", "notes.gates#2", "notes.gates#3", "notes.one")
    assert tuple(bank.questions) == names
    assert bank.topics[0].questions == names
    assert {bank.places[name].line for name in names[:3]} == {7}
    assert bank.places["notes.one"].line == 8
    assert list(bank.written) == ["notes.gates", "notes.one"]
    assert bank.topic_of("notes.gates#2").id == "notes"


def test_questions_are_found_by_the_id_that_is_written(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}, page: notes.page}}\n{ONE}}}\n", PAGE)
    assert bank.cards_of("notes.gates") == ("notes.gates#1", "notes.gates#2", "notes.gates#3")
    assert bank.cards_of("notes.gates#2") == ("notes.gates#2",)
    assert bank.cards_of("notes.one") == ("notes.one",)
    assert bank.cards_of("notes.none") == bank.cards_of("notes.gates#4") == ()
    page = bank.page_for("notes.gates#2")
    assert page is not None
    assert page.id == "notes.page"
    assert bank.page_for("notes.none") is None


def test_an_id_is_taken_by_a_question_of_many_cards(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}}}\n{GATES}}}\n{ONE}, aliases: [notes.gates]}}\n")
    assert [problem.line for problem in bank.problems] == [6, 7]
    assert "taken" in str(bank.problems[0])
    assert "`notes.gates` is the id of a question" in str(bank.problems[1])
    assert len(bank.questions) == 4


def test_a_page_that_asks_for_no_question_is_told_the_nearest(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}}}\n", PAGE.replace("notes.gates]", "notes.gate]"))
    (problem,) = bank.problems
    assert "did you mean `notes.gates`?" in str(problem)


def test_progress_is_kept_when_gaps_are_added_or_removed(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}}}\n{ONE}}}\n")
    assert bank.aliases == {"notes.gates": "notes.gates#1", "notes.one#1": "notes.one"}


def test_aliases_of_a_question_are_those_of_its_cards(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}, aliases: [notes.old]}}\n{ONE}, aliases: [notes.was]}}\n")
    assert bank.problems == ()
    assert bank.aliases == {
        "notes.gates": "notes.gates#1",
        "notes.old": "notes.gates#1",
        "notes.old#1": "notes.gates#1",
        "notes.old#2": "notes.gates#2",
        "notes.old#3": "notes.gates#3",
        "notes.one#1": "notes.one",
        "notes.was": "notes.one",
        "notes.was#1": "notes.one",
    }


def test_one_gap_may_become_a_question_of_its_own(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}}}\n{ONE}, aliases: ['notes.gates#4']}}\n")
    assert bank.problems == ()
    assert bank.aliases["notes.gates#4"] == "notes.one"
    bank = read(tmp_path, f"{GATES}}}\n{ONE}, aliases: ['notes.gates#3']}}\n")
    assert "is the id of a question" in str(bank.problems[0])
    assert "notes.gates#3" not in bank.aliases


def test_an_alias_of_two_questions_is_a_problem_once_each(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}, aliases: [notes.x]}}\n{ONE}, aliases: [notes.x]}}\n")
    (problem,) = bank.problems
    assert "taken, by `notes.gates`" in str(problem)
    assert problem.line == 6


def test_questions_are_counted_and_their_texts_judged_once(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}}}\n{ONE}}}\n")
    report = examine([tmp_path], [tmp_path], range(2))
    assert (report.problems, report.questions, report.pages) == ((), 2, 0)
    questions = {card: q.model_copy(update={"explain": BAD}) for card, q in bank.questions.items()}
    found = check(replace(bank, questions=questions), range(2))
    assert [(problem.line, "sgima" in str(problem)) for problem in found] == [(5, True), (6, True)]


def test_a_gap_that_grades_badly_is_named_by_its_card(tmp_path: Path) -> None:
    bad = '- {id: notes.bad, kind: cloze, prompt: "[[fine]] and [[ok|zzz]]", explain: "x"}\n'
    (problem,) = check(read(tmp_path, bad), range(3))
    assert problem.subject == "notes.bad#2@0"
    assert problem.line == 5


def test_the_same_text_twice_is_found_between_questions_not_between_cards(tmp_path: Path) -> None:
    bank = read(tmp_path, f"{GATES}}}\n{GATES.replace('notes.gates', 'notes.again')}}}\n")
    (problem,) = check(bank, range(1))
    assert "the same prompt as in `notes.gates`" in str(problem)
