"""A frame from a server, taken only if it is whole and safe to show."""

from __future__ import annotations

import json
from math import isfinite

from tutor.live.wire import FROM_SERVER, FromServer
from tutor.live.words import checked
from tutor.text.localized import Localized
from tutor.text.safe import clean

MOST_BYTES = 1_048_576  # of a frame from a server
DEEPEST = 40  # levels of lists and objects


class BadFrame(ValueError):
    """What a server sent is no frame, or holds what a terminal would obey."""


def from_server(raw: str | bytes) -> FromServer:
    """Return the frame in a message from a server, its texts in NFC.

    Raises:
        BadFrame: it is too large or too deep, not JSON, no frame of this version, or has text
            that cannot be shown safely, anywhere in it.
    """
    if isinstance(raw, bytes):
        raise BadFrame("binary")
    if len(raw) > MOST_BYTES:
        raise BadFrame("too large")
    try:
        # No sign of JSON composes with what follows it, so the whole is brought into NFC at once.
        frame = FROM_SERVER.validate_json(clean(_unescaped(raw)))
        _check(frame, DEEPEST)
    except (ValueError, RecursionError) as error:
        raise BadFrame(type(error).__name__) from error
    return frame


def _unescaped(raw: str) -> str:
    """Return JSON whose text stands as it is; control characters stay escaped."""
    return json.dumps(json.loads(raw), ensure_ascii=False) if "\\u" in raw else raw


def _check(part: object, levels: int) -> None:
    """Refuse what cannot be shown, also where its field does not say that it must be."""
    match part:
        case str():
            clean(part)
        case None | int():
            pass
        case Localized():
            checked(part)
        case float():
            if not isfinite(part):
                raise BadFrame("no number")
        case tuple() | list() | dict() if not levels:
            raise BadFrame("too deep")
        case tuple() | list():
            for each in part:
                _check(each, levels - 1)
        case dict():
            for name, each in part.items():
                _check(name, levels)
                _check(each, levels - 1)
        case _:  # a model; anything else that a frame may come to hold is to be thought of here
            for each in vars(part).values():
                _check(each, levels)
