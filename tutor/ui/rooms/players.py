"""Who is in a room, for its host to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.message import Message as Event

from tutor.live.wire import Seated
from tutor.session.room.saying import shown_name
from tutor.text.message import msg
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.menu import Item, Menu
from tutor.ui.widgets.typeset import MUTED


class Players(Menu, inherit_bindings=False):
    """The players, with who has answered and who is away."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("up,k", "step(-1)", msg("up"), shown="↑"),
        Key("down,j", "step(1)", msg("down"), shown="↓"),
        Key("x,delete", "kick", msg("send away"), footer=True),
        Key("n", "rename", msg("rename"), footer=True),
    )
    BINDINGS = bindings(KEYS)

    class Kicked(Event):
        """A player is to be sent away."""

        def __init__(self, player: str) -> None:
            super().__init__()
            self.player = player

    class Renamed(Event):
        """A player is to have another name."""

        def __init__(self, player: str) -> None:
            super().__init__()
            self.player = player

    def on_blur(self) -> None:
        """Stand by: the scene names everybody already."""
        self.display = False

    def show_players(self, players: Iterable[Seated], voice: Voice) -> None:
        """Show who is there; the cursor stays with the player it is on."""
        at_cursor = self.current
        self.show([Item(each.id, _named(each, voice)) for each in players])
        names = [item.name for item in self.items]
        if at_cursor in names:
            self.cursor = names.index(at_cursor)

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self.move(step)

    def action_kick(self) -> None:
        """Send the player at the cursor away."""
        if self.current is not None:
            self.post_message(self.Kicked(self.current))

    def action_rename(self) -> None:
        """Give the player at the cursor another name."""
        if self.current is not None:
            self.post_message(self.Renamed(self.current))


def _named(player: Seated, voice: Voice) -> Content:
    name = Content(shown_name(player.name))
    if not player.connected:
        return name + Content(" ") + voice.say(msg("(away)"), MUTED)
    return name + Content.styled(" ✓", "$text-success") if player.answered else name
