from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CONTENT = """\
format: 1
topic: mine
title: {en: My notes, ko: 내 노트}
questions:
- {id: mine.a-number, kind: numeric, prompt: {en: "Six times seven?", ko: "6 곱하기 7은?"}, answer: 42,
   hints: [{en: "Seven times six.", ko: "7 곱하기 6입니다."}, {en: "40 and 2.", ko: "40과 2입니다."}],
   mistakes: [{id: added, value: 13, say: {en: "That is the sum.", ko: "그것은 합입니다."}}],
   explain: {en: "Seven sixes.", ko: "6이 일곱 번입니다."}}
- {id: mine.b-choice, kind: choice, shuffle: false, prompt: {en: "Which?", ko: "어느 것?"},
   options: [{text: "[dim]A[/] [@click=app.quit]x[/]", right: true}, {text: B, feedback: "No, A."}], explain: "A."}
- {id: mine.c-cloze, kind: cloze, prompt: {en: "The [[forget gate|f]] and [[c]]", ko: "[[망각 게이트|f]]와 [[c]]"}, explain: "So."}
- {id: mine.d-card, kind: flashcard, prompt: "Front", back: "Back", explain: "Turned."}
"""


@pytest.fixture
def own_questions(home: Path) -> Path:
    folder = home / "questions"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(CONTENT, encoding="utf-8")
    return folder


def rows(run: Run) -> dict[str, object]:
    stats = json.loads(run("stats", "--json").out)
    assert isinstance(stats, dict)
    return stats


def test_a_session_of_every_kind(run: Run, own_questions: Path) -> None:
    typed = "10,24\n42\n4\n1\n4\nforget gate\n4\n\n4\n"
    ran = run("study", "--plain", "mine", typed=typed)
    assert ran.code == 0
    assert ran.err == ""
    assert "can be read in two ways" in ran.out
    assert ran.out.count("✓ Right.") == 3
    assert "[dim]A[/] [@click=app.quit]x[/]" in ran.out
    assert "4 cards answered, 4 right at the first attempt." in ran.out
    stats = rows(run)
    assert stats["reviews"]["total"] == 4  # type: ignore[index]  # plain JSON
    assert stats["ratings"] == {"again": 0, "hard": 0, "good": 0, "easy": 4}


FORMULA = """\
format: 1
topic: formulas
title: {en: Formulas, ko: 식}
questions:
- {id: formulas.a, kind: formula, draw: {d: {choose: [10]}, h: {choose: [24]}}, prompt: {en: "Of an RNN?", ko: "RNN은?"},
   answer: h(d+h+1), terms: [{formula: h, say: {en: the bias vector, ko: 편향 벡터}}],
   mistakes: [{id: no-bias, formula: h(d+h), say: {en: "A bias is missing.", ko: "편향이 빠졌습니다."}}], explain: "So."}
"""


def test_a_formula_is_understood_and_its_difference_told(run: Run, home: Path) -> None:
    folder = home / "questions"
    folder.mkdir(parents=True)
    (folder / "formulas.yaml").write_text(FORMULA, encoding="utf-8")
    ran = run("study", "--plain", "formulas", typed="H\n1/2h\ndh + h²\n4\n")
    assert ran.code == 0
    assert ran.out.count("Your formula in d, h:") == 3
    assert "a product after / can be read in two ways" in ran.out
    assert "Understood as dh + h² = 816." in ran.out
    assert "A bias is missing." in ran.out
    said = " ".join(ran.out.split())
    assert "did you mean h?" in said
    assert "Yours is h less: the bias vector. With d = 10, h = 24 that is 24." in said
    assert "The answer: h(d + h + 1)" in said


def test_a_mistake_is_named_in_korean_too(run: Run, own_questions: Path) -> None:
    ran = run("study", "--plain", "mine", "--limit", "1", typed="13\n", LANG="ko_KR.UTF-8")
    assert "그것은 합입니다." in ran.out
    assert "6 곱하기 7은?" in ran.out


