"""What to do about a refusal of the room."""

from __future__ import annotations

from tutor.live.wire import Refused, Why
from tutor.text.message import Message, msg

_WHAT_TO_DO: dict[Why, Message] = {
    "malformed": msg("This program and the server may be of different versions: update both."),
    "version": msg("This program and the server are of different versions: update both."),
    "too-large": msg("Send something shorter."),
    "too-fast": msg("Wait a moment, then send it again."),
    "no-room": msg("Compare the code with the host's screen; the room may be over."),
    "wrong-token": msg("Join again under your name."),
    "full": msg("Ask the host to make room."),
    "shut": msg("Ask the host to open the lobby, then join again."),
    "name": msg("Join again under another name."),
    "closed": msg("The answer that the room had before counts, if there was one."),
    "elsewhere": msg("You joined again somewhere else; go on there."),
    "kicked": msg("What you had answered stays in the notes. Esc goes back."),
    "gone": msg("Your answers until now are in your log. Esc goes back."),
}


def what_to_do(refused: Refused) -> Message | None:
    """Return what a player can do about a refusal, where there is something."""
    return _WHAT_TO_DO.get(refused.why)
