"""A player in a browser, and the real server, from the door to the last board."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.kinds.questions import choice, discuss, match
from tests.live.page.chromium import Tab
from tests.live.venue import plan_of, say
from tutor.live.embedded import EmbeddedServer
from tutor.session.room.settings import RoomSettings

PATIENCE = 10  # seconds
PLAN = plan_of(
    [choice(shuffle=False), match(id="t.second"), discuss(id="t.third")],
    RoomSettings(lock_when_all=False),
)


class Host:
    """A host without a screen."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire
        self._moves = 0

    def sees(self, **wanted: Any) -> None:
        """Wait for a panel that shows this."""
        while True:
            frame = json.loads(self._wire.recv(timeout=PATIENCE))
            assert frame["t"] != "refused", frame
            if frame["t"] == "panel":
                self._moves = frame["moves"]
                if all(frame[key] == value for key, value in wanted.items()):
                    return

    def says(self, t: str = "act", **frame: Any) -> None:
        """Act on what was seen last."""
        moves = {"moves": self._moves} if t in {"act", "extend", "discuss"} else {}
        self._wire.send(json.dumps({"t": t, **frame, **moves}))


@contextmanager
def room(folder: Path) -> Iterator[tuple[str, str, Host]]:
    """Give a room that is open: the address of its page, its code, and its host."""
    with EmbeddedServer(folder, say, bind="127.0.0.1", port=0) as server:
        code, token = server.open_room(PLAN, 7)
        address = f"127.0.0.1:{server.port}"
        with connect(f"ws://{address}/live/host", compression=None, proxy=None) as wire:
            wire.send(json.dumps({"t": "preside", "v": 1, "code": code, "token": token}))
            yield f"http://{address}/", code, Host(wire)


def come_in(tab: Tab, host: Host, page: str) -> None:
    host.sees(phase="lobby")
    tab.open(page)
    tab.click("#name")
    tab.type("<b>민아</b>")
    tab.press("Enter")
    tab.wait_for("You are in")
    assert "<b>민아</b>" in tab.text()
    host.sees(count=1)


def vote_twice(tab: Tab, host: Host, page: str) -> None:
    host.says(do="next")
    tab.wait_for("Question 1 of 3")
    tab.click("#choice-2")
    tab.click("#sure-3")
    tab.click("#send")
    tab.wait("document.querySelector('#yours')")

    tab.open(page)  # a phone that has forgotten the page comes back to its seat
    tab.wait("document.querySelector('#yours')")
    assert "the gate\n\nCertain" in tab.text()
    host.sees(count=1, answered=1, connected=1)

    host.says(do="lock")
    tab.wait_for("The vote is closed")
    host.sees(phase="locked")
    host.says("discuss", talk="explain")
    tab.wait_for("The host explains it once more.")
    host.sees(phase="talking")
    host.says(do="next")
    tab.wait_for("Question 1 of 3, second vote")
    tab.wait_for("Your first answer: the gate")
    tab.click("#choice-1")
    tab.click("#send")
    tab.wait("document.querySelector('#yours')")
    host.sees(phase="asking", ballot=2, answered=1)
    host.says(do="lock")
    host.sees(phase="locked", ballot=2)
    host.says(do="reveal")
    tab.wait_for("✓ Right.")
    tab.wait_for("Right before the discussion: 0%, after it: 100%.")
    to_board(host)
    tab.wait_for("Board after question 1 of 3")


def let_one_pass(tab: Tab, host: Host) -> None:
    host.says(do="next")
    tab.wait_for("Question 2 of 3")
    tab.click("#send")
    tab.wait_for("Choose a letter for each.")
    host.sees(phase="asking", round=2)
    host.says(do="lock")
    host.sees(phase="locked")
    host.says(do="reveal")
    tab.wait_for("– No answer.")
    to_board(host)


def talk_openly(tab: Tab, host: Host) -> None:
    host.says(do="next")
    tab.wait_for("Question 3 of 3: talk about it")
    host.sees(phase="asking", round=3)
    host.says(do="lock")
    tab.wait_for("what came up")
    host.sees(phase="revealed")
    host.says("tick", point=1, is_on=True)
    tab.wait_for("the gate ✓ came up")
    host.says("conclude", text="<i>tanh</i>")
    tab.wait_for("<i>tanh</i>")
    to_board(host)


def to_board(host: Host) -> None:
    host.sees(phase="revealed")
    host.says(do="next")
    host.sees(phase="board")


def test_a_browser_plays_a_whole_room(tab: Tab, tmp_path: Path) -> None:
    with room(tmp_path) as (url, code, host):
        come_in(tab, host, url + code)
        vote_twice(tab, host, url + code)
        let_one_pass(tab, host)
        talk_openly(tab, host)
        host.says(do="next")
        tab.wait_for("The session is over")
        commands = "[...document.querySelectorAll('.misses code')].map((code) => code.textContent)"
        assert [said.partition("@")[0] for said in tab.evaluate(commands)] == [
            "tutor study --card t.choice",
            "tutor study --card t.second",
        ]
        trouble = tab.trouble()
        tab.leave()
        assert trouble == []


def test_a_browser_votes_among_two_hundred(tab: Tab, tmp_path: Path) -> None:
    with room(tmp_path) as (url, code, host), ExitStack() as stack:
        others = []
        for number in range(200):
            wire = stack.enter_context(
                connect(url.replace("http", "ws") + "live", proxy=None, close_timeout=0)
            )
            wire.send(json.dumps({"t": "enter", "v": 1, "code": code, "name": f"player {number}"}))
            others.append(wire)
        host.sees(count=200)
        tab.open(url + code)
        tab.click("#name")
        tab.type("민아")
        tab.press("Enter")
        tab.wait_for("You are in")
        host.sees(count=201)
        host.says(do="next")
        tab.wait_for("Question 1 of 3")
        vote = {"t": "vote", "round": 1, "ballot": 1}
        for number, wire in enumerate(others):
            wire.send(json.dumps(vote | {"text": str(1 + number % 3)}))
        tab.click("#choice-1")
        tab.click("#send")
        tab.wait("document.querySelector('#yours')")
        host.sees(answered=201, waiting=0)
        host.says(do="lock")
        host.sees(phase="locked")
        host.says(do="reveal")
        tab.wait_for("✓ Right.")
        assert "201 answers" in tab.text()
        assert "the product\n68 players\n\n✓ right" in tab.text()
        assert tab.trouble() == []
        tab.leave()
