"""The tokens of a formula."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from tutor.text.message import Message, msg
from tutor.text.safe import scrub

MAX_LENGTH = 500


class FormulaError(Exception):
    """Text that is not a formula.

    Attributes:
        offset: where, in characters.
        message: what is wrong.
    """

    def __init__(self, offset: int, message: Message) -> None:
        super().__init__(offset, message)
        self.offset = offset
        self.message = message


class TokenKind(Enum):
    """What a token is."""

    NUMBER = auto()
    NAME = auto()
    OPERATOR = auto()
    END = auto()


class Token(NamedTuple):
    """A piece of a formula; operators are written in their ASCII form.

    Attributes:
        kind: what it is.
        text: the piece in its normal form.
        offset: where it begins, in characters.
        typed: the piece as it was typed, for messages.
    """

    kind: TokenKind
    text: str
    offset: int
    typed: str = ""


_ASCII_FORMS = {
    "×": "*",
    "·": "*",
    "⋅": "*",
    "∗": "*",
    "⊙": "*",
    "÷": "/",
    "∕": "/",
    "−": "-",
    "–": "-",
}
_ASCII_FORMS |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full width
TO_ASCII = str.maketrans(_ASCII_FORMS)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<operator>\*\*|[-+*/^()%])"
    r"|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)",
    re.ASCII,
)


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a formula into tokens, the last one marking the end.

    Raises:
        FormulaError: a character that no formula holds, or too long a text.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(MAX_LENGTH, msg("longer than {limit} characters", limit=MAX_LENGTH))
    typed, text = text, text.translate(TO_ASCII)  # one character for one: offsets stay
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(at, msg("`{sign}` has no place here", sign=scrub(typed[at])))
        tokens.extend(_tokens_of(match, typed[at : match.end()]))
        at = match.end()
    return (*tokens, Token(TokenKind.END, "", len(text)))


def _tokens_of(match: re.Match[str], typed: str) -> tuple[Token, ...]:
    start, text = match.start(), match.group()
    match match.lastgroup:
        case "space":
            return ()
        case "number":
            return (Token(TokenKind.NUMBER, text.replace(",", ""), start, typed),)
        case "name":
            return (Token(TokenKind.NAME, text, start, typed),)
        case "operator":
            return (Token(TokenKind.OPERATOR, "^" if text == "**" else text, start, typed),)
        case "power":
            return (
                Token(TokenKind.OPERATOR, "^", start, typed),
                Token(TokenKind.NUMBER, text.translate(SUPERSCRIPTS), start, typed),
            )
        case _:
            raise AssertionError(match.lastgroup)
