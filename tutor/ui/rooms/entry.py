"""A labelled line to type into, with what is wrong with it beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import Vertical
from textual.widget import Widget

from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import Field
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED


class EntryField(Field):
    """The field of an entry."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("enter", "submit", msg("go on"), footer=True),)


class Entry(Vertical):
    """A label, a field, and a complaint.

    Args:
        label: what is to be typed.
        help: what may be typed, in a sentence.
    """

    DEFAULT_CSS = "Entry { height: auto; width: 76; max-width: 100%; margin-bottom: 1; }"

    def __init__(self, label: Words, help: Words, *, id: str) -> None:  # noqa: A002 - the word for what it is
        super().__init__(id=id)
        self._label_words = label
        self._help_words = help
        self._complaint_words: tuple[Words, ...] = ()
        self._label = Prose()
        self._help = Prose(style=MUTED)
        self._complaint = Prose(style="$text-warning")
        self.field = EntryField()

    def compose(self) -> Iterable[Widget]:
        """Lay out label, field, and what is said of it."""
        yield self._label
        yield Vertical(self.field, classes="answer-box")
        yield self._complaint
        yield self._help

    def paint(self, voice: Voice) -> None:
        """Speak a language; what was typed stays."""
        self._label.show(voice, self._label_words)
        self._complaint.show(voice, *self._complaint_words)
        self._help.show(voice, None if self._complaint_words else self._help_words)

    def complain(self, voice: Voice, *words: Words | None) -> None:
        """Say what is wrong, or nothing any more."""
        self._complaint_words = tuple(part for part in words if part is not None)
        self.paint(voice)

    @property
    def text(self) -> str:
        """What stands in the field, without space around it."""
        return " ".join(self.field.value.split())
