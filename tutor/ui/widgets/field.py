"""A line to type into, safe for the terminal."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from textual import events
from textual.widgets import Input

from tutor.text.message import msg
from tutor.text.safe import scrub
from tutor.ui.keys import Key, bindings

# Keys that act through Textual's bindings reach the field some queues later than letters do
# (Textual #6605): `4 2 Enter 3` in one burst would submit 423. So the field acts on them itself.
_IN_ORDER = {
    "enter": "submit",
    "backspace": "delete_left",
    "delete": "delete_right",
    "left": "cursor_left",
    "right": "cursor_right",
    "home": "home",
    "end": "end",
    "ctrl+a": "home",
    "ctrl+e": "end",
    "ctrl+k": "delete_right_all",
    "ctrl+u": "delete_left_all",
    "ctrl+w": "delete_left_word",
}
LONGEST = 10_000  # characters; more is cut off when it is pasted


class Field(Input):
    """An Input without a border of its own. What is typed or pasted is NFC and visible."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("enter", "submit", msg("check"), footer=True),)
    DEFAULT_CSS = """
    Field { height: 1; border: none; padding: 0; background: $background; width: 1fr; }
    Field:focus { border: none; background: $background; background-tint: transparent 0%; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes, compact=True, select_on_focus=False)

    async def _on_key(self, event: events.Key) -> None:
        """Act on the keys of editing in the order in which they were pressed, and in sight."""
        if not self.screen.can_view_entire(self):
            self.scroll_visible(animate=False)
        if action := _IN_ORDER.get(event.key):
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of a range, its unsafe characters replaced by visible ones."""
        super().replace(scrub(text)[:LONGEST], start, end)

    def validate_value(self, value: str) -> str:
        """Compose what was typed jamo by jamo."""
        return unicodedata.normalize("NFC", value)


class AnswerField(Field):
    """The field of an answer: Esc leaves it, so that letters are shortcuts again."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        *Field.KEYS,
        Key("escape", "leave_field", msg("leave the field"), footer=True),
    )
    BINDINGS = bindings(KEYS[-1:])

    def action_leave_field(self) -> None:
        """Give the focus up."""
        self.screen.set_focus(None)
