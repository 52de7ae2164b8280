"""What an author sees of files while they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.bank.card_name import CardName
from tutor.bank.desk import Desk
from tutor.bank.locate import find_content
from tutor.bank.look import Look
from tutor.bank.watcher import Watcher

HEAD = "format: 1\ntopic: mine\ntitle: Mine\nquestions:\n"
CARD = "- {{id: mine.{name}, kind: flashcard, prompt: '{prompt}', back: b, explain: e}}\n"
SUM = """\
- id: mine.sum
  kind: numeric
  draw: {n: {choose: [2, 3]}}
  prompt: "{n} and {n}?"
  answer: 2*n
  mistakes: [{id: times, value: MISTAKE, say: "That is the product."}]
  explain: "{2*n}."
"""


def card(name: str, prompt: str = "p") -> str:
    return CARD.format(name=name, prompt=prompt + name)


class Author:
    """Saves a file and looks."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "mine.yaml"
        self.folder = folder
        self.save(card("a"), card("b"), card("c"))
        self.watcher = Watcher([folder], find_content(), folder / "own", 10, None)
        self.desk = Desk()
        self.look()

    def save(self, *questions: str) -> None:
        self.file.write_text(HEAD + "".join(questions), encoding="utf-8")

    def look(self) -> Look | None:
        """Look until what was saved is whole: a file counts once it no longer changes."""
        for _ in range(3):
            found = self.watcher.look()
            if found is not None:
                self.desk = self.desk.found(found)
                return found
        return None

    @property
    def shown(self) -> str:
        return str(self.desk.card)


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def test_the_first_card_is_shown_at_first(author: Author) -> None:
    assert author.shown == "mine.a@0"
    assert author.look() is None


def test_the_question_that_was_saved_last_is_shown(author: Author) -> None:
    author.save(card("a"), card("b", "other "), card("c"))
    assert author.look() is not None
    assert author.shown == "mine.b@0"
    author.save(card("a"), card("b", "other "), card("c"), card("d"))
    author.look()
    assert author.shown == "mine.d@0"


def test_a_card_that_was_chosen_stays_while_others_are_as_they_were(author: Author) -> None:
    author.desk = author.desk.choose(2).draw(3)
    assert author.shown == "mine.c@3"
    author.file.touch()
    author.save(card("a"), card("b"), card("c"), "# a comment\n")
    assert author.look() is not None
    assert author.shown == "mine.c@3"


def test_saving_the_card_that_is_shown_keeps_its_seed_and_its_face(author: Author) -> None:
    author.desk = author.desk.choose(1).draw(4).turn(3)
    author.save(card("a"), card("b", "new "), card("c"))
    author.look()
    assert (author.shown, author.desk.face) == ("mine.b@4", 1)


def test_a_half_saved_file_keeps_the_last_card_and_shows_its_error(author: Author) -> None:
    author.save(card("a"), card("b", "other "), card("c"))
    author.look()
    author.file.write_text(HEAD + card("a") + "- {id: mine.b, kind: flash", encoding="utf-8")
    found = author.look()
    assert found is not None
    row, draft = author.desk.row, author.desk.draft
    assert row is not None
    assert row.problem is not None
    assert row.problem.file == author.file
    assert author.shown == "mine.b@0"
    assert draft is not None
    assert not draft.current
    author.save(card("a"), card("b", "other "), card("c"))
    author.look()
    assert author.desk.row is not None
    assert author.desk.row.problem is None
    assert author.desk.draft is not None
    assert author.desk.draft.current


def test_a_problem_that_only_some_seeds_show_is_shown_at_the_first_of_them(author: Author) -> None:
    # 2 + 2 is 2 · 2, but 3 + 3 is not 3 · 3: only the seeds that draw 3 show that it is odd
    odd = SUM.replace("MISTAKE", "4*n/2 + 0*n").replace(
        "draw: {n: {choose: [2, 3]}}\n", "compute: {n: {value: '2'}}\n"
    )
    author.save(card("a"), odd)
    found = author.look()
    assert found is not None
    [problem] = found.report.problems
    assert problem.subject == "mine.sum@0"
    assert author.shown == "mine.sum@0"
    assert found.subjects == (CardName("mine.sum", seed=0),)


def test_a_problem_shows_the_question_it_stands_in(author: Author) -> None:
    author.save(card("a"), card("b"), card("c").replace("back: b", "back: '$\\nosuch$'"))
    author.look()
    assert author.desk.row is not None
    assert author.desk.row.problem is not None
    assert author.shown == "mine.c@0"  # as it was before


def test_a_file_that_is_gone_and_a_new_one_are_noticed(author: Author) -> None:
    other = author.folder / "other.yaml"
    other.write_text(
        HEAD.replace("topic: mine", "topic: other") + card("x").replace("mine.", "other."),
        encoding="utf-8",
    )
    author.look()
    assert author.shown == "other.x@0"
    author.file.unlink()
    found = author.look()
    assert found is not None
    assert list(found.drafts) == ["other.x"]


def test_a_file_that_is_renamed_into_its_place_is_noticed(author: Author) -> None:
    swap = author.folder / ".mine.yaml.swp"
    swap.write_text(HEAD + card("a", "renamed "), encoding="utf-8")
    swap.replace(author.file)
    found = author.look()
    assert found is not None
    assert found.saved == "mine.a"


def test_a_single_file_that_is_deleted_keeps_its_cards_until_it_is_back(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.watcher = Watcher([author.file], find_content(), tmp_path / "own", 10, None)
    author.desk = Desk()
    author.look()
    author.file.unlink()
    found = author.look()
    assert found is not None
    assert len(found.report.problems) == 1
    assert not found.drafts["mine.a"].current
    author.save(card("a"))
    found = author.look()
    assert found is not None
    assert found.report.problems == ()
    assert list(found.drafts) == ["mine.a"]


def test_no_seed_before_the_first_and_no_row_beyond_the_last(author: Author) -> None:
    assert author.desk.draw(-1) == author.desk
    assert author.desk.choose(-1) == author.desk
    assert author.desk.choose(3) == author.desk
    assert author.desk.draw(2).draw(-1).card == CardName("mine.a", seed=1)


def test_turning_goes_round(author: Author) -> None:
    faces = [author.desk.face]
    for _ in range(3):
        author.desk = author.desk.turn(3)
        faces.append(author.desk.face)
    assert faces == [0, 1, 2, 0]


def test_all_seeds_are_proved_after_the_first_few(author: Author) -> None:
    assert author.watcher.quick == 10
    assert author.desk.look is not None
    proved = author.watcher.prove(author.desk.look)
    assert proved.saved is None
    assert proved.drafts == author.desk.look.drafts


def test_a_desk_with_nothing_on_it_does_nothing() -> None:
    desk = Desk()
    assert (desk.row, desk.card, desk.draft) == (None, None, None)
    assert desk.draw(1) == desk == desk.choose(1)


def test_links_in_a_loop_are_told_and_looked_past(author: Author) -> None:
    (author.folder / "loop.yaml").symlink_to("loop.yaml")
    author.save(card("a"), card("b"), card("d"))
    found = author.look()
    assert found is not None
    assert [problem.file.name for problem in found.report.problems] == ["loop.yaml"]
    assert set(found.drafts) == {"mine.a", "mine.b", "mine.d"}
