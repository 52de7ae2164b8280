"""Rows of text with a cursor, whose state changes with every key."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.geometry import Region

from tutor.text.words import Words
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.menu import CURSOR
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.typeset import MUTED, hanging, typeset

ACCENT = "bold $act"


class Rows(Lines, can_focus=True):
    """Rows of one or more lines each; the one at the cursor stands out while the focus is here."""

    def __init__(self) -> None:
        super().__init__()
        self._voice: Voice | None = None
        self._rows: list[range] = []  # the lines of each row, in the order they were drawn
        self._marked: range | None = None  # those of the row at the cursor

    def draw(self, voice: Voice, width: int) -> list[Content]:
        """Return all lines for a width; `row` notes where rows are."""
        raise NotImplementedError

    def row(
        self,
        voice: Voice,
        width: int,
        *,
        at: int,
        mark: str,
        words: Words,
        chosen: bool = False,
        style: str = "",
    ) -> list[Content]:
        """Return the lines of a row: two cells for the cursor, its mark, its words.

        Args:
            voice: the language.
            width: cells per line.
            at: the line of the widget at which the row begins.
            mark: what stands before the words.
            words: the row's text.
            chosen: whether the cursor is on it.
            style: the style of its words where the cursor is not.
        """
        chosen = chosen and self.has_focus
        head = Content.assemble(
            (f"{CURSOR} " if chosen else "  ", ACCENT), (mark, ACCENT if chosen else MUTED)
        )
        text = typeset(voice.document(words), width - len(head), "$act" if chosen else style)
        lines = hanging(head, text)
        place = range(at, at + len(lines))
        self._rows.append(place)
        if chosen:
            self._marked = place
        return lines

    def paint(self, voice: Voice) -> None:
        """Speak a language."""
        self._voice = voice
        self._repaint()

    def changed(self) -> None:
        """Show a new state, the cursor in sight, and let the screen show what keys do now."""
        self._repaint()
        self.post_message(AnswerWidget.Changed())
        self.call_after_refresh(self._keep_in_sight)

    def _repaint(self) -> None:
        if self._voice is not None:
            self.set_lines(self._draw)

    def _draw(self, width: int) -> Sequence[Content]:
        assert self._voice is not None  # noqa: S101 - nothing is drawn before `paint`
        self._rows, self._marked = [], None
        return self.draw(self._voice, width)

    def _keep_in_sight(self) -> None:
        if self._marked is None:
            return
        for parent in self.ancestors:
            if isinstance(parent, Page):
                y = parent.place_of(self).y
                parent.reveal(Region(0, y + self._marked.start, 1, len(self._marked)))

    def on_focus(self) -> None:
        """Show the cursor."""
        self._repaint()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._repaint()

    def on_click(self, event: events.Click) -> None:
        """Act on what was clicked."""
        self.click(event.x, event.y)

    def click(self, column: int, line: int) -> None:  # noqa: ARG002 - some rows have columns
        """Act on what stands at a place of the widget."""
        for index, lines in enumerate(self._rows):
            if line in lines:
                self.clicked(index)
                return

    def clicked(self, index: int) -> None:
        """Act on a row, counted as drawn from 0."""
        raise NotImplementedError
