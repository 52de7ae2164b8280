"""What a server answers to what it does not do."""

from __future__ import annotations

from collections.abc import Callable

from tutor.live.wire import Refused, Why
from tutor.live.words import both
from tutor.text.message import Message, msg
from tutor.text.words import Lang, Words

FINAL: frozenset[Why] = frozenset(
    {
        "version",
        "too-large",
        "too-fast",
        "no-room",
        "wrong-token",
        "wrong-key",
        "full",
        "kicked",
        "elsewhere",
        "gone",
    }
)  # the same frame would be refused again, so the connection ends


class Refusal(Exception):
    """A frame that is refused; it has changed nothing.

    Attributes:
        why: for programs.
        message: for people.
        is_final: whether the connection ends.
    """

    def __init__(self, why: Why, message: Words, *, is_final: bool | None = None) -> None:
        super().__init__(why, message)
        self.why = why
        self.message = message
        self.is_final = why in FINAL if is_final is None else is_final

    def __str__(self) -> str:
        """Return the reason in English, for logs and tests."""
        return f"{self.why}: {self.message}"

    def frame(self, say: Callable[[Lang, Words], str]) -> Refused:
        """Return the frame that says so."""
        return Refused(why=self.why, message=both(self.message, say), is_final=self.is_final)


MALFORMED = msg("The server does not understand what this program sent.")
OTHER_VERSION = msg("This program and the server are of different versions; update the older one.")
TOO_LARGE = msg("What this program sent is too large.")
TOO_FAST = msg("Too much was sent at once; wait a moment, then connect again.")
TOO_OFTEN = msg("You change your answer too often; the one before counts. Wait a moment.")
NO_ROOM = msg("There is no room with this code; compare it with the host's screen.")
WRONG_TOKEN = msg("The room does not know this seat; come in under a name.")
WRONG_HOST_TOKEN = msg("Only whoever opened this room can lead it.")
WRONG_KEY = msg("This server opens rooms only with its key.")
ROOM_FULL = msg("The room is full.")
SERVER_FULL = msg("The server has no place for another room.")
NOT_HOST = msg("Only the host can do this.")
FAULT = msg("The server could not do this: there is a fault in it. Leave this question out.")
KICKED = msg("The host has sent you out of this room.")
ELSEWHERE = msg("You have come in from another window; this one is no longer used.")
GONE = msg("The room is closed.")
SEATED = msg("You are in a room already.")
NOT_SEATED = msg("Come into a room first.")
SILENT = msg("Nothing was heard from this connection.")


def closing(why: Why, message: Message) -> Refusal:
    """Return a refusal after which the connection ends, whatever was sent."""
    return Refusal(why, message, is_final=True)
