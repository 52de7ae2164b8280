"""The width of text in terminal cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from tutor.text.document import Span

_PIECES = re.compile(r"\n|[ \t]+|[^ \t\n]+")


@lru_cache(maxsize=4096)
def char_cells(char: str) -> int:
    """Return the cells of one character: 2 if wide, 0 if it draws on its neighbour or nothing."""
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf", "Cc"} or "\u1160" <= char <= "\u11ff":
        return 0  # combining marks, invisible characters, medial and final Hangul letters
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """Return how many terminal cells the text takes; ambiguous characters count as one."""
    if text.isascii() and text.isprintable():
        return len(text)
    return _word_cells(text) if len(text) <= 64 else sum(map(char_cells, text))


@lru_cache(maxsize=4096)
def _word_cells(text: str) -> int:
    return sum(map(char_cells, text))


def pad(
    text: str, width: int, align: Literal["left", "centre", "right"] = "left", fill: str = " "
) -> str:
    """Return the text filled up to `width` cells; longer text is returned as it is."""
    missing = max(0, width - cells(text))
    before = {"left": 0, "centre": missing // 2, "right": missing}[align]
    return fill * before + text + fill * (missing - before)


def truncate(text: str, width: int, ellipsis: str = "…") -> str:
    """Return the text cut to at most `width` cells, with an ellipsis if something was cut."""
    if cells(text) <= width:
        return text
    room = width - cells(ellipsis)
    if room < 0:
        return ""
    return _split(text, room)[0].rstrip() + ellipsis


def _split(text: str, width: int) -> tuple[str, str]:
    """Cut after as many whole characters, with their combining marks, as `width` cells hold."""
    used = 0
    for index, char in enumerate(text):
        used += char_cells(char)
        if used > width:
            return text[:index], text[index:]
    return text, ""


def _split_name(text: str, width: int) -> tuple[str, str]:
    """Cut as `_split` does, but after the last `/` that ends a name, if there is one."""
    head, rest = _split(text, width)
    slash = head.rfind("/")
    if rest and slash > 0 and head[:slash].strip("/"):
        return text[: slash + 1], text[slash + 1 :]
    return head, rest


def wrap_text(text: str, width: int) -> list[str]:
    """Wrap a plain string; see `wrap`."""
    return ["".join(span.text for span in line) for line in wrap([Span(text)], width)]


def wrap(spans: Iterable[Span], width: int) -> list[tuple[Span, ...]]:
    """Break styled text into lines of at most `width` cells.

    Lines break at spaces, in Korean too (between eojeol); a word is cut only if it is longer
    than a line, after a `/` if it has one in reach, and maths only if it is. No line begins or
    ends with a space. Without any word there is no line. A wide character still takes its two
    cells if `width` is 1.
    """
    lines: list[tuple[Span, ...]] = []
    line = _Line(max(1, width))
    for gap, word in _words(spans, line.width):
        if word is None:
            lines.append(line.take())
            continue
        if line.spans and line.used + _span_cells(gap) + _span_cells(word) > line.width:
            lines.append(line.take())
        elif line.spans:
            line.add(gap)
        for part in word:
            lines.extend(line.pour(part))
    if line.spans:
        lines.append(line.take())
    return lines


class _Line:
    """The line being filled: its spans, the cells used, the cells there are."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.used = 0
        self.spans: list[Span] = []

    def add(self, spans: Iterable[Span]) -> None:
        for span in spans:
            self.used += cells(span.text)
            last = self.spans[-1] if self.spans else None
            if last is not None and last.style == span.style and last.tex == span.tex == "":
                self.spans[-1] = replace(last, text=last.text + span.text)
            else:
                self.spans.append(span)

    def take(self) -> tuple[Span, ...]:
        line = tuple(self.spans)
        self.used = 0
        self.spans = []
        return line

    def pour(self, span: Span) -> Iterator[tuple[Span, ...]]:
        """Add a part of a word; yield the lines that it fills."""
        if self.spans and span.tex and self.used + cells(span.text) > self.width:
            yield self.take()
        rest = span.text
        while rest:
            head, rest = _split_name(rest, self.width - self.used)
            if not head and not self.spans:
                head, rest = rest[0], rest[1:]
            if head:
                self.add([replace(span, text=head)])
            if rest:
                yield self.take()


def _span_cells(spans: Iterable[Span]) -> int:
    return sum(cells(span.text) for span in spans)


def _words(spans: Iterable[Span], width: int) -> Iterator[tuple[list[Span], list[Span] | None]]:
    """Yield (spaces before, word); a word of None is a forced break."""
    gap: list[Span] = []
    word: list[Span] = []
    for span in spans:
        if span.tex and 0 < cells(span.text) <= width:  # maths stays whole
            word.append(span)
            continue
        for piece in _PIECES.findall(span.text):
            if piece[0] not in " \t\n":
                word.append(replace(span, text=piece, tex=""))
                continue
            if word:
                yield gap, word
                gap, word = [], []
            if piece == "\n":
                gap = []
                yield [], None
            else:
                gap.append(replace(span, text=" " * len(piece), tex=""))
    if word:
        yield gap, word
