"""Opening rooms for who hosts here: on this machine, on a server, or around one keyboard."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Coroutine, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from ipaddress import IPv4Address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from tutor.errors import ExitCode, TutorError
from tutor.live.addresses import LOOPBACK, lan_addresses
from tutor.live.client import RoomClient, open_remote_room
from tutor.live.code import PORT, encode, read, show
from tutor.live.dialling import trust
from tutor.live.kept import KeptLink
from tutor.live.keyring import Key, Keyring
from tutor.live.link import Link
from tutor.live.proposal import open_frame
from tutor.live.where import Where
from tutor.live.wire import Enter, Preside, Report, Welcome
from tutor.services import Services
from tutor.services.room_choice import RoomChoice, choose_and_tell
from tutor.services.room_notes import session_of, write_notes
from tutor.session.room.report import SessionReport
from tutor.session.room.settings import LONGEST
from tutor.session.room.state import Plan
from tutor.text.localized import Localized
from tutor.text.message import Message, msg
from tutor.text.template import escape
from tutor.text.words import Lang, Words

if TYPE_CHECKING:
    from tutor.live.hub import Hub
    from tutor.live.memory import MemoryServer

LOCAL = Where("memory", 1)  # no network leads there
HERE = "127.0.0.1"


@dataclass(frozen=True)
class Request:
    """What a host asks for.

    Attributes:
        choice: of the questions.
        title: what the session is called; None for what it asks about.
        play: under which name the host plays too.
        players: who plays around this keyboard; None if everybody has a machine.
        server: where a room is opened elsewhere.
        key: the server's, with which rooms are opened.
        authority: a file of certificates that are trusted, too.
        address: at which others find this machine; None for the likeliest.
        port: on which to listen; None for any that fits.
        resume: the code of the room to go on with; empty for the last one; None for a new one.
        to: where to write the notes.
    """

    choice: RoomChoice
    title: str | None = None
    play: str | None = None
    players: tuple[str, ...] | None = None
    server: Where | None = None
    key: str | None = None
    authority: Path | None = None
    address: IPv4Address | None = None
    port: int | None = None
    resume: str | None = None
    to: Path | None = None


@dataclass(frozen=True)
class Held:
    """A room that is open, and the seats of those at this keyboard.

    Attributes:
        code: eight signs.
        link: the host's.
        players: their names and links, which run beside the host's: those around the keyboard,
            or the host who plays too.
        ways: where others come in, the likeliest first; none around one keyboard.
        journal: the file of its events, if it is on this machine.
        notes: what the host is to be told about the questions.
    """

    code: str
    link: Link
    players: tuple[tuple[str, Link], ...]
    ways: tuple[Where, ...]
    journal: Path | None
    notes: tuple[Message, ...] = ()

    @property
    def command(self) -> str:
        """What others type to come in; empty around one keyboard."""
        if not self.ways:
            return ""
        found = read(self.code)
        if found.address is not None:
            return f"tutor join {show(self.code)}"
        # an address without a scheme is read as one without encryption
        return f"tutor join {self.ways[0].page.removeprefix('http://')}"

    def opening(self) -> list[Words]:
        """Return where others come in, and what is to be said about the questions."""
        said: list[Words] = list(self.notes)
        if not self.ways:
            return said
        said.append(msg("Room **{code}**", code=show(self.code)))
        said.append(msg("In another terminal: `{command}`", command=self.command))
        said += (msg("On a phone or in a browser: `{url}`", url=way.page) for way in self.ways)
        return said


class Hosting:
    """Opens the room of a request, and writes the notes afterwards.

    Args:
        services: the program's world.
        request: what is asked for.
        stack: closes what has been opened.
    """

    def __init__(self, services: Services, request: Request, stack: ExitStack) -> None:
        self._services = services
        self._request = request
        self._stack = stack
        self._keys = Keyring(services.paths.keys, services.now)
        self._speakers = {lang: services.speaker(lang) for lang in ("en", "ko")}

    def open(self) -> Held:
        """Open the room, or go on with one.

        Raises:
            TutorError: there are no such questions, or there is no place for the room.
        """
        request = self._request
        if request.resume is not None:
            return self._resume(request.resume)
        chosen = choose_and_tell(self._services, request.choice)
        plan = chosen.plan
        if request.title is not None:
            plan = replace(plan, title=Localized.same(escape(request.title)))
        if request.players is not None:
            plan = replace(plan, settings=plan.settings.model_copy(update={"seconds": LONGEST,
                           "talk_seconds": LONGEST, "lock_when_all": True}))  # fmt: skip
            held = self._open_around(plan, request.players)
        elif request.server is not None:
            held = self._open_there(plan, request.server)
        else:
            held = self._open_here(plan)
        return replace(held, notes=chosen.notes)

    def report(self, said: SessionReport) -> tuple[Path, ...]:
        """Write the notes that a server has made."""
        services, request = self._services, self._request
        return write_notes(
            said, services.paths.sessions, services.speaker(), services.tz, request.to
        )

    def report_of_server(self, frame: Report) -> tuple[Path, ...]:
        """Write the notes that a server has sent.

        Raises:
            TutorError: they cannot be written, or are none.
        """
        try:
            said = SessionReport.model_validate_json(json.dumps(frame.report))
        except ValidationError as error:
            raise TutorError(msg("The notes that the server sent cannot be read.")) from error
        return self.report(said) if said.rounds else ()

    def report_of(self, held: Held) -> tuple[Path, ...]:
        """Write the notes of a room of this machine, as far as it came; none of an empty one."""
        if held.journal is None:
            return ()
        session = session_of(held.journal, self._both)
        return self.report(session) if session.rounds else ()

    # Around one keyboard -----------------------------------------------------------------------

    def _open_around(self, plan: Plan, names: Sequence[str]) -> Held:
        hub, server = self._memory()
        code, token = hub.open_room(plan, self._services.draw_seed())
        players = tuple(
            (name, self._player(server.link(Enter(code=code, name=name)), LOCAL, code))
            for name in names
        )
        return self._around(server, code, token, players)

    def _around(
        self,
        server: MemoryServer,
        code: str,
        token: str,
        players: tuple[tuple[str, Link], ...],
    ) -> Held:
        link = KeptLink(
            server.link(Preside(code=code, token=token)),
            lambda welcome: self._keys.keep_host(LOCAL, code, welcome.token),
            lambda: _together(server.run(), *(player.run() for _, player in players)),
        )
        return Held(code, link, players, (), self._journal(code))

    def _memory(self) -> tuple[Hub, MemoryServer]:
        from tutor.live.clock import steady_clock
        from tutor.live.hub import Hub
        from tutor.live.journals import Journals
        from tutor.live.memory import MemoryServer

        clock = steady_clock()
        hub = Hub(
            Journals(self._services.paths.rooms),
            clock,
            secrets.token_bytes,
            self._say,
            new_code=lambda: encode(None, PORT, secrets.randbits(40)),
        )
        self._stack.callback(hub.stop)
        return hub, MemoryServer(hub, clock)

    # On this machine ---------------------------------------------------------------------------

    def _open_here(self, plan: Plan) -> Held:
        from tutor.live.embedded import EmbeddedServer

        addresses = self._addresses
        server = self._stack.enter_context(
            EmbeddedServer(
                self._services.paths.rooms,
                self._say,
                address=addresses[0],
                port=self._request.port,
            )
        )
        code, token = server.open_room(plan, self._services.draw_seed())
        return self._here(code, token, server.port)

    def _here(self, code: str, token: str, port: int) -> Held:
        where = Where(HERE, port, code)
        ways = tuple(Where(str(address), port, code) for address in self._addresses)
        return self._seated(where, code, token, ways, self._journal(code))

    @cached_property
    def _addresses(self) -> tuple[IPv4Address, ...]:
        chosen = self._request.address
        return (chosen,) if chosen is not None else lan_addresses() or (LOOPBACK,)

    # On a server -------------------------------------------------------------------------------

    def _open_there(self, plan: Plan, where: Where) -> Held:
        request = self._request
        frame = open_frame(plan, self._services.draw_seed(), request.key)
        code, token = asyncio.run(
            open_remote_room(where, frame, trusted=trust(where, request.authority))
        )
        return self._there(where, code, token)

    def _there(self, where: Where, code: str, token: str) -> Held:
        where = replace(where, code=code)
        return self._seated(where, code, token, (where,), None)

    def _seated(
        self, where: Where, code: str, token: str, ways: tuple[Where, ...], journal: Path | None
    ) -> Held:
        """Take the host's seat over a network, and a player's if the host plays too."""
        trusted = trust(where, self._request.authority)
        players: tuple[tuple[str, Link], ...] = ()
        if (name := self._request.play) is not None:
            key = self._keys.player(where, code) if self._request.resume is not None else None
            enter = Enter(code=code, name=name, token=None if key is None else key.token)
            player = self._player(RoomClient(where, enter, trusted=trusted), where, code)
            players = ((name, player),)
        link = KeptLink(
            RoomClient(where, Preside(code=code, token=token), trusted=trusted),
            lambda welcome: self._keys.keep_host(where, code, welcome.token),
            lambda: _together(*(player.run() for _, player in players)),
        )
        return Held(code, link, players, ways, journal)

    def _player(self, link: Link, where: Where, code: str) -> KeptLink:
        def keep(welcome: Welcome) -> None:
            self._keys.keep_player(where, code, welcome.token, welcome.name)

        return KeptLink(link, keep)

    # Once more ---------------------------------------------------------------------------------

    def _resume(self, typed: str) -> Held:
        code = read(typed).code if typed else None
        key = self._keys.host(code)
        if key is None:
            raise TutorError(
                msg("This machine leads no room that it could go on with.")
                if code is None
                else msg("This machine does not lead a room {code}.", code=show(code)),
                msg("`tutor host` opens a new one."),
                exit_code=ExitCode.USAGE,
            )
        if self._request.server is not None:
            return self._there(self._request.server, key.code, key.token)
        if key.server == LOCAL.place:
            return self._resume_around(key)
        return self._resume_here(key)

    def _resume_around(self, key: Key) -> Held:
        hub, server = self._memory()
        if key.code not in hub.resume(key.code):
            raise self._gone(key.code)
        players = tuple(
            (
                seat.name,
                self._player(server.link(Enter(code=key.code, token=seat.token)), LOCAL, key.code),
            )
            for seat in reversed(self._keys.players(LOCAL, key.code))
        )
        return self._around(server, key.code, key.token, players)

    def _resume_here(self, key: Key) -> Held:
        from tutor.live.embedded import EmbeddedServer

        if not self._journal(key.code).exists():
            raise TutorError(
                msg("The room {code} is on a server.", code=show(key.code)),
                msg("Name it, as in `tutor host --resume --server {server}`.", server=key.server),
                exit_code=ExitCode.USAGE,
            )
        said = read(key.code)
        port = self._request.port or said.port or int(key.server.rpartition(":")[2])
        server = self._stack.enter_context(
            EmbeddedServer(self._services.paths.rooms, self._say, address=said.address, port=port)
        )
        if not server.resume(key.code):
            raise self._gone(key.code)
        return self._here(key.code, key.token, server.port)

    def _gone(self, code: str) -> TutorError:
        """Return why a room does not go on, as far as its file tells."""
        try:
            session_of(self._journal(code), self._both)
        except TutorError as error:
            return error
        return TutorError(
            msg("The room {code} is over, or another program has it open.", code=show(code)),
            msg("`tutor host` opens a new one."),
        )

    # What all need -----------------------------------------------------------------------------

    def _journal(self, code: str) -> Path:
        return self._services.paths.rooms / f"{code}.jsonl"

    def _say(self, lang: Lang, words: Words) -> str:
        return self._speakers[lang].say(words)

    @property
    def _both(self) -> Callable[[Words], Localized]:
        return lambda words: Localized(self._say("en", words), self._say("ko", words))


async def _together(*running: Coroutine[Any, Any, None]) -> None:
    """Run several things, until this is cancelled or all have ended."""
    await asyncio.gather(*running)
