"""The page for phones, and what else is answered over plain HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from importlib.resources import files

_CODE = re.compile(r"/[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}")
_SCRIPT = "text/javascript; charset=utf-8"
_FILES = {
    "/app.js": ("app.js", _SCRIPT),
    "/answers.js": ("answers.js", _SCRIPT),
    "/documents.js": ("documents.js", _SCRIPT),
    "/elements.js": ("elements.js", _SCRIPT),
    "/memory.js": ("memory.js", _SCRIPT),
    "/results.js": ("results.js", _SCRIPT),
    "/time.js": ("time.js", _SCRIPT),
    "/words.js": ("words.js", _SCRIPT),
    "/style.css": ("style.css", "text/css; charset=utf-8"),
}
_HTML = ("index.html", "text/html; charset=utf-8")
_TEXT = "text/plain; charset=utf-8"
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Connection": "close",
}


def policy(host: str | None) -> str:
    """Return what the page may load and where it may connect: only here.

    Args:
        host: of the request, once it is known to be ours. Safari before 15.4 does not take
            WebSockets of the same host for `'self'`, so they are named.
    """
    sockets = f" ws://{host} wss://{host}" if host else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'{sockets}; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for a path."""

    status: int
    content_type: str
    body: bytes

    @property
    def reason(self) -> str:
        """The words of the status."""
        return HTTPStatus(self.status).phrase


NOT_FOUND = Answer(404, _TEXT, b"Not found.\n")
NOT_ALLOWED = Answer(405, _TEXT, b"Only GET is answered here.\n")
FORBIDDEN = Answer(403, _TEXT, b"This address is not answered to from there.\n")
TOO_MANY = Answer(429, _TEXT, b"Too many connections from your address.\n")
BUSY = Answer(503, _TEXT, b"The server is full.\n")
UPGRADE = Answer(426, _TEXT, b"A WebSocket is spoken here.\n")


class Site:
    """The page's files, read once; no path of a request ever reaches a file system."""

    def __init__(self) -> None:
        folder = files("tutor.live").joinpath("page")
        self._index = Answer(200, _HTML[1], folder.joinpath(_HTML[0]).read_bytes())
        self._files = {
            path: Answer(200, kind, folder.joinpath(name).read_bytes())
            for path, (name, kind) in _FILES.items()
        }

    def get(self, path: str) -> Answer:
        """Return what is at a path; anything but the page and a room's code is not found."""
        path = path.partition("?")[0]
        if path == "/" or _CODE.fullmatch(path):
            return self._index
        return self._files.get(path, NOT_FOUND)
