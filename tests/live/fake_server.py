"""A server that says what a test tells it to, on loopback."""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection, serve

from tutor.live.where import Where
from tutor.live.wire import FROM_CLIENT, FromClient, FromServer

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
class Identity:
    """A certificate of 127.0.0.1, signed by itself, and its key."""

    certificate: Path
    key: Path

    @classmethod
    def made_in(cls, folder: Path, openssl: str) -> Identity:
        """Make one with the program at a path."""
        made = cls(folder / "loopback.pem", folder / "loopback-key.pem")
        subprocess.run(
            [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
             "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", made.key, "-out", made.certificate],
            check=True, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
        return made

    def context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, self.key)
        return context


@dataclass
class FakeServer:
    where: Where
    visits: asyncio.Queue[Visit]

    async def visit(self) -> Visit:
        return await asyncio.wait_for(self.visits.get(), PATIENCE)


@asynccontextmanager
async def fake_server(*, identity: Identity | None = None) -> AsyncIterator[FakeServer]:
    visits: asyncio.Queue[Visit] = asyncio.Queue()

    async def attend(connection: ServerConnection) -> None:
        visit = Visit(connection)
        visits.put_nowait(visit)
        closing = asyncio.ensure_future(connection.wait_closed())
        leaving = asyncio.ensure_future(visit.done.wait())
        await asyncio.wait({closing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()

    context = None if identity is None else identity.context()
    async with serve(
        attend, "127.0.0.1", 0, ssl=context, compression=None, close_timeout=0.1
    ) as server:
        port = server.sockets[0].getsockname()[1]
        where = Where("127.0.0.1", port, "KQ7M2XPD", secure=identity is not None)
        yield FakeServer(where, visits)
