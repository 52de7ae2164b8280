"""What a player may be called."""

from __future__ import annotations

import re
import unicodedata

from tutor.text.message import Message, msg
from tutor.text.safe import UnsafeText, clean
from tutor.text.width import cells

WIDEST = 24  # terminal cells: a name of twelve Hangul syllables
MOST_MARKS = 3  # on one letter, taken apart; Vietnamese and Hebrew need two, Hindi three
# Not what else Python takes for spaces, which are controls; the empty braille cell looks like one
_SPACE = re.compile("[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800]+")


class NameRefused(ValueError):
    """A name that cannot be taken.

    Attributes:
        message: why, and what to write instead.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """Return the reason in English, for logs and tests."""
        return str(self.message)


def tidy(name: str) -> str:
    """Return a name in NFC, with single spaces in it and none around it.

    Raises:
        NameRefused: it is empty, too wide, or holds signs that hide or move text.
    """
    try:
        safe = clean(_SPACE.sub(" ", name).strip(" "))
    except UnsafeText:
        raise NameRefused(
            msg("A name cannot hold control characters or signs that are not seen.")
        ) from None
    if not any(map(_is_seen, safe)):
        raise NameRefused(msg("Type a name that others can see."))
    if cells(safe) > WIDEST:
        raise NameRefused(
            msg(
                "This name is too long: it may take {limit} cells, which is {syllables} Hangul "
                "syllables.",
                limit=WIDEST,
                syllables=WIDEST // 2,
            )
        )
    if _most_marks(safe) > MOST_MARKS:
        raise NameRefused(msg("This name piles too many marks on one letter."))
    return safe


def _is_seen(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS"


def _most_marks(text: str) -> int:
    """Return how many marks stand on one letter at the most."""
    most = marks = 0
    for char in unicodedata.normalize("NFD", text):
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        most = max(most, marks)
    return most
