"""Texts that read alike, so that nobody can tell them apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from tutor.text.localized import Localized
from tutor.text.template import TemplateError, maths_ranges, parse_template
from tutor.text.words import LANGS

Read = Callable[[str], str]


def reading(text: str) -> str:
    """Return a text such that texts that read alike are equal.

    Spaces and the two ways to code a letter never count, case only within maths: `$h$` and
    `$H$` are two things.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    pieces: list[str] = []
    at = 0
    for start, end in maths_ranges(text):
        pieces += [text[at:start].casefold(), text[start:end]]
        at = end
    return "".join([*pieces, text[at:].casefold()])


def as_written(text: str) -> str:
    """Return how a template reads, as far as that is known before values are filled in."""
    try:
        parts = parse_template(text)
    except TemplateError:  # said of the text by itself
        return text
    return reading(text) if all(isinstance(part, str) for part in parts) else text


def repeated(texts: Sequence[str], read: Read = reading) -> int | None:
    """Return the index of a text that reads like one before it."""
    # what differs without case and spaces differs: that is quick to see, and the rule
    rough = {unicodedata.normalize("NFC", "".join(text.split())).casefold() for text in texts}
    if len(rough) == len(texts):
        return None
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if (reads := read(text)) in seen:
            return index
        seen.add(reads)
    return None


def reads_as(words: Localized, read: Read = reading) -> Localized:
    """Return words so that equal ones read alike in both languages."""
    return words.map(read)


def all_alike(texts: Iterable[Localized], read: Read = reading) -> bool:
    """Return whether all texts read alike in both languages."""
    return len({reads_as(text, read) for text in texts}) < 2


def alike_at_all(texts: Sequence[Localized], read: Read = reading) -> int | None:
    """Return the index of a text that reads like an earlier one in any language."""
    found = [repeated([text.get(lang) for text in texts], read) for lang in LANGS]
    return min((index for index in found if index is not None), default=None)


def alike_in_one(texts: Sequence[Localized], read: Read = reading) -> int | None:
    """Return the index of a text that reads like an earlier one in one language only."""
    if alike_at_all(texts, read) is None:
        return None
    readings = [reads_as(text, read) for text in texts]
    for index, text in enumerate(readings):
        if any((text.en == a.en) != (text.ko == a.ko) for a in readings[:index]):
            return index
    return None
