"""A session from lobby to notes in the real program: two terminals, and a player on the wire.

One player is killed and comes back, and so does the host.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

from tests.pty.terminal import PATIENCE, Terminal
from tutor.live import wire
from tutor.live.where import Where, parse_where

START = ("--lang", "en", "--content", str(Path(__file__).parent / "content"))
HOST = (
    "host", "small", "--count", "2", "--seed", "3", "--seconds", "900", "--no-open-questions",
    "--address", "127.0.0.1", "--title", "On the loopback",
)  # fmt: skip
CHOICE, NUMBER = "Pick [dim]one[/]", "LSTM(10, 24) in PyTorch"
WIDE = (32, 90)  # where all of a scene is seen without scrolling


class Scripted:
    """A player without a screen, who says what a test says."""

    def __init__(self, room: Where, name: str) -> None:
        assert room.code is not None
        self._where = room
        self._enter = wire.Enter(code=room.code, name=name)
        self._opened = ExitStack()
        self.connection = self._connected()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def _connected(self) -> ClientConnection:
        opening = connect(self._where.socket, proxy=None, compression=None)
        connection = self._opened.enter_context(opening)
        connection.send(self._enter.model_dump_json())
        welcome = wire.FROM_SERVER.validate_json(connection.recv(PATIENCE))
        assert isinstance(welcome, wire.Welcome), welcome
        self._enter = self._enter.model_copy(update={"token": welcome.token})
        self.welcome = welcome
        return connection

    def come_back(self) -> None:
        """Take the seat again with the token."""
        self._opened.close()
        self.connection = self._connected()

    def until(self, kind: type[Any], **fields: object) -> Any:
        """Read until a frame is of a kind, and has these values."""
        while True:
            frame = wire.FROM_SERVER.validate_json(self.connection.recv(PATIENCE))
            if isinstance(frame, kind) and all(
                getattr(frame, name) == value for name, value in fields.items()
            ):
                return frame

    def vote(self, text: str, **more: Any) -> None:
        asked = self.until(wire.Asked)
        vote = wire.Vote(round=asked.round, ballot=asked.ballot, text=text, **more)
        self.connection.send(vote.model_dump_json())


def answer(terminal: Terminal, text: str, sure: str, reason: str = "") -> None:
    """Answer the question that is shown, as a player does at the keyboard."""
    terminal.press(text)
    terminal.wait_for("How sure are you?")
    terminal.press(sure)
    terminal.wait_for("Why?")
    terminal.press(reason, "enter")


def test_a_session_in_which_a_player_and_the_host_are_killed(tmp_path: Path) -> None:
    at_host, at_jun = tmp_path / "host", tmp_path / "jun"
    with Terminal(at_host, *START, *HOST, size=WIDE) as host:
        host.wait_for("In another terminal", "start")
        [code] = re.findall(r"tutor join ([0-9A-Z]{4}-[0-9A-Z]{4})", host.text)
        with Scripted(parse_where(code), "Ara") as ara:
            with Terminal(at_jun, *START, "join", code, "--name", "Jun") as jun:
                jun.wait_for("Ara", "Jun")
                before = talk_it_over(host, jun, ara)
                jun.kill()
            host.press("enter")
            host.wait_for(NUMBER)
            # without a name: it is the same seat, now in plain text
            with Terminal(at_jun, *START, "join", code, "--plain") as jun:
                jun.wait_for("You are in as Jun.", NUMBER)
                host.kill()
                jun.wait_for("The connection is lost")
                with Terminal(at_host, *START, "host", "--resume", "--plain") as host_again:
                    finish(host_again, jun, ara, before)
    [notes] = (at_host / "sessions").glob("*.md")
    check(notes.read_text("utf-8"))


def talk_it_over(host: Terminal, jun: Terminal, ara: Scripted) -> wire.Board:
    """Play a question whose first vote is split, with the talk and the second vote."""
    host.wait_for("2 players")
    host.press("enter")
    jun.wait_for(CHOICE)
    answer(jun, "1", "1", "it comes first")
    ara.vote("2", sure=3, reason="the first is a decoy")
    host.wait_for("50% right", "↔", "▸ discuss")
    host.press("enter")
    jun.wait_for("Talk to Ara", "because: the first is a decoy")
    host.wait_for("▸ vote again")
    host.press("enter")
    jun.wait_for("second vote")
    answer(jun, "2", "2")
    ara.vote("2", sure=3)
    host.wait_for("100% right", "▸ reveal")
    host.press("enter")
    assert ara.until(wire.Result).points == 3
    jun.wait_for("+2")
    host.wait_for("▸ board")
    host.press("enter")
    host.wait_for("After question 1 of 2", "▸ next question")
    board: wire.Board = ara.until(wire.Board)
    assert {row.name: row.points for row in board.rows} == {"Ara": 3, "Jun": 2}
    return board


def finish(host: Terminal, jun: Terminal, ara: Scripted, before: wire.Board) -> None:
    """Play the last question in the room that was resumed, and end the session."""
    host.wait_for("Paused.", "Enter: go on.")
    ara.come_back()
    assert ara.welcome.name == "Ara"
    jun.wait_for("Connected again.", "Paused.")
    host.press("enter")
    host.wait_for("Enter: lock.")
    jun.wait_for("It goes on.")
    answer(jun, "3456\r", "1\r")
    ara.vote("2592", sure=1)
    host.wait_for("50% right", "Enter: discuss.")
    host.press("reveal\r")
    jun.wait_for("Right", "+1 for you (a guess), 3 in all.")
    host.wait_for("Enter: board.")
    host.press("enter")
    points = {row.name: row.points for row in ara.until(wire.Board).rows}
    assert points == {row.name: row.points for row in before.rows} | {"Jun": 3}
    jun.wait_for("Jun: 3 points")
    host.wait_for("Enter: end.")
    host.press("enter")
    host.wait_for("The session is over.")
    assert host.wait_for_end() == 0
    assert jun.wait_for_end() == 0


def check(notes: str) -> None:
    """Look into the notes for both votes, and for what was said."""
    assert notes.startswith("# On the loopback · ")
    assert "**50%** right, after talking **100%**." in notes
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in notes.splitlines()]
    assert ["Jun", "✗ the first (a guess)", "✓ the second (fairly sure)"] in rows
    assert ["Ara", "✓ the second (certain)", "✓ the second (certain)"] in rows
    assert "- ✓ Ara: the first is a decoy" in notes
    assert ["Jun", "✓ 3,456 (a guess)"] in rows
