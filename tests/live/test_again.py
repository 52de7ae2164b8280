"""A question that is asked again is one more question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.venue import Hosted, Joiner, Venue
from tutor.live import boards
from tutor.live.panels import panel
from tutor.live.steering import label_of, suggested
from tutor.live.wire import Panel
from tutor.session.room import table
from tutor.text.message import msg


def reveal(hosted: Hosted, player: Joiner) -> None:
    player.vote("1")  # which closes the vote
    hosted.act("reveal")


def panel_of(hosted: Hosted) -> Panel:
    return panel(hosted.room, lambda _lang, _words: "words")


def test_the_number_of_a_question_is_never_more_than_how_many_there_are(tmp_path: Path) -> None:
    hosted = Venue(tmp_path).open()
    player = hosted.join("Mina")
    hosted.act("next")
    reveal(hosted, player)
    hosted.act("again")
    reveal(hosted, player)
    hosted.act("next")
    assert label_of(suggested(panel_of(hosted)), panel_of(hosted)) == msg("next question")
    hosted.act("next")
    reveal(hosted, player)
    hosted.act("next")
    assert label_of(suggested(panel_of(hosted)), panel_of(hosted)) == msg("end")
    told = [
        (frame["t"], frame["round"], frame["of"])
        for frame in player.peer.take()
        if frame["t"] in {"asked", "revealed", "board"}
    ]
    assert told == [
        ("asked", 1, 2), ("revealed", 1, 2),
        ("asked", 2, 3), ("revealed", 2, 3), ("board", 2, 3),
        ("asked", 3, 3), ("revealed", 3, 3), ("board", 3, 3),
    ]  # fmt: skip


def test_a_question_is_not_asked_again_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MOST_ROUNDS", 2)
    hosted = Venue(tmp_path).open()
    player = hosted.join("Mina")
    hosted.act("next")
    reveal(hosted, player)
    assert "again" in panel_of(hosted).can
    hosted.act("again")
    reveal(hosted, player)
    assert "again" not in panel_of(hosted).can
    hosted.host.take()
    hosted.act("again")
    assert hosted.host.refused() == "not-now"


def test_a_board_tells_of_the_last_disputes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "MOST_DISPUTES", 3)
    hosted = Venue(tmp_path).open()
    mina, juno = hosted.join("Mina"), hosted.join("Juno")
    hosted.act("next")
    for _ in range(5):
        mina.vote("1")
        juno.vote("2")
        hosted.act("reveal")
        hosted.act("again")
        hosted.venue.clock.ahead(10)
    hosted.act("lock")
    hosted.act("reveal")
    hosted.act("next")
    board = next(frame for frame in mina.peer.take() if frame["t"] == "board")
    rounds = [dispute["round"] for dispute in board["disputes"]]
    assert rounds == [5, 4, 3]
