"""Cards written down and made again are the same cards, of the whole content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tutor.bank.bank import Bank
from tutor.bank.load import load
from tutor.bank.locate import locate
from tutor.kinds import pose
from tutor.kinds.cloze import Cloze
from tutor.kinds.written import read_question, written


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load(locate(None, Path("/nowhere")))


def test_every_card_survives_json(bank: Bank) -> None:
    assert len(bank.questions) > 200
    for name, card in bank.questions.items():
        again = read_question(json.loads(json.dumps(written(card))))
        assert again == card, name
        if card.id.endswith("#2"):
            assert pose(again, 7) == pose(card, 7), name


def test_a_part_of_a_cloze_asks_its_own_gap(bank: Bank) -> None:
    parts = [card for card in bank.questions.values() if card.id.endswith("#2")]
    assert parts
    for card in parts:
        again = read_question(written(card))
        assert isinstance(again, Cloze)
        assert again.asked == 2


@pytest.mark.parametrize("name", ["a.b#9", "a.b#3"])
def test_a_gap_that_is_not_there_is_refused(name: str) -> None:
    values = {"id": name, "kind": "cloze", "prompt": "The [[one]] and [[two]]", "explain": "So."}
    with pytest.raises(ValueError, match="part"):
        read_question(values)
