"""A way into a room, whatever carries it: a network, or this process's memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tutor.live.seat import Seat
from tutor.live.wire import FromClient


class Link(Protocol):
    """A seat in a room, kept up to date, with a way to send frames.

    Attributes:
        seat: what is known now.
        on_change: called after every change of `seat`, in the event loop that runs the link.
    """

    seat: Seat
    on_change: Callable[[Seat], None]

    async def run(self) -> None:
        """Keep the seat until the room is over or the link is closed; reconnect as needed."""

    def send(self, frame: FromClient) -> None:
        """Send a frame; while the connection is lost, votes wait and anything else is dropped."""

    def close(self) -> None:
        """Leave; `run` returns."""
