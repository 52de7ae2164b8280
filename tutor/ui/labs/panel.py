"""The controls of a lab, one under the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import Vertical
from textual.widget import Widget

from tutor.labs import Control
from tutor.ui.labs.row import ControlRow
from tutor.ui.voice import Voice


class ControlPanel(Vertical):
    """A row for each control; rows are made once, and shown as they are needed.

    Args:
        most: how many controls there may be.
    """

    DEFAULT_CSS = "ControlPanel { height: auto; }"

    def __init__(self, most: int, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows = tuple(ControlRow() for _ in range(most))
        self._last = self._rows[0]

    def compose(self) -> Iterable[Widget]:
        """Lay out the rows."""
        yield from self._rows

    def show(self, controls: Sequence[Control], voice: Voice, refused: str | None = None) -> None:
        """Show where the controls stand, and which has refused; the focus stays on its control."""
        focused = self._focused
        held = focused.control.name if focused is not None and focused.control else None
        places = {control.name: place for place, control in enumerate(controls)}
        for place, row in enumerate(self._rows):
            control = controls[place] if place < len(controls) else None
            is_refused = control is not None and control.name == refused
            row.show(control, voice, refused=is_refused)
        if held is not None:
            row = self._rows[places.get(held, 0)]
            if row is not focused:
                row.focus()

    @property
    def _focused(self) -> ControlRow | None:
        return next((row for row in self._rows if row.has_focus), None)

    def row(self, name: str) -> ControlRow:
        """Return the row of a control."""
        return next(row for row in self._rows if row.control and row.control.name == name)

    def take_focus(self) -> None:
        """Focus the control that had the focus last."""
        row = self._last if self._last.display else self._rows[0]
        row.focus()

    def on_descendant_focus(self) -> None:
        """Remember which control has the focus."""
        self._last = self._focused or self._last

    @on(ControlRow.Moved)
    def move(self, event: ControlRow.Moved) -> None:
        """Go to the next control, or the one before; beyond the ends, to what follows."""
        event.stop()
        if event.step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()
