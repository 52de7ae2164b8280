"""A line to type into, safe for the terminal."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from textual.widgets import Input

from tutor.text.message import msg
from tutor.text.safe import scrub
from tutor.ui.keys import Key, bindings

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
