"""The engine's mistakes, carried through a formula over its totals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tutor.grading.formula import Value, parse_formula
from tutor.grading.tokens import FormulaError
from tutor.kinds.base import QuestionBase
from tutor.kinds.mistakes import NamedMistake, PosedMistake
from tutor.kinds.setting import Setting
from tutor.text.words import Words


@dataclass(frozen=True)
class Carried:
    """What a formula comes to when its engine answers are mistaken, made when it is asked for.

    A card is posed with every mistake at hand only if one looks at them: most answers are right.

    Attributes:
        formula: the answer.
        definitions: the computed values that it stands on, in the order of computation.
        setting: the card's numbers.
        known: ids that the author has described; they are left to the author.
        totals: names of the engine answers whose total it uses, and no other part.
    """

    formula: str
    definitions: tuple[tuple[str, str], ...]
    setting: Setting
    known: frozenset[str]
    totals: tuple[str, ...]

    @cached_property
    def mistakes(self) -> tuple[PosedMistake, ...]:
        """Each mistake once, the likeliest of the first engine answer first.

        A mistake that several engine answers have is made in all of them. Its words are those
        of the first. A value may equal the right one, or that of another mistake.
        """
        mistaken: dict[str, dict[str, Value]] = {}
        messages: dict[str, Words] = {}
        for family in self.totals:
            for mistake in self.setting.worked[family].solution.mistakes():
                if mistake.id not in self.known and math.isfinite(mistake.value):
                    mistaken.setdefault(mistake.id, {})[f"{family}.total"] = mistake.value
                    messages.setdefault(mistake.id, mistake.message)
        values = {name: self._value(totals) for name, totals in mistaken.items()}
        return tuple(
            PosedMistake(name, value, messages[name])
            for name, value in values.items()
            if value is not None
        )

    def _value(self, mistaken: dict[str, Value]) -> Value | None:
        """Return the formula's value with some totals replaced; None where it has none."""
        numbers = dict(mistaken)

        def lookup(name: str) -> Value:
            return numbers[name] if name in numbers else self.setting.values[name]

        try:
            for name, definition in self.definitions:
                numbers[name] = parse_formula(definition).evaluate(lookup)
            return parse_formula(self.formula).evaluate(lookup)
        except FormulaError:
            return None


def carried_in(
    formula: str, question: QuestionBase, setting: Setting, named: Sequence[NamedMistake]
) -> Carried | None:
    """Return the engine's mistakes in a formula; None if it stands on no engine total.

    An engine answer of which the formula also uses another part, such as `lstm.W_ih`, is taken
    to be right: what that part would be by mistake is not known.

    Args:
        formula: an answer of the question.
        question: what computes the values.
        setting: the card's numbers.
        named: the author's mistakes, whose ids are left to the author.
    """
    names = set(parse_formula(formula).names)
    definitions: list[tuple[str, str]] = []
    computed = list(question.compute.items())
    for name, wanted in reversed(computed):  # each stands on earlier ones only
        if wanted.value is not None and name in names:
            definitions.append((name, wanted.value))
            names |= parse_formula(wanted.value).names
    parts: dict[str, set[str]] = {}
    for name in names:
        family, _, part = name.partition(".")
        parts.setdefault(family, set()).add(part)
    totals = tuple(family for family in setting.worked if parts.get(family) == {"total"})
    if not totals:
        return None
    known = frozenset(mistake.id for mistake in named)
    return Carried(formula, tuple(reversed(definitions)), setting, known, totals)
