"""The reference of `live.py`: a bare `websockets` server that sends bytes as large as ours."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed


class Bare:
    """A server that greets, broadcasts and echoes, in a thread.

    Args:
        question: the frame that is broadcast.
    """

    def __init__(self, question: str) -> None:
        self.port = 0
        self._question = question
        self._connections: set[ServerConnection] = set()
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._serve()))

    def __enter__(self) -> Bare:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._loop.close()

    def broadcast(self) -> None:
        """Send the question to everybody."""
        self._loop.call_soon_threadsafe(lambda: broadcast(self._connections, self._question))

    async def _serve(self) -> None:
        options: dict[str, Any] = {
            "compression": None,
            "backlog": 4096,
            "close_timeout": 0.1,
            "open_timeout": 120,
        }
        async with serve(self._talk, "127.0.0.1", 0, **options) as server:
            self.port = server.sockets[0].getsockname()[1]
            self._ready.set()
            await self._stop.wait()

    async def _talk(self, connection: ServerConnection) -> None:
        await connection.recv()
        self._connections.add(connection)
        broadcast((connection,), '{"t":"welcome","words":"' + "." * 200 + '"}')
        with suppress(ConnectionClosed):
            async for _ in connection:
                broadcast((connection,), '{"t":"yours","words":"' + "." * 150 + '"}')
