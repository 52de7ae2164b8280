"""The styles within a line of markdown-lite."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tutor.text.document import PLAIN, Span, Spans, Style
from tutor.text.message import Message, msg

_TOKEN = re.compile(
    r"""(?P<hard>\\\n)
    |\\(?P<escaped>[\\$*`\[\]{}\#>|.-])
    |(?P<soft>\n)
    |(?P<ticks>`+)
    |(?P<dollars>\$+)
    |(?P<stars>\*+)
    |(?P<pipe>\|)
    |(?P<text>[^\\\n`$*|]+|\\)
    """,
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\([\\$*`\[\]{}#>|.-])")
_STRONG: frozenset[Style] = frozenset({"strong"})
_EM: frozenset[Style] = frozenset({"em"})
_CODE: frozenset[Style] = frozenset({"code"})
_MATHS: frozenset[Style] = frozenset({"maths"})


class MarkdownError(Exception):
    """Markdown-lite that cannot be shown.

    Attributes:
        offset: where, in characters from the start of the source, counted from 0.
        message: what is wrong, and what to write instead.
    """

    def __init__(self, offset: int, message: Message) -> None:
        super().__init__(offset, message)
        self.offset = offset
        self.message = message

    def __str__(self) -> str:
        """Return the place and the message in English."""
        return f"{self.offset}: {self.message}"


class Source:
    """Lines that belong together, each with its offset in the whole source."""

    def __init__(self, parts: Sequence[tuple[str, int]]) -> None:
        self.text = "\n".join(part for part, _ in parts)
        self._offsets = [offset for _, offset in parts]
        self._starts: list[int] = []
        start = 0
        for part, _ in parts:
            self._starts.append(start)
            start += len(part) + 1

    def offset(self, index: int) -> int:
        """Return the offset in the whole source of an index in `text`."""
        part = bisect_right(self._starts, index) - 1
        return self._offsets[part] + index - self._starts[part]


def unescape(text: str) -> str:
    """Return the text without the backslashes that escape."""
    return _ESCAPED.sub(r"\1", text)


def parse_spans(source: Source) -> Spans:
    """Read the styles of running text.

    Raises:
        MarkdownError: maths outside the subset, or a `$` without its partner.
    """
    return _Reader(source).read()


def split_cells(line: str) -> list[tuple[int, int]]:
    """Return the ranges of the cells of a table's row; bars in maths and code do not split."""
    tokens = _tokens(line)
    partners = _partners(tokens)
    bars: list[int] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind == "pipe":
            bars.append(tokens[at].start)
        at = partners.get(at, at) + 1
    edges = [-1, *bars, len(line)]
    ranges = list(zip((edge + 1 for edge in edges), edges[1:], strict=False))
    if ranges and not line[slice(*ranges[0])].strip():
        ranges = ranges[1:]
    if ranges and not line[slice(*ranges[-1])].strip():
        ranges = ranges[:-1]
    return [_trimmed(line, start, end) for start, end in ranges]


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    cell = line[start:end]
    start += len(cell) - len(cell.lstrip())
    return start, max(start, start + len(cell.strip()))


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    @property
    def literal(self) -> str:
        """What the token shows where it has no meaning."""
        return " " if self.kind in {"soft", "hard"} else self.text


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(str(match.lastgroup), match[str(match.lastgroup)], match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def _partners(tokens: Sequence[_Token]) -> dict[int, int]:
    """Return for each token that opens code or maths the one that closes it."""
    places: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        if token.kind == "ticks" or token.text == "$":
            places.setdefault(token.text, []).append(index)
    partners: dict[int, int] = {}
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "ticks" or (token.kind == "dollars" and token.text == "$"):
            same = places[token.text]
            following = bisect_right(same, at)
            if following < len(same):
                partners[at] = same[following]
                at = same[following]
        at += 1
    return partners


@dataclass(slots=True)
class _Piece:
    """Text in a style, or stars that may turn out to switch a style on or off."""

    text: str
    style: frozenset[Style] = PLAIN
    tex: str = ""
    switch: Literal[-1, 0, 1] = 0


@dataclass
class _Reader:
    """Turns tokens into pieces, pairing stars as it goes."""

    source: Source
    pieces: list[_Piece] = field(default_factory=list)
    open_stars: list[_Piece] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=lambda: {1: 0, 2: 0})

    def read(self) -> Spans:
        tokens = _tokens(self.source.text)
        partners = _partners(tokens)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            partner = partners.get(at)
            match token.kind:
                case "stars":
                    self.stars(token)
                case "ticks" if partner is not None:
                    self.code(tokens[at + 1 : partner])
                case "dollars":
                    self.maths(token, None if partner is None else tokens[partner])
                case "hard":
                    self.pieces.append(_Piece("\n"))
                case _:
                    self.pieces.append(_Piece(token.literal))
            at = (at if partner is None else partner) + 1
        return tuple(self.spans())

    def code(self, tokens: Sequence[_Token]) -> None:
        text = "".join(token.literal for token in tokens)
        if text.startswith(" ") and text.endswith(" ") and text.strip():
            text = text[1:-1]
        self.pieces.append(_Piece(text, _CODE))

    def maths(self, opening: _Token, closing: _Token | None) -> None:
        from tutor.text import maths  # Home has none, and is painted without loading it

        start = opening.start
        if opening.text != "$":
            raise MarkdownError(
                self.source.offset(start),
                msg("Put `$$` on lines of its own, and a formula in a sentence between `$`."),
            )
        if closing is None:
            raise MarkdownError(
                self.source.offset(start),
                msg("This `$` has no partner; write `\\\\\\$` for a dollar sign."),
            )
        raw = self.source.text[opening.end : closing.start]
        tex = raw.strip()
        if not tex:
            raise MarkdownError(
                self.source.offset(start), msg("There is no formula between the dollars.")
            )
        try:
            drawn = maths.inline(maths.parse(tex))
        except maths.MathsError as error:
            lead = len(raw) - len(raw.lstrip())
            column = opening.end + lead + error.column
            raise MarkdownError(self.source.offset(column), error.message) from error
        self.pieces.append(_Piece(drawn, _MATHS, tex))

    def stars(self, token: _Token) -> None:
        """Close what the run of stars can close, open with what is left of it.

        Stars after an ASCII letter or digit open nothing: 4*h*(d + h) is a product.
        """
        text = self.source.text
        before = text[token.start - 1 : token.start]
        after = text[token.end : token.end + 1]
        left = len(token.text)
        if left > 3:
            self.pieces.append(_Piece(token.text))
            return
        if before and not before.isspace():
            left = self.close(left)
        opens = after and not after.isspace() and not (before.isascii() and before.isalnum())
        sizes = {0: (), 1: (1,), 2: (2,), 3: (2, 1)}[left]
        for size in sizes:
            piece = _Piece("*" * size)
            self.pieces.append(piece)
            if opens:
                self.open_stars.append(piece)
                self.counts[size] += 1

    def close(self, left: int) -> int:
        """Close styles with a run of stars; return how many stars are left."""
        while left and self.open_stars:
            if left == 3:
                size = len(self.open_stars[-1].text)
            elif left == 2 and self.counts[2]:
                size = 2
            elif self.counts[1]:
                size = 1
            else:
                break
            while True:  # unclosed stars in between stay literal
                opening = self.open_stars.pop()
                self.counts[len(opening.text)] -= 1
                if len(opening.text) == size:
                    break
            style = _STRONG if size == 2 else _EM
            opening.style, opening.switch = style, 1
            self.pieces.append(_Piece("", style, switch=-1))
            left -= size
        return left

    def spans(self) -> Iterator[Span]:
        """Yield the pieces in their styles, like with like."""
        depth = {_STRONG: 0, _EM: 0}
        pending: Span | None = None
        for piece in self.pieces:
            if piece.switch:
                depth[piece.style] += piece.switch
                continue
            style = piece.style.union(*(style for style, count in depth.items() if count))
            if pending and pending.style == style and not pending.tex and not piece.tex:
                pending = Span(pending.text + piece.text, style)
            elif piece.text or piece.tex:
                if pending:
                    yield pending
                pending = Span(piece.text, style, piece.tex)
        if pending:
            yield pending
