"""Frames as text, with documents in place of markdown-lite for a page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, assert_never

from pydantic import BaseModel
from pydantic_core import to_json

from tutor.live.wire import Audience, FromServer
from tutor.text import maths
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
from tutor.text.localized import Localized
from tutor.text.markdown import parse
from tutor.text.particles import resolve_particles

MATHS_CELLS = 44  # a formula wider than a phone's column is broken into lines


def encode(frame: FromServer, audience: Audience) -> str:
    """Return a frame as one line of JSON."""
    if audience == "terminal":
        return frame.model_dump_json()
    return to_json(_for_page(frame)).decode()


def _for_page(value: object) -> object:
    """Return a value in which every text in two languages is a document in both."""
    match value:
        case Localized():
            return {"en": blocks(value.en), "ko": blocks(resolve_particles(value.ko))}
        case BaseModel():
            return {name: _for_page(item) for name, item in value}
        case tuple() | list():
            return [_for_page(item) for item in value]
        case dict():
            return {key: _for_page(item) for key, item in value.items()}
        case _:
            return value


@lru_cache(maxsize=512)
def blocks(text: str) -> list[dict[str, Any]]:
    """Return markdown-lite as the page's blocks; callers do not change what they get."""
    return _blocks(parse(text))


def _blocks(document: Document) -> list[dict[str, Any]]:
    return [_block(block) for block in document.blocks]


def _block(block: Block) -> dict[str, Any]:  # noqa: PLR0911 - one return for each kind of block
    match block:
        case Paragraph():
            return {"b": "p", "s": _spans(block.spans)}
        case Heading():
            return {"b": "h", "n": block.level, "s": _spans(block.spans)}
        case ListBlock():
            items = [[_block(inner) for inner in item] for item in block.items]
            return {"b": "ol" if block.ordered else "ul", "i": items}
        case Code():
            return {"b": "code", "x": block.text}
        case MathsBlock():
            return _maths(block)
        case Quote():
            return {"b": "quote", "c": [_block(inner) for inner in block.blocks]}
        case Table():
            return {
                "b": "table",
                "a": list(block.alignments),
                "h": [_spans(cell) for cell in block.header],
                "r": [[_spans(cell) for cell in row] for row in block.rows],
            }
        case _:
            assert_never(block)


def _maths(block: MathsBlock) -> dict[str, Any]:
    node = maths.parse(block.tex)
    line = maths.inline(node)
    boxes = maths.fit(node, MATHS_CELLS)
    if boxes is None:
        return {"b": "maths", "x": line, "l": line}
    lines = [line.rstrip() for box in boxes for line in box.lines]
    return {"b": "maths", "x": "\n".join(lines), "l": line}


def _spans(spans: Spans) -> list[dict[str, Any]]:
    return [_span(span) for span in spans]


def _span(span: Span) -> dict[str, Any]:
    if not span.style:
        return {"x": span.text}
    return {"x": span.text, "k": sorted(span.style)}
