"""The texts of pages and questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tutor.bank.findings import Where
from tutor.bank.nodes import Value
from tutor.engine import Worked
from tutor.kinds.forms import Forms
from tutor.text.localized import Localized
from tutor.text.template import maths_ranges

# these are shown as they are; all other texts of a question are templates
NOT_FILLED = frozenset({"name", "unit", "title", "body"})
_NOT_WORDS = re.compile(r"`[^`]*`|\{[^{}]*\}|\[\[|\]\]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
HANGUL = re.compile(r"[가-힣]")
_PLAIN = frozenset({str, int, float, bool, NoneType, type(...)})


def texts_of(value: object, where: Where = ()) -> list[tuple[Where, Localized]]:
    """Return every text in a model or dataclass, with the keys that lead to it."""
    return [(at, words) for at, words in words_of(value, where) if isinstance(words, Localized)]


def words_of(value: object, where: Where = ()) -> list[tuple[Where, Localized | Forms]]:
    """Return every text and all forms of answers in a model or dataclass, with their keys."""
    found: list[tuple[Where, Localized | Forms]] = []
    _collect(value, where, found)
    return found


def _collect(value: object, where: Where, found: list[tuple[Where, Localized | Forms]]) -> None:
    kind: type[Any] = type(value)
    if kind is Localized or kind is Forms:
        found.append((where, value))  # type: ignore[arg-type]  # `is` narrows no type
    elif kind in _PLAIN:
        return
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _collect(item, (*where, index), found)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _collect(item, (*where, key), found)
    else:
        for name, key in _parts(kind):  # type: ignore[arg-type]  # classes are hashable
            _collect(getattr(value, name), (*where, key), found)


@cache
def _parts(kind: type) -> tuple[tuple[str, str], ...]:
    """Return the attributes that may hold a text, each with the key it is written under."""
    if issubclass(kind, BaseModel):
        return tuple(
            (name, field.alias or name)
            for name, field in kind.model_fields.items()
            if not _is_plain(field.annotation)
        )
    if is_dataclass(kind) and not issubclass(kind, Worked):  # whose words are the program's
        return tuple((part.name, part.name) for part in fields(kind))
    return ()


def _is_plain(annotation: Any) -> bool:
    """Return whether values of a type can hold no text in two languages."""
    if annotation in _PLAIN or get_origin(annotation) is Literal:
        return True
    if get_origin(annotation) is Annotated:
        return _is_plain(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType, tuple}:
        return all(map(_is_plain, get_args(annotation)))
    return False


def strings_of(value: Value) -> list[str]:
    """Return every text in the values of a file, in whatever it may be."""
    found: list[str] = []
    _gather((value,), found)
    return found


def _gather(values: Iterable[Value], found: list[str]) -> None:
    for value in values:
        if type(value) is str:
            found.append(value)
        elif type(value) is dict:
            _gather(value.values(), found)
        elif type(value) is list:
            _gather(value, found)


def latin_words(text: str) -> list[str]:
    """Return the words in Latin letters that stand outside maths, code and values."""
    parts: list[str] = []
    at = 0
    for start, end in maths_ranges(text):
        parts.append(text[at:start])
        at = end
    parts.append(text[at:])
    return _LATIN_WORD.findall(_NOT_WORDS.sub(" ", " ".join(parts)))