def test_the_end_of_input_leaves_with_nothing_lost(run: Run, own_questions: Path) -> None:
    ran = run("study", "--plain", "mine", typed="42\n")  # no rating: the suggested one counts
    assert ran.code == 0
    assert "1 card answered, 1 right" in ran.out
    assert rows(run)["ratings"] == {"again": 0, "hard": 0, "good": 1, "easy": 0}


def test_skip_quit_and_help(run: Run, own_questions: Path) -> None:
    ran = run("study", "--plain", "mine", typed="?\n:skip\n:quit\n")
    assert ran.code == 0
    assert "nothing is lost" in ran.out
    assert ran.out.count("Six times seven?") == 1
    assert "0 cards answered" in ran.out


def test_own_sizes(run: Run) -> None:
    typed = ":sizes d=0\n:sizes q=3\n:sizes d=3 h=4\n:quit\n"
    ran = run("study", "--plain", "params", "--limit", "1", "--seed", "1", typed=typed)
    assert ran.code == 0
    assert "a whole number from 1" in ran.out
    assert "This question draws no q" in ran.out


def test_an_unknown_topic_names_those_there_are(run: Run) -> None:
    ran = run("study", "--plain", "lstmm")
    assert ran.code == 2
    assert "lstm" in ran.err


def test_nothing_to_study(run: Run, own_questions: Path) -> None:
    run("study", "--plain", "mine", typed="42\n4\n1\n4\nf\n4\n\n4\n")
    assert "Nothing is due" in run("study", "--plain", "mine").out


@pytest.mark.parametrize(
    "typed",
    ["9**9**9\n", "١٢٨\n", "NaN\n", "\n", "x" * 10_000 + "\n", "\x1b[31m\n", "\x00\n"],
)
def test_hostile_answers_are_asked_again(run: Run, own_questions: Path, typed: str) -> None:
    ran = run("study", "--plain", "mine", "--limit", "1", typed=typed)
    assert ran.code == 0
    assert ran.err == ""
    assert "0 cards answered" in ran.out
    assert "\x1b" not in ran.out


def test_input_that_is_not_utf_8_is_asked_again(run: Run, own_questions: Path) -> None:
    ran = run("study", "--plain", "mine", "--limit", "1", typed=b"\xff\xfe\n42\n")
    assert ran.code == 0
    assert "1 card answered" in ran.out


def test_a_broken_file_does_not_stop_the_others(run: Run, own_questions: Path) -> None:
    (own_questions / "broken.yaml").write_text("format: 1\n\ttopic: x\n", encoding="utf-8")
    ran = run("study", "--plain", "mine", "--limit", "1", typed="42\n4\n")
    assert "1 card answered" in ran.out
    assert "broken.yaml:2:1:" in ran.err
    checked = run("check", "--seeds", "2")
    assert checked.code == 1
    assert "broken.yaml:2:1:" in checked.out


def test_a_gap_is_asked_in_its_text_and_shown_in_it(run: Run, own_questions: Path) -> None:
    ran = run("study", "--plain", "mine", typed=":skip\n:skip\n:bogus\nd\n\n:quit\n")
    assert "The ＿＿＿ and c" in ran.out
    assert "no command “:bogus”" in ran.out
    assert "✗ Not yet." in ran.out
    assert "The answer: The forget gate and c" in ran.out
    assert "2 cards skipped." in ran.out


def test_the_number_of_the_card_counts_up(run: Run, own_questions: Path) -> None:
    ran = run("study", "--plain", "mine", typed="1\n\n2\n\n:quit\n")
    assert [f"[{n} of 4]" in ran.out for n in (1, 2, 3)] == [True, True, True]


