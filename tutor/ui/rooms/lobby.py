"""The lobby as a player sees it: who is there, and how the session is played."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.content import Content

from tutor.live.wire import Lobby, Welcome
from tutor.session.room.saying import shown_name, team_name
from tutor.text.message import msg, msgs
from tutor.text.words import Words
from tutor.ui.rooms.names import name_lines
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.typeset import MUTED, typeset


class LobbyView(Lines):
    """Shows a lobby."""

    def show(self, lobby: Lobby, welcome: Welcome, voice: Voice) -> None:
        """Show who is there."""
        self.set_lines(partial(lobby_lines, lobby, welcome, voice))

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def lobby_lines(lobby: Lobby, welcome: Welcome, voice: Voice, width: int) -> list[Content]:
    """Return a lobby as lines of at most `width` cells."""
    lines = typeset(voice.document(welcome.title), width, "bold")
    you = msg("You are in as **{name}**.", name=shown_name(welcome.name))
    lines += typeset(voice.document(you), width)
    if welcome.team is not None:
        team = msg("You play for {team}.", team=team_name(welcome.team))
        lines += typeset(voice.document(team), width)
    here = msgs("{n} player is here", "{n} players are here", n=lobby.count)
    lines += [Content(), voice.say(here, "bold")]
    lines += name_lines(lobby.names, voice, width, of=lobby.count, style="")
    lines.append(Content())
    for words in _rules(lobby, welcome):
        lines += typeset(voice.document(words), width, MUTED)
    return lines


def _rules(lobby: Lobby, welcome: Welcome) -> Iterator[Words]:
    yield msgs("{n} question; the host begins.", "{n} questions; the host begins.", n=lobby.of)
    if welcome.confidence:
        yield msg(
            "With each answer you say how sure you are: a right one earns 1, 2 or 3 points, "
            "a wrong one costs 0, 2 or 6."
        )
    yield msg("Your first answers go into your own log; what you miss comes back in your study.")
