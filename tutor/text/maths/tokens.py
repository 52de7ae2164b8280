"""The tokens of TeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tutor.text.maths.error import MathsError
from tutor.text.message import msg

TokenKind = Literal[
    "command", "letter", "number", "char", "open", "close", "sub", "sup", "prime", "cell", "row",
    "raw", "end",
]  # fmt: skip

# Commands whose argument is text, not maths.
RAW = frozenset({"text", "mathrm", "mathsf", "mathtt", "operatorname", "val", "begin", "end"})

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<tie>~)
    |(?P<row>\\\\)
    |\\(?P<command>[A-Za-z]+\*?|.)
    |(?P<number>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)
    |(?P<letter>[A-Za-z])
    |(?P<open>\{)|(?P<close>\})|(?P<sub>_)|(?P<sup>\^)|(?P<prime>')|(?P<cell>&)
    |(?P<char>[^\\])
    """,
    re.VERBOSE | re.ASCII | re.DOTALL,
)
_WORDS = re.compile(r"\\(?P<escaped>.)|[{}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of TeX.

    Attributes:
        kind: what it is; a `raw` token is a command of `RAW`.
        text: as written, without a backslash.
        column: where it starts, from 0.
        argument: of a `raw` token, the text between its braces.
        spaced: a space that no syntax asks for stands before it.
    """

    kind: TokenKind
    text: str
    column: int
    argument: str = ""
    spaced: bool = False


def tokenize(tex: str) -> list[Token]:
    """Split TeX into tokens, ending with an `end` token.

    Raises:
        MathsError: a text command without its braces, or a backslash at the end.
    """
    tokens: list[Token] = []
    spaced = False
    at = 0
    while at < len(tex):
        match = _TOKEN.match(tex, at)
        if match is None:  # only a backslash with nothing behind it
            raise MathsError(at, msg("A command is missing after the backslash."))
        column = at
        at = match.end()
        name, text = str(match.lastgroup), str(match[str(match.lastgroup)])
        if name == "space":
            spaced = not (tokens and tokens[-1].kind == "command" and tokens[-1].text.isalpha())
            continue
        if name == "command" and text.rstrip("*") in RAW:
            argument, at = _raw_argument(tex, at, text)
            tokens.append(Token("raw", text, column, argument, spaced))
        elif name == "tie":
            tokens.append(Token("command", " ", column))
        else:
            tokens.append(Token(_KINDS[name], text, column, spaced=spaced))
        spaced = False
    tokens.append(Token("end", "", len(tex)))
    return tokens


_KINDS: dict[str, TokenKind] = {
    "row": "row", "command": "command", "number": "number", "letter": "letter", "open": "open",
    "close": "close", "sub": "sub", "sup": "sup", "prime": "prime", "cell": "cell", "char": "char",
}  # fmt: skip


def _raw_argument(tex: str, at: int, command: str) -> tuple[str, int]:
    """Return the text between balanced braces after the command, and the index after them."""
    start = at
    while start < len(tex) and tex[start] == " ":
        start += 1
    if not tex.startswith("{", start):
        raise MathsError(at, msg("Write braces after `{owner}`.", owner=f"\\{command}"))
    depth = 0
    index = start
    while index < len(tex):
        char = tex[index]
        if char == "\\":
            index += 1
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if not depth:
                return tex[start + 1 : index], index + 1
        index += 1
    raise MathsError(start, msg("This brace is never closed; write `}}` where it should end."))


def plain_words(argument: str, column: int) -> str:
    """Return what a text argument says: braces only group, a backslash escapes.

    Raises:
        MathsError: the text holds a command.
    """

    def shown(match: re.Match[str]) -> str:
        escaped = match["escaped"]
        if escaped is None or escaped in "%_{}$&# ":
            return escaped or ""
        raise MathsError(
            column, msg("Words cannot hold commands; close the `\\text{{…}}` before the command.")
        )

    return _WORDS.sub(shown, " ".join(re.split(r"\s", argument)))


def source_of(token: Token) -> str:
    """Return the token as it was written."""
    return f"\\{token.text}" if token.kind in {"command", "raw"} else token.text
