"""Whether two short texts are the same word, symbol or number, differently written."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from tutor.grading.numbers import NumberProblem, parse_number
from tutor.text.keystrokes import FULL_WIDTH

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
_AROUND = " \t\n.,:;!?。、，·…$`'\"“”‘’«»「」『』()[]<>"
_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_JOINTS = re.compile(r"[\s\-‐–_]+")

# a form that is one number; 8 × 32 is a shape, and not the same as 32 × 8
_A_NUMBER = re.compile(r"[-+−]?[\d.,_ ]+(?:[eE][-+−]?\d+)?%?(?:[/^][-−]?[\d.,]+%?)?")
_COUNTED = re.compile(r"(?P<number>.*[\d)%])\s*(?P<words>[^\W\d_]+(?:\s+[^\W\d_]+)?)", re.DOTALL)
# after a number these are no counters: they make it another number, a bound or a denial
_NO_COUNTER = re.compile(
    r"(?:[십백천만억조]|퍼센트|프로|제곱|세제곱|승|분의|이상|이하|미만|초과|정도|아니|아닙|말고|제외|보다|없)"
    r"|(?:hundred|thousand|million|billion|trillion|dozen|percent|squared?|cubed?|power|half"
    r"|halves|thirds?|more|less|fewer|plus|minus|times|over|not|pi|tau)$",
    re.IGNORECASE,
)


def same_form(typed: str, form: str) -> bool:
    """Return whether the typed text is this form, however it is written.

    Case, spaces, hyphens and punctuation around do not matter in words; in symbols (fewer than
    three letters, or anything that is neither letter nor digit) case does. TeX and Unicode
    spellings of a symbol are the same, and equal numbers are equal however they are written,
    with a counter or a plain word after them (`784개`) or without.
    """
    if is_word(form):
        return word_key(typed) == word_key(form)
    if _symbol(typed) == _symbol(form):
        return True
    if not _A_NUMBER.fullmatch(form.strip(" $")):
        return False
    number = parse_number(form.strip(" $"))
    return not isinstance(number, NumberProblem) and any(
        parse_number(text) == number for text in _uncounted(typed)
    )


def is_word(form: str) -> bool:
    """Return whether a form is a word, or several, rather than a symbol or a number."""
    letters = re.sub(r"[\s\-']", "", form)
    return bool(_HANGUL.search(form)) or (bool(_LETTERS.search(letters)) and letters.isalnum())


def plain(text: str) -> str:
    """Return the text in NFC, without full-width forms and without what stands around words."""
    text = unicodedata.normalize("NFC", text).translate(FULL_WIDTH).replace("’", "'")
    text = text.replace("$", "").strip(_AROUND)
    return text[found.end() :] if (found := _ARTICLE.match(text.casefold())) else text


def word_key(text: str) -> str:
    """Return what two spellings of the same words have in common."""
    return _JOINTS.sub("", unicodedata.normalize("NFC", plain(text).casefold()))


def form_key(text: str) -> str:
    """Return what spellings of the same word, symbol or number have in common.

    Case, spaces and what stands around do not matter in words; in symbols they do.
    """
    if is_word(plain(text)):
        return f"word {word_key(text)}"
    if _A_NUMBER.fullmatch(text.strip()):
        value = parse_number(text)
        if not isinstance(value, NumberProblem):
            return f"number {Fraction(value)}"
    return f"sign {_symbol(text)}"


def _symbol(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(FULL_WIDTH).replace("$", "")
    text = _COMMAND.sub(lambda m: _GREEK.get(m[1], m[1]), text)
    text = _GREEK.get(text.strip(), text)
    return re.sub(r"[\s{}]+", "", text.translate(_SCRIPTS))


def _uncounted(typed: str) -> tuple[str, ...]:
    """Return the text, and what stands before a counter or a plain word at its end."""
    counted = _COUNTED.fullmatch(typed.strip(" \t\n.。"))
    if counted is None or not all(map(_may_count, counted["words"].split())):
        return (typed,)
    return (typed, counted["number"])


def _may_count(word: str) -> bool:
    """Return whether a word after a number leaves the number as it is: `4h` and `5k` do not."""
    if _NO_COUNTER.match(word):
        return False
    return bool(_HANGUL.match(word)) or (len(word) >= 3 and word.isalpha())
