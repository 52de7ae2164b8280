"""A server in a thread of this process, for who hosts a room in a terminal."""

from __future__ import annotations

import asyncio
import errno
import secrets
import threading
from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv4Address
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tutor.errors import TutorError
from tutor.live.clock import steady_clock
from tutor.live.code import PORT, encode, kind_for
from tutor.live.hub import Hub
from tutor.live.journals import Journals
from tutor.live.limits import Limits
from tutor.live.refusals import Refusal
from tutor.live.server import Doors, LiveServer, machine_names
from tutor.live.sockets import Sockets
from tutor.live.tokens import new_token
from tutor.session.room.state import Plan
from tutor.text.message import msg
from tutor.text.words import Lang, Words

T = TypeVar("T")
PATIENCE = 30.0  # seconds for what the thread is asked; it takes milliseconds
ANY = 0


class EmbeddedServer:
    """A server that runs while the `with` block does.

    Args:
        folder: where rooms are kept.
        say: returns words in a language.
        address: at which others find this machine; it goes into the codes. None if nobody does.
        bind: on which address it listens.
        port: the one to listen on; None for the first of those that a code can say, or else any.
        limits: what strangers may do.

    Attributes:
        port: on which it listens.
        key: with which this process may open rooms over the network; nobody else has it.
    """

    def __init__(
        self,
        folder: Path,
        say: Callable[[Lang, Words], str],
        *,
        address: IPv4Address | None = None,
        bind: str = "0.0.0.0",  # noqa: S104 - a room is for the others on the network
        port: int | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.port = 0
        self.key = new_token(secrets.token_bytes)
        self._journals = Journals(folder)
        self._say = say
        self._address = address
        self._bind = bind
        self._wanted = port
        self._limits = limits
        self._hub: Hub | None = None
        self._server: LiveServer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._is_ready = threading.Event()
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="tutor-live", daemon=True)

    def __enter__(self) -> Self:
        """Start the server.

        Raises:
            TutorError: it cannot listen.
        """
        self._thread.start()
        self._is_ready.wait()
        if self._error is not None:
            self._thread.join()
            raise cannot_listen(self._error, self._bind, self._wanted)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server; its rooms can be resumed."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(PATIENCE)

    def open_room(self, plan: Plan, seed: int) -> tuple[str, str]:
        """Open a room; return its code and the host's token.

        Raises:
            TutorError: it cannot be kept.
        """
        try:
            return self._ask(lambda hub: hub.open_room(plan, seed))
        except Refusal as refusal:
            raise TutorError(refusal.message) from None

    def resume(self, code: str) -> bool:
        """Open a room again that was left unfinished; return whether there was one."""
        return bool(self._ask(lambda hub: hub.resume(code)))

    def _ask(self, what: Callable[[Hub], T]) -> T:
        """Do something with the hub, in its thread."""
        hub, server, loop = self._hub, self._server, self._loop
        if hub is None or server is None or loop is None:
            raise RuntimeError("the server does not run")

        async def do() -> T:
            try:
                return what(hub)
            finally:
                server.nudge()

        return asyncio.run_coroutine_threadsafe(do(), loop).result(PATIENCE)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._error = error
        finally:
            self._is_ready.set()

    async def _serve(self) -> None:
        clock = steady_clock()
        self._loop = asyncio.get_running_loop()
        self._hub = Hub(
            self._journals,
            clock,
            secrets.token_bytes,
            self._say,
            self._limits,
            new_code=lambda: encode(self._address, self.port, secrets.randbits(40)),
            key=self.key,
            outlet=Sockets(),
        )
        self._server = server = await self._listening(self._hub, clock)
        self._is_ready.set()
        await self._stop.wait()
        await server.stop()

    async def _listening(self, hub: Hub, clock: Callable[[], datetime]) -> LiveServer:
        """Return a server that listens on the first port that is free."""
        *ports, last = self._ports()
        for port in ports:
            server = LiveServer(hub, clock, Doors(self._bind, port, machine_names()))
            try:
                self.port = await server.start()
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
            else:
                return server
        server = LiveServer(hub, clock, Doors(self._bind, last, machine_names()))
        self.port = await server.start()
        return server

    def _ports(self) -> tuple[int, ...]:
        if self._wanted is not None:
            return (self._wanted,)
        return (*kind_for(self._address, PORT).ports, ANY)


def cannot_listen(error: OSError, bind: str, port: int | None) -> TutorError:
    """Return what a person is told of a server that cannot listen."""
    if error.errno == errno.EADDRINUSE:
        return TutorError(
            msg("Another program listens on port {port} already.", port=port or 0),
            msg("end it, or take another port with --port"),
        )
    return TutorError(
        msg("Nobody can be let in at {bind}: {problem}", bind=bind, problem=error.strerror),
        msg("take another address with --bind, or another port with --port"),
    )
