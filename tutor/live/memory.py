"""Seats in the rooms of a hub in this process: one keyboard for all, or the tests of screens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from tutor.live.incoming import from_server
from tutor.live.link import SeatKeeper
from tutor.live.seat import Seat, over, receive
from tutor.live.waking import Sleeper, wake_in_time
from tutor.live.wire import Enter, FromClient, Leave, Preside, Why


class Peer(Protocol):
    """What a hub knows of who is connected to it."""

    address: str

    def send(self, text: str) -> None:
        """Take a frame."""

    def close(self, why: Why) -> None:
        """End the connection after what was sent."""


class Rooms(Sleeper, Protocol):
    """What is needed of a hub."""

    def receive(self, peer: Peer, raw: str, /) -> None:
        """Take a message."""

    def gone(self, peer: Peer, /) -> None:
        """Note that a connection has ended."""


def _ignore(_seat: Seat) -> None:
    pass


class MemoryServer:
    """A hub with those who sit at it. All of it runs in one event loop.

    Args:
        hub: its rooms.
        clock: the hub's own.
    """

    def __init__(self, hub: Rooms, clock: Callable[[], datetime]) -> None:
        self.hub = hub
        self._clock = clock
        self._changed = asyncio.Event()

    def link(
        self,
        hello: Enter | Preside,
        on_change: Callable[[Seat], None] = _ignore,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> MemoryLink:
        """Return a link for who enters or presides.

        Args:
            hello: what is said first.
            on_change: called after every change of the seat, while the link runs.
            clock: monotonic, in seconds; the seat's timer is told in it.
        """
        return MemoryLink(self, hello, on_change, clock)

    def nudge(self) -> None:
        """Look anew at when the hub has something to do."""
        self._changed.set()

    async def run(self) -> None:
        """Let the time of the rooms pass, until it is cancelled."""
        await wake_in_time(self.hub, self._clock, self._changed)


class MemoryLink(SeatKeeper):
    """A `Link` to a hub in this process; `MemoryServer.link` makes one."""

    def __init__(
        self,
        server: MemoryServer,
        hello: Enter | Preside,
        on_change: Callable[[Seat], None],
        clock: Callable[[], float],
    ) -> None:
        super().__init__(Seat(), on_change)
        self._server = server
        self._hello = hello
        self._clock = clock
        self._inbox: asyncio.Queue[str | None] = asyncio.Queue()
        self._peer: _Ear | None = None  # while one is in
        self._closed = False

    async def run(self) -> None:
        """Keep the seat until the room is over or the link is closed."""
        if self._closed:
            self.show(over(self.seat))
            return
        ear = self._peer = _Ear(self._inbox)
        try:
            self._tell(ear, self._hello)
            while (text := await self._inbox.get()) is not None:
                self.show(receive(self.seat, from_server(text), self._clock()))
                if self.is_over:
                    break
        finally:
            self._peer = None
            self._server.hub.gone(ear)
            self._server.nudge()
        self.show(over(self.seat))

    def send(self, frame: FromClient) -> None:
        """Send a frame; it is dropped before `run` and after the end."""
        if self._peer is not None and not self._closed:
            self._tell(self._peer, frame)

    def close(self) -> None:
        """Leave; `run` returns."""
        if isinstance(self._hello, Enter):
            self.send(Leave())
        self._closed = True
        self._inbox.put_nowait(None)

    def _tell(self, ear: _Ear, frame: FromClient) -> None:
        self._server.hub.receive(ear, frame.model_dump_json())
        self._server.nudge()


class _Ear:
    """What the hub speaks to; it takes notes, since who is to hear may be speaking just now."""

    address = "memory"  # by which the hub counts strangers

    def __init__(self, inbox: asyncio.Queue[str | None]) -> None:
        self._inbox = inbox

    def send(self, text: str) -> None:
        self._inbox.put_nowait(text)

    def close(self, why: Why) -> None:  # noqa: ARG002 - the last frame has said why
        self._inbox.put_nowait(None)
