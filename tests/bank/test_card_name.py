from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.bank.bank import Bank
from tutor.bank.card_name import CardName, find_card, id_before, parse_card_name
from tutor.bank.load import load
from tutor.bank.problems import plain_words
from tutor.errors import ExitCode, TutorError
from tutor.text.speaker import ENGLISH

BANK = """\
format: 1
topic: mine
title: Mine
questions:
- {id: mine.first-card, kind: flashcard, prompt: p, back: b, explain: e, aliases: [mine.old]}
- {id: mine.second-card, kind: flashcard, prompt: q, back: b, explain: e}
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    (tmp_path / "mine.yaml").write_text(BANK, encoding="utf-8")
    return load([tmp_path])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a.b", CardName("a.b")),
        (" a.b-c.d9@0 ", CardName("a.b-c.d9", seed=0)),
        ("a.b@2147483647", CardName("a.b", seed=2**31 - 1)),
        ("a.b#2", CardName("a.b", part=2)),
        ("a.b#2@7", CardName("a.b", part=2, seed=7)),
    ],
)
def test_a_name_is_read(text: str, name: CardName) -> None:
    assert parse_card_name(text) == name
    assert str(name) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "a", "a.", ".a", "A.b", "a.b@", "a.b@-1", "a.b@x", "a.b@1.5", "a.b@٧", "a.b#0", "a.b#",
     "a.b#2#3", "a.b@1@2", "a.b@7#2", "a..b", "a.b c", "a.b@" + "9" * 19, "한.글"],
)  # fmt: skip
def test_what_is_no_name_is_a_usage_error(text: str) -> None:
    with pytest.raises(TutorError) as error:
        parse_card_name(text)
    assert error.value.exit_code is ExitCode.USAGE


@given(st.text())
def test_any_text_is_a_name_or_a_usage_error(text: str) -> None:
    try:
        name = parse_card_name(text)
    except TutorError as error:
        assert error.exit_code is ExitCode.USAGE
    else:
        assert parse_card_name(str(name)) == name


def test_a_card_is_found_by_its_id_and_by_one_of_old(bank: Bank) -> None:
    assert find_card(bank, CardName("mine.first-card")).id == "mine.first-card"
    assert find_card(bank, CardName("mine.old", seed=3)).id == "mine.first-card"
    assert find_card(bank, CardName("mine.first-card", part=1)).id == "mine.first-card"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("mine.frist-card", "mine.first-card"),
        ("main.second-card", "mine.second-card"),
        ("mine.zzz", "mine.first-card"),
        ("nowhere.zzz", "The topics are: mine"),
    ],
)
def test_an_unknown_id_names_the_nearest(bank: Bank, name: str, hint: str) -> None:
    with pytest.raises(TutorError) as error:
        find_card(bank, CardName(name))
    assert error.value.exit_code is ExitCode.USAGE
    assert error.value.hint is not None
    assert hint in plain_words(error.value.hint, ENGLISH)


def test_a_part_that_a_card_has_not_is_refused(bank: Bank) -> None:
    with pytest.raises(TutorError) as error:
        find_card(bank, CardName("mine.first-card", part=2))
    assert error.value.exit_code is ExitCode.USAGE


BROKEN = """\
questions:
- id: a.first
  mistakes:
  - {id: no-dot, value: 3}
- {kind: choice, id: "a.second", prompt: [
  broken
"""


@pytest.mark.parametrize(
    ("line", "found"), [(1, None), (2, "a.first"), (4, "a.first"), (5, "a.second"), (6, "a.second")]
)
def test_the_id_above_a_line_is_found_in_broken_files_too(line: int, found: str | None) -> None:
    assert id_before(BROKEN, line) == found


@pytest.mark.parametrize(
    ("text", "cards", "known"),
    [
        ("a.b", {"a.b"}, "a.b"),
        ("a.b@3", {"a.b#1", "a.b#2"}, "a.b#1@3"),
        ("a.b#1", {"a.b"}, "a.b"),
        ("a.b#2@3", {"a.b#1", "a.b#2"}, "a.b#2@3"),
        ("a.b#2", {"a.b"}, None),
        ("a.b", {"a.c"}, None),
    ],
)
def test_a_question_is_its_first_card(text: str, cards: set[str], known: str | None) -> None:
    found = parse_card_name(text).known_in(cards)
    assert (None if found is None else str(found)) == known
    assert all(CardName.of(card).card == card for card in cards)
