"""Words from another machine, which are refused unless they are safe to show."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from tutor.kinds.base import VariableName
from tutor.text.localized import Localized
from tutor.text.markdown import MarkdownError, parse
from tutor.text.particles import resolve_particles
from tutor.text.safe import clean

LONGEST_PROMPT, LONGEST_ITEM, LONGEST_WORD = 20_000, 4_000, 120  # characters, in one language


def _shorter(words: Localized, longest: int) -> Localized:
    if max(len(words.en), len(words.ko)) > longest:
        raise ValueError(f"longer than {longest} characters")
    return words


def _safe(words: Localized) -> Localized:
    """Return words in NFC.

    Raises:
        ValueError: a text that a terminal would obey, or that is no markdown-lite.
    """
    words = words.map(clean)
    try:
        parse(words.en)
        parse(resolve_particles(words.ko))
    except MarkdownError as error:
        raise ValueError(str(error)) from None
    return words


def _one_line(text: str) -> str:
    text = clean(text)
    if "\n" in text or "\t" in text or not text.strip():
        raise ValueError("not one line of text")
    return text


Prompt = Annotated[
    Localized, AfterValidator(lambda words: _shorter(words, LONGEST_PROMPT)), AfterValidator(_safe)
]
Item = Annotated[
    Localized, AfterValidator(lambda words: _shorter(words, LONGEST_ITEM)), AfterValidator(_safe)
]
Shown = Annotated[str, Field(max_length=LONGEST_PROMPT), AfterValidator(clean)]
OneLine = Annotated[str, Field(max_length=LONGEST_ITEM), AfterValidator(_one_line)]
Word = Annotated[str, Field(max_length=LONGEST_WORD), AfterValidator(_one_line)]
ShortName = Annotated[VariableName, Field(max_length=LONGEST_WORD)]
