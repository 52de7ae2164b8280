"""Peer sessions: join one, host one, share a keyboard, or read the notes of earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget

from tutor.text.message import Message, msg
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.widgets.menu import Item, Menu
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED

_OFFERS: dict[str, tuple[Message, Message]] = {
    "join": (msg("Join a room"), msg("with the code on the host's screen")),
    "host": (msg("Host a room"), msg("others join from terminals and phones")),
    "keyboard": (msg("One keyboard"), msg("passed around a table")),
    "notes": (msg("Notes of earlier sessions"), msg("to read again")),
}


class PeersScreen(TutorScreen):
    """The ways into a peer session."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("j", "go('join')", msg("join"), footer=True),
        Key("h", "go('host')", msg("host"), footer=True),
        Key("o", "go('keyboard')", msg("one keyboard"), footer=True),
        Key("n", "go('notes')", msg("notes"), footer=True),
        Key("up", "move(-1)", msg("up"), shown="↑"),
        Key("down", "move(1)", msg("down"), shown="↓"),
        BACK,
    )

    def body(self) -> Iterable[Widget]:
        """Give what this is, and the menu."""
        yield Page(Prose(id="about", style=MUTED), Menu(id="offers"))

    def heading(self) -> tuple[Words, Words]:
        """Return what this is."""
        return msg("**Peer session**"), ""

    def begin(self) -> None:
        """Begin on joining."""
        self.query_one(Menu).focus()

    def paint(self) -> None:
        """Speak the present language."""
        about = msg(
            "Everybody answers the same question, talks to somebody who answered otherwise, and "
            "answers once more."
        )
        self.query_one(Prose).show(self.voice, about)
        self.query_one(Menu).show(
            [
                Item(name, self.say(title), self.say(right, MUTED))
                for name, (title, right) in _OFFERS.items()
            ]
        )

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.query_one(Menu).move(step)

    @on(Menu.Chosen)
    def choose(self, event: Menu.Chosen) -> None:
        """Go where was chosen."""
        self.action_go(event.name)

    def action_go(self, name: str) -> None:
        """Go into a room, or to the notes; each screen is imported when it is opened."""
        match name:
            case "join":
                self.app.join_room()
            case "host":
                self.app.prepare_room()
            case "keyboard":
                self.app.share_keyboard()
            case _:
                self.app.read_notes()
