"""The keys behind what was typed, whatever input method was on."""

from __future__ import annotations

import unicodedata

# The letters of the standard two-set Korean keyboard, which a Hangul input method sends instead.
_LATIN = "qwertyuiopasdfghjklzxcvbnmQWERTOP"
_HANGUL = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ"
TWINS = dict(zip(_LATIN, _HANGUL, strict=True))
_LETTERS = {hangul: latin for latin, hangul in TWINS.items()}

# The letters of syllables in the order of Unicode, and those that take two keys.
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"  # the first is none
_COMPOUNDS = (
    "ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ "
    "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
)
_TWO_KEYS = {group[0]: group[1:] for group in _COMPOUNDS.split()}
FULL_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def keystrokes(text: str) -> str:
    """Return the text as Latin keys: `뮤` was typed `ab`, `１` is `1`.

    What no key of the two-set keyboard gives stays as it is.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(FULL_WIDTH)
    letters = "".join(map(_letters, text))
    keys = "".join(_TWO_KEYS.get(letter, letter) for letter in letters)
    return "".join(_LETTERS.get(letter, letter) for letter in keys)


def _letters(char: str) -> str:
    """Return the letters of a Hangul syllable; another character stays as it is."""
    if not "가" <= char <= "힣":
        return char
    rest, final = divmod(ord(char) - ord("가"), len(_FINALS))
    initial, vowel = divmod(rest, len(_VOWELS))
    return _INITIALS[initial] + _VOWELS[vowel] + (_FINALS[final] if final else "")
