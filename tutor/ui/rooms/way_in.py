"""How to come into a room: its code, its addresses, and a picture for phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from tutor.text.message import msg
from tutor.text.width import cells, wrap_text
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED, typeset

_SCANNED = "black on white"  # phones read dark on light alone, whatever the theme


@dataclass(frozen=True, slots=True)
class WayIn:
    """How players come into a room.

    Attributes:
        code: as it is shown.
        command: what to type in another terminal; empty where one keyboard is passed round.
        urls: for browsers, the likeliest first.
        picture: the first of them as a QR code, with its margin, in half-block lines.
    """

    code: str
    command: str
    urls: tuple[str, ...] = ()
    picture: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The likeliest address for the header: host and port; empty if there is none."""
        return self.urls[0].partition("://")[2].partition("/")[0] if self.urls else ""


def way_in_lines(way: WayIn, voice: Voice, width: int) -> list[Content]:
    """Return code, command and addresses as lines of at most `width` cells."""
    if not way.command:
        round_ = msg("One keyboard is passed round. Nobody sees what the others answer.")
        return typeset(voice.document(round_), width)
    lines = [
        voice.say(msg("Room code"), MUTED),
        Content.styled(way.code, "bold $act"),
        Content(),
        voice.say(msg("In another terminal"), MUTED),
        *_whole(way.command, width, "bold"),
    ]
    if way.urls:
        lines += [Content(), voice.say(msg("On a phone or in a browser"), MUTED)]
    for at, url in enumerate(way.urls):
        lines += _whole(url, width, "" if at else "bold")
    return lines


def _whole(text: str, width: int, style: str) -> list[Content]:
    """Return what is to be copied, in as many lines as it takes: cut, it would lead nowhere."""
    return [Content.styled(line, style) for line in wrap_text(text, width)]


def picture_lines(picture: Sequence[str], voice: Voice, width: int) -> list[Content]:
    """Return the QR code; a word instead where it does not fit."""
    if not picture:
        return []
    if max(map(cells, picture)) > width:
        return typeset(voice.document(msg("A wider terminal shows a QR code here.")), width, MUTED)
    return [Content.styled(line, _SCANNED) for line in picture]
