"""The notes of the sessions that were held on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from tutor.text.message import msg
from tutor.text.safe import scrub
from tutor.text.width import wrap_text
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.screens.base import BACK
from tutor.ui.screens.scrolling import SCROLL_KEYS, ScrollingScreen
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.menu import Item, Menu
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED

_MOST = 100  # files that are listed, the latest first
_LARGEST = 1_000_000  # characters of a file that are read


class NotesScreen(ScrollingScreen):
    """A list of files; Enter shows one as it stands."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        *SCROLL_KEYS,
        Key("escape,q", BACK.action, msg("back"), footer=True, shown="esc"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._files: tuple[Path, ...] = ()
        self._opened: Path | None = None
        self._about = Prose(id="about", style=MUTED)
        self._menu = Menu(id="files")
        self._text = Lines(id="text")

    def body(self) -> Iterable[Widget]:
        """Give the list, and the file that is read."""
        yield Page(self._about, self._menu, self._text)

    def heading(self) -> tuple[Words, Words]:
        """Return what is shown."""
        if self._opened is not None:
            return msg("**{name}**", name=scrub(self._opened.name)), ""
        return msg("**Notes of earlier sessions**"), ""

    def begin(self) -> None:
        """Begin on the latest."""
        self._files = _latest(self.app.services.paths.sessions)
        self.repaint()
        self.set_focus(self._menu if self._files else None)

    def paint(self) -> None:
        """Show the list or the file."""
        listing = self._opened is None
        folder = scrub(str(self.app.services.paths.sessions))
        self._about.show(
            self.voice,
            None
            if not listing
            else msg("They are in `{folder}`.", folder=folder)
            if self._files
            else msg("There are none yet. They will be in `{folder}`.", folder=folder),
        )
        self._menu.display = listing and bool(self._files)
        self._menu.show([Item(file.name, Content(scrub(file.name))) for file in self._files])

    @on(Menu.Chosen, "#files")
    def read(self, event: Menu.Chosen) -> None:
        """Show a file."""
        file = next(file for file in self._files if file.name == event.name)
        try:
            with file.open(encoding="utf-8", errors="replace") as opened:
                text = opened.read(_LARGEST)
        except OSError as error:
            reason = scrub(error.strerror or "")
            self.app.tell(msg("{name} cannot be read: {reason}", name=file.name, reason=reason))
            return
        self._opened = file
        lines = [scrub(line) for line in text.split("\n")]
        self._text.set_lines(
            lambda width: [
                Content(part) for line in lines for part in wrap_text(line, width) or [""]
            ]
        )
        self.repaint()
        self.set_focus(None)
        self.query_one(Page).scroll_home(animate=False)

    def action_leave(self) -> None:
        """Go back to the list; from there, to where this was opened."""
        if self._opened is None:
            self.dismiss()
            return
        self._opened = None
        self._text.set_lines(None)
        self.repaint()
        self.set_focus(self._menu)

    def action_scroll(self, how: str) -> None:
        """Move the cursor of the list, or scroll the file."""
        if self._opened is None and how in {"up", "down"}:
            self._menu.move(1 if how == "down" else -1)
        else:
            super().action_scroll(how)


def _wrapped(lines: Sequence[str], width: int) -> list[Content]:
    return [Content(part) for line in lines for part in wrap_text(line, width) or [""]]


def _latest(folder: Path) -> tuple[Path, ...]:
    """Return the Markdown files of a folder, the latest first."""
    try:
        dated = [(file.stat().st_mtime, file) for file in folder.glob("*.md")]
    except OSError:
        return ()
    return tuple(file for _, file in sorted(dated, reverse=True)[:_MOST])
