"""Where `tutor join` leads, and under which name or to which seat of before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from tutor.cli.host_request import one_name
from tutor.cli.room_players import ask
from tutor.live.client import RoomClient
from tutor.live.code import read
from tutor.live.dialling import trust
from tutor.live.kept import KeptLink
from tutor.live.keyring import Key, Keyring
from tutor.live.seat import Seat
from tutor.live.where import Where, parse_where
from tutor.live.wire import Enter, Welcome
from tutor.services import Services
from tutor.text.message import msg
from tutor.text.words import Words


@dataclass
class Place:
    """A seat to be taken in a room.

    Attributes:
        typed: what was typed to find it.
        where: the server.
        code: of the room.
        name: under which to come in; empty if a seat of before is taken.
        key: of that seat.
        authority: a file of certificates that are trusted, too.
        refusal: why the seat was lost for good, after the link has ended.
    """

    typed: str
    where: Where
    code: str
    name: str
    key: Key | None
    authority: Path | None
    refusal: Words | None = None

    def link(self, services: Services) -> KeptLink:
        """Return the way to the seat, which keeps its token for the next time.

        Raises:
            TutorError: the certificates cannot be read.
        """
        keys = keyring(services)
        token = None if self.key is None else self.key.token
        client = RoomClient(
            self.where,
            Enter(code=self.code, name=self.name, token=token),
            trusted=trust(self.where, self.authority),
        )

        def keep(welcome: Welcome) -> None:
            keys.keep_player(self.where, self.code, welcome.token, welcome.name)

        def watch(seat: Seat) -> None:
            if seat.refused is not None and (seat.refused.is_final or seat.welcome is None):
                self.refusal = seat.refused.message
                if seat.refused.why in {"wrong-token", "kicked"} and token is not None:
                    keys.forget(token)
            elif seat.link == "over" and seat.trouble is not None:
                self.refusal = seat.trouble

        return KeptLink(client, keep, watch=watch)


def place_of(
    typed: str | None,
    services: Services,
    reader: TextIO,
    writer: TextIO,
    *,
    name: str | None,
    authority: Path | None,
) -> Place:
    """Return where a seat is to be taken; code and name are asked for where they are missing.

    Raises:
        TutorError: that is no room, or no name; a usage error.
    """
    speaker = services.speaker()
    if typed is None:
        typed = ask(msg("Room code or address: "), reader, writer, speaker)
    where = parse_where(typed)

    code = where.code
    if code is None:
        code = read(ask(msg("Room code: "), reader, writer, speaker)).code
        where = replace(where, code=code)
    key = keyring(services).player(where, code)
    if key is not None and name in {None, key.name}:
        return Place(typed, where, code, "", key, authority)
    if name is None:
        name = ask(msg("Your name: "), reader, writer, speaker)
    return Place(typed, where, code, one_name(name), None, authority)


def keyring(services: Services) -> Keyring:
    """Return the learner's keys to rooms."""
    return Keyring(services.paths.keys, services.now)
