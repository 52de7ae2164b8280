"""Mistakes that were made, with how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from tutor.text.message import Message, msg
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED, hanging, padded, typeset

# how often, the words of the diagnosis, and how often in all where that is to be said
Counted = tuple[int, Words, int | None]


def mistake_lines(
    title: Message, mistakes: Iterable[Counted], voice: Voice, width: int
) -> list[Content]:
    """Return a heading and the mistakes under it, as lines of at most `width` cells."""
    rows = list(mistakes)
    digits = max((len(str(count)) for count, _, _ in rows), default=1)
    lines = [voice.say(title, "bold"), Content()]
    for count, words, total in rows:
        mark = padded(Content.styled(f"{count} ×", MUTED), digits + 2, right=True) + Content("  ")
        lines += hanging(mark, list(_row(words, count, total, voice, width - cells(mark.plain))))
    return lines


def _row(
    words: Words, count: int, total: int | None, voice: Voice, width: int
) -> Iterator[Content]:
    yield from typeset(voice.document(words), width)
    if total is not None and total != count:
        yield voice.say(msg("{total} in all", total=total), MUTED)
