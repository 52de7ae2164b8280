"""The keys of a screen, all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor.text.message import msg
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.keys import Key, key_name
from tutor.ui.screens.base import EVERYWHERE, TutorScreen
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.typeset import joined, padded


class HelpScreen(TutorScreen):
    """Lists what can be pressed on the screen under it.

    Args:
        keys: the keys of that screen, with what each does there.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(
            "escape,q,enter,space,f1,question_mark", "leave", msg("back"), footer=True, shown="esc"
        ),
    )

    def __init__(self, keys: Iterable[tuple[Key, Words]]) -> None:
        super().__init__()
        here = {(key.display, str(label)): (key, label) for key, label in keys}
        common = {key.action for key in EVERYWHERE}
        self._groups: tuple[tuple[Words, list[tuple[Key, Words]]], ...] = (
            (msg("On this screen"), [row for row in here.values() if row[0].action not in common]),
            (msg("Everywhere"), [(key, key.label) for key in EVERYWHERE]),
        )

    def heading(self) -> tuple[Words, Words]:
        """Return the title."""
        return msg("Keys"), ""

    def body(self) -> Iterable[Widget]:
        """Give one scrolling page."""
        yield Page(Static(Content(), markup=False, id="keys"))

    def paint(self) -> None:
        """List the keys."""
        rows = [row for _, group in self._groups for row in group]
        width = max(cells(_written(key)) for key, _ in rows) + 3
        lines: list[Content] = []
        for title, group in self._groups:
            lines += [self.say(title, "bold"), Content()]
            for key, label in group:
                written = Content.styled(_written(key), "bold $act")
                lines.append(Content("  ") + padded(written, width) + self.say(label))
            lines.append(Content())
        note = msg("Letters work with the Hangul keyboard too: ㅜ is n.")
        lines.append(self.say(note, "$muted"))
        self.query_one("#keys", Static).update(joined(lines))


def _written(key: Key) -> str:
    if key.is_range:  # of which this is the first
        return key.shown
    return "  ".join(key_name(name) for name in key.keys.split(","))
