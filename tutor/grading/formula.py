"""Formulas of content: the grammar in which nothing is left to guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from tutor.grading.expression import FUNCTIONS, Expression, Value, evaluate, simple
from tutor.grading.parser import Parser
from tutor.grading.tokens import tokenize

__all__ = ["FUNCTIONS", "Formula", "Value", "parse_formula"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula."""

    text: str
    expression: Expression
    names: frozenset[str]

    def evaluate(self, lookup: Callable[[str], Value]) -> Value:
        """Return the value: an exact integer or fraction where that is possible.

        Args:
            lookup: gives the value of a name; a name it does not know raises `KeyError`.

        Raises:
            FormulaError: an unknown name, a division by zero, a result out of range.
        """
        return simple(evaluate(self.expression, lookup))


@lru_cache(maxsize=8192)
def parse_formula(text: str) -> Formula:
    """Parse a formula over numbers, names, `+ - * / ^ ( )`, `%` and the known functions.

    Raises:
        FormulaError: with the offset of the first thing that does not fit.
    """
    parser = Parser(tokenize(text))
    expression = parser.parse()
    return Formula(text, expression, frozenset(parser.names))
