"""Something to choose from with the cursor: one row above the other, or one beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message as Event
from textual.widget import Widget

from tutor.text.message import msg
from tutor.text.width import cells, truncate
from tutor.ui.keys import Key, bindings

CURSOR = "▸"
EMPTY = Content()


class Item(NamedTuple):
    """Something that can be chosen: its name, how it reads, and what stands at the right end."""

    name: str
    content: Content
    right: Content = EMPTY


class Menu(Widget, can_focus=True):
    """Items with a cursor. Enter, Space or a click chooses the one at the cursor."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "choose", msg("choose"), footer=True, shown="enter"),
    )
    BINDINGS = bindings(KEYS)
    DEFAULT_CSS = "Menu { height: auto; width: 100%; text-wrap: nowrap; }"

    class Chosen(Event):
        """An item was chosen."""

        def __init__(self, menu: Menu, name: str) -> None:
            super().__init__()
            self.menu = menu
            self.name = name

        @property
        def control(self) -> Menu:
            """The menu, for `@on` selectors."""
            return self.menu

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self.items: tuple[Item, ...] = ()
        self.cursor = 0

    def show(self, items: Sequence[Item]) -> None:
        """Show items; the cursor stays where it was."""
        resized = len(items) != len(self.items)
        self.items = tuple(items)
        self.cursor = min(self.cursor, max(0, len(items) - 1))
        self.can_focus = bool(items)
        self.refresh(layout=resized or not self.is_vertical)

    is_vertical: ClassVar[bool] = True

    @property
    def current(self) -> str | None:
        """The name of the item at the cursor."""
        return self.items[self.cursor].name if self.items else None

    def put_cursor(self, index: int) -> None:
        """Put the cursor on an item."""
        self.cursor = index
        self.refresh()
        self._keep_in_sight()

    def move(self, step: int) -> bool:
        """Move the cursor; return False at the end of the items."""
        if not 0 <= self.cursor + step < len(self.items):
            return False
        self.put_cursor(self.cursor + step)
        return True

    def action_choose(self) -> None:
        """Choose the item at the cursor."""
        if (name := self.current) is not None:
            self.post_message(self.Chosen(self, name))

    def on_focus(self) -> None:
        """Bring the cursor into view."""
        self._keep_in_sight()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = self._index_at(event.get_content_offset_capture(self).x, event.y)
        if index is not None:
            self.put_cursor(index)
            self.action_choose()

    def _index_at(self, column: int, row: int) -> int | None:  # noqa: ARG002 - a row menu asks for the column
        return row if row < len(self.items) else None

    def _keep_in_sight(self) -> None:
        for parent in self.ancestors:
            if isinstance(parent, VerticalScroll):
                top = self.virtual_region.y + (self.cursor if self.is_vertical else 0)
                parent.scroll_to_region(
                    Region(0, top, 1, 1), animate=False, force=True, x_axis=False
                )
                return

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return one line for each item."""
        return len(self.items)

    def render(self) -> Content:
        """Return the items, a line each."""
        width = self.content_size.width
        return Content("\n").join(
            self._row(item, width, chosen=index == self.cursor and self.has_focus)
            for index, item in enumerate(self.items)
        )

    def _row(self, item: Item, width: int, *, chosen: bool) -> Content:
        mark = Content.styled(f"{CURSOR} " if chosen else "  ", "bold $act")
        content = item.content.stylize_before("bold $act") if chosen else item.content
        right = cells(item.right.plain)
        room = width - 2 - right - (2 if right else 0)
        if cells(content.plain) > room:
            content = Content.styled(
                truncate(content.plain, max(0, room)), "bold $act" if chosen else ""
            )
        if not right:
            return mark + content
        return mark + content + Content(" " * (room + 2 - cells(content.plain))) + item.right


class RowMenu(Menu):
    """Items beside each other."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("left", "step(-1)", msg("before"), shown="←"),
        Key("right", "step(1)", msg("after"), shown="→"),
        *Menu.KEYS,
    )
    BINDINGS = bindings(KEYS)
    is_vertical: ClassVar[bool] = False
    GAP = 3

    def action_step(self, step: int) -> None:
        """Move the cursor along the row."""
        self.move(step)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return one line."""
        return 1 if self.items else 0

    def _index_at(self, column: int, row: int) -> int | None:  # noqa: ARG002 - there is one row
        start = 0
        for index, item in enumerate(self.items):
            end = start + 2 + cells(item.content.plain)
            if start <= column < end:
                return index
            start = end + self.GAP - 2
        return None

    def render(self) -> Content:
        """Return the items in one line."""
        line = Content()
        for index, item in enumerate(self.items):
            chosen = index == self.cursor and self.shows_cursor
            line += Content.styled(CURSOR if chosen else " ", "bold $act")
            line += Content(" ")
            line += item.content.stylize_before("bold $act") if chosen else item.content
            line += Content(" " * (self.GAP - 2))
        return line

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor is visible."""
        return self.has_focus
