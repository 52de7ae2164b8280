"""Whether a typed gap is one of the accepted answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tutor.grading.numbers import NumberProblem, parse_number

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "odot": "⊙", "times": "×", "cdot": "·", "infty": "∞", "sqrt": "√", "top": "ᵀ",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_SCRIPTS = str.maketrans(
    {
        "²": "^2", "³": "^3", "ᵀ": "^T", "₀": "_0", "₁": "_1", "₂": "_2", "ₜ": "_t", "ᵢ": "_i",
        "ⱼ": "_j", "ₖ": "_k", "ₙ": "_n", "ₕ": "_h", "ₓ": "_x", "−": "-", "’": "'", "*": "⊙",
    }
)  # fmt: skip
_HANGUL = re.compile(r"[가-힣]")


def gap_matches(typed: str, accepted: Iterable[str]) -> bool:
    """Return whether the typed text is one of the accepted forms.

    Case, spaces and hyphens do not matter in words; in symbols (fewer than three letters, or
    anything that is not a letter) case does. TeX and Unicode spellings of a symbol are the
    same, and equal numbers are equal however they are written.
    """
    return any(_same(typed, form) for form in accepted)


def is_word(form: str) -> bool:
    """Return whether a form is a word rather than a symbol."""
    letters = re.sub(r"[\s\-']", "", form)
    return bool(_HANGUL.search(form)) or (len(letters) >= 3 and letters.isalpha())


def _same(typed: str, form: str) -> bool:
    if is_word(form):
        return _word(typed) == _word(form)
    if _symbol(typed) == _symbol(form):
        return True
    number = parse_number(form.strip("$"))
    return not isinstance(number, NumberProblem) and parse_number(typed) == number


def _word(text: str) -> str:
    text = unicodedata.normalize("NFC", text).strip(" \t\n.。$").casefold()
    return re.sub(r"[\s\-]+", "", text)


def _symbol(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("$", "")
    text = _COMMAND.sub(lambda m: _GREEK.get(m[1], m[1]), text)
    text = _GREEK.get(text.strip(), text)
    return re.sub(r"[\s{}]+", "", text.translate(_SCRIPTS))
