"""Reads the engine's formulas, apart from what wrote them."""

import re

from tutor.text import maths
from tutor.text.speaker import ENGLISH
from tutor.text.words import Words


class Reader:
    """Evaluates a sum of products as the engine writes it, apart from the engine's algebra."""

    TOKEN = re.compile(r"\s*(\d{1,3}(?:,\d{3})+|\d+|[A-Za-z](?:_[A-Za-z])?|\\cdot|\\times|[-+^()])")

    def __init__(self, tex: str, symbols: dict[str, int]) -> None:
        assert not re.search(r"\d{4}", tex), "digits are grouped"
        self.tokens = self.TOKEN.findall(tex)
        assert "".join(self.tokens) == re.sub(r"\s", "", tex)
        self.symbols = symbols

    def next(self) -> str:
        """Return the token that comes next, or nothing at the end."""
        return self.tokens[0] if self.tokens else ""

    def sum(self) -> int:
        """Read a sum to its end."""
        value = self.product()
        while self.next() == "+":
            self.tokens.pop(0)
            value += self.product()
        return value

    def product(self) -> int:
        """Read factors, with or without a sign between them."""
        value = self.power()
        while self.next() not in {"", "+", ")"}:
            if self.next() in {r"\cdot", r"\times"}:
                self.tokens.pop(0)
            value *= self.power()
        return value

    def power(self) -> int:
        """Read a number, a symbol or a sum in parentheses, and its exponent."""
        part = self.tokens.pop(0)
        if part == "(":
            value = self.sum()
            assert self.tokens.pop(0) == ")"
        else:
            value = int(part.replace(",", "")) if part[0].isdigit() else self.symbols[part]
        if self.next() == "^":
            self.tokens.pop(0)
            value **= int(self.tokens.pop(0))
        return value


def value_of(tex: str, symbols: dict[str, int] | None = None) -> int:
    """Evaluate what the engine wrote."""
    reader = Reader(tex, symbols or {})
    value = reader.sum()
    assert not reader.tokens
    return value


def said(words: Words) -> str:
    """Return the words in English, after checking that their maths can be drawn."""
    text = ENGLISH.say(words)
    assert text.count("$") % 2 == 0
    assert "\\val" not in text
    for tex in re.findall(r"\$([^$]+)\$", text):
        maths.inline(maths.parse(tex))
    assert not re.search(r"!|\bwrong\b", text, re.IGNORECASE)
    return text
