"""The header of a host's screen: which room this is, and how it stands."""

from __future__ import annotations

from textual.content import Content

from tutor.live.wire import Panel
from tutor.text.message import msg, msgs
from tutor.text.words import Words
from tutor.ui.rooms.way_in import WayIn
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED

_DOTS = {True: ("● ", "$text-success"), False: ("○ ", "$text-warning")}


def host_head(
    panel: Panel | None, way: WayIn, time: Content, voice: Voice
) -> tuple[Words, Content]:
    """Return room and address; the time left, how many are in, and whether more may come."""
    is_round = not way.command  # one keyboard, for which no time runs
    left: Words = msg("**One keyboard**")
    if not is_round:
        left = msg("**Room {code}**   {place}", code=way.code, place=way.place)
    if panel is None:
        return left, Content()
    count = voice.say(msgs("{n} player", "{n} players", n=panel.connected), MUTED)
    if is_round:
        return left, count
    parts = [time, count]
    if panel.phase != "ended":
        state = voice.say(msg("lobby open") if panel.is_open else msg("lobby closed"), MUTED)
        parts.append(Content.assemble(_DOTS[panel.is_open], state))
    return left, Content("   ").join(part for part in parts if part.plain)
