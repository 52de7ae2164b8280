"""Running text: words set as a column of readable width."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from tutor.text.document import Document
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.typeset import typeset


class Prose(Lines):
    """A document, broken into lines by terminal cells.

    Args:
        style: the style under the document's own, such as `$muted`.
    """

    def __init__(self, *, style: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._style = style
        self.document = Document(())
        self.display = False

    def show(self, voice: Voice, *paragraphs: Words | None) -> None:
        """Show words below each other; None is left out."""
        self.show_document(
            Document(
                tuple(
                    block
                    for words in paragraphs
                    if words is not None
                    for block in voice.document(words).blocks
                )
            )
        )

    def show_document(self, document: Document) -> None:
        """Show a document."""
        if document != self.document:
            self.document = document
            setter = partial(_set, document, self._style) if document.blocks else None
            self.set_lines(setter)


def _set(document: Document, style: str, width: int) -> list[Content]:
    return typeset(document, width, style)
