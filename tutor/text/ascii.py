"""ASCII for the signs that text uses; letters of any script stay as they are."""

from __future__ import annotations

import re

from tutor.text.maths.symbols import CHARACTERS, SUBSCRIPTS, SUPERSCRIPTS

_TYPOGRAPHY = {
    "–": "-", "—": "--", "‘": "'", "’": "'", "“": '"', "”": '"', "•": "-", "√": "sqrt ",
    "✗": "x", "↳": "+", "▸": ">", "\u00a0": " ", "⊤": "T",
}  # fmt: skip

_SIGNS = str.maketrans(
    {**{char: symbol.ascii for char, symbol in CHARACTERS.items()}, **_TYPOGRAPHY}
)
_SMALL = {small: char for table in (SUBSCRIPTS, SUPERSCRIPTS) for char, small in table.items()}
_LOWERED = re.compile(f"[{''.join(SUBSCRIPTS.values())}]+")
_RAISED = re.compile(
    "[" + "".join(small for small in SUPERSCRIPTS.values() if small not in "*′") + "]+"
)


def ascii_signs(text: str) -> str:
    """Return the text with mathematical and typographic signs written in ASCII."""
    if text.isascii():
        return text
    text = _LOWERED.sub(lambda run: "_" + _bracketed(run[0]), text)
    text = _RAISED.sub(lambda run: "^" + _bracketed(run[0]), text)
    return text.translate(_SIGNS)


def _bracketed(small: str) -> str:
    script = "".join(_SMALL[char] for char in small)
    return script if script.isalnum() or len(script) == 1 else f"({script})"