def test_mistakes_are_counted_at_the_end(run: Run, own_questions: Path) -> None:
    ran = run("study", "--plain", "mine", "--limit", "1", typed="13\n\n13\n\n:quit\n")
    assert "2 times: That is the sum." in ran.out


def test_all_cards_and_the_questions_of_a_page(run: Run, own_questions: Path) -> None:
    run("study", "--plain", "mine", typed="42\n4\n1\n4\nf\n4\n\n4\n")
    assert "Nothing is due" in run("study", "--plain", "mine").out
    everything = run("study", "--plain", "mine", "--all", typed=":skip\n" * 5).out
    order = ["[1 of 5]", "Six times", "Which?", "The ＿＿＿ and c", "Front", "gate and ＿＿＿"]
    assert [everything.find(text) for text in order] == sorted(map(everything.find, order))
    assert -1 not in map(everything.find, order)
    assert "[1 of " in run("study", "--plain", "--page", "lstm.gates").out
    unknown = run("study", "--plain", "--page", "lstm.gate")
    assert (unknown.code, "lstm.gates" in unknown.err) == (2, True)


def test_damaged_data_are_mentioned_by_every_command(run: Run, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "tutor.db").write_bytes(b"garbage" * 1000)
    ran = run("stats")
    assert ran.code == 0
    assert "corrupt-" in ran.err.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("encoding", ["cp949", "ascii", "latin-1"])
def test_a_terminal_that_lacks_some_signs(run: Run, encoding: str) -> None:
    ran = run("study", "lstm", "--plain", "--limit", "2", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (ran.code, ran.err) == (0, "")


def test_an_escape_in_an_argument_is_not_repeated(run: Run) -> None:
    assert "\x1b" not in run("study", "\x1b[2Jx", "--plain").err


def test_hints_step_by_step(run: Run, own_questions: Path) -> None:
    typed = "?\n:hint\n:hint\n:hint\n42\n\n:quit\n"
    ran = run("study", "--plain", "mine", typed=typed)
    assert ran.out.index(":hint shows a hint") < ran.out.index("hint 1 of 2")
    assert "hint 1 of 2\n  Seven times six.\n" in ran.out
    assert "hint 2 of 2\n  40 and 2.\n" in ran.out
    assert "There are no more hints." in ran.out
    assert "with 2 hints" in ran.out
    assert "Enter for Again:" in ran.out
    assert ran.out.count("Six times seven?") == 1
    assert rows(run)["ratings"] == {"again": 1, "hard": 0, "good": 0, "easy": 0}


def test_a_card_without_hints(run: Run, own_questions: Path) -> None:
    ran = run("study", "--plain", "mine", typed=":skip\n?\n:hint\n:quit\n")
    assert "There is no hint for this card." in ran.out
    assert ran.out.count(":hint") == 0


def test_statistics_tell_which_mistakes_were_made(run: Run, own_questions: Path) -> None:
    run("study", "--plain", "mine", "--limit", "1", typed="13\n\n13\n\n:quit\n")
    assert "Mistakes of the last 7 study days:\n  2 times: That is the sum.\n" in run("stats").out
    assert "그것은 합입니다." in run("stats", LANG="ko_KR.UTF-8").out
    (made,) = rows(run)["mistakes"]  # type: ignore[misc,attr-defined]  # plain JSON
    seed = made["latest"].removeprefix("mine.a-number@")
    assert int(seed) >= 0
    assert made == {
        "id": "added",
        "last_7_days": 2,
        "total": 2,
        "latest": f"mine.a-number@{seed}",
        "sizes": None,
        "message": "That is the sum.",
    }
    (own_questions / "mine.yaml").unlink()
    assert "2 times: added" in run("stats").out


def test_without_mistakes_nothing_is_said_of_them(run: Run, own_questions: Path) -> None:
    run("study", "--plain", "mine", "--limit", "1", typed="14\n\n:quit\n")
    assert "istakes" not in run("stats").out
    assert rows(run)["mistakes"] == []
