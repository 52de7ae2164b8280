"""The part of a screen that scrolls, between header and footer."""

from __future__ import annotations

from textual.containers import VerticalScroll


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
