"""Dead variants: what an author wrote and no learner will ever see or be told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from tutor.bank.findings import Finding, Where
from tutor.grading.learner import parse_known
from tutor.grading.numbers import EXACT, Tolerance, matches
from tutor.kinds import Question, pose
from tutor.kinds.base import Draw
from tutor.kinds.formula import FormulaQuestion
from tutor.kinds.posed import PoseError
from tutor.kinds.setting import draw_setting
from tutor.text.message import msg
from tutor.text.template import TemplateError

ENOUGH = 50  # seeds, after which what was not drawn is not left to chance any more
TRIALS = 10  # seeds that one number is tried with, each in as many draws as a card takes
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# fields that say nothing with the question's numbers
_ASIDE = frozenset({"id", "kind", "objective", "page", "source", "tags", "aliases", "draw"})


def unused_findings(question: Question) -> Iterator[Finding]:
    """Yield the numbers that nothing in the question names."""
    if not question.draw and not question.compute:
        return
    fields = {name for name in type(question).model_fields if name not in _ASIDE}
    used = set(_names(question.model_dump(include=fields)))
    if isinstance(question, FormulaQuestion):
        used.update(parse_known(question.answer, question.vocabulary).names)  # `dh` is two names
    for section in ("draw", "compute"):
        for name in getattr(question, section):
            if name not in used:
                yield Finding(
                    (section, name),
                    msg("nothing uses `{name}`", name=name),
                    msg("use it in a text or a formula, or leave it out"),
                    at_key=True,
                )


def _names(value: object) -> Iterator[str]:
    """Yield every word of every text and formula in a value."""
    if isinstance(value, str):
        yield from _NAME.findall(value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _names(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _names(item)


def mistake_findings(question: Question, told: Collection[str]) -> Iterator[Finding]:
    """Yield the mistakes that no answer was ever recognised as.

    Args:
        question: the question.
        told: the mistakes that were diagnosed, over all its cards.
    """
    seen: set[str] = set()
    for where, mistake in _mistakes(question):
        if mistake in seen and where[0] == "mistakes":
            yield Finding(
                where,
                msg("the mistake `{id}` is there already", id=mistake),
                msg("give each mistake an id of its own"),
            )
        elif mistake not in told and mistake not in seen:
            yield Finding(
                where,
                msg("no answer is ever recognised as the mistake `{id}`", id=mistake),
                msg("draw other numbers, or leave it out"),
            )
        seen.add(mistake)


def _mistakes(question: Question) -> Iterator[tuple[Where, str]]:
    """Yield the mistakes that a question names, whatever its kind, each with its place."""
    for index, mistake in enumerate(getattr(question, "mistakes", None) or ()):
        yield ("mistakes", index, "id"), mistake.id
    for key in ("options", "reasons"):
        for index, option in enumerate(getattr(question, key, None) or ()):
            if getattr(option, "mistake", None) is not None:
                yield (key, index, "mistake"), option.mistake


def draw_findings(
    question: Question, shown: dict[str, set[object]], seeds: Iterable[int]
) -> Iterator[Finding]:
    """Yield the numbers that are drawn and never shown, because every such draw is discarded.

    A number that no seed happened to show is tried by itself: only it is drawn for its name.

    Args:
        question: the question; it can be posed.
        shown: the numbers seen so far, by name.
        seeds: what to try with.
    """
    trials = tuple(seeds)[:TRIALS]
    for name, draw in question.draw.items():
        for index, number in _numbers(draw):
            if number in shown.get(name, ()):
                continue
            reason = _refusal(question, name, number, trials)
            if reason is not None:
                yield Finding(
                    ("draw", name, *(() if draw.choose is None else ("choose", index))),
                    msg(
                        "no card has `{name}` = {number}: {reason}",
                        name=name,
                        number=number,
                        reason=reason.message,
                    ),
                    msg("leave this number out, or mend what coincides there"),
                )


def _numbers(draw: Draw) -> list[tuple[int, float]]:
    """Return the numbers of a list, or the two ends of a range.

    Inside a range a number may be passed over without harm: nobody would write the others out.
    """
    if draw.choose is not None:
        return list(enumerate(draw.choose))
    assert draw.first is not None  # noqa: S101 - the model holds a list or a whole range
    assert draw.last is not None  # noqa: S101 - as above
    steps = int((draw.last - draw.first) / draw.step + 1e-9)
    last = draw.first + steps * draw.step
    return [(0, draw.first), (steps, last if draw.whole else round(last, 12))]


def _refusal(
    question: Question, name: str, number: float, trials: tuple[int, ...]
) -> PoseError | None:
    """Return why no card can have a number; None if one can."""
    only = question.draw[name].model_copy(update={"choose": (number,), "first": None, "last": None})
    narrow = question.model_copy(update={"draw": {**question.draw, name: only}})
    refused = None
    for seed in trials:
        try:
            pose(narrow, seed)
        except PoseError as error:
            refused = error
        except TemplateError:
            return None
        else:
            return None
    return refused


def coinciding_findings(question: Question, seed: int, draws: int) -> Iterator[Finding]:
    """Yield the author's mistakes whose value is that of another, or the answer, in every draw.

    Args:
        question: a question that cannot be posed, of any kind.
        seed: the card's seed.
        draws: how many draws a card takes.
    """
    mistakes = [m for m in (getattr(question, "mistakes", None) or ()) if hasattr(m, "value")]
    answer = getattr(question, "answer", None)
    if not mistakes or not isinstance(answer, str):
        return
    names = ["", *(mistake.id for mistake in mistakes)]
    alike = set(combinations(range(len(names)), 2))
    for attempt in range(draws if question.draw else 1):
        try:
            setting = draw_setting(question, seed, None, attempt)
            values = [setting.value(text) for text in (answer, *(m.value for m in mistakes))]
        except PoseError:
            return
        tolerance = _tolerance(question)
        alike = {(a, b) for a, b in alike if matches(values[b], values[a], tolerance)}
    for first, other in sorted(alike):
        yield Finding(
            ("mistakes", other - 1, "value"),
            msg(
                "the mistakes `{a}` and `{b}` coincide in every draw",
                a=names[first],
                b=names[other],
            )
            if first
            else msg("the mistake `{b}` is the answer itself in every draw", b=names[other]),
            msg("draw other numbers, or leave one out"),
        )


def _tolerance(question: Question) -> Tolerance:
    allowed = getattr(question, "tolerance", None)
    if allowed is None:
        return EXACT
    return Tolerance(allowed.abs or 0.0, allowed.rel or 0.0)
