"""A problem in a question file: where it is, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tutor.text.document import (
    Block,
    Code,
    Heading,
    ListBlock,
    MathsBlock,
    Paragraph,
    Quote,
    Span,
    Table,
)
from tutor.text.markdown import MarkdownError, parse
from tutor.text.speaker import ENGLISH, Speaker
from tutor.text.width import cells, char_cells, truncate
from tutor.text.words import Words

SHOWN_WIDTH = 96  # cells of a source line that are shown
_BEFORE_CARET = 5 / 8  # of them are before the caret in a longer line


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a question file.

    Attributes:
        file: the file, as it was found.
        line: counted from 1.
        column: in characters, counted from 1.
        message: what is wrong.
        hint: what to do about it; empty if the message says it.
        line_text: the line of the file, for the reader's eye.
        subject: the card that shows it, `id@seed`, where only some seeds do.
    """

    file: Path
    line: int
    column: int
    message: Words
    hint: Words
    line_text: str = ""
    subject: str | None = None

    @property
    def place(self) -> str:
        """Where it is: `file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"

    def __str__(self) -> str:
        """Return the problem in one English line, for logs and tests."""
        return headline(self, ENGLISH)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file, line and column, each of them once."""
    unique = {(p.file, p.line, p.column, str(p.message)): p for p in problems}
    return tuple(unique[key] for key in sorted(unique))


def headline(problem: Problem, speaker: Speaker) -> str:
    """Return `file:line:column: problem; what to do` in one line of plain text."""
    subject = f"{problem.subject}: " if problem.subject else ""
    said = [plain_words(words, speaker) for words in (problem.message, problem.hint) if words]
    return f"{problem.place}: {subject}{'; '.join(part.removesuffix('.') for part in said)}"


def render(problem: Problem, speaker: Speaker) -> str:
    """Return the headline, the source line, and a caret under the column.

    The caret stands under the right cell with Korean text too; a tab is shown as one space.
    """
    return "\n  ".join((headline(problem, speaker), *source_lines(problem)))


def source_lines(problem: Problem, width: int = SHOWN_WIDTH) -> tuple[str, ...]:
    """Return the source line, as much of it as fits, and a caret under the column."""
    text = problem.line_text.replace("\t", " ").rstrip()
    if not text:
        return ()
    shown, caret = _window(text, min(problem.column - 1, len(text)), width)
    return shown, f"{' ' * caret}^"


def plain_words(words: Words, speaker: Speaker) -> str:
    """Return words as one line of plain text, without their markup."""
    said = speaker.say(words)
    try:
        blocks = parse(said).blocks
    except MarkdownError:
        return " ".join(said.split())
    return " ".join(" ".join(_texts(blocks)).split())


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield "".join(map(_shown, spans))
            case ListBlock(items=items):
                for item in items:
                    yield from _texts(item)
            case Quote(inner):
                yield from _texts(inner)
            case Code(text) | MathsBlock(text):
                yield text
            case Table():
                pass  # no message of the program is a table


def _shown(span: Span) -> str:
    return f"`{span.text}`" if "code" in span.style else span.text


def _window(text: str, at: int, width: int) -> tuple[str, int]:
    """Return the part of a line around an offset, and the cell of that offset in it."""
    start, used = at, 0
    while start and used < int(width * _BEFORE_CARET):
        start -= 1
        used += char_cells(text[start])
    if cells(text) <= width:
        start = 0
    mark = "…" if start else ""
    return mark + truncate(text[start:], width), cells(mark + text[start:at])
