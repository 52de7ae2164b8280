"""What the options of `tutor host` ask for, checked as a whole."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address
from pathlib import Path
from typing import Any

from tutor.errors import ExitCode, TutorError
from tutor.live.hosting import Request
from tutor.live.where import Where, parse_where
from tutor.services.room_choice import RoomChoice
from tutor.services.room_notes import not_writable
from tutor.session.room.settings import RoomSettings
from tutor.text.message import Message, msg
from tutor.text.safe import UnsafeText, clean, scrub

KEY = "TUTOR_KEY"
MOST_AROUND = 12  # a keyboard is not passed round among more
LONGEST_NAME, LONGEST_TITLE, LONGEST_KEY = 80, 200, 200
_DIFFICULTY = re.compile(r"([123])(?:-([123]))?")
# what says who plays where, of which only one is meant
_NETWORK = ("server", "key_file", "authority", "port", "address", "play")


def request_of(options: Mapping[str, Any]) -> Request:
    """Return what is asked for; of players around the keyboard none where they are to be asked.

    Args:
        options: by the names of the command's parameters.

    Raises:
        TutorError: options do not go together, or one says nothing sensible; a usage error.
    """
    local = options["local"] or options["players"] is not None
    if local and any(options[name] is not None for name in _NETWORK):
        raise _usage(
            msg("One keyboard is passed round without a network."),
            msg("Leave out `--server`, `--port`, `--address` and `--play`."),
        )
    if options["resume"] is not None and (options["topics"] or options["misses"]):
        raise _usage(
            msg("A room that goes on has its questions already."),
            msg("Leave out the topics, or `--resume`."),
        )
    if local and options["speed"]:
        raise _usage(
            msg("Where one keyboard is passed round, speed says nothing."),
            msg("Leave out `--speed`."),
        )
    server = None if options["server"] is None else parse_where(_addressed(options["server"]))
    return Request(
        choice=_choice(options),
        title=_line(options["title"], LONGEST_TITLE),
        play=_line(options["play"], LONGEST_NAME),
        players=player_names(options["players"] or "") if local else None,
        server=server,
        key=_key(options["key_file"], server),
        authority=options["authority"],
        address=_address(options["address"]),
        port=options["port"],
        resume=options["resume"],
        to=_target(options["to"]),
    )


def player_names(text: str) -> tuple[str, ...]:
    """Return names that are separated by commas.

    Raises:
        TutorError: there are too many, one stands twice, or one is no name.
    """
    names = tuple(name for part in text.split(",") if (name := _line(part.strip(), LONGEST_NAME)))
    if len(names) > MOST_AROUND:
        raise _usage(msg("At most {n} can share a keyboard.", n=MOST_AROUND))
    for name in names:
        if [other.casefold() for other in names].count(name.casefold()) > 1:
            raise _usage(msg("“{name}” is named twice.", name=name))
    return names


def one_name(text: str) -> str:
    """Return a player's name.

    Raises:
        TutorError: it is none.
    """
    name = _line(text, LONGEST_NAME)
    if name is None:
        raise _usage(msg("Without a name nobody can join."), msg("Name yourself with `--name`."))
    return name


def _choice(options: Mapping[str, Any]) -> RoomChoice:
    match = _DIFFICULTY.fullmatch(options["difficulty"])
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if low > high:
        raise _usage(
            msg("“{text}” is no difficulty.", text=scrub(options["difficulty"][:20])),
            msg("Write one of 1, 2 and 3, or a range such as 1-2."),
        )
    settings = RoomSettings(
        seconds=options["seconds"],
        confidence=not options["no_confidence"],
        reasons=not options["no_reasons"],
        speed=options["speed"],
        streaks=options["streaks"],
        closest=options["closest"],
        own_numbers=options["own_numbers"],
        teams=options["teams"],
    )
    return RoomChoice(
        topics=options["topics"],
        count=options["count"],
        seconds=options["seconds"],
        difficulty=(low, high),
        misses=options["misses"],
        open_questions=not options["no_open_questions"],
        seed=options["seed"],
        settings=settings,
    )


def _target(path: Path | None) -> Path | None:
    """Return where the notes go; what is certain to fail at the end is said at the beginning."""
    if path is None:
        return None
    if path.is_dir():
        raise not_writable(path, os.strerror(errno.EISDIR))
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not folder.is_dir():
        raise not_writable(path, os.strerror(errno.ENOTDIR))
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise not_writable(path, os.strerror(errno.EACCES))
    return path


def _addressed(server: str) -> str:
    """Return a server's address such that a single word is a machine's name, and no room code."""
    return server if "://" in server or any(sign in server for sign in ".:") else f"{server}:8765"


def _key(path: Path | None, server: Where | None) -> str | None:
    if path is None:
        return os.environ.get(KEY) or None if server is not None else None
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        raise _usage(
            msg("{path} cannot be read: {reason}", path=str(path), reason=reason)
        ) from error
    if not 0 < len(key) <= LONGEST_KEY:
        raise _usage(msg("There is no key in {path}.", path=str(path)))
    return key


def _address(text: str | None) -> IPv4Address | None:
    if text is None:
        return None
    try:
        return IPv4Address(text)
    except AddressValueError:
        raise _usage(
            msg("“{text}” is no IPv4 address.", text=scrub(text[:40])),
            msg("Write it as in `--address 192.168.0.12`."),
        ) from None


def _line(text: str | None, longest: int) -> str | None:
    """Return text that may be shown, in one line."""
    if text is None:
        return None
    try:
        line = " ".join(clean(text).split())
    except UnsafeText:
        raise _usage(
            msg("“{text}” has a character that cannot be shown safely.", text=scrub(text[:40]))
        ) from None
    if len(line) > longest:
        raise _usage(msg("“{text}…” is longer than {n} characters.", text=line[:20], n=longest))
    return line or None


def _usage(message: Message, hint: Message | None = None) -> TutorError:
    return TutorError(message, hint, exit_code=ExitCode.USAGE)
