"""What is said about a wrong formula."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.engine.worked import Term
from tutor.grading.difference import (
    Difference,
    difference,
    polynomial_of,
    ratio,
    told_by,
    told_by_values,
)
from tutor.grading.drawn import drawn, drawn_name
from tutor.grading.equality import Comparison
from tutor.grading.expression import Number, Value
from tutor.grading.formula import Formula
from tutor.grading.numbers import Tolerance, matches, write
from tutor.grading.tokens import FormulaError
from tutor.kinds.engine_draws import EngineDraw, EngineDraws
from tutor.kinds.posed import Diagnosis
from tutor.text.localized import Localized
from tutor.text.message import Message, msg
from tutor.text.template import Markdown, escape, labelled, unescaped
from tutor.text.words import Words

if TYPE_CHECKING:
    from tutor.kinds.formula import PosedFormula

_ROUNDING = Tolerance(relative=1e-9)
ENOUGH = 5  # draws that tell a mistake from the answer


@dataclass(frozen=True, slots=True)
class PosedTerm:
    """A part of the answer that has words of its own."""

    formula: Formula
    say: Words


def engine_mistake(
    posed: PosedFormula, formula: Formula, draws: EngineDraws, left_out: Collection[str]
) -> Diagnosis | None:
    """Return the engine's mistake that has the formula's value at every draw, if one has.

    Args:
        posed: the card; the message is told with its numbers.
        formula: what was typed.
        draws: the draws.
        left_out: ids that the question's author has told in other words.
    """
    typed = [(draw, _at(formula, draw.values)) for draw in draws.draws]
    if posed.solution is None:
        return None
    for mistake in posed.solution.solution.mistakes():
        if mistake.id not in left_out and _leads_to(mistake.id, typed):
            return Diagnosis(mistake.id, mistake.message)
    return None


def _leads_to(name: str, typed: Sequence[tuple[EngineDraw, Value | None]]) -> bool:
    """Return whether a mistake has the typed formula's value wherever it can be made."""
    telling = 0
    for draw, value in typed:
        mistake = draw.mistakes.get(name)
        if mistake is None:  # such as swapped sizes where both are the same
            continue
        if value is None or not matches(value, mistake.value, _ROUNDING):
            return False
        telling += mistake.value != draw.worked.total
    return telling >= ENOUGH


def _at(formula: Formula, values: Mapping[str, Value]) -> Value | None:
    try:
        return formula.evaluate(values.__getitem__)
    except FormulaError:
        return None


def remark(posed: PosedFormula, formula: Formula, comparison: Comparison) -> Words | None:
    """Return what sets a wrong formula apart from the right one, in the question's terms."""
    apart = difference(comparison, posed.values)
    numbers = Markdown(card_numbers(posed.values))
    if apart is None:
        return _by_value(posed, formula, comparison, numbers)
    tex, value = Markdown(apart.tex), apart.at(posed.values)
    if not value:
        return msg(
            r"With {numbers} yours has the right value, but not with others:"
            r" it is $\val{formula}$ away.",
            numbers=numbers,
            formula=tex,
        )
    terms = _terms(posed, comparison, apart)
    shown: dict[str, object] = {"formula": tex, "numbers": numbers, "value": write(value)}
    if terms is None:
        if apart.less:
            return msg(r"Yours is $\val{formula}$ less: {value} with {numbers}.", **shown)
        return msg(r"Yours is $\val{formula}$ more: {value} with {numbers}.", **shown)
    shown["terms"] = terms
    if apart.less:
        return msg(
            r"Yours is $\val{formula}$ less: {terms}. With {numbers} that is {value}.", **shown
        )
    return msg(r"Yours is $\val{formula}$ more: {terms}. With {numbers} that is {value}.", **shown)


def card_numbers(values: Mapping[str, Value]) -> str:
    """Return numbers by name as markdown-lite: `$d = 10$, $h = 24$`."""
    return ", ".join(f"${drawn_name(name)} = {write(value)}$" for name, value in values.items())


def _by_value(
    posed: PosedFormula, formula: Formula, comparison: Comparison, numbers: Markdown
) -> Message | None:
    yours, right = _at(formula, posed.values), _at(posed.answer.formula, posed.values)
    if yours is None or right is None:
        return None
    if write(yours) == write(right):
        return msg(
            "With {numbers} yours has the right value, but not with others.", numbers=numbers
        )
    shown: dict[str, object] = {
        "numbers": numbers,
        "yours": write(yours),
        "right": write(right),
    }
    times = ratio(comparison)
    if times is not None:
        return msg(
            r"Yours is $\val{times}$ times the right one:"
            " {yours} instead of {right} with {numbers}.",
            times=Markdown(drawn(Number(times))),
            **shown,
        )
    return msg("With {numbers} yours is {yours}, the right one {right}.", **shown)


def _terms(posed: PosedFormula, comparison: Comparison, apart: Difference) -> Words | None:
    """Return the words for a difference: the author's, or the engine's labels."""
    known = [polynomial_of(comparison, term.formula) for term in posed.terms]
    told = told_by(dict(apart.polynomial), known)
    if told is not None:
        chosen, times = told
        words = _listed([posed.terms[index].say for index in chosen])
        return words if times == 1 else msg("{n} × ({term})", n=times, term=words)
    return None if posed.draws is None else _labels(posed.draws.draws, apart)


def _labels(draws: Sequence[EngineDraw], apart: Difference) -> Words | None:
    """Return the labels of the engine's terms that make up a difference at every draw."""
    if len(draws) < ENOUGH or not all(draw.worked.is_sum for draw in draws):
        return None
    first = draws[0].worked.terms
    if any([term.id for term in draw.worked.terms] != [t.id for t in first] for draw in draws):
        return None  # how many parts there are depends on the numbers
    values = [
        tuple(draw.worked.terms[place].count for draw in draws) for place in range(len(first))
    ]
    chosen = told_by_values([apart.at(draw.values) for draw in draws], values)
    if chosen is None:
        return None
    if len(chosen) == 1:  # of parts of the same size nobody can tell which is meant
        alike = [place for place, value in enumerate(values) if value == values[chosen[0]]]
        return _either([_label(first[place]) for place in alike])
    return _listed([_label(first[place]) for place in chosen])


def _label(term: Term) -> Words:
    label = term.label
    if isinstance(label, str) and "$" not in label:
        return Localized.same(f"`{label}`") if "`" not in label else escape(label)
    return labelled(label)


def _listed(items: Sequence[Words]) -> Words:
    words = unescaped(items[0])
    for item in items[1:-1]:
        words = msg("{one}, {two}", one=words, two=unescaped(item))
    return words if len(items) == 1 else msg("{one} and {two}", one=words, two=unescaped(items[-1]))


def _either(items: Sequence[Words]) -> Words:
    words = unescaped(items[0])
    for item in items[1:]:
        words = msg("{one} or {two}", one=words, two=unescaped(item))
    return words
