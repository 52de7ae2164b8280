"""A document in ASCII signs, for terminals and readers that know no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from tutor.text import maths
from tutor.text.ascii import ascii_signs
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


def in_ascii(document: Document) -> Document:
    """Return the document with maths and typographic signs in ASCII; words stay as they are."""
    return Document(_blocks(document.blocks))


def _blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(map(_block, blocks))


def _block(block: Block) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, spans=_spans(block.spans))
        case ListBlock():
            return replace(block, items=tuple(map(_blocks, block.items)))
        case Code():
            return block
        case MathsBlock():
            return replace(block, ascii=True)
        case Quote():
            return Quote(_blocks(block.blocks))
        case Table():
            header, *rows = (tuple(map(_spans, row)) for row in (block.header, *block.rows))
            return replace(block, header=header, rows=tuple(rows))
        case _:
            assert_never(block)


def _spans(spans: Spans) -> Spans:
    return tuple(replace(span, text=_text(span)) for span in spans)


def _text(span: Span) -> str:
    if span.tex:
        return maths.inline(maths.parse(span.tex), ascii=True)
    return ascii_signs(span.text)
