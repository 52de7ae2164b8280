"""Lines that are set anew for each width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tutor.text.width import cells
from tutor.ui.widgets.typeset import TEXT_WIDTH, joined

Setter = Callable[[int], Sequence[Content]]


def _nothing(width: int) -> Sequence[Content]:  # noqa: ARG001 - a Setter
    return ()


class Lines(Widget):
    """What a function sets at the width there is, at most `TEXT_WIDTH` cells; never markup."""

    DEFAULT_CSS = "Lines { height: auto; width: 100%; text-wrap: nowrap; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes, markup=False)
        self._setter: Setter = _nothing
        self._width = -1
        self._lines: Sequence[Content] = ()

    def set_lines(self, setter: Setter | None) -> None:
        """Show what a function returns for a width in cells; nothing, if None."""
        self.display = setter is not None
        self._setter = setter or _nothing
        self._width = -1
        self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines at a width in cells."""
        width = min(width, TEXT_WIDTH)
        if width != self._width:
            self._width, self._lines = width, self._setter(width)
        return self._lines

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's signature
        """Return the width of the longest line."""
        return max((cells(line.plain) for line in self.lines(container.width)), default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the number of lines at a width."""
        return len(self.lines(width))

    def render(self) -> Content:
        """Return the lines."""
        return joined(self.lines(self.content_size.width))
