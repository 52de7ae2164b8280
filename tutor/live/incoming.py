"""A frame from a server, taken only if it is whole and safe to show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

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
        tree = _cleaned(json.loads(raw, parse_constant=_refuse), DEEPEST)
        frame = FROM_SERVER.validate_json(json.dumps(tree, allow_nan=False))
        _check(frame)
    except (ValueError, RecursionError) as error:
        raise BadFrame(type(error).__name__) from error
    return frame


def _refuse(constant: str) -> object:
    raise BadFrame(constant)


def _cleaned(tree: Any, levels: int) -> Any:
    if isinstance(tree, str):
        return clean(tree)
    if not isinstance(tree, (dict, list)):
        return tree
    if not levels:
        raise BadFrame("too deep")
    if isinstance(tree, list):
        return [_cleaned(part, levels - 1) for part in tree]
    return {clean(key): _cleaned(part, levels - 1) for key, part in tree.items()}


def _check(part: object) -> None:
    """Refuse a text that is no markdown-lite, also where its field does not say that it must be."""
    match part:
        case Localized():
            checked(part)
        case tuple() | list() | frozenset():
            for each in part:
                _check(each)
        case Mapping():
            for each in part.values():
                _check(each)
        case _ if hasattr(part, "__pydantic_fields__"):
            _check(vars(part))
        case _:
            pass
