"""The texts of pages and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from pydantic import BaseModel

from tutor.bank.findings import Where
from tutor.kinds.forms import Forms
from tutor.text.localized import Localized
from tutor.text.template import maths_ranges

# these are shown as they are; all other texts of a question are templates
NOT_FILLED = frozenset({"name", "unit", "title", "body"})
_NOT_WORDS = re.compile(r"`[^`]*`|\{[^{}]*\}|\[\[|\]\]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
HANGUL = re.compile(r"[가-힣]")


def texts_of(value: object, where: Where = ()) -> Iterator[tuple[Where, Localized]]:
    """Yield every text in a model or dataclass, with the keys that lead to it."""
    for place, words in words_of(value, where):
        if isinstance(words, Localized):
            yield place, words


def words_of(value: object, where: Where = ()) -> Iterator[tuple[Where, Localized | Forms]]:
    """Yield every text and all forms of answers in a model or dataclass, with their keys."""
    if isinstance(value, (Localized, Forms)):
        yield where, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from words_of(getattr(value, name), (*where, field.alias or name))
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from words_of(getattr(value, part.name), (*where, part.name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from words_of(item, (*where, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from words_of(item, (*where, key))


def latin_words(text: str) -> list[str]:
    """Return the words in Latin letters that stand outside maths, code and values."""
    parts: list[str] = []
    at = 0
    for start, end in maths_ranges(text):
        parts.append(text[at:start])
        at = end
    parts.append(text[at:])
    return _LATIN_WORD.findall(_NOT_WORDS.sub(" ", " ".join(parts)))
