"""The line at the top of a screen."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tutor.text.width import cells, truncate


class Header(Widget):
    """What this is, on the left; where it stands, on the right."""

    DEFAULT_CSS = """
    Header { height: 2; padding: 0 1; border-bottom: solid $foreground 20%;
             text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._left = self._right = Content()

    def show(self, left: Content, right: Content) -> None:
        """Show both ends."""
        if not (left.is_same(self._left) and right.is_same(self._right)):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """Return the line; the left end gives way."""
        width = self.content_size.width
        room = width - cells(self._right.plain) - 2
        left = self._left
        if cells(left.plain) > room:
            left = Content.styled(truncate(left.plain, max(room, 0)), "bold")
        gap = max(1, width - cells(left.plain) - cells(self._right.plain))
        return left + Content(" " * gap) + self._right
