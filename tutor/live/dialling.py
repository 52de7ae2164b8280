"""Connecting to a server, and saying why it does not work."""

from __future__ import annotations

import ssl
from pathlib import Path
from socket import gaierror

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from tutor.errors import TutorError
from tutor.live.incoming import MOST_BYTES
from tutor.live.where import Where
from tutor.text.message import Message, msg

PATIENCE = 5.0  # seconds to connect; a machine of the same network answers within milliseconds
PING = 10.0  # seconds; a network that went away is noticed after at most twice this
# What connecting and reading fail with; an ImportError where the user's proxy speaks SOCKS
TROUBLES = (OSError, WebSocketException, ImportError)
_OUR_COMPLAINTS = {1002, 1007, 1009}  # no WebSocket, no text, too large


def dial(where: Where, trusted: ssl.SSLContext | None, *, is_opening: bool = False) -> connect:
    """Return a connection to be awaited or entered.

    Args:
        where: the server.
        trusted: from `trust`, if the connection is secure.
        is_opening: whether it is to open a room.
    """
    return connect(
        where.opening if is_opening else where.socket,
        ssl=trusted if where.secure else None,
        compression=None,
        max_size=MOST_BYTES,
        open_timeout=PATIENCE,
        ping_interval=PING,
        ping_timeout=PING,
        close_timeout=1,
        user_agent_header=None,
        proxy=None if where.is_literal or not where.secure else True,
    )


def trust(where: Where, authority: Path | None = None) -> ssl.SSLContext | None:
    """Return what certificates are checked with: the system's, and those of a file.

    Args:
        where: the server; None is returned if the connection is not secure.
        authority: a file of certificates in PEM that are trusted too.

    Raises:
        TutorError: the file cannot be read, or holds no certificates.
    """
    if not where.secure:
        return None
    trusted = ssl.create_default_context()
    if authority is not None:
        try:
            trusted.load_verify_locations(authority)
        except OSError as error:  # an SSLError is one
            raise TutorError(
                msg("`{path}` holds no certificates that can be read.", path=str(authority)),
                msg("write `--ca` with a file in PEM format"),
            ) from error
    return trusted


def is_nonsense(error: Exception) -> bool:
    """Whether a connection ended because the server sent what no server of ours sends."""
    return (
        isinstance(error, ConnectionClosed)
        and error.sent is not None
        and error.sent.code in _OUR_COMPLAINTS
        and not error.rcvd_then_sent
    )


def nonsense(where: Where) -> Message:
    """Return that the server does not speak as it should."""
    return msg(
        "What {place} sends is not understood: its program may be of another version.",
        place=where.place,
    )


def broken(where: Where) -> Message:
    """Return that there was a connection, and is none now."""
    return msg("The connection to {place} is lost.", place=where.place)


def trouble(error: Exception, where: Where) -> Message:  # noqa: PLR0911 - one return for each reason
    """Return why there is no connection, as far as the error tells."""
    place = where.place
    match error:
        case gaierror():
            return msg("No machine is known as {host}.", host=where.host)
        case ssl.SSLCertVerificationError():
            return msg("The certificate of {place} is not trusted.", place=place)
        case ConnectionRefusedError():
            return msg("Nothing listens at {place}.", place=place)
        case ssl.SSLError() | ConnectionError() if where.secure:
            return msg("{place} does not take an encrypted connection.", place=place)
        case TimeoutError():
            return msg("{place} does not answer.", place=place)
        case InvalidStatus():
            status = error.response.status_code
            return msg("{place} refuses with HTTP status {status}.", place=place, status=status)
        case ConnectionClosed():
            return broken(where)
        case WebSocketException():
            return msg("What answers at {place} is no tutor server.", place=place)
        case _:
            return msg("There is no way to {place}.", place=place)
