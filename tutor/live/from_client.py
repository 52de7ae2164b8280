"""The frames that a host or a player sends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tutor.kinds.base import Items, Model
from tutor.live.wire_values import (
    MOST_QUESTIONS,
    VERSION,
    Audience,
    Code,
    Count,
    Do,
    PlayerId,
    Seed,
    Token,
)
from tutor.live.words import Line, Said
from tutor.session.room.events import Sure, Talk
from tutor.session.room.settings import LONGEST, RoomSettings

# From the host ---------------------------------------------------------------------------------


class PlannedQuestion(Model):
    """A question as it is written in its file, and its seed."""

    question: dict[str, Any]
    seed: Seed


class Open(Model):
    """Open a room. `key` is the server's, where it asks for one."""

    t: Literal["open"] = "open"
    v: Literal[1] = VERSION
    key: Annotated[str, Field(max_length=200)] | None = None
    title: Said
    settings: RoomSettings
    plan: Annotated[Items[PlannedQuestion], Field(min_length=1, max_length=MOST_QUESTIONS)]
    topics: dict[Annotated[str, Field(max_length=200)], Said] = Field(default_factory=dict)
    seed: Seed


class Preside(Model):
    """Take the host's seat of a room that is open, again or for the first time."""

    t: Literal["preside"] = "preside"
    v: Literal[1] = VERSION
    code: Code
    token: Token


class Act(Model):
    """What the host does that moves the room.

    `moves` is the count of the state that the host saw: an older one is refused as stale, so
    that a key pressed twice acts once.
    """

    t: Literal["act"] = "act"
    do: Do
    moves: Count


class DoExtend(Model):
    """Give more time."""

    t: Literal["extend"] = "extend"
    seconds: Annotated[int, Field(ge=1, le=LONGEST)]
    moves: Count


class DoDiscuss(Model):
    """Talk before the second vote."""

    t: Literal["discuss"] = "discuss"
    talk: Talk
    moves: Count


class DoKick(Model):
    """Send a player away."""

    t: Literal["kick"] = "kick"
    player: PlayerId


class DoRename(Model):
    """Give a player another name."""

    t: Literal["rename"] = "rename"
    player: PlayerId
    name: Line


class DoSetOpen(Model):
    """Open or close the lobby."""

    t: Literal["set-open"] = "set-open"
    is_open: bool


class DoTick(Model):
    """Mark a point of an open question, counted from 0."""

    t: Literal["tick"] = "tick"
    point: Annotated[int, Field(ge=0, le=99)]
    is_on: bool


class DoConclude(Model):
    """Write down the team's conclusion."""

    t: Literal["conclude"] = "conclude"
    text: Annotated[str, Field(max_length=2000)]


class AskReport(Model):
    """Ask for the notes of the session so far."""

    t: Literal["ask-report"] = "ask-report"


# From a player ---------------------------------------------------------------------------------


class Enter(Model):
    """Come into a room: as somebody new, or, with a token, as who one was."""

    t: Literal["enter"] = "enter"
    v: Literal[1] = VERSION
    code: Code
    name: Annotated[str, Field(max_length=400)] = ""
    token: Token | None = None
    audience: Audience = "terminal"


class Vote(Model):
    """Answer. What is typed is parsed and judged by the server alone."""

    t: Literal["vote"] = "vote"
    round: Count
    ballot: Literal[1, 2]
    text: Annotated[str, Field(max_length=4000)]
    sure: Sure | None = None
    reason: Annotated[str, Field(max_length=400)] = ""


class Leave(Model):
    """Go; the seat is kept."""

    t: Literal["leave"] = "leave"


FromPlayer = Enter | Vote | Leave
FromHost = (
    Open
    | Preside
    | Act
    | DoExtend
    | DoDiscuss
    | DoKick
    | DoRename
    | DoSetOpen
    | DoTick
    | DoConclude
    | AskReport
)
FromClient = FromPlayer | FromHost
