"""Text from strangers, made safe to show in a terminal or refused."""

from __future__ import annotations

import re
import unicodedata

# Controls but newline and tab, C1, bidi controls, zero-width characters, BOM, line and
# paragraph separators, surrogates, tags and variation selectors that hide text.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


class UnsafeText(ValueError):
    """Text with a character that could change what a terminal shows.

    Attributes:
        offset: where the first such character stands.
        codepoint: which it is.
    """

    def __init__(self, offset: int, codepoint: int) -> None:
        super().__init__(f"U+{codepoint:04X} at {offset}")
        self.offset = offset
        self.codepoint = codepoint


def clean(text: str) -> str:
    """Return the text in NFC.

    Raises:
        UnsafeText: it holds a control, bidirectional or invisible character.
    """
    if found := _UNSAFE.search(text):
        raise UnsafeText(found.start(), ord(found.group()))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def scrub(text: str) -> str:
    """Return the text in NFC with every unsafe character shown as `�`, for error messages."""
    return unicodedata.normalize("NFC", _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text))
