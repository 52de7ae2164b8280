"""The part of a screen that scrolls, between header and footer."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widget import Widget


class Page(VerticalScroll, can_focus=False):
    """A page: the focus stays on what is done, and the page scrolls beside it."""

    DEFAULT_CSS = """
    Page {
        height: 1fr;
        padding-top: 1;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $foreground 20%;
    }
    Page > * { padding-left: 2; padding-right: 1; }
    """

    def place_of(self, widget: Widget) -> Region:
        """Return where a widget of the page lies, in lines and columns of all that scrolls."""
        return widget.region.translate(self.scroll_offset - self.content_region.offset)

    def reveal(self, region: Region) -> None:
        """Scroll no further than needed to show lines; of too many, the first."""
        lines = Region(0, region.y, 1, region.height)
        self.scroll_to_region(lines, animate=False, force=True, x_axis=False, origin_visible=True)
