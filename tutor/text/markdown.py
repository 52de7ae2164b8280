"""Markdown-lite: the little structure that questions, pages and messages need.

Blocks: paragraphs, `# ` headings, `- ` and `1. ` lists (items go on by indentation), ``` fences,
`> ` quotes, pipe tables, and `$$` maths on lines of its own. In a line: `$maths$`, `**strong**`,
`*em*`, `` `code` ``, and a backslash before any of ``\\ $ * ` [ ] { } # > | - .``, in code too.
A backslash at the end of a line breaks the line. There are no links, images or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tutor.text.document import (
    PLAIN,
    Alignment,
    Block,
    Code,
    Document,
    Heading,
    ListBlock,
    MathsBlock,
    Paragraph,
    Quote,
    Span,
    Spans,
    Style,
    Table,
)
from tutor.text.message import msg
from tutor.text.spans import MarkdownError, Source, parse_spans, split_cells, unescape
from tutor.text.template import escape as escape_signs

__all__ = [
    "PLAIN", "Alignment", "Block", "Code", "Document", "Heading", "ListBlock", "MarkdownError",
    "MathsBlock", "Paragraph", "Quote", "Span", "Spans", "Style", "Table", "escape", "parse",
]  # fmt: skip

MAX_NESTING: Final = 8

_HEADING = re.compile(r"(#{1,6}) +(.*)", re.DOTALL)
_FENCE = re.compile(r"(`{3,})[^`]*")
_BULLET = re.compile(r"- +")
_ITEM = re.compile(r"(?:-|[0-9]{1,9}\.) +")
_QUOTE = re.compile(r">(?: |$)")
_NUMERIC = re.compile(r"[-−+]?[0-9][0-9,]*(?:\.[0-9]+)?(?: ?%)?")
_RULE_CELL = re.compile(r" *(:?)-+(:?) *")
_ORDERED_MARK = re.compile(r"^([ \t]*[0-9]{1,9})\.(?=[ \t]|$)", re.MULTILINE)


def escape(text: str) -> str:
    """Return markdown-lite of one paragraph that shows the text literally, lines included.

    Spaces round a line and line breaks at the end are not kept.
    """
    lines = _ORDERED_MARK.sub(r"\1\\.", escape_signs(text.rstrip(" \t\n"))).split("\n")
    return "\\\n".join(lines)


@lru_cache(maxsize=512)
def parse(text: str) -> Document:
    """Parse markdown-lite in linear time. Unpaired `*` and backticks are literal.

    Raises:
        MarkdownError: maths outside the subset, an unpaired `$`, or blocks nested too deep.
    """
    lines: list[Line] = []
    offset = 0
    for line in text.replace("\t", " ").replace("\r", " ").split("\n"):
        lines.append(Line(line.rstrip(" "), offset))
        offset += len(line) + 1
    return Document(_Blocks(lines, 1).parse())


class Line(NamedTuple):
    """A line without what encloses it, and where it starts in the source."""

    text: str
    offset: int

    def cut(self, length: int) -> Line:
        """Return the line without its first characters."""
        return Line(self.text[length:], self.offset + min(length, len(self.text)))

    def lstrip(self) -> Line:
        """Return the line without leading spaces."""
        return self.cut(self.indent)

    @property
    def indent(self) -> int:
        """The number of leading spaces."""
        return len(self.text) - len(self.text.lstrip(" "))


class _Blocks:
    """Reads blocks from lines; every method leaves `self.at` after what it read."""

    def __init__(self, lines: Sequence[Line], nesting: int) -> None:
        if nesting > MAX_NESTING:
            raise MarkdownError(
                lines[0].offset,
                msg("Lists and quotes may stand in each other {limit} deep at most.",
                    limit=MAX_NESTING),
            )  # fmt: skip
        self.lines = lines
        self.nesting = nesting
        self.at = 0

    def parse(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        while self.at < len(self.lines):
            if not self.lines[self.at].text:
                self.at += 1
                continue
            blocks.append(self.block())
        return tuple(blocks)

    def block(self) -> Block:  # noqa: PLR0911 - one return for each kind of block
        line = self.lines[self.at].lstrip()
        text = line.text
        if match := _HEADING.fullmatch(text):
            self.at += 1
            line = line.cut(match.start(2))
            return Heading(len(match[1]), parse_spans(Source([(line.text, line.offset)])))
        if match := _FENCE.fullmatch(text):
            return self.code(match[1], self.lines[self.at].indent)
        if text.startswith("$$"):
            return self.maths()
        if _QUOTE.match(text):
            return self.quote()
        if _ITEM.match(text):
            return self.listing()
        if self.starts_table():
            return self.table()
        return self.paragraph()

    def code(self, fence: str, indent: int) -> Code:
        self.at += 1
        kept: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            stripped = line.text.strip(" ")
            if stripped.startswith(fence) and not stripped.strip("`"):
                break
            kept.append(line.cut(min(indent, line.indent)).text)
        return Code(unescape("\n".join(kept)))

    def maths(self) -> MathsBlock:
        from tutor.text import maths  # Home has none, and is painted without loading it

        first = self.lines[self.at].lstrip().cut(2)
        self.at += 1
        parts = [first]
        while not parts[-1].text.endswith("$$"):
            if self.at == len(self.lines):
                raise MarkdownError(
                    first.offset - 2, msg("This display never ends; close it with `$$`.")
                )
            parts.append(self.lines[self.at])
            self.at += 1
        source = Source([(part.text, part.offset) for part in parts])
        tex = source.text[:-2]
        lead = len(tex) - len(tex.lstrip())
        tex = tex.strip()
        if not tex:
            raise MarkdownError(first.offset - 2, msg("There is no formula between the dollars."))
        if "$" in tex.replace("\\$", ""):
            raise MarkdownError(
                source.offset(lead + tex.index("$")),
                msg("Put `$$` on lines of its own, and a formula in a sentence between `$`."),
            )
        try:
            maths.parse(tex)
        except maths.MathsError as error:
            raise MarkdownError(source.offset(lead + error.column), error.message) from error
        return MathsBlock(tex)

    def quote(self) -> Quote:
        inner: list[Line] = []
        while self.at < len(self.lines):
            line = self.lines[self.at].lstrip()
            if not _QUOTE.match(line.text):
                break
            inner.append(line.cut(2))
            self.at += 1
        return Quote(_Blocks(inner, self.nesting + 1).parse())

    def listing(self) -> ListBlock:
        ordered = not self.lines[self.at].lstrip().text.startswith("-")
        items: list[tuple[Block, ...]] = []
        outer = self.lines[self.at].indent
        while self.at < len(self.lines):
            self.skip_blank()
            if self.at == len(self.lines):
                break
            line = self.lines[self.at]
            stripped = line.lstrip()
            mark = _ITEM.match(stripped.text)
            if mark is None or stripped.text.startswith("-") is ordered or line.indent < outer:
                break
            items.append(self.item(line.indent + mark.end()))
        return ListBlock(ordered, tuple(items))

    def item(self, content: int) -> tuple[Block, ...]:
        """Read an item whose text starts at column `content`; deeper lines belong to it."""
        marker = self.lines[self.at].indent
        inner = [self.lines[self.at].cut(content)]
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.text and line.indent <= marker:
                break
            inner.append(line.cut(min(content, line.indent)))
            self.at += 1
        return _Blocks(inner, self.nesting + 1).parse()

    def skip_blank(self) -> None:
        while self.at < len(self.lines) and not self.lines[self.at].text:
            self.at += 1

    def starts_table(self) -> bool:
        if self.at + 1 >= len(self.lines) or "|" not in self.lines[self.at].text:
            return False
        rule = self.lines[self.at + 1].text
        cells = _rule_cells(rule)
        return (
            "|" in rule
            and all(_RULE_CELL.fullmatch(cell) for cell in cells)
            and len(cells) == len(split_cells(self.lines[self.at].text))
        )

    def table(self) -> Table:
        header = self.row()
        rule = self.lines[self.at].text
        self.at += 1
        rows: list[tuple[Spans, ...]] = []
        while self.at < len(self.lines) and "|" in self.lines[self.at].text:
            offset = self.lines[self.at].offset
            row = self.row()
            if len(row) > len(header):
                raise MarkdownError(
                    offset, msg("This row has more cells than the header of its table.")
                )
            rows.append(row + ((),) * (len(header) - len(row)))
        columns = [[row[index] for row in rows] for index in range(len(header))]
        alignments = tuple(map(_alignment, _rule_cells(rule), columns))
        return Table(header, tuple(rows), alignments)

    def row(self) -> tuple[Spans, ...]:
        line = self.lines[self.at].lstrip()
        self.at += 1
        return tuple(
            parse_spans(Source([(line.text[start:end], line.offset + start)]))
            for start, end in split_cells(line.text)
        )

    def paragraph(self) -> Paragraph:
        parts: list[tuple[str, int]] = []
        while self.at < len(self.lines):
            line = self.lines[self.at].lstrip()
            if not line.text or (parts and self.interrupts(line.text)):
                break
            parts.append((line.text, line.offset))
            self.at += 1
        return Paragraph(parse_spans(Source(parts)))

    def interrupts(self, text: str) -> bool:
        return bool(
            _HEADING.fullmatch(text)
            or _FENCE.fullmatch(text)
            or _QUOTE.match(text)
            or text.startswith(("$$", "1. "))
            or _BULLET.match(text)
            or self.starts_table()
        )


def _rule_cells(rule: str) -> list[str]:
    return rule.strip(" ").strip("|").split("|")


def _alignment(rule: str, cells: Sequence[Spans]) -> Alignment:
    """Return what the colons of the rule say; without them numbers stand to the right."""
    match = _RULE_CELL.fullmatch(rule)
    if match is not None and (match[1] or match[2]):
        return "left" if not match[2] else "centre" if match[1] else "right"
    texts = ["".join(span.text for span in cell) for cell in cells]
    numeric = bool(texts) and all(_NUMERIC.fullmatch(text) for text in texts)
    return "right" if numeric else "left"
