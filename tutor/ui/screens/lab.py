"""A lab on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.widget import Widget

from tutor.errors import TutorError
from tutor.labs import find, open_controls
from tutor.labs.parameters import Bench, ParametersControls
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.labs.parameters import ParametersView
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.widgets.page import Page

FIRST = "parameters"


class LabScreen(TutorScreen):
    """Opens a lab over the screen that one came from.

    Args:
        name: the lab.
        settings: its controls, as a `lab:` entry has them; if the lab does not take them, it
            is opened as it stands at first, and says why.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("g", "guess", msg("your count"), footer=True),
        Key("r", "reset", msg("reset"), footer=True),
        Key("p", "predict", msg("predict first")),
        Key("pagedown", "scroll(1)", msg("page down")),
        Key("pageup", "scroll(-1)", msg("page up")),
        BACK,
    )

    def __init__(self, name: str = FIRST, settings: Mapping[str, object] | None = None) -> None:
        super().__init__()
        self._problem: TutorError | None = None
        try:
            self._lab = find(name)
            controls = open_controls(name, settings or {})
        except TutorError as error:
            self._problem = error
            self._lab = find(FIRST)
            controls = self._lab.start
        if not isinstance(controls, ParametersControls):
            raise TypeError(f"the lab {name} has no view")
        self._view = ParametersView(Bench.opened(controls))

    def heading(self) -> tuple[Words, Words]:
        """Return the lab's title, and how it is used."""
        return msg("**{title}**", title=self._lab.title), self._view.title()

    def body(self) -> Iterable[Widget]:
        """Give the lab."""
        yield self._view

    def begin(self) -> None:
        """Begin at the first control."""
        self._view.take_focus()
        if self._problem is not None:
            self.app.tell(self._problem)

    def paint(self) -> None:
        """Show the lab."""
        self._view.paint(self.voice)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no letters while they are typed."""
        if action in {"guess", "reset", "predict"}:
            return not self._view.is_guessing
        return super().check_action(action, parameters)

    def action_guess(self) -> None:
        """Go to the field of the guess."""
        self._view.guess()

    def action_reset(self) -> None:
        """Put the controls back."""
        self._view.reset()

    def action_predict(self) -> None:
        """Cover the numbers, or show them again."""
        self._view.predict()

    @on(ParametersView.Changed)
    def follow(self) -> None:
        """Show in the frame what has changed."""
        self.paint_frame()

    def action_scroll(self, pages: int) -> None:
        """Scroll what does not fit."""
        page = self.query_one(Page)
        page.scroll_relative(y=pages * max(1, page.size.height - 2), animate=False)
