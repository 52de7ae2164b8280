"""The app: screens, the language, and what they all run on."""

from __future__ import annotations

import gc
from typing import Any, ClassVar

from textual.command import CommandPalette, Provider

from tutor.errors import TutorError
from tutor.services import Services
from tutor.text.message import msg
from tutor.text.width import wrap_text
from tutor.text.words import LANGS, Words
from tutor.ui.colours import own_variables
from tutor.ui.first import First
from tutor.ui.keys import bindings
from tutor.ui.reload import Reloading
from tutor.ui.screens.base import BREAKPOINTS, EVERYWHERE, TutorScreen
from tutor.ui.screens.home import HomeScreen
from tutor.ui.signals import end_when_told
from tutor.ui.voice import Voice
from tutor.ui.widgets.toosmall import is_too_small

__all__ = ["First", "TutorApp"]

NOTICE_WIDTH = 53  # cells of text; a frame of 3 around it, in any terminal that is large enough


def _commands() -> type[Provider]:
    from tutor.ui.commands import TutorCommands

    return TutorCommands


class TutorApp(Reloading):
    """The program on a screen.

    Args:
        services: what it runs on.
        first: the screen to open over Home.
    """

    TITLE = "tutor"
    CSS_PATH = "tutor.tcss"
    COMMANDS: ClassVar[set[Any]] = {_commands}
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[Any]] = bindings(EVERYWHERE)

    def __init__(self, services: Services, first: First | None = None) -> None:
        super().__init__()
        self.services = services
        self.voice = Voice(services.speaker())
        self.home = HomeScreen()
        self._first = first

    def get_default_screen(self) -> HomeScreen:
        """Return Home, which lies under all other screens."""
        return self.home

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's colours and our own."""
        variables = super().get_css_variables()
        return {**variables, **own_variables(self.current_theme, variables)}

    def on_mount(self) -> None:
        """Do the rest of the start once Home has been painted."""
        end_when_told(self)
        if self._first is not None:
            self._first.open(self)
        self.call_after_refresh(self._home_is_painted)

    def _home_is_painted(self) -> None:
        """Collect garbage again, if the start was made without; read the question files."""
        if not gc.isenabled():
            gc.freeze()  # what was imported stays: no collection needs to look at it again
            gc.enable()
        self.read_bank()

    def tell(self, words: Words | TutorError) -> None:
        """Show a notice for a few seconds; for an error, what to do too."""
        error = words if isinstance(words, TutorError) else None
        parts = (words,) if not isinstance(words, TutorError) else (words.message, words.hint)
        lines = [
            line
            for part in parts
            if part is not None
            for line in wrap_text(self.voice.text(part), NOTICE_WIDTH)
        ]
        self.notify("\n".join(lines), severity="error" if error else "information", markup=False)

    def action_switch_language(self) -> None:
        """Speak the other language on every screen, where it stands."""
        other = LANGS[1 - LANGS.index(self.voice.lang)]
        self.voice = Voice(self.services.speaker(other))
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen):
                screen.repaint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open nothing while the terminal is too small to show it."""
        if action in {"help", "command_palette"}:
            return not is_too_small(self.size)
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """List the keys of this screen."""
        from tutor.ui.screens.help import HelpScreen

        if isinstance(self.screen, TutorScreen):
            screen = self.screen
            self.push_screen(
                HelpScreen([(key, screen.label_of(key)) for key in screen.keys_here()])
            )

    def action_command_palette(self) -> None:
        """Search everything that can be done."""
        if not CommandPalette.is_open(self):
            placeholder = self.voice.text(msg("What would you like to do?"))
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def action_help_quit(self) -> None:
        """Answer Ctrl-C, which does not quit."""
        self.tell(msg("Ctrl+Q quits; everything you answered is saved."))
