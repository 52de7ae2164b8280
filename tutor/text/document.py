"""A document: what markdown-lite means, independent of how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["strong", "em", "code", "maths"]
Alignment = Literal["left", "centre", "right"]
PLAIN: frozenset[Style] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style.

    Attributes:
        text: what is shown; maths is already drawn as one line of Unicode; `\\n` breaks the line.
        style: how it is shown.
        tex: the source of a maths span, from which other forms can be drawn.
    """

    text: str
    style: frozenset[Style] = PLAIN
    tex: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the largest of 6."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item holds blocks. Ordered lists count from 1."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text whose line breaks and spaces are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class MathsBlock:
    """A formula on lines of its own.

    Attributes:
        tex: its source, which has been parsed once without error.
        ascii: draw it with ASCII signs.
    """

    tex: str
    ascii: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the header."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    alignments: tuple[Alignment, ...]


Block = Paragraph | Heading | ListBlock | Code | MathsBlock | Quote | Table


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks from top to bottom."""

    blocks: tuple[Block, ...]
