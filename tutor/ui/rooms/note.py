"""A line that the host writes down: a player's name, or what the team concludes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from tutor.text.message import msg
from tutor.ui.keys import Key
from tutor.ui.widgets.field import Field
from tutor.ui.widgets.line import Line


class NoteField(Field):
    """The field of a note."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("enter", "submit", msg("write it down"), footer=True),)


class Note(Vertical):
    """What is to be written, and the field for it; out of sight until something is asked for."""

    DEFAULT_CSS = "Note { height: auto; margin-top: 1; display: none; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._label = Line()
        self.field = NoteField(id="field")

    def compose(self) -> Iterable[Widget]:
        """Lay out label and field."""
        yield self._label
        yield Vertical(self.field, classes="answer-box")

    def ask(self, label: Content, text: str) -> None:
        """Ask for a line, which begins as `text`."""
        self._label.update(label)
        self.display = True
        self.field.value = text
        self.field.cursor_position = len(self.field.value)
        self.screen.set_focus(self.field)
