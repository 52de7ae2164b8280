"""Formulas as learners type them: products without a sign, the question's names only."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from tutor.grading.expression import Binary, Call, Expression
from tutor.grading.formula import Formula
from tutor.grading.parser import Parser
from tutor.grading.splitting import split
from tutor.grading.tokens import FormulaError, Token, TokenKind
from tutor.grading.vocabulary import Vocabulary
from tutor.text.message import msg

MAX_TYPED = 200


def parse_typed(text: str, vocabulary: Vocabulary) -> Formula:
    """Parse a formula of a learner.

    It is the grammar of content, and besides: names and brackets side by side are multiplied,
    a word of several names is their product, brackets may be square or curly, and `√ √( ) ln e`
    are understood where the question allows these functions. What a careful reader would ask
    about is refused: `1/2h`, `h2`, a word of two readings.

    Args:
        text: what was typed; neither control nor invisible characters.
        vocabulary: the names and functions of the question.

    Raises:
        FormulaError: with the offset of the first thing that does not fit.
    """
    if len(text) > MAX_TYPED:
        raise FormulaError(MAX_TYPED, msg("longer than {limit} characters", limit=MAX_TYPED))
    parser = _TypedParser(split(text, vocabulary))
    expression = parser.parse()
    return Formula(text, expression, frozenset(parser.names))


@lru_cache(maxsize=1024)
def parse_known(text: str, vocabulary: Vocabulary) -> Formula:
    """Parse a formula of the question's author, which every card of the question repeats.

    Raises:
        FormulaError: as for a learner.
    """
    return parse_typed(text, vocabulary)


class _TypedParser(Parser):
    MAX_DEPTH: ClassVar[int] = 12  # what can still be drawn

    def _product(self, depth: int) -> Expression:
        left = self._signed(depth)
        divided = False
        while True:
            beside, sign = self.token, self._sign
            if sign in ("*", "/"):
                self._step()
                left = Binary(sign, left, self._signed(depth), beside.offset)
                divided = sign == "/"
            elif self._begins_factor():
                if divided:
                    raise FormulaError(
                        beside.offset,
                        msg("a product after `/` can be read in two ways; write brackets"),
                    )
                left = Binary("*", left, self._power(depth), beside.offset)
            else:
                return left

    def _begins_factor(self) -> bool:
        token = self.token
        if token.kind is TokenKind.NUMBER:
            if self._tokens[self._at - 1].kind is TokenKind.NUMBER:
                raise FormulaError(
                    token.offset, msg("two numbers side by side; write `*`, or one number")
                )
            raise FormulaError(
                token.offset,
                msg("`{number}` after a name or a bracket; write `*` or `^`", number=token.typed),
            )
        return token.kind is TokenKind.NAME or self._sign == "("

    def _call(self, name: Token, depth: int) -> Expression:
        if name.typed == "√" and self._sign != "(":
            self._check(depth)
            return Call("sqrt", self._atom(depth + 1), name.offset)
        return super()._call(name, depth)
