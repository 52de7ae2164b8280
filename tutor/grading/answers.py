"""Short typed answers: which known form was meant, with one typo forgiven in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tutor.grading.gaps import is_word, plain, same_form, word_key

MAX_TYPED = 200  # characters; what is longer is no short answer
LONG_WORD, SHORT_WORD = 5, 4  # letters: forgiven anywhere, and only inside a longer phrase
LONG_HANGUL, SHORT_HANGUL = 3, 2  # syllables, likewise

_PIECE = re.compile(r"[가-힣]+|[^\W\d_가-힣]+|\d+|[^\w\s\-‐–]")
_LAST_HANGUL = re.compile(r"[가-힣]{2}$")
# `forget gate입니다`: what may end an answer without saying anything else
_COPULA = re.compile(r"\s*(?:입니다|이다|이에요|이예요|예요|에요)$")
# `게이트는`: single syllables, which may also be the end of another word
_AFTER_CONSONANT, _AFTER_VOWEL = ("은", "이", "을", "임", "이요"), ("는", "가", "를", "다", "요")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a typed answer was read.

    Attributes:
        group: which group of forms it belongs to, counted from 0.
        form: the known form, as its author wrote it.
        typo: whether a slip of the finger was forgiven.
    """

    group: int
    form: str
    typo: bool = False


def read_answer(typed: str, *groups: Iterable[str]) -> Reading | None:
    """Return the known form that was typed, or None if it is none of them.

    Give the accepted forms first, then the forms that are recognised as wrong, a group for each
    mistake: what is typed is then never taken for a typo of the right answer where it is another
    form, or is as near to one.

    Forgiven are one letter too many, too few or another, or two neighbours swapped, in a word of
    at least five letters (Hangul: one jamo, in a word of at least three syllables). Inside a
    longer phrase a word of four letters (two syllables) is long enough if it begins right.
    Words in capitals, symbols and numbers must be exact. Korean answers may end in a copula
    (`입니다`) or in a particle that fits (`게이트는`).
    """
    if len(typed) > MAX_TYPED:
        return None
    candidates = tuple(dict.fromkeys(_endings_off(typed)))
    known = tuple(_each_once(groups))
    for candidate in candidates:
        for group, form in known:
            if same_form(candidate, form):
                return Reading(group, form)
    near = [
        Reading(group, form, typo=True)
        for group, form in known
        if any(_is_slip(candidate, form) for candidate in candidates)
    ]
    if not near or len({reading.group for reading in near}) > 1:
        return None
    return near[0]


def _each_once(groups: tuple[Iterable[str], ...]) -> Iterator[tuple[int, str]]:
    """Give all forms with their group; a form of several groups belongs to the first."""
    seen: set[str] = set()
    for group, forms in enumerate(groups):
        for form in forms:
            key = word_key(form) if is_word(form) else form
            if key not in seen:
                seen.add(key)
                yield group, form


def is_accepted(typed: str, accepted: Iterable[str], others: Iterable[str] = ()) -> bool:
    """Return whether the typed text is an accepted form, and none of the others."""
    reading = read_answer(typed, accepted, others)
    return reading is not None and reading.group == 0


def _endings_off(typed: str) -> Iterator[str]:
    """Give the text, and the text without a Korean ending that adds nothing to it."""
    typed = unicodedata.normalize("NFC", typed).strip()
    yield typed
    text = plain(typed)
    if (copula := _COPULA.search(text)) and copula.start():
        yield text[: copula.start()]
    for ending in (*_AFTER_CONSONANT, *_AFTER_VOWEL):
        before = text.removesuffix(ending)
        if before != text and _may_end(before, ending):
            yield before


def _may_end(before: str, ending: str) -> bool:
    """Return whether a short ending can be one here, rather than part of a word."""
    if not before or before[-1].isspace():
        return False
    if _LAST_HANGUL.search(before):
        closed = (ord(before[-1]) - 0xAC00) % 28 != 0
        return ending in (_AFTER_CONSONANT if closed else _AFTER_VOWEL)
    return before[-1].isascii() and before[-1].isalnum()  # `LSTM은` and `LSTM는` are both said


def _is_slip(typed: str, form: str) -> bool:
    """Return whether the typed text is the form but for one slip in a long enough word."""
    if not is_word(form):
        return False
    key = _decomposed(word_key(typed))
    pieces = _PIECE.findall(plain(form))
    letters = sum(len(piece) for piece in pieces if piece.isalpha())
    for at, piece in enumerate(pieces):
        before, after = (_decomposed("".join(p)) for p in (pieces[:at], pieces[at + 1 :]))
        if not (key.startswith(before) and key.endswith(after)):
            continue
        middle = key[len(before) : len(key) - len(after)]
        if _forgiven(middle, piece, letters) and len(before) + len(after) <= len(key):
            return True
    return False


def _forgiven(typed: str, piece: str, letters: int) -> bool:
    """Return whether a piece of a form, typed so, is forgiven.

    Args:
        typed: what was typed, decomposed.
        piece: letters of one script, a number or a sign.
        letters: how many letters and syllables the whole form has.
    """
    if not (piece.isalpha() and typed.isalpha()):
        return False
    hangul = "가" <= piece[0] <= "힣"
    long, short = (LONG_HANGUL, SHORT_HANGUL) if hangul else (LONG_WORD, SHORT_WORD)
    right = _decomposed(piece)
    if not hangul and piece.isupper():
        return False
    if len(piece) < long and not (
        len(piece) >= short and letters >= 2 * short and typed[0] == right[0]
    ):
        return False
    # asymmetric is the opposite of symmetric, not a slip
    return f"a{typed}" != right and typed != f"a{right}" and one_slip(typed, right)


def one_slip(typed: str, right: str) -> bool:
    """Return whether one letter more, less or other, or a swap of neighbours, is between them."""
    start = 0
    while start < min(len(typed), len(right)) and typed[start] == right[start]:
        start += 1
    a, b = typed[start:], right[start:]
    if a == b:
        return False
    return (
        a[1:] == b[1:]
        or a[1:] == b
        or a == b[1:]
        or (a[:2] == b[:2][::-1] and a[2:] == b[2:] and len(b) >= 2)
    )


def _decomposed(text: str) -> str:
    """Return Hangul as its jamo, so that one wrong jamo is one wrong letter."""
    return unicodedata.normalize("NFKD", text.casefold())
