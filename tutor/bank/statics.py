"""What can be said against a page or a question before it is posed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from tutor.bank import nodes
from tutor.bank.explain import did_you_mean
from tutor.bank.findings import Finding, Where
from tutor.bank.texts import NOT_FILLED, strings_of, words_of
from tutor.bank.topic import Page
from tutor.engine.error import EngineError
from tutor.engine.registry import arguments, is_known, names
from tutor.grading.formula import Formula, Value, parse_formula
from tutor.grading.tokens import FormulaError
from tutor.kinds import Question
from tutor.kinds.base import Compute
from tutor.kinds.choice import Choice
from tutor.kinds.forms import Forms
from tutor.kinds.formula import FormulaQuestion
from tutor.kinds.numeric import Numeric
from tutor.kinds.posed import PoseError
from tutor.kinds.setting import draw_setting
from tutor.kinds.table import placed
from tutor.kinds.trace import Trace
from tutor.text.markdown import MarkdownError, parse
from tutor.text.message import msg
from tutor.text.template import TemplateError, parse_template
from tutor.text.words import LANGS

MAX_FINDINGS = 20  # on one page or question
# without any of these, a text has no maths, no table and nothing nested: it cannot be wrong
MAY_FAIL = re.compile(r"[$|>]|^[ \t\r]*(?:-|[0-9]+\.)", re.MULTILINE)
_SLOT = re.compile(r"\{([^{}:\n]+)(?::,|:\.[0-9][fe%])?\}")  # as nearly all of them are written
_NAME = re.compile(r"[A-Za-z_][\w.]*")


@dataclass
class Named:
    """The names that a question gives to values, before any is computed."""

    single: list[str]
    families: list[str] = field(default_factory=list)  # `lstm` for all that an engine gives
    sound: set[str] = field(default_factory=set)  # the formulas judged so far

    def __contains__(self, name: str) -> bool:
        """Return whether there may be such a value."""
        family, dot, _ = name.partition(".")
        return name in self.single or (bool(dot) and family in self.families)

    def __iter__(self) -> Iterator[str]:
        """Give what is sure to be there."""
        yield from (*self.single, *(f"{family}.total" for family in self.families))

    def judge(self, formula: Formula) -> None:
        """Refuse a name that nothing can have.

        Raises:
            FormulaError: at the first of them.
        """
        if all(name in self for name in formula.names):
            self.sound.add(formula.text)
            return
        for match in _NAME.finditer(formula.text):
            if (name := match.group()) in formula.names and name not in self:
                raise FormulaError(match.start(), msg("unknown name `{name}`", name=name))


# the values by name, or the names alone; None if they cannot be known
Names = Mapping[str, Value] | Named | None


def static_findings(item: Page | Question) -> list[Finding]:
    """Return what is wrong with texts, formulas and computed values, each at its place."""
    return list(islice(_all(item), MAX_FINDINGS))


def written_findings(item: Page | Question, written: nodes.Value = None) -> list[Finding]:
    """Return what makes a page or a question useless, as far as nothing need be computed.

    Args:
        item: the page or the question.
        written: the values it was made of, which are soon looked through; None to do without.
    """
    return list(islice(_written(item, strings_of(written)), MAX_FINDINGS))


def _all(item: Page | Question) -> Iterator[Finding]:
    if isinstance(item, Page):
        yield from _texts(item, None)
        return
    values, findings = _values(item)
    yield from findings
    yield from _draws(item)
    yield from _formulas(item, values)
    yield from _texts(item, values)


def _written(item: Page | Question, strings: list[str]) -> Iterator[Finding]:
    at_a_glance = "\n".join(strings)
    if isinstance(item, Page):
        if not strings or not is_plain(at_a_glance, None):
            yield from _texts(item, None)
        return
    named = Named(list(item.draw))
    for name, wanted in item.compute.items():
        if wanted.value is not None:
            yield from _formula(wanted.value, ("compute", name, "value"), named)
            named.single.append(name)
        elif is_known(wanted.engine or ""):
            named.families.append(name)
        else:
            yield _no_function(name, wanted.engine or "")
            return
    yield from _formulas(item, named)
    if not strings or not is_plain(at_a_glance, named):
        yield from _texts(item, named)


def _values(question: Question) -> tuple[Names, list[Finding]]:
    """Return the values that texts may name, or why they cannot be computed."""
    try:
        return draw_setting(question, 0, None).values, []
    except PoseError as error:
        failure = error
    before: dict[str, Compute] = {}
    for name, wanted in question.compute.items():
        known = draw_setting(question.model_copy(update={"compute": before}), 0, None).values
        before = {**before, name: wanted}
        try:
            draw_setting(question.model_copy(update={"compute": before}), 0, None)
        except PoseError as error:
            finding = _engine(name, wanted, error) if wanted.value is None else None
            if finding is None:
                found = _formula(wanted.value or "", ("compute", name, "value"), known)
                finding = next(found, None)
            failure = error
            if finding is not None:
                return None, [finding]
            break
    return None, [Finding(("compute",), failure.message, msg("mend the computed values"))]


def _engine(name: str, wanted: Compute, error: PoseError) -> Finding | None:
    where: Where = ("compute", name)
    function = wanted.engine or ""
    if not is_known(function):
        return _no_function(name, function)
    cause = error.__context__  # the setting passes on the engine's words only
    if not isinstance(cause, EngineError):
        return Finding(where, error.message, msg("mend the arguments"))
    known = arguments(function).model_fields
    argument = cause.argument or ""
    return Finding(
        (*where, "args", argument) if argument in wanted.args else where,
        cause.message,
        cause.hint or msg("`{name}` takes {known}", name=function, known=", ".join(known)),
        at_key=argument not in known,
    )


def _no_function(name: str, function: str) -> Finding:
    return Finding(
        ("compute", name, "engine"),
        msg("the engine has no function `{name}`", name=function),
        did_you_mean(function, names()),
    )


def _draws(question: Question) -> Iterator[Finding]:
    for name, draw in question.draw.items():
        if draw.choose is not None and len(set(draw.choose)) < len(draw.choose):
            yield Finding(
                ("draw", name, "choose"),
                msg("the same number twice in `{name}`", name=name),
                msg("give each number once"),
            )


def _formulas(question: Question, values: Names) -> Iterator[Finding]:
    if isinstance(question, (Numeric, Choice)) and question.answer is not None:
        yield from _formula(question.answer, ("answer",), values)
        for index, mistake in enumerate(question.mistakes):
            yield from _formula(mistake.value, ("mistakes", index, "value"), values)
    if isinstance(question, FormulaQuestion) and question.equals is not None:
        yield from _formula(question.equals, ("equals",), values)
    if isinstance(question, Trace):
        yield from _cells(question, values)


def _cells(question: Trace, values: Names) -> Iterator[Finding]:
    """Yield what is wrong with the formulas of a table; `follow` may name cells too."""
    for place, cell in placed(question.rows):
        yield from _formula(cell.value, (*place, "value"), values)
    cells = [cell.name for _, cell in placed(question.rows)]
    known: Named | None = None
    if isinstance(values, Named):
        known = Named([*values.single, *cells], values.families)
    elif values is not None:  # by names alone: how it comes out is proved seed by seed
        known = Named([*values, *cells])
    for place, cell in placed(question.rows):
        if cell.follow is not None:
            yield from _formula(cell.follow, (*place, "follow"), known)


def _formula(text: str, where: Where, values: Names, offset: int = 0) -> Iterator[Finding]:
    """Yield what is wrong with a formula that stands at an offset in a text."""
    if isinstance(values, Named) and text in values.sound:
        return
    try:
        formula = parse_formula(text)
        if isinstance(values, Named):
            values.judge(formula)
        elif values is not None:
            formula.evaluate(values.__getitem__)
    except FormulaError as error:
        name = _NAME.match(text, error.offset)
        if values is not None and name is not None and name.group() not in values:
            hint = did_you_mean(name.group(), values)
        else:
            hint = msg("formulas know numbers, names, `+ - * / ^ ( )`, exp, log, sqrt and tanh")
        yield Finding(where, error.message, hint, offset + error.offset)


def _texts(item: Page | Question, values: Names) -> Iterator[Finding]:
    for where, words in words_of(item):
        if isinstance(words, Forms):
            yield from _forms(words, where, values)
            continue
        filled = where[-1] not in NOT_FILLED
        for lang in LANGS if words.en != words.ko else LANGS[:1]:
            text, place = words.get(lang), (*where, lang)
            yield from _template(text, place, values) if filled else _markdown(text, place)


def _forms(forms: Forms, where: Where, values: Names) -> Iterator[Finding]:
    for lang, listed in (("en", forms.en), ("ko", forms.ko)):
        for index, form in enumerate(listed):
            yield from _template(form, (*where, lang, index), values)


def is_plain(text: str, values: Names) -> bool:
    """Return whether a text is sound at a glance; most are, and a bank has very many."""
    if "\\" in text or MAY_FAIL.search(text):
        return False
    slots = _SLOT.findall(text) if "{" in text else []
    if not len(slots) == text.count("{") == text.count("}"):
        return False
    if not slots:
        return True
    if not isinstance(values, Named):
        return False
    for expression in slots:
        if expression not in values.sound:
            try:
                values.judge(parse_formula(expression))
            except FormulaError:
                return False
    return True


def _template(text: str, where: Where, values: Names) -> Iterator[Finding]:
    if is_plain(text, values):
        return
    try:
        parts = parse_template(text)
    except TemplateError as error:
        yield Finding(where, error.message, error.hint, error.offset)
        return
    masked: list[str] = []
    for part in parts:
        if isinstance(part, str):
            masked.append(part)
            continue
        begin = text.index(part.expression, part.offset)
        yield from _formula(part.expression, where, values, begin)
        # digits of the same length: what follows keeps its place
        masked.append("1" * (text.index("}", begin) + 1 - part.offset))
    yield from _markdown("".join(masked), where)


def _markdown(text: str, where: Where) -> Iterator[Finding]:
    if not MAY_FAIL.search(text):
        return
    try:
        parse(text)
    except MarkdownError as error:
        yield Finding(where, error.message, "", error.offset)
