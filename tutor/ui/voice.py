"""The learner's language on the screen: words become Content, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from textual.content import Content

from tutor.text.document import Document, MathsBlock, Paragraph, Span, Style
from tutor.text.markdown import MarkdownError, parse
from tutor.text.speaker import Speaker
from tutor.text.words import Lang, Words

_HANGUL = re.compile("[가-힣]")
_STYLES: dict[Style, str] = {
    "strong": "bold",
    "em": "italic",
    "code": "on $surface",
    "maths": "",
}


class Voice(NamedTuple):
    """Says words in one language, for widgets."""

    speaker: Speaker

    @property
    def lang(self) -> Lang:
        """The language that is spoken."""
        return self.speaker.lang

    def document(self, words: Words) -> Document:
        """Return words as blocks; what cannot be read as markdown-lite is shown as it stands."""
        text = self.speaker.say(words)
        try:
            document = parse(text)
        except MarkdownError:
            document = Document((Paragraph((Span(text),)),))
        if self.speaker.ascii:
            from tutor.text.ascii_document import in_ascii

            return in_ascii(document)
        return document

    def maths(self, tex: str) -> str:
        """Return TeX drawn in one line."""
        return self.speaker.maths(tex)

    def say(self, words: Words, style: str = "") -> Content:
        """Return words as one line, in a style on top of their own."""
        return spans_content(self._spans(words), style)

    def text(self, words: Words) -> str:
        """Return words as one line without any style, for places that take a string."""
        return "".join(span.text for span in self._spans(words))

    def _spans(self, words: Words) -> list[Span]:
        line: list[Span] = []
        for block in self.document(words).blocks:
            if line:
                line.append(Span(" "))
            match block:
                case Paragraph(spans):
                    line.extend(spans)
                case MathsBlock(tex):
                    line.append(Span(self.maths(tex)))
                case _:  # a heading or list has no place in a line; its words do
                    from tutor.text.plain import render

                    plain = render(Document((block,)), 10_000, ascii=self.speaker.ascii)
                    line.append(Span(" ".join(plain)))
        return line


def span_style(span: Span, base: str = "") -> str:
    """Return the style of a span over a base style; Hangul has no italics and is set bold."""
    styles = (
        "bold" if style == "em" and _HANGUL.search(span.text) else _STYLES[style]
        for style in sorted(span.style)
    )
    return " ".join(filter(None, (base, *styles)))


def spans_content(spans: Iterable[Span], base: str = "") -> Content:
    """Return spans as Content; their text is shown literally."""
    pieces = [(span.text.replace("\n", " "), span_style(span, base)) for span in spans]
    return Content.assemble(*pieces)
