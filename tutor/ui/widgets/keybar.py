"""The line at the bottom of a screen: the keys that matter here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.widget import Widget

from tutor.text.width import cells

_GAP = 3


class ShownKey(NamedTuple):
    """A key as it is shown: its name, how it is written, what it does."""

    name: str
    key: str
    label: str


class KeyBar(Widget):
    """Keys with their meaning; a click presses them. What does not fit is left out."""

    DEFAULT_CSS = """
    KeyBar { height: 2; padding: 0 1; border-top: solid $foreground 20%;
             text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._keys: tuple[ShownKey, ...] = ()
        self._last: ShownKey | None = None

    def show(self, keys: Sequence[ShownKey], last: ShownKey) -> None:
        """Show keys from the left, and one at the right end."""
        if (tuple(keys), last) != (self._keys, self._last):
            self._keys, self._last = tuple(keys), last
            self.refresh()

    def _placed(self) -> list[tuple[int, ShownKey]]:
        """Return the keys that fit, with the cell at which each begins."""
        if self._last is None:
            return []
        end = self.content_size.width - _width(self._last)
        keys = list(self._keys)
        while len(keys) > 1 and sum(_width(key) + _GAP for key in keys) > end:
            del keys[-2]  # the way back stays
        starts = accumulate((_width(key) + _GAP for key in keys), initial=0)
        return [*zip(starts, keys, strict=False), (max(end, 0), self._last)]

    def render(self) -> Content:
        """Return the line."""
        line = Content()
        for at, key in self._placed():
            space = " " * (at - cells(line.plain))
            line += Content.assemble(space, (key.key, "bold $act"), " ", (key.label, "$muted"))
        return line

    def on_click(self, event: events.Click) -> None:
        """Run the key that was clicked."""
        column = event.get_content_offset_capture(self).x
        for at, key in self._placed():
            if at <= column < at + _width(key):
                self.app.simulate_key(key.name)


def _width(key: ShownKey) -> int:
    return cells(key.key) + 1 + cells(key.label)
