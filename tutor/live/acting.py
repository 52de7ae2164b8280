"""What the host does, from the frame to the room."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from tutor.live.names import NameRefused, tidy
from tutor.live.refusals import MALFORMED, Refusal
from tutor.live.rooms import LiveRoom
from tutor.live.wire import (
    Act,
    AskReport,
    DoConclude,
    DoDiscuss,
    DoExtend,
    DoKick,
    DoRename,
    DoSetOpen,
    DoTick,
)
from tutor.session.room.events import (
    Again,
    Conclude,
    Discuss,
    End,
    Extend,
    Lock,
    Next,
    Pause,
    Resume,
    Reveal,
    RoomEvent,
    SetOpen,
    Skip,
    Tick,
)
from tutor.session.room.illegal import require_current
from tutor.text.safe import UnsafeText, clean

Deed = Act | DoExtend | DoDiscuss | DoKick | DoRename | DoSetOpen | DoTick | DoConclude | AskReport


def act(live: LiveRoom, frame: Deed, now: datetime) -> None:
    """Do what the host wants.

    Raises:
        Refusal: a name or a text is not fit.
        Illegal: it does not fit the room, or was done in view of an older state of it.
        NotKept: it could not be written down.
    """
    match frame:
        case Act():
            require_current(live.room, frame.moves)
            live.apply(_event(frame, now))
        case DoExtend():
            require_current(live.room, frame.moves)
            live.apply(Extend(frame.seconds, now))
        case DoDiscuss():
            require_current(live.room, frame.moves)
            live.apply(Discuss(frame.talk, now))
        case DoKick():
            live.kick(frame.player, now)
        case DoRename():
            live.rename(frame.player, _name(frame.name), now)
        case DoSetOpen():
            live.apply(SetOpen(frame.is_open, now))
        case DoTick():
            live.apply(Tick(frame.point, frame.is_on, now))
        case DoConclude():
            live.apply(Conclude(_text(frame.text), now))
        case AskReport():
            live.report()
        case _:
            assert_never(frame)


def _event(frame: Act, now: datetime) -> RoomEvent:  # noqa: PLR0911 - one return for each action
    match frame.do:
        case "next":
            return Next(now)
        case "lock":
            return Lock(now)
        case "reveal":
            return Reveal(now)
        case "skip":
            return Skip(now)
        case "again":
            return Again(now)
        case "pause":
            return Pause(now)
        case "resume":
            return Resume(now)
        case "end":
            return End(now)
        case _:
            assert_never(frame.do)


def _name(name: str) -> str:
    try:
        return tidy(name)
    except NameRefused as error:
        raise Refusal("name", error.message) from None


def _text(text: str) -> str:
    try:
        return clean(text)
    except UnsafeText:
        raise Refusal("malformed", MALFORMED) from None
