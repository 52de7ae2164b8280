"""A WebSocket as a hub's peer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode
from websockets.protocol import State

from tutor.live.peers import Peer
from tutor.live.wire import Why


class Knocking(ServerConnection):
    """A connection that is known before it has asked for anything.

    Browsers connect ahead and may never ask; websockets waits for those, when a server ends, as
    long as they may take to ask.

    Args:
        known: the connections that there are.
    """

    def __init__(self, known: set[Knocking], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._known = known

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note that it is there."""
        self._known.add(self)
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that it has gone."""
        self._known.discard(self)
        super().connection_lost(exc)

    def end_knocking(self) -> None:
        """End it, if no WebSocket has been opened over it yet."""
        if self.state is State.CONNECTING:
            self.transport.abort()


class SocketPeer:
    """A WebSocket that is written to without waiting, and dropped if it does not read.

    Attributes:
        address: of the client, or of the one that a proxy names.
        most_waiting: how many bytes may wait to be read.
    """

    def __init__(self, connection: ServerConnection, address: str, most_waiting: int) -> None:
        self.address = address
        self.connection = connection
        self.most_waiting = most_waiting
        self._closing: asyncio.Task[None] | None = None

    def send(self, text: str) -> None:
        """Hand a frame to the socket, after those before it."""
        self.write(framed(text))

    def write(self, data: bytes) -> None:
        """Hand bytes to the socket, after those before them, unless it is closing."""
        if self.connection.protocol.state is State.OPEN and not self.is_dropped():
            self.connection.transport.write(data)

    def is_dropped(self) -> bool:
        """End the connection of a client that lets too much wait; return whether it did.

        What counts is what was sent before: one large frame alone is no fault of the client's.
        """
        transport = self.connection.transport
        if transport.get_write_buffer_size() <= self.most_waiting:
            return False
        transport.abort()
        return True

    def close(self, why: Why) -> None:
        """End the connection after what was sent; it is not waited for."""
        if self._closing is None:
            loop = asyncio.get_running_loop()
            self._closing = loop.create_task(self.connection.close(1000, why))


class Sockets:
    """Sends one text to many sockets, which frames it once."""

    def broadcast(self, peers: Collection[Peer], text: str) -> None:
        """Send a frame to each, without waiting for any."""
        data = framed(text)
        for peer in peers:
            if isinstance(peer, SocketPeer):
                peer.write(data)


def framed(text: str) -> bytes:
    """Return a text as the bytes of a WebSocket frame, which are the same for all clients.

    A server does not mask, and `LiveServer` agrees to no extension.
    """
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False, extensions=())


class AddressCount:
    """How many connections each address has."""

    def __init__(self, most: int, most_in_all: int) -> None:
        self._most = most
        self._most_in_all = most_in_all
        self._counts: dict[str, int] = {}
        self._total = 0

    def is_full(self) -> bool:
        """Return whether nobody more may connect."""
        return self._total >= self._most_in_all

    def is_full_for(self, address: str) -> bool:
        """Return whether an address may open no more connections, or nobody may."""
        return self.is_full() or self._counts.get(address, 0) >= self._most

    def add(self, address: str) -> Callable[[], None]:
        """Count a connection; return what ends it."""
        self._counts[address] = self._counts.get(address, 0) + 1
        self._total += 1

        def remove() -> None:
            self._total -= 1
            left = self._counts[address] - 1
            if left:
                self._counts[address] = left
            else:
                del self._counts[address]

        return remove
