"""A flashcard waits to be turned over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget

from tutor.kinds.flashcard import PosedFlashcard
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.menu import Item, Menu


class TurnMenu(Menu):
    """The one thing to do with the front of a card."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "choose", msg("turn over"), footer=True, shown="enter"),
    )
    BINDINGS = bindings(KEYS)

    def _keep_in_sight(self) -> None:
        """Leave a long card at its top: any key that turns it works from there."""


class FlashcardAnswer(AnswerWidget[PosedFlashcard]):
    """Enter or Space turns the card."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the one choice."""
        yield TurnMenu()

    def ask(self, posed: PosedFlashcard, voice: Voice) -> None:  # noqa: ARG002 - all fronts are alike
        """Take up a new card."""
        self.paint(voice)

    def paint(self, voice: Voice) -> None:
        """Speak a language."""
        self.query_one(TurnMenu).show([Item("turn", voice.say(msg("Turn the card over")))])

    def entry(self) -> Widget:
        """Return the choice."""
        return self.query_one(TurnMenu)

    @on(Menu.Chosen)
    def turn(self, event: Menu.Chosen) -> None:
        """Turn the card."""
        event.stop()
        self.post_message(self.Answered(""))
