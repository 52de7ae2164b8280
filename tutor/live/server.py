"""The server: WebSockets and the page for phones, on one port."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tutor.live import site
from tutor.live.hub import Hub
from tutor.live.origins import Gate
from tutor.live.site import Answer, Site
from tutor.live.sockets import AddressCount, Knocking, SocketPeer
from tutor.live.waking import wake_in_time

SOCKET_PATH, HOST_PATH = "/live", "/live/host"  # only over the second a plan fits
BACKLOG = 4096  # with fewer, 200 who join in one moment wait a second

QUIET = logging.getLogger("tutor.live.server")  # what strangers break is no news
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False


@dataclass(frozen=True, slots=True)
class Doors:
    """How a server is reached.

    Attributes:
        bind: the address on which it listens.
        port: 0 for any that is free.
        names: of this machine.
        origins: the URLs under which a proxy shows it.
        behind_proxy: whether `X-Forwarded-For` names the client; only if every connection comes
            from a proxy that sets it.
    """

    bind: str = "0.0.0.0"  # noqa: S104 - a room is for the others on the network
    port: int = 0
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    behind_proxy: bool = False


class LiveServer:
    """A hub that listens.

    Args:
        hub: its rooms.
        clock: the hub's own.
        doors: how it is reached.
    """

    def __init__(self, hub: Hub, clock: Callable[[], datetime], doors: Doors) -> None:
        self.hub = hub
        self._clock = clock
        self._doors = doors
        self._gate = Gate((*doors.names, doors.bind), doors.origins)
        self._site = Site()
        limits = hub.limits
        self._count = AddressCount(limits.connections_per_address, limits.connections)
        self._hosts = AddressCount(limits.hosts_per_address, limits.connections)
        self._changed = asyncio.Event()
        self._known: set[Knocking] = set()
        self._server: Server | None = None
        self._timer: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Listen; return the port.

        Raises:
            OSError: the address is taken, or is not this machine's.
        """
        limits = self.hub.limits
        self._server = await serve(
            self._talk,
            self._doors.bind,
            self._doors.port,
            process_request=self._answer,
            create_connection=partial(Knocking, self._known),  # type: ignore[arg-type]  # called alone
            server_header=None,
            compression=None,
            backlog=BACKLOG,
            max_size=limits.frame_bytes,
            max_queue=8,
            open_timeout=2 * limits.silence,  # thousands may come in one moment, each to be read
            ping_interval=limits.ping,
            ping_timeout=limits.ping,
            close_timeout=2,
            logger=QUIET,
        )
        self._timer = asyncio.create_task(wake_in_time(self.hub, self._clock, self._changed))
        port: int = next(iter(self._server.sockets)).getsockname()[1]
        return port

    async def stop(self) -> None:
        """Tell everybody that the server ends, and end it; rooms can be resumed."""
        if self._timer is not None:
            self._timer.cancel()
            with suppress(asyncio.CancelledError):
                await self._timer
        self.hub.stop()
        if self._server is not None:
            self._server.close(code=1012)  # a restart: clients come back by themselves
            for connection in [*self._known]:
                connection.end_knocking()
            await self._server.wait_closed()

    def nudge(self) -> None:
        """Look anew at when the hub has something to do."""
        self._changed.set()

    # One connection ----------------------------------------------------------------------------

    async def _talk(self, connection: ServerConnection) -> None:
        address = self._address(connection)
        counts = (self._count, self._hosts) if _is_host(connection) else (self._count,)
        if any(count.is_full_for(address) for count in counts):  # many may have come in a moment
            await connection.close(1013, "too-fast")
            return
        peer = SocketPeer(connection, address, self.hub.limits.write_buffer)
        leaving = [count.add(address) for count in counts]
        self.hub.arrived(peer)
        self.nudge()
        try:
            async for message in connection:
                self.hub.receive(peer, message)
                if self.hub.presides(peer):  # notes may be as large as a plan
                    peer.most_waiting = max(peer.most_waiting, self.hub.limits.plan_bytes)
                self.nudge()
        except ConnectionClosed:
            pass  # however it ended, the seat is kept
        finally:
            for leave in leaving:
                leave()
            self.hub.gone(peer)
            self.nudge()

    def _address(self, connection: ServerConnection) -> str:
        """Return by what a client is counted: the address; of IPv6 the network of its house."""
        shown = str((connection.remote_address or ("",))[0])
        request = connection.request
        if self._doors.behind_proxy and request is not None:
            given = request.headers.get_all("X-Forwarded-For")
            last = ",".join(given).rpartition(",")[2].strip()  # what our own proxy has added
            shown = last or shown
        try:
            found = ipaddress.ip_address(shown.partition("%")[0])
        except ValueError:
            return shown[:64]
        if found.version == 6:
            if found.ipv4_mapped is not None:
                return str(found.ipv4_mapped)
            return str(ipaddress.ip_network((int(found), 64), strict=False))
        return str(found)

    # HTTP --------------------------------------------------------------------------------------

    def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer a request, or let a WebSocket be opened."""
        answer = self._answer_to(connection, request)
        if answer is None:
            return None
        host = _single(request, "Host")
        return _response(answer, host if self._gate.knows(host) else None)

    def _answer_to(self, connection: ServerConnection, request: Request) -> Answer | None:  # noqa: PLR0911 - one return for each reason
        if getattr(request, "method", "GET") != "GET":
            return site.NOT_ALLOWED
        host = _single(request, "Host")
        if not self._gate.knows(host):
            return site.FORBIDDEN
        path = _path(request)
        if path not in (SOCKET_PATH, HOST_PATH):
            return self._site.get(request.path)
        if "websocket" not in request.headers.get("Upgrade", "").lower():
            return site.UPGRADE
        origins = request.headers.get_all("Origin")
        if len(origins) > 1 or not self._gate.admits(origins[0] if origins else None, host):
            return site.FORBIDDEN
        address = self._address(connection)
        if self._count.is_full_for(address):
            return site.BUSY if self._count.is_full() else site.TOO_MANY
        if path == HOST_PATH and self._hosts.is_full_for(address):
            return site.TOO_MANY
        if path == HOST_PATH:
            _allow(connection, self.hub.limits.plan_bytes)
        return None


def _is_host(connection: ServerConnection) -> bool:
    """Return whether a connection is one over which a plan fits."""
    request = connection.request
    return request is not None and _path(request) == HOST_PATH


def _path(request: Request) -> str:
    return request.path.partition("?")[0]


def _allow(connection: ServerConnection, most_bytes: int) -> None:
    """Let larger messages come over a connection; before version 16 the limit had another name."""
    protocol = connection.protocol
    name = "max_message_size" if hasattr(protocol, "max_message_size") else "max_size"
    setattr(protocol, name, most_bytes)


def _single(request: Request, name: str) -> str | None:
    values = request.headers.get_all(name)
    return values[0] if len(values) == 1 else None


def _response(answer: Answer, host: str | None) -> Response:
    headers = Headers(site.HEADERS)
    headers["Content-Security-Policy"] = site.policy(host)
    headers["Content-Type"] = answer.content_type
    headers["Content-Length"] = str(len(answer.body))
    if answer is site.NOT_ALLOWED:
        headers["Allow"] = "GET"
    return Response(answer.status, answer.reason, headers, answer.body)


def machine_names() -> tuple[str, ...]:
    """Return the names under which others on the network know this machine."""
    name = socket.gethostname()
    return tuple(dict.fromkeys((name, name.partition(".")[0], f"{name.partition('.')[0]}.local")))
