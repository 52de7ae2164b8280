"""Which web pages, and which names of this machine, a server answers to."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^:\[\]@/\s]+)(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Place:
    """A host as a browser names it, and a port; None where none is named."""

    host: str
    port: int | None


def place(text: str) -> Place | None:
    """Return what a `Host` header names; None if it is none."""
    match = _HOST.fullmatch(text.strip())
    if match is None:
        return None
    host = match[1].lower().strip("[]").rstrip(".")
    return Place(host, int(match[2]) if match[2] else None)


def origin_place(origin: str) -> Place | None:
    """Return host and port of an `Origin` or another URL, the port named; None if it is none."""
    try:
        parts = urlsplit(origin.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return None
    host = parts.hostname.lower().rstrip(".")
    return Place(host, port or _PORTS[parts.scheme])


class Gate:
    """Decides who may connect, by the headers that a browser sets and a page cannot.

    A page elsewhere must not reach a server in its visitor's network: its `Origin` is another
    than the host it asks, or, where its name was bound to our address a moment ago, the `Host`
    is a name that is not ours.

    Args:
        names: of this machine.
        origins: more URLs under which the page is served, such as a proxy's.
    """

    def __init__(self, names: Iterable[str], origins: Iterable[str] = ()) -> None:
        self._origins = {found for url in origins if (found := origin_place(url)) is not None}
        self._names = {"localhost", *(name.lower().rstrip(".") for name in names if name)}
        self._names |= {found.host for found in self._origins}

    def knows(self, host: str | None) -> bool:
        """Return whether a `Host` header names this server."""
        found = place(host) if host else None
        return found is not None and (found.host in self._names or _is_address(found.host))

    def admits(self, origin: str | None, host: str | None) -> bool:
        """Return whether a WebSocket may be opened; who is no browser names no origin."""
        if not self.knows(host):
            return False
        if origin is None:
            return True
        from_where, asked = origin_place(origin), place(host or "")
        if from_where is None or asked is None:
            return False
        if from_where in self._origins:
            return True
        if from_where.host != asked.host:
            return False
        scheme = urlsplit(origin.strip()).scheme
        return from_where.port == (asked.port or _PORTS[scheme])


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
