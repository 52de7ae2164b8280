"""Screens that are one page to scroll."""

from __future__ import annotations

from typing import ClassVar

from tutor.text.message import msg
from tutor.ui.keys import Key
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.widgets.page import Page

SCROLL_KEYS = (
    Key("space,pagedown", "scroll('page_down')", msg("read on"), shown="space"),
    Key("pageup", "scroll('page_up')", msg("page up")),
    Key("down", "scroll('down')", msg("scroll down"), shown="↓"),
    Key("up", "scroll('up')", msg("scroll up"), shown="↑"),
)


class ScrollingScreen(TutorScreen):
    """A screen with one `Page`, which the keys scroll."""

    KEYS: ClassVar[tuple[Key, ...]] = (*SCROLL_KEYS, BACK)

    def action_scroll(self, how: str) -> None:
        """Scroll the page a line or a page, up or down."""
        page = self.query_one(Page)
        match how:
            case "down":
                page.scroll_down(animate=False)
            case "up":
                page.scroll_up(animate=False)
            case "page_down":
                page.scroll_page_down(animate=False)
            case _:
                page.scroll_page_up(animate=False)
