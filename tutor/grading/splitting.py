"""The tokens of a formula as learners type them: words fall into the question's names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from tutor.grading.tokens import SUPERSCRIPTS, TO_ASCII, FormulaError, Token, TokenKind
from tutor.grading.vocabulary import E, Vocabulary, readings_of
from tutor.text.message import Message, msg
from tutor.text.safe import scrub

MAX_TOKENS = 120
_SHOWN = 20  # characters of a word that a message repeats
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ"
_FROM_SUBSCRIPT = str.maketrans({sign: unicodedata.normalize("NFKC", sign) for sign in _SUBSCRIPTS})
_LETTERS = {  # of mathematics, as they are copied from papers
    code: sign
    for code in (0x210E, 0x2113, *range(0x1D400, 0x1D800))
    if (sign := unicodedata.normalize("NFKC", chr(code))).isascii() and len(sign) == 1
}
_SPACES = dict.fromkeys((0xA0, 0x2009, 0x202F, 0x3000), " ")
_NORMAL = {**TO_ASCII, **_LETTERS, **_SPACES, ord("•"): "*", ord("∙"): "*"}
_OPENING = {"[": "(", "{": "(", "(": "("}
_CLOSING = {"]": "[", "}": "{", ")": "("}
_NUMBER = r"\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?(?![\d,_])|(?<!\^)\d{1,3}(?: \d{3})+(?![\d,._])"
_PLAIN = r"(?:\d+\.?\d*|\.\d+)"
_TOKENS = (
    rf"(?P<word>[A-Za-z_][A-Za-z0-9_{_SUBSCRIPTS}]*)"
    r"|(?P<operator>\*\*|[-+*/^%%])"
    r"|(?P<bracket>[()\[\]{}])"
    r"|(?P<space>\s+)"
    r"|(?P<number>%s)"
    r"|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<root>√)"
    r"|\\(?P<tex>cdot|times)"
)
_TOKEN = re.compile(_TOKENS % rf"{_NUMBER}|{_PLAIN}(?:[eE][+-]?\d+)?", re.ASCII)
_TOKEN_WITH_E = re.compile(_TOKENS % rf"{_NUMBER}|{_PLAIN}", re.ASCII)


def split(text: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """Split a learner's formula into tokens, the last one marking the end.

    A word is the names that it is made of, if there is one way to read it so.

    Raises:
        FormulaError: what no formula holds, an unknown name, a word of two readings.
    """
    return _Splitter(text, vocabulary).split()


class _Splitter:
    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._typed = text
        # one character for one: offsets stay
        self._is_ascii = text.isascii()
        self._text = text if self._is_ascii else text.translate(_NORMAL)
        self._vocabulary = vocabulary
        self._open: list[tuple[str, int]] = []
        self._tokens: list[Token] = []

    def split(self) -> tuple[Token, ...]:
        text = self._text
        if (equals := text.find("=")) >= 0:  # before the name on its left is refused
            raise FormulaError(equals, msg("write the formula alone, without `=`"))
        number_e = E in self._vocabulary.names or "E" in self._vocabulary.names
        pattern = _TOKEN_WITH_E if number_e else _TOKEN
        at = 0
        for match in pattern.finditer(text):
            if match.start() != at:
                break
            at = match.end()
            if match.lastgroup != "space":
                self._take(match)
        if at < len(text):
            raise FormulaError(at, _misplaced(text[at], self._typed[at]))
        if self._open:
            raise FormulaError(self._open[-1][1], msg("this bracket is not closed"))
        if len(self._tokens) > MAX_TOKENS:
            raise FormulaError(self._tokens[MAX_TOKENS].offset, msg("too long a formula"))
        self._tokens.append(Token(TokenKind.END, "", len(text)))
        return tuple(self._tokens)

    def _take(self, match: re.Match[str]) -> None:
        start, text = match.start(), match.group()
        typed = text if self._is_ascii else self._typed[start : match.end()]
        add = self._tokens.append
        match match.lastgroup:
            case "word":
                if text in self._vocabulary.names:
                    add(Token(TokenKind.NAME, text, start, typed))
                else:
                    self._tokens += self._word(match, typed)
            case "operator":
                add(Token(TokenKind.OPERATOR, "^" if text == "**" else text, start, typed))
            case "number":
                number = text if text.isdigit() else re.sub("[,_ ]", "", text)
                add(Token(TokenKind.NUMBER, number, start, typed))
            case "bracket":
                add(self._bracket(text, start, typed))
            case "power":
                add(Token(TokenKind.OPERATOR, "^", start, typed))
                add(Token(TokenKind.NUMBER, text.translate(SUPERSCRIPTS), start, typed))
            case "root":
                if "sqrt" not in self._vocabulary.functions:
                    raise FormulaError(start, msg("this question needs no `{name}`", name="√"))
                add(Token(TokenKind.NAME, "sqrt", start, "√"))
            case _:
                add(Token(TokenKind.OPERATOR, "*", start, typed))

    def _bracket(self, text: str, start: int, typed: str) -> Token:
        if text in _OPENING:
            self._open.append((text, start))
            return Token(TokenKind.OPERATOR, "(", start, typed)
        if not self._open or self._open.pop()[0] != _CLOSING[text]:
            raise FormulaError(start, msg("`{sign}` closes no bracket", sign=typed))
        return Token(TokenKind.OPERATOR, ")", start, typed)

    def _word(self, match: re.Match[str], typed: str) -> Iterator[Token]:
        known, start = self._vocabulary, match.start()
        word = _subscripted(match.group())
        if word in known.names:
            yield Token(TokenKind.NAME, word, start, typed)
            return
        if word == "x":  # 4 x h x d
            yield Token(TokenKind.OPERATOR, "*", start, typed)
            return
        called = self._text[match.end() :].lstrip()[:1] in _OPENING
        readings = readings_of(word, known.parts, tuple(known.callables) if called else ())
        if not readings and word in known.callables:
            name = known.callables[word]
            raise FormulaError(match.end(), msg("`{name}` needs brackets: {name}(…)", name=name))
        if len(readings) != 1:
            raise FormulaError(start, self._unread(word, readings))
        for part in readings[0]:
            if part in known.callables:
                yield Token(TokenKind.NAME, known.callables[part], start, typed)
            elif part in known.names:
                yield Token(TokenKind.NAME, part, start, typed)
            else:  # e, which is exp(1)
                yield Token(TokenKind.NAME, "exp", start, typed)
                yield Token(TokenKind.OPERATOR, "(", start, typed)
                yield Token(TokenKind.NUMBER, "1", start, typed)
                yield Token(TokenKind.OPERATOR, ")", start, typed)

    def _unread(self, word: str, readings: tuple[tuple[str, ...], ...]) -> Message:
        shown = _shown(word)
        if readings:
            one, two = ("*".join(reading) for reading in readings)
            return msg(
                "`{word}` can be read as `{one}` or as `{two}`; write the `*`",
                word=shown,
                one=_shown(one),
                two=_shown(two),
            )
        known = self._vocabulary
        rest = _unknown(word, known)
        if rest.isdigit() and word != rest:
            return msg(
                "`{word}`: write `{name}^{number}` for a power, `{number}{name}` for a product",
                word=shown,
                name=_shown(word.removesuffix(rest)),
                number=_shown(rest),
            )
        if rest in {"exp", "log", "ln", "sqrt", "tanh"} and rest not in known.callables:
            return msg("this question needs no `{name}`", name=rest)
        meant = _meant(word, rest, known) if len(word) <= _SHOWN else None
        if meant is None:
            return msg(
                "`{word}` is not a name here; the names are {names}", word=shown, names=known.listed
            )
        return msg(
            "`{word}` is not a name here; the names are {names} (did you mean `{meant}`?)",
            word=shown,
            names=known.listed,
            meant=_shown(meant),
        )


def _subscripted(word: str) -> str:
    """Return a word with small low signs as a subscript: `dₖ` is `d_k`."""
    if word.isascii():
        return word
    return re.sub(f"[{_SUBSCRIPTS}]+", lambda m: "_" + m[0].translate(_FROM_SUBSCRIPT), word)


def _unknown(word: str, known: Vocabulary) -> str:
    """Return the end of a word from where no name fits."""
    far = 0
    reached = {0}
    for at in range(len(word)):
        if at in reached:
            far = at
            reached.update(at + len(part) for part in known.parts if word.startswith(part, at))
    return word[far:]


def _meant(word: str, rest: str, known: Vocabulary) -> str | None:
    """Return what an unknown word may stand for: the right case, or the nearest name."""
    folded = {name.casefold(): name for name in known.names}
    readings = readings_of(word.casefold(), tuple(folded))
    if len(readings) == 1:
        parts = [folded[part] for part in readings[0]]
        return ("*" if any(len(part) > 1 for part in parts) else "").join(parts)
    names = [*known.names, *known.callables]
    for part in dict.fromkeys((word, rest)):
        if close := get_close_matches(part, names, n=1, cutoff=0.6):
            return word.removesuffix(part) + close[0]
    return None


def _misplaced(sign: str, typed: str) -> Message:
    if sign in {",", ";"}:
        return msg(
            "`{sign}` has no place here; group thousands as in 1,024 and "
            "write a decimal with a point, as in 10.24",
            sign=sign,
        )
    return msg("`{sign}` has no place here", sign=scrub(typed))


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
