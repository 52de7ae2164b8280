"""ASCII for the signs that text uses; letters of any script stay as they are."""

from __future__ import annotations

from tutor.text.maths.symbols import CHARACTERS, SUBSCRIPTS, SUPERSCRIPTS

_TYPOGRAPHY = {
    "–": "-", "—": "--", "‘": "'", "’": "'", "“": '"', "”": '"', "•": "-", "√": "sqrt ",
    "✗": "x", "▸": ">", "\u00a0": " ", "′": "'", "ᵀ": "^T",
}  # fmt: skip

_SIGNS = str.maketrans(
    {
        **{small: f"_{char}" for char, small in SUBSCRIPTS.items()},
        **{small: f"^{char}" for char, small in SUPERSCRIPTS.items()},
        **{char: symbol.ascii for char, symbol in CHARACTERS.items()},
        **_TYPOGRAPHY,
    }
)


def ascii_signs(text: str) -> str:
    """Return the text with mathematical and typographic signs written in ASCII."""
    return text if text.isascii() else text.translate(_SIGNS)
