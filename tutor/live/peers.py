"""Who is connected, whatever carries the connection."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from tutor.live.allowance import Allowance
from tutor.live.wire import Audience, Why

if TYPE_CHECKING:
    from tutor.live.rooms import LiveRoom

# When somebody's time to say something is up, it may have been said and not been read: in a turn
# of the event loop that took seconds. What had come by the first look is heard before the last:
# one turn to read it, one to hand it over, and one in case that the look came before either.
LOOKS, LOOK_EVERY = 4, timedelta(seconds=0.25)


class Peer(Protocol):
    """The other end of a connection.

    Attributes:
        address: by which strangers are counted.
    """

    address: str

    def send(self, text: str) -> None:
        """Send a frame, without waiting."""

    def close(self, why: Why) -> None:
        """End the connection after what was sent."""


class Outlet(Protocol):
    """A way to send one text to many."""

    def broadcast(self, peers: Collection[Peer], text: str) -> None:
        """Send a frame to each, without waiting for any."""


class EachInTurn:
    """The outlet of peers that know nothing of each other."""

    def broadcast(self, peers: Collection[Peer], text: str) -> None:
        """Send a frame to each."""
        for peer in peers:
            peer.send(text)


@dataclass(eq=False, slots=True)
class Guest:
    """A connection, and whose seat it has.

    Attributes:
        allowance: of frames.
        since: from when it has time to say what it wants.
        bad_frames: how many could not be read.
        looks: how often that time was found to be up.
        room: where it is seated; None before it entered.
        player: whose seat it has; None for a host.
        token: with which it sits there, to be told again when the name changes.
        is_over: nothing is taken from it any more.
    """

    peer: Peer
    since: datetime
    allowance: Allowance
    bad_frames: int = 0
    looks: int = 0
    room: LiveRoom | None = None
    player: str | None = None
    token: str = ""
    audience: Audience = "terminal"
    is_over: bool = False
