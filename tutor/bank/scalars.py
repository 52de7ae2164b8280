"""What a plain YAML scalar means: the core schema of YAML 1.2."""

from __future__ import annotations

import math
import re

from tutor.text.message import Message, msg

Plain = str | int | float | bool | None
MAX_DIGITS = 300  # of a number; anything longer is not one that a person wrote
_FEW = 16  # digits, as most numbers have

WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<leading>[-+]?0[0-9]+)"
    r"|(?P<int>[-+]?[0-9]+)"
    r"|(?P<based>0o[0-7]+|0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<none>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
NUMBER_STARTS = frozenset("0123456789+-.")


class ScalarError(Exception):
    """A plain scalar that is refused.

    Attributes:
        message: why.
        hint: what to write instead.
    """

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


def resolve(text: str) -> Plain:
    """Return the value of a plain scalar; `no`, `on` and `1_000` are strings.

    Raises:
        ScalarError: a number that can be read in two ways or is none: `012`, `.nan`, `1e999`.
    """
    if text[:1] not in NUMBER_STARTS:
        return WORDS.get(text, text)
    if len(text) < _FEW and text.isdecimal() and text.isascii() and (text[0] != "0" or text == "0"):
        return int(text)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if len(text) > MAX_DIGITS:
        raise ScalarError(
            msg("a number of {n} digits", n=len(text)), msg("put it in quotes if it is a text")
        )
    match match.lastgroup:
        case "int":
            return int(text)
        case "based":
            return int(text, 0)
        case "float":
            return _float(text)
        case "leading":
            raise ScalarError(
                msg("`{text}` is ambiguous: in some YAML it is octal", text=text),
                msg("write `{number}`, or put it in quotes if it is a text", number=str(int(text))),
            )
        case _:
            raise ScalarError(
                msg("`{text}` is not a number that can be asked for", text=text),
                msg("put it in quotes if it is a text"),
            )


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ScalarError(
            msg("`{text}` is out of range", text=text), msg("put it in quotes if it is a text")
        )
    return value
