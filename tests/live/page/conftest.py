"""A browser for all tests of the page, and seats to play from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.live.page import frames
from tests.live.page.chromium import PROGRAM, Chromium, Tab, chromium
from tests.live.page.scripted import Scripted


@dataclass
class Seat:
    """A page that is open, and the server it talks to."""

    tab: Tab
    server: Scripted

    def come_in(self, *then: dict[str, Any], **welcome: Any) -> dict[str, Any]:
        """Open the page by the code, give a name, and be let in; return what it said."""
        self.tab.open(self.server.url + frames.CODE)
        self.tab.click("#name")
        self.tab.type("Mina")
        self.tab.press("Enter")
        entered = self.server.hears()
        self.server.say(frames.welcome(**welcome), *(then or (frames.lobby(),)))
        self.tab.wait(
            "!document.querySelector('#leave').hidden && !document.querySelector('#name')"
        )
        return entered

    def is_asked(self, kind: str, round: int, **changes: Any) -> None:  # noqa: A002 - the wire's word
        """Put a question, and wait until it is there."""
        asked = frames.asked(frames.FACES[kind], round=round, **changes)
        self.server.say(asked)
        self.tab.wait_for(f"Question {round} of 10")

    def voted(self) -> dict[str, Any]:
        """Press the button that sends, and return the vote."""
        self.tab.click("#send")
        return self.server.hears()


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    if not Path(PROGRAM).exists():
        reason = f"NO BROWSER: {PROGRAM} is missing, so the page is not tested (apt-get install chromium)"
        pytest.skip(reason)
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def tab(browser: Chromium) -> Tab:
    """One tab for all; each server has another port, so its page has a storage of its own."""
    return browser.tab()


@contextmanager
def sit(tab: Tab, prefix: str = "") -> Iterator[Seat]:
    """Give a seat; that the page's policy was kept, and no error thrown, is checked at the end."""
    with Scripted.running(prefix) as server:
        yield Seat(tab, server)
        trouble = tab.trouble()
        tab.leave()
        assert trouble == []


@pytest.fixture
def seat(tab: Tab) -> Iterator[Seat]:
    """A page that is open nowhere yet."""
    with sit(tab) as seat:
        yield seat


@pytest.fixture(scope="module")
def player(tab: Tab) -> Iterator[Seat]:
    """A player in a room, for the tests of a file that each put a question of their own.

    There is one tab: a file uses this, or `seat`.
    """
    with sit(tab) as seat:
        seat.come_in()
        yield seat
