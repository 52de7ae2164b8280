"""An answer, how sure one is and why, line by line."""

from __future__ import annotations

from typing import Any

import pytest

from tutor.cli.plain_vote import PlainVote
from tutor.kinds import face, pose
from tutor.kinds.written import read_question
from tutor.live.wire import Asked, Vote, Welcome, Yours
from tutor.text.localized import Localized

from .rooms import MATCH, NUMBER

SO = Localized.same("So.")


def asked(question: dict[str, object], ballot: int = 1) -> Asked:
    shown = face(pose(read_question(question), 7))
    return Asked.model_validate(
        {
            "round": 2, "of": 3, "ballot": ballot, "topic": SO, "face": shown,
            "is_open_question": False, "remaining_ms": None, "is_paused": False,
        }
    )  # fmt: skip


def vote_on(question: dict[str, object] = NUMBER, ballot: int = 1, **rules: bool) -> PlainVote:
    plays = {"confidence": True, "reasons": True} | rules
    welcome: dict[str, Any] = {
        "code": "A4M2HB1G", "title": SO, "player": "p1", "name": "Jun", "team": None,
        "token": "x" * 20, "teams": 0, **plays,
    }  # fmt: skip
    return PlainVote(asked(question, ballot), Welcome.model_validate(welcome))


def yours(ballot: int, text: str = "42", reason: str = "six sevens") -> Yours:
    return Yours.model_validate(
        {"round": 2, "ballot": ballot, "text": text, "words": SO, "sure": 3, "reason": reason}
    )


def test_answer_sure_and_reason() -> None:
    vote = vote_on()
    assert "Your answer" in str(vote.prompt)
    assert vote.take(" 42 ") is None
    assert vote.is_unsent
    assert vote.take("3") is None
    assert vote.take("  six sevens ") == Vote(
        round=2, ballot=1, text=" 42 ", sure=3, reason="six sevens"
    )
    assert not vote.is_unsent


def test_what_cannot_be_read_is_asked_again() -> None:
    vote = vote_on()
    assert "not understood" in str(vote.take("forty"))
    assert "cannot be shown" in str(vote.take("4\x1b[31m2"))
    assert "cannot be shown" in str(vote.take("4\u202e2"))
    assert not vote.is_unsent
    assert vote.take("42") is None
    assert "Type 1, 2 or 3" in str(vote.take("4"))
    assert vote.take("") is None  # fairly sure
    assert "at most 400" in str(vote.take("x" * 401))
    assert "cannot be shown" in str(vote.take("\x07"))
    sent = vote.take("")
    assert isinstance(sent, Vote)
    assert (sent.sure, sent.reason) == (2, "")


def test_an_answer_of_several_lines() -> None:
    vote = vote_on(MATCH, confidence=False, reasons=False)
    assert isinstance(vote.take("1a 2b"), Vote)
    assert vote_on(MATCH, confidence=False).take("1a 2b") is None  # the reason is asked


@pytest.mark.parametrize(("confidence", "lines"), [(False, ["42"]), (True, ["42", "1"])])
def test_what_the_room_does_not_ask_is_not_asked(confidence: bool, lines: list[str]) -> None:
    vote = vote_on(confidence=confidence, reasons=False)
    sent = [vote.take(line) for line in lines]
    assert sent[-1] == Vote(round=2, ballot=1, text="42", sure=1 if confidence else None)


def test_enter_keeps_an_answer_of_this_vote() -> None:
    vote = vote_on()
    vote.before = yours(1)
    assert "stays as it is" in str(vote.take(""))
    assert not vote.is_unsent


def test_enter_gives_the_first_answer_once_more_with_its_reason() -> None:
    vote = vote_on(ballot=2)
    vote.before = yours(1)
    assert vote.take("") is None
    assert "Enter for 3" in str(vote.prompt)
    assert vote.take("") is None
    assert "six sevens" in str(vote.prompt)
    assert vote.take("") == Vote(round=2, ballot=2, text="42", sure=3, reason="six sevens")


def test_another_answer_does_not_take_the_old_reason() -> None:
    vote = vote_on(ballot=2)
    vote.before = yours(1)
    for line in ("13", "1"):
        assert vote.take(line) is None
    assert vote.take("") == Vote(round=2, ballot=2, text="13", sure=1, reason="")


def test_in_the_last_moment_a_whole_answer_is_sent_as_a_guess() -> None:
    vote = vote_on()
    assert vote.rush() is None
    vote.take("42")
    assert vote.rush() == Vote(round=2, ballot=1, text="42", sure=1)
    vote.take("42")
    vote.take("3")
    assert vote.rush() == Vote(round=2, ballot=1, text="42", sure=3)
    assert not vote.is_unsent
