"""What covers every screen while the terminal is too small."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.geometry import Size

from tutor.ui.keys import Key
from tutor.ui.screens.base import TutorScreen
from tutor.ui.widgets.toosmall import TooSmall, is_too_small


class TooSmallScreen(TutorScreen):
    """Says how large the terminal must be, and goes when it is. The screen under it rests."""

    KEYS: ClassVar[tuple[Key, ...]] = ()

    def compose(self) -> ComposeResult:
        """Give the notice alone."""
        yield TooSmall()

    def repaint(self) -> None:
        """Say it in the present language."""
        self.query_one(TooSmall).show(self.voice)

    def paint_keys(self) -> None:
        """Show none: there is no room for them."""

    def on_screen_resume(self) -> None:
        """Go, if there is room by now."""
        self.fit(self.app.size)

    def fit(self, size: Size) -> None:
        """Go as soon as there is room."""
        if is_too_small(size):
            self.query_one(TooSmall).measure(size)
        elif self.app.screen is self:  # `is_current` holds under a palette too, which would go
            self.dismiss()
