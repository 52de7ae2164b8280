"""A server that runs by itself, for the rooms of many teams."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path

from tutor.live.clock import steady_clock
from tutor.live.code import encode
from tutor.live.embedded import cannot_listen
from tutor.live.faults import FAULTS, Faults
from tutor.live.hub import Hub
from tutor.live.journals import Journals
from tutor.live.limits import Limits
from tutor.live.rooms import LiveRoom
from tutor.live.server import QUIET, Doors, LiveServer
from tutor.live.sockets import Sockets
from tutor.text.message import msg, msgs
from tutor.text.words import Lang, Words

_SHOWN = 3  # characters of a code: enough to tell rooms apart, too few to come in


class StandaloneServer:
    """Rooms that are opened over the network.

    Args:
        folder: where rooms are kept; those that were left unfinished are opened again.
        say: returns words in a language.
        doors: how the server is reached.
        limits: what strangers may do.
        key: with which rooms are opened; None if anybody may open one.
        tell: is told what happens, without names, tokens or answers.
    """

    def __init__(
        self,
        folder: Path,
        say: Callable[[Lang, Words], str],
        doors: Doors,
        limits: Limits,
        *,
        key: str | None,
        tell: Callable[[Words], None],
    ) -> None:
        clock = steady_clock()
        self._doors = doors
        self._tell = tell
        self._hub = Hub(
            Journals(folder),
            clock,
            secrets.token_bytes,
            say,
            limits,
            new_code=lambda: encode(None, doors.port, secrets.randbits(40)),
            key=key,
            outlet=Sockets(),
            log=self._log,
        )
        self._clock = clock

    async def run(self, told_to_end: asyncio.Event) -> None:
        """Serve until the event is set.

        Raises:
            TutorError: the server cannot listen.
        """
        server = LiveServer(self._hub, self._clock, self._doors)
        faults = Faults(self._tell)
        for log in (QUIET, FAULTS):
            log.addHandler(faults)
        self._hub.resume()
        try:
            port = await server.start()
        except OSError as error:
            self._hub.stop()
            raise cannot_listen(error, self._doors.bind, self._doors.port) from error
        self._tell(msg("Listening on {bind}, port {port}.", bind=self._doors.bind, port=port))
        try:
            await told_to_end.wait()
        finally:
            await server.stop()
            for log in (QUIET, FAULTS):
                log.removeHandler(faults)
            self._tell(msg("The server has ended; its rooms go on when it starts again."))

    def _log(self, what: str, live: LiveRoom) -> None:
        code, rooms = live.room.code[:_SHOWN], len(self._hub.rooms)
        players = len(live.room.players)
        match what:
            case "opened":
                said = msgs("Room {code}… opened; {n} room.", "Room {code}… opened; {n} rooms.",
                            n=rooms, code=code)  # fmt: skip
            case "resumed":
                said = msgs("Room {code}… goes on; {n} room.", "Room {code}… goes on; {n} rooms.",
                            n=rooms, code=code)  # fmt: skip
            case _:
                said = msgs(
                    "Room {code}… closed after {players} players; {n} room.",
                    "Room {code}… closed after {players} players; {n} rooms.",
                    n=rooms, code=code, players=players,
                )  # fmt: skip
        self._tell(said)
