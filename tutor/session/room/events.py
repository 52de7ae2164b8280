"""What can happen in a room. Each event carries the instant at which the server took it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Talk = Literal["pairs", "explain"]  # discuss with who answered otherwise, or hear it once more
Sure = Literal[1, 2, 3]  # a guess, fairly sure, certain


@dataclass(frozen=True, slots=True)
class Joined:
    """A player takes a seat for the first time.

    Attributes:
        player: a new id, such as `p7`.
        name: cleaned, and taken by nobody else in the room.
        token_digest: of the secret with which the player comes back.
    """

    player: str
    name: str
    token_digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Connected:
    """A player is back."""

    player: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Disconnected:
    """A player cannot be reached; the seat stays theirs."""

    player: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Voted:
    """A player answers.

    Attributes:
        round: the number of the question, counted from 1.
        ballot: 1, or 2 after a discussion.
        text: as typed.
        sure: how sure the player is, where that is asked.
        reason: a line saying why; may be empty.
    """

    player: str
    round: int
    ballot: int
    text: str
    sure: Sure | None
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Next:
    """Go on: to the first or next question, from talk to the second vote, to the board, or to
    the end."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Lock:
    """Close the vote."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Extend:
    """Give more time to what is running."""

    seconds: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Discuss:
    """Talk about the closed vote before it is taken again."""

    talk: Talk
    at: datetime


@dataclass(frozen=True, slots=True)
class Reveal:
    """Show the answer."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave this question out; it counts for nobody."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Again:
    """Ask the revealed question once more, with other numbers."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock; nobody can answer."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with the time that was left."""

    at: datetime


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The deadline has passed."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Kick:
    """Send a player away for good; what they answered stays in the notes."""

    player: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a player another name."""

    player: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SetOpen:
    """Let new players in, or not."""

    is_open: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Tick:
    """Mark that a point of an open question came up, or take the mark back."""

    point: int
    is_on: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Conclude:
    """Write down what the team concludes about the question."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class End:
    """End the session."""

    at: datetime


RoomEvent = (
    Joined
    | Connected
    | Disconnected
    | Voted
    | Next
    | Lock
    | Extend
    | Discuss
    | Reveal
    | Skip
    | Again
    | Pause
    | Resume
    | TimeUp
    | Kick
    | Rename
    | SetOpen
    | Tick
    | Conclude
    | End
)
