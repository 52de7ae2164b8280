"""A way into a room, whatever carries it: a network, or this process's memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tutor.live.seat import Seat, is_answer
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


class SeatKeeper:
    """The part of a link that is the same whatever carries it: it keeps the seat, and tells.

    Args:
        seat: what is known at first.
        on_change: called after every change, and for every answer of the room.
    """

    def __init__(self, seat: Seat, on_change: Callable[[Seat], None]) -> None:
        self.seat = seat
        self.on_change = on_change

    @property
    def is_over(self) -> bool:
        """Whether the room has ended for this seat."""
        return self.seat.link == "over"

    def show(self, seat: Seat) -> None:
        """Take a seat over; the same answer of the room is told each time."""
        if seat != self.seat or is_answer(self.seat, seat):
            self.seat = seat
            self.on_change(seat)
