"""Text on the wire: in both languages, and safe to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field

from tutor.text.localized import Localized
from tutor.text.markdown import MarkdownError, parse
from tutor.text.safe import clean
from tutor.text.words import Lang, Words

LONGEST = 20_000  # characters of one text


def _safe(text: str) -> str:
    return clean(text)


def checked(words: Localized) -> Localized:
    """Return words in NFC.

    Raises:
        ValueError: they are no markdown-lite, too long, or unsafe in one of the languages.
    """
    for text in {words.en, words.ko}:
        if len(text) > LONGEST:
            raise ValueError("too long")
        try:
            parse(clean(text))
        except MarkdownError as error:  # no ValueError, which is what a model refuses with
            raise ValueError(str(error)) from error
    return words.map(clean)


Line = Annotated[str, Field(max_length=400), AfterValidator(_safe)]
Name = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_safe)]
Said = Annotated[Localized, AfterValidator(checked)]  # markdown-lite in both languages


def both(words: Words, say: Callable[[Lang, Words], str]) -> Localized:
    """Return words as they are said in both languages."""
    return Localized(say("en", words), say("ko", words))
