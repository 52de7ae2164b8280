"""Texts that read alike, so that nobody can tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tutor.text.localized import Localized


def reading(words: Localized) -> Localized:
    """Return words so that equal ones read alike: how they are spaced is not seen."""
    return words.map(lambda text: " ".join(text.split()))


def all_alike(texts: Iterable[Localized]) -> bool:
    """Return whether all texts read alike in both languages."""
    return len(set(map(reading, texts))) < 2


def alike_in_one(texts: Sequence[Localized]) -> int | None:
    """Return the index of a text that reads like an earlier one in one language only."""
    return _repeated(texts, lambda a, b: (a.en == b.en) != (a.ko == b.ko))


def alike_at_all(texts: Sequence[Localized]) -> int | None:
    """Return the index of a text that reads like an earlier one in any language."""
    return _repeated(texts, lambda a, b: a.en == b.en or a.ko == b.ko)


def _repeated(
    texts: Sequence[Localized], clash: Callable[[Localized, Localized], bool]
) -> int | None:
    readings = [reading(text) for text in texts]
    for index, text in enumerate(readings):
        if any(clash(text, earlier) for earlier in readings[:index]):
            return index
    return None
