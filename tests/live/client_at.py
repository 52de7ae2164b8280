"""A client at a server that a test drives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.live.fake_server import PATIENCE, FakeServer
from tests.live.frames import CODE
from tutor.live import wire
from tutor.live.client import RoomClient
from tutor.live.seat import Seat

ENTER = wire.Enter(code=CODE, name="Jun")


@dataclass
class Player:
    """A client that runs, and what it has shown."""

    client: RoomClient
    rests: list[float]
    shown: list[Seat] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    running: asyncio.Future[None] | None = None

    def see(self, seat: Seat) -> None:
        self.shown.append(seat)
        self.changed.set()

    async def until(self, holds: Callable[[Seat], object]) -> Seat:
        async with asyncio.timeout(PATIENCE):
            while not holds(self.client.seat):
                self.changed.clear()
                await self.changed.wait()
        return self.client.seat

    async def end(self) -> Seat:
        """Wait until `run` has returned."""
        assert self.running is not None
        await asyncio.wait_for(self.running, PATIENCE)
        return self.client.seat


@asynccontextmanager
async def player(
    server: FakeServer, hello: wire.Enter | wire.Preside = ENTER, patience: float = PATIENCE
) -> AsyncIterator[Player]:
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    client = RoomClient(
        server.where,
        hello,
        jitter=lambda: 1.0,
        clock=lambda: 100.0,
        rest=rest,
        patience=patience,
    )
    seen = Player(client, rests)
    client.on_change = seen.see
    seen.running = asyncio.ensure_future(client.run())
    try:
        yield seen
    finally:
        client.close()
        await seen.end()
