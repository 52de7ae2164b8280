"""A server that says what a test tells it to, on loopback."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection, serve

from tutor.live.where import Where
from tutor.live.wire import FROM_CLIENT, FromClient, FromServer

# Of 127.0.0.1, signed by itself until 2126; its key is next to it, and serves nothing else.
CERTIFICATE = Path(__file__).with_name("loopback.pem")
PATIENCE = 10  # seconds after which a test has failed; nothing waits for it otherwise


@dataclass
class Visit:
    """A connection of a client, as the test drives it."""

    connection: ServerConnection
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self) -> FromClient:
        raw = await asyncio.wait_for(self.connection.recv(), PATIENCE)
        return FROM_CLIENT.validate_json(raw)

    async def say(self, *frames: FromServer | dict[str, Any] | str | bytes) -> None:
        for frame in frames:
            match frame:
                case str() | bytes():
                    await self.connection.send(frame)
                case dict():
                    await self.connection.send(json.dumps(frame))
                case _:
                    await self.connection.send(frame.model_dump_json())

    async def drop(self) -> None:
        """Break the connection without a word."""
        self.connection.transport.abort()
        await self.connection.wait_closed()
        self.done.set()

    async def end(self) -> None:
        await self.connection.close()
        self.done.set()

    async def gone(self) -> int | None:
        """Wait until the client is gone; return its close code."""
        await asyncio.wait_for(self.connection.wait_closed(), PATIENCE)
        self.done.set()
        return self.connection.close_code


@dataclass
class FakeServer:
    where: Where
    visits: asyncio.Queue[Visit]

    async def visit(self) -> Visit:
        return await asyncio.wait_for(self.visits.get(), PATIENCE)


@asynccontextmanager
async def fake_server(*, is_secure: bool = False) -> AsyncIterator[FakeServer]:
    visits: asyncio.Queue[Visit] = asyncio.Queue()

    async def attend(connection: ServerConnection) -> None:
        visit = Visit(connection)
        visits.put_nowait(visit)
        closing = asyncio.ensure_future(connection.wait_closed())
        leaving = asyncio.ensure_future(visit.done.wait())
        await asyncio.wait({closing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()

    identity = _identity() if is_secure else None
    async with serve(
        attend, "127.0.0.1", 0, ssl=identity, compression=None, close_timeout=0.1
    ) as server:
        port = server.sockets[0].getsockname()[1]
        where = Where("127.0.0.1", port, "KQ7M2XPD", secure=is_secure)
        yield FakeServer(where, visits)


def _identity() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE, CERTIFICATE.with_name("loopback-key.pem"))
    return context
