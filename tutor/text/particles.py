"""Korean particles that depend on how the word before them is read."""

from __future__ import annotations

import re

# How a pair is written in a text, and its forms after a final consonant and after a vowel.
_PAIRS = {
    "은(는)": ("은", "는"),
    "는(은)": ("은", "는"),
    "이(가)": ("이", "가"),
    "가(이)": ("이", "가"),
    "을(를)": ("을", "를"),
    "를(을)": ("을", "를"),
    "과(와)": ("과", "와"),
    "와(과)": ("과", "와"),
    "(이)": ("이", ""),
    "(으)": ("으", ""),
}
_PARTICLE = re.compile(r"(?<=\S)(?:" + "|".join(re.escape(pair) for pair in _PAIRS) + r")")
_QUOTES = "]}\"'’”*`$\\"
_NUMBER = re.compile(r"(?P<point>\d[\d,]*\.)?(?P<digits>\d[\d,]*)$", re.ASCII)
_NO_CODA, _RIEUL, _CODA = "", "ㄹ", "x"  # how the word before ends when it is read aloud
_DIGIT_SOUNDS = {  # 영 일 이 삼 사 오 육 칠 팔 구
    "0": _CODA, "1": _RIEUL, "2": _NO_CODA, "3": _CODA, "4": _NO_CODA,
    "5": _NO_CODA, "6": _CODA, "7": _RIEUL, "8": _RIEUL, "9": _NO_CODA,
}  # fmt: skip
_LETTER_SOUNDS = {"l": _RIEUL, "r": _RIEUL, "m": _CODA, "n": _CODA}
_SIGN_SOUNDS = {"²": _CODA, "³": _CODA}  # 제곱, 세제곱
_ASIDE = re.compile(r"(?<=\S)\((?:[^()]|\([^()]*\))*\)$")
_POWER = re.compile(r"\^(?:\{[^{}]*\}|\w)[\]\"'’”*`$\\]*$")  # read 제곱, whatever the exponent


def resolve_particles(text: str) -> str:
    """Replace each pair such as `은(는)` by the particle that fits what stands before it.

    A number is read as a Korean number (10 is 십, 1,000 is 천), a Latin letter by its name
    (m is 엠), a power ends in 제곱, quotes and maths delimiters are looked through, and an
    aside in brackets is not read: `게이트(gate)이(가)` follows 게이트.
    """
    if "(" not in text:
        return text

    def choose(match: re.Match[str]) -> str:
        sound = _last_sound(text[: match.start()])
        with_coda, without = _PAIRS[match.group()]
        soft = sound == _NO_CODA or (match.group() == "(으)" and sound == _RIEUL)
        return without if soft else with_coda

    return _PARTICLE.sub(choose, text)


def _last_sound(head: str) -> str:
    if _POWER.search(head):
        return _CODA
    head = _ASIDE.sub("", head.rstrip(_QUOTES)).rstrip(_QUOTES)
    if not head:
        return _NO_CODA
    last = head[-1]
    if "가" <= last <= "힣":
        coda = (ord(last) - ord("가")) % 28
        return _NO_CODA if coda == 0 else _RIEUL if coda == 8 else _CODA
    if last.isascii() and last.isdigit():
        return _number_sound(head)
    if last.isascii() and last.isalpha():
        return _LETTER_SOUNDS.get(last.lower(), _NO_CODA)
    return _SIGN_SOUNDS.get(last, _NO_CODA)


def _number_sound(head: str) -> str:
    match = _NUMBER.search(head)
    if match is None or match["point"] or head[-1] != "0":
        return _DIGIT_SOUNDS[head[-1]]
    digits = match["digits"].replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros == len(digits):
        return _DIGIT_SOUNDS["0"]
    # 십 백 천 만 억 all end in a consonant other than rieul; 조 (10^12) ends in a vowel
    return _NO_CODA if 12 <= zeros < 16 else _CODA
