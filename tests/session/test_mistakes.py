"""How often a mistake was made, in words."""

from __future__ import annotations

import pytest

from tests.kinds import questions as make
from tutor.kinds import pose
from tutor.kinds.numeric import PosedNumeric
from tutor.session.mistakes import MetMistake, diagnosis_again, times
from tutor.text.localized import Localized
from tutor.text.speaker import ENGLISH

MINE = Localized("That is the sum.", "합입니다.")


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [
        (1, None, "once: That is the sum."),
        (1, 1, "once: That is the sum."),
        (5, 5, "5 times: That is the sum."),
        (1, 3, "once, 3 in all: That is the sum."),
        (5, 12, "5 times, 12 in all: That is the sum."),
    ],
)
def test_times(count: int, total: int | None, said: str) -> None:
    assert ENGLISH.say(times(count, MINE, total)) == said


def test_an_answer_is_diagnosed_again() -> None:
    question = make.numeric()
    posed = pose(question, 5)
    assert isinstance(posed, PosedNumeric)
    for mistake in posed.mistakes:
        args = (5, None, str(mistake.value))
        assert diagnosis_again(question, *args, mistake.id) == mistake.message
        assert diagnosis_again(question, *args, "another") is None
    assert diagnosis_again(question, 5, None, str(posed.answer), "no-bias") is None
    assert diagnosis_again(question, 5, None, "10,24", "no-bias") is None
    assert diagnosis_again(question, 5, {"q": 3}, "1", "no-bias") is None
    choice = make.choice(shuffle=False)
    assert str(diagnosis_again(choice, 5, None, "2", "gate-negative")) == "It is in (0, 1)."


def test_an_id_that_is_no_id_is_shown_and_does_nothing() -> None:
    made = MetMistake("**\x1b[2J`", 1, 1, "t.a", 1, None, None)
    assert ENGLISH.say(made.words) == "\\*\\*\ufffd\\[2J\\`"
