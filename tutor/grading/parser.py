"""From tokens to an expression."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from tutor.grading.expression import (
    FUNCTIONS,
    Binary,
    Call,
    Expression,
    Name,
    Negative,
    Number,
    out_of_range,
    simple_exact,
)
from tutor.grading.tokens import FormulaError, Token, TokenKind
from tutor.text.message import msg


class Parser:
    """Recursive descent; every level counts towards the depth limit.

    Attributes:
        names: the names met so far.
        token: the next token.
    """

    MAX_DEPTH: ClassVar[int] = 32

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._at = -1
        self.names: set[str] = set()
        self._step()

    def parse(self) -> Expression:
        """Return the expression of all tokens.

        Raises:
            FormulaError: with the offset of the first thing that does not fit.
        """
        expression = self._sum(0)
        if self.token.kind is not TokenKind.END:
            raise FormulaError(
                self.token.offset, msg("`{sign}` has no place here", sign=self.token.typed)
            )
        return expression

    def _step(self) -> None:
        """Go on to the next token."""
        self._at += 1
        self.token = token = self._tokens[self._at]
        self._sign = token.text if token.kind is TokenKind.OPERATOR else ""

    def _sum(self, depth: int) -> Expression:
        self._check(depth)
        left = self._product(depth)
        while (sign := self._sign) == "+" or sign == "-":
            offset = self.token.offset
            self._step()
            left = Binary(sign, left, self._product(depth), offset)
        return left

    def _product(self, depth: int) -> Expression:
        left = self._signed(depth)
        while (sign := self._sign) == "*" or sign == "/":
            offset = self.token.offset
            self._step()
            left = Binary(sign, left, self._signed(depth), offset)
        return left

    def _signed(self, depth: int) -> Expression:
        sign = self._sign
        if sign in ("+", "-"):
            self._check(depth)
            self._step()
            of = self._signed(depth + 1)
            return Negative(of) if sign == "-" else of
        return self._power(depth)

    def _power(self, depth: int) -> Expression:
        base = self._atom(depth)
        while self._sign == "%":
            base = Binary("/", base, Number(100), self.token.offset)
            self._step()
        if self._sign == "^":
            self._check(depth)
            offset = self.token.offset
            self._step()
            return Binary("^", base, self._signed(depth + 1), offset)
        return base

    def _atom(self, depth: int) -> Expression:
        token = self.token
        if token.kind is TokenKind.NUMBER:
            self._step()
            return Number(int(token.text) if token.text.isdigit() else _exact(token))
        if token.kind is TokenKind.NAME:
            self._step()
            if token.text in FUNCTIONS:
                return self._call(token, depth)
            self.names.add(token.text)
            return Name(token.text, token.offset)
        if self._sign == "(":
            self._step()
            inside = self._sum(depth + 1)
            self._close(token)
            return inside
        if token.kind is TokenKind.END:
            raise FormulaError(token.offset, msg("the formula ends too early"))
        raise FormulaError(token.offset, msg("`{sign}` has no place here", sign=token.typed))

    def _call(self, name: Token, depth: int) -> Expression:
        opening = self.token
        if self._sign != "(":
            raise FormulaError(
                opening.offset, msg("`{name}` needs brackets: {name}(…)", name=name.text)
            )
        self._step()
        inside = self._sum(depth + 1)
        self._close(opening)
        return Call(name.text, inside, name.offset)

    def _close(self, opening: Token) -> None:
        if self._sign != ")":
            raise FormulaError(opening.offset, msg("this bracket is not closed"))
        self._step()

    def _check(self, depth: int) -> None:
        if depth > self.MAX_DEPTH:
            raise FormulaError(self.token.offset, msg("nested too deeply"))


def _exact(token: Token) -> int | Fraction:
    mantissa, _, exponent = token.text.lower().partition("e")
    if exponent and abs(int(exponent)) > 400:
        raise FormulaError(token.offset, out_of_range())
    return simple_exact(Fraction(mantissa) * Fraction(10) ** int(exponent or 0))
