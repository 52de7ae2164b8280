"""A document as GitHub Flavored Markdown, for notes that are committed or pasted into a blog."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import assert_never

from tutor.text.document import (
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
    Table,
)

_SIGNS = re.compile(r"[\\`*_\[\]<>&$|~]")
_BLOCK_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)
_ALIGNED = {"left": ":--", "centre": ":-:", "right": "--:"}


def escape_gfm(text: str) -> str:
    """Return Markdown that shows a text literally: no structure, HTML, link or mention in it."""
    text = _SIGNS.sub(lambda found: "\\" + found.group(), text)
    text = text.replace("://", r"\://").replace("@", "&#64;")
    text = re.sub(r"(?i)\bwww\.", lambda found: found.group()[:-1] + r"\.", text)
    return _BLOCK_START.sub(_escape_start, text)


def _escape_start(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}\\{sign}" if not sign.isdigit() else f"{space}{sign}\\"


def to_gfm(document: Document, *, level: int = 0) -> str:
    """Return a document as Markdown.

    Args:
        document: what to write.
        level: how far its headings are to be lowered.
    """
    return "\n\n".join(_block(block, level) for block in document.blocks)


def _block(block: Block, level: int) -> str:  # noqa: PLR0911 - one return for each kind of block
    match block:
        case Paragraph():
            return spans_to_gfm(block.spans)
        case Heading():
            return "#" * min(6, block.level + level) + " " + _one_line(block.spans)
        case ListBlock():
            return _listing(block, level)
        case Code():
            fence = _fence(block.text, 3)
            return f"{fence}\n{block.text}\n{fence}"
        case MathsBlock():
            return f"$$\n{block.tex.strip()}\n$$"
        case Quote():
            inner = "\n\n".join(_block(each, level) for each in block.blocks)
            return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
        case Table():
            return _table(block)
        case _:
            assert_never(block)


def _listing(block: ListBlock, level: int) -> str:
    lines: list[str] = []
    for number, item in enumerate(block.items, 1):
        mark = f"{number}." if block.ordered else "-"
        inner = _item(item, level).split("\n")
        indent = " " * (len(mark) + 1)
        lines.append(f"{mark} {inner[0]}".rstrip())
        lines += [(indent + line).rstrip() for line in inner[1:]]
    return "\n".join(lines)


def _item(blocks: Sequence[Block], level: int) -> str:
    """Write an item; a list directly under its text stands close to it."""
    written = [_block(block, level) for block in blocks]
    close = len(blocks) == 2 and isinstance(blocks[1], ListBlock)
    return ("\n" if close else "\n\n").join(written)


def _table(table: Table) -> str:
    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    rule = row([_ALIGNED[align] for align in table.alignments])
    body = [row([cell_to_gfm(cell) for cell in cells]) for cells in table.rows]
    return "\n".join([row([cell_to_gfm(cell) for cell in table.header]), rule, *body])


def spans_to_gfm(spans: Spans) -> str:
    """Return running text; what breaks the line there breaks it here."""
    return "".join(_span(span) for span in spans)


def cell_to_gfm(spans: Spans) -> str:
    """Return the text of a table's cell, which is one line without bare bars."""
    written = []
    for span in spans:
        if "maths" in span.style:
            written.append(f"${_tex(span.tex)}$")
        elif "code" in span.style:
            written.append(_span(span).replace("|", r"\|"))
        else:
            written.append(_span(span))
    return " ".join("".join(written).replace("\\\n", " ").split("\n")).strip()


def _tex(tex: str) -> str:
    """Return TeX without bars, which would end the cell even inside maths."""
    bars = re.compile(r"(\\?)\|(?=([A-Za-z])?)")

    def named(found: re.Match[str]) -> str:
        return (r"\Vert" if found[1] else r"\vert") + (" " if found[2] else "")

    return bars.sub(named, tex.strip())


def _one_line(spans: Spans) -> str:
    return " ".join(spans_to_gfm(spans).replace("\\\n", " ").split())


def _span(span: Span) -> str:
    if "maths" in span.style:
        return f"${span.tex.strip()}$"
    if "code" in span.style:
        text = span.text.replace("\n", " ")
        fence = _fence(text, 1)
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        written = f"{fence}{pad}{text}{pad}{fence}"
    else:
        written = escape_gfm(span.text).replace("\n", "\\\n")
    for style, mark in (("em", "*"), ("strong", "**")):
        if style in span.style and written.strip():
            inner = written.strip()
            before = written[: len(written) - len(written.lstrip())]
            after = written[len(written.rstrip()) :]
            written = f"{before}{mark}{inner}{mark}{after}"
    return written


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    return "`" * max(least, longest + 1 if longest >= least else least)
