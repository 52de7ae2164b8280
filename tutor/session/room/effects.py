"""What an event in a room causes outside it."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.session.room.events import RoomEvent
from tutor.text.words import Words


@dataclass(frozen=True, slots=True)
class Save:
    """Append the event to the room's file before anybody is told."""

    event: RoomEvent


@dataclass(frozen=True, slots=True)
class Moved:
    """The phase, the time, the pause, the points or the conclusion changed: tell everybody."""


@dataclass(frozen=True, slots=True)
class PlayersChanged:
    """Somebody came, went, or has another name."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A player's answer counts from now on; tell the player, and the host how many have."""

    player: str


@dataclass(frozen=True, slots=True)
class Complained:
    """A player's answer cannot be read, and is asked again."""

    player: str
    message: Words


RoomEffect = Save | Moved | PlayersChanged | Accepted | Complained
