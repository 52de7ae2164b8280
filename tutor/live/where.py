"""Where a room is, as it is typed after `tutor join`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from tutor.errors import ExitCode, TutorError
from tutor.live.code import PORT, read
from tutor.text.message import Message, msg
from tutor.text.safe import UnsafeText, clean, scrub

LONGEST = 300  # characters
_SECURE = {"http": False, "ws": False, "https": True, "wss": True}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)", re.DOTALL)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_SEGMENT = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._~-]+")


@dataclass(frozen=True, slots=True)
class Where:
    """A server, and perhaps a room on it.

    Attributes:
        host: a name in ASCII, or an address; of IPv6 without brackets.
        code: of the room, eight signs without a dash; None if it was not said.
        secure: whether the connection is encrypted.
        prefix: of the path under which a proxy shows the server, such as `/tutor`; else empty.
    """

    host: str
    port: int
    code: str | None = None
    secure: bool = False
    prefix: str = ""

    @property
    def place(self) -> str:
        """Host and port, as they stand in an address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"

    @property
    def socket(self) -> str:
        """The address of the WebSocket."""
        return f"{'wss' if self.secure else 'ws'}://{self.place}{self.prefix}/live"

    @property
    def opening(self) -> str:
        """The address of the WebSocket on which rooms are opened, which takes larger frames."""
        return f"{self.socket}/host"

    @property
    def page(self) -> str:
        """The address of the page in a browser, with the room's code where it is known."""
        scheme = "https" if self.secure else "http"
        return f"{scheme}://{self.place}{self.prefix}/{self.code or ''}"

    @property
    def is_literal(self) -> bool:
        """Whether the host is an address or this machine, which no proxy of the user's knows."""
        return self.host == "localhost" or _is_address(self.host)


def parse_where(text: str) -> Where:
    """Return where a room is.

    Takes a code that holds its address, `HOST`, `HOST:PORT`, `HOST:PORT/CODE`, and addresses that
    begin with http, https, ws or wss, with a path or without.

    Raises:
        TutorError: it is none of these, or a code that does not say where its server is.
    """
    text = text.strip()
    if not text:
        raise _refused(msg("There is no room code and no address."))
    if len(text) > LONGEST:
        raise _refused(msg("An address has at most {longest} characters.", longest=LONGEST))
    try:
        text = clean(text)
    except UnsafeText as unsafe:
        code = f"{unsafe.codepoint:04X}"
        raise _refused(
            msg("The address holds an invisible character (U+{code}).", code=code)
        ) from None
    scheme, rest = "", text
    if found := _SCHEME.fullmatch(text):
        scheme, rest = found[1].lower(), found[2]
        if scheme not in _SECURE:
            raise _refused(msg("`{scheme}` is no way to a room.", scheme=scheme))
    elif _is_word(text):
        return _from_code(text)
    secure = _SECURE.get(scheme, False)
    default = {"": PORT, "http": 80, "ws": 80}.get(scheme, 443)
    place, slash, path = re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")
    host, port = _place(place, default, text)
    prefix, room = _path(path.split("/") if slash else [], text, is_socket=scheme in {"ws", "wss"})
    return Where(host, port, room, secure, prefix)


def _is_word(text: str) -> bool:
    return not any(sign in text for sign in ".:/[]@") and text.lower() != "localhost"


def _from_code(text: str) -> Where:
    code = read(text)
    if code.address is None or code.port is None:
        raise TutorError(
            msg("The code `{code}` does not say where its server is.", code=code.code),
            msg(
                "write the server's address before it, such as `tutor join HOST:PORT/{code}`",
                code=code.code,
            ),
            exit_code=ExitCode.USAGE,
        )
    return Where(str(code.address), code.port, code.code)


def _place(place: str, default: int, text: str) -> tuple[str, int]:
    if "@" in place:
        raise _refused(
            msg("`{text}` holds a user's name, which no room asks for.", text=_short(text))
        )
    if _is_address(place):  # of IPv6, without brackets
        return place.lower(), default
    if place.startswith("["):
        host, bracket, rest = place[1:].partition("]")
        if not bracket or not _is_address(host) or (rest and not rest.startswith(":")):
            raise _bad(text)
        return str(IPv6Address(host)) if ":" in host else host, _port(rest[1:], default)
    host, _, port = place.partition(":")
    return _host(host, text), _port(port, default)


def _host(host: str, text: str) -> str:
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            raise _bad(text) from None
    host = host.lower().removesuffix(".")
    numeric = host.rpartition(".")[2].isdigit()  # an address, or none: no name ends in a number
    if numeric and not _is_address(host):
        raise _bad(text)
    if len(host) > 253 or not all(map(_LABEL.fullmatch, host.split("."))):
        raise _bad(text)
    return host


def _port(port: str, default: int) -> int:
    if not port:
        return default
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 2**16):
        raise _refused(msg("`{port}` is no port: ports go from 1 to 65535.", port=_short(port)))
    return int(port)


def _path(segments: list[str], text: str, *, is_socket: bool) -> tuple[str, str | None]:
    segments = [segment for segment in segments if segment]
    if is_socket and segments and segments[-1] == "live":
        del segments[-1]
    code = None
    if segments:
        try:
            code = read(segments[-1]).code
        except TutorError:
            if len(segments) == 1 and not is_socket and "://" not in text:
                raise  # HOST:PORT/CODE, and the code has a slip
        else:
            del segments[-1]
    if not all(map(_SEGMENT.fullmatch, segments)):
        raise _bad(text)
    return "".join(f"/{segment}" for segment in segments), code


def _is_address(text: str) -> bool:
    try:
        return not getattr(ip_address(text), "scope_id", None)
    except ValueError:
        return False


def _short(text: str) -> str:
    return scrub(text if len(text) <= 60 else text[:60] + "…")


def _bad(text: str) -> TutorError:
    return _refused(msg("`{text}` is no address of a room.", text=_short(text)))


def _refused(message: Message) -> TutorError:
    hint = msg(
        "write a room code, `HOST:PORT`, `HOST:PORT/CODE`, or the address that the host shows"
    )
    return TutorError(message, hint, exit_code=ExitCode.USAGE)
