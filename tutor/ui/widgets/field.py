"""A line to type into, safe for the terminal."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from textual import events
from textual.message import Message as Event
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
        self._held: list[events.Key] | None = None  # since an Enter

    class Settled(Event):
        """What an Enter led to has been done: twice up to the screen, as an answer goes."""

        def __init__(self, field: Field, *, again: bool) -> None:
            super().__init__()
            self.field = field
            self.again = again

    async def _on_key(self, event: events.Key) -> None:
        """Act on keys in the order in which they were pressed.

        Textual's bindings act some queues later than letters do (Textual #6605): `4 2 Enter 3`
        in one burst would submit 423. So the field runs the bindings itself, and what is
        pressed after Enter waits for what Enter leads to.
        """
        if await self._is_done(event):
            event.stop()
            event.prevent_default()

    async def _is_done(self, event: events.Key) -> bool:
        """Act on a key; return False if it is left to the field as Textual has it."""
        if self._held is not None:
            self._held.append(event)
            return True
        if self.app.focused is not self:  # it was pressed before the focus went elsewhere
            self._pass_on(event)
            return True
        if not self.screen.can_view_entire(self):
            self.scroll_visible(animate=False)
        return not event.is_printable and await self.app._check_bindings(event.key)

    def _pass_on(self, event: events.Key) -> None:
        """Press a key again, where the focus is now."""
        target = self.app.focused or self.app.screen
        target._forward_event(events.Key(event.key, event.character))

    async def action_submit(self) -> None:
        """Hand in what stands here now."""
        self._held = []
        await super().action_submit()
        self.post_message(self.Settled(self, again=True))

    def settle(self, event: Settled) -> None:
        """Act on the keys that waited; called by the screen when the event has come to it."""
        if event.again:
            self.post_message(self.Settled(self, again=False))
        elif self.app.focused is self:
            self.call_later(self._go_on)
        else:
            self.release()

    async def _go_on(self) -> None:
        """Act on the keys that waited, before those that still come."""
        held, self._held = self._held, None
        for event in held or ():
            if not await self._is_done(event):
                await super()._on_key(event)

    def release(self) -> None:
        """Press the keys that waited, where the focus is now."""
        held, self._held = self._held, None
        for event in held or ():
            self._pass_on(event)

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
