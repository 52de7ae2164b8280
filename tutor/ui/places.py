"""The other screens that Home leads to; each is imported when it is opened."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from tutor.text.message import Message, msg
from tutor.ui.screens.base import TutorScreen


class Place(NamedTuple):
    """A screen that can be opened by name.

    Attributes:
        name: how the program refers to it.
        module: where its screen is, the class after a colon.
        title: how it is called.
        key: the letter that opens it from Home.
        on_home: whether Home lists it.
    """

    name: str
    module: str
    title: Message
    key: str
    on_home: bool = True

    def screen(self, *arguments: object) -> TutorScreen:
        """Make its screen."""
        module, _, name = self.module.partition(":")
        screen = getattr(import_module(module), name)(*arguments)
        if not isinstance(screen, TutorScreen):
            raise TypeError(f"{self.module} is not a screen")
        return screen


_SCREENS = "tutor.ui.screens"
PLACES = {
    place.name: place
    for place in (
        Place("read", f"{_SCREENS}.read:ReadScreen", msg("Read"), "r"),
        Place("lab", f"{_SCREENS}.lab:LabScreen", msg("Labs"), "g"),
        Place("peers", f"{_SCREENS}.peers:PeersScreen", msg("Peer session"), "p"),
        Place("stats", f"{_SCREENS}.stats:StatsScreen", msg("Stats"), "t"),
        Place(
            "problems", f"{_SCREENS}.problems:ProblemsScreen", msg("Problems"), "e", on_home=False
        ),
    )
}
