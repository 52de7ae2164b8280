"""Who plays around one keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.rooms.entry import Entry
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.widgets.page import Page

MOST = 12  # around one keyboard
LONGEST = 80  # characters of a name


class PlayersScreen(TutorScreen):
    """A field for the names.

    Args:
        give: takes the names once they can be told apart.
    """

    AUTO_FOCUS = ""
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("escape", BACK.action, msg("back"), footer=True, shown="esc"),
    )

    def __init__(self, give: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__()
        self._give = give
        self._names = Entry(msg("**Who plays?**"), msg("Names, separated by commas."), id="players")

    def body(self) -> Iterable[Widget]:
        """Give the field."""
        yield Page(self._names)

    def heading(self) -> tuple[Words, Words]:
        """Return what this is."""
        return msg("**One keyboard**"), ""

    def begin(self) -> None:
        """Begin in the field."""
        self.set_focus(self._names.field)

    def paint(self) -> None:
        """Speak the present language."""
        self._names.paint(self.voice)

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Hand the names over, or say what is wrong with them."""
        event.stop()
        if self.app.screen is not self:  # Enter was pressed twice
            return
        names = [" ".join(part.split()) for part in event.value.split(",")]
        names = [name for name in names if name]
        problem = _problem(names)
        if problem is not None:
            self._names.complain(self.voice, problem)
        else:
            self._give(tuple(names))

    @on(Input.Changed)
    def forget_complaint(self, event: Input.Changed) -> None:
        """Say nothing more of what is being changed."""
        event.stop()
        self._names.complain(self.voice)


def _problem(names: list[str]) -> Words | None:
    if len(names) < 2:
        return msg("Name at least two players.")
    if len(names) > MOST:
        return msg("At most {n} can share a keyboard.", n=MOST)
    folded = [name.casefold() for name in names]
    for name in names:
        if len(name) > LONGEST:
            return msg("A name has at most {n} characters.", n=LONGEST)
        if folded.count(name.casefold()) > 1:
            return msg("“{name}” is named twice.", name=name)
    return None
