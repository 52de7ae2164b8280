"""Names as they look, so that no two players can be taken for each other."""

from __future__ import annotations

import re
import unicodedata

# Marks that are put on letters; vowel signs that spell a name are in other blocks
_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
# Casefolded letters and digits, with the Latin letter that they, or their capitals, look like
_ALIKE = {
    "a": "аαɑ",
    "b": "вβ",
    "c": "сϲ",
    "d": "ԁđ",
    "e": "еε",
    "g": "ɡ",
    "h": "нһη",
    "j": "јϳ",
    "k": "кκ",
    "l": "i1|іӏιıɩǀł",
    "m": "мμ",
    "n": "ν",
    "o": "0оοøօ",
    "p": "рρ",
    "q": "ԛ",
    "s": "ѕ",
    "t": "тτ",
    "w": "ԝω",
    "x": "хχ×",
    "y": "уυγ",
    "z": "ζ",
    "-": "‐‑‒–—−",
    "'": "’‘`´",
    ".": "·ㆍ",
}
_LOOKS_LIKE = str.maketrans({odd: plain for plain, odds in _ALIKE.items() for odd in odds})
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs"}


def name_key(name: str) -> str:
    """Return a text that is equal for names that look alike, and empty for one that shows nothing.

    Width, case, accents, spaces, invisible characters and letters borrowed from Greek and
    Cyrillic make no difference.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    seen = "".join(char for char in folded if unicodedata.category(char) not in _INVISIBLE)
    plain = unicodedata.normalize("NFC", _MARKS.sub("", seen)).translate(_LOOKS_LIKE)
    return " ".join(plain.split())
