"""Options computed for a card: the answer among the values that mistakes lead to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.engine import Worked
from tutor.grading.formula import Value
from tutor.kinds.base import QuestionBase
from tutor.kinds.carried import carried_in
from tutor.kinds.common import with_unit
from tutor.kinds.mistakes import NamedMistake, PosedMistake, posed_mistakes, solution_of
from tutor.kinds.options import PosedOption
from tutor.kinds.posed import PoseError
from tutor.kinds.redraw import redraws
from tutor.kinds.seeds import Stream
from tutor.kinds.setting import Setting, draw_setting
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.template import tex_number

_TRIES = 5  # at numbers that give as many options as are wanted
_CLOSE = 1e-6  # relative; what is closer is one value with another rounding
_FEWEST, _MOST, _ALL = 3, 9, 17  # significant digits; with all of them no two floats are alike
_LONGEST = 10**15  # from here on, whole numbers are written as powers of ten


@dataclass(frozen=True, slots=True)
class ComputedOptions:
    """Options in ascending order, with the numbers and the answer that they come from."""

    setting: Setting
    solution: Worked | None
    answer: Value
    options: tuple[PosedOption, ...]


def compute_options(
    question: QuestionBase,
    answer: str,
    named: Sequence[NamedMistake],
    seed: int,
    learner_args: Mapping[str, Value] | None,
    *,
    most: int,
    unit: Localized | None,
) -> ComputedOptions:
    """Draw numbers that tell the answer and its mistakes apart, and make them the options.

    Which mistakes become options is drawn; where fewer can be told apart, there are fewer.

    Args:
        question: whose numbers are drawn.
        answer: the formula of the answer; the engine's mistakes come with it.
        named: the author's mistakes.
        seed: the card's seed.
        learner_args: the learner's own numbers; with them nothing is drawn again.
        most: how many wrong options are wanted.
        unit: stands after each value.

    Raises:
        PoseError: no mistake can be told from the answer, or the engine refuses the numbers.
    """
    found: tuple[Setting, Worked | None, Value, list[PosedMistake]] | None = None
    for attempt in redraws(question, learner_args):
        setting = draw_setting(question, seed, learner_args, attempt)
        solution = solution_of(answer, setting)
        right = setting.value(answer)
        mistakes = tuple(posed_mistakes(named, setting, solution))
        if solution is None and (over := carried_in(answer, question, setting, named)):
            mistakes += over.mistakes
        apart = _apart(right, mistakes)
        if found is None or len(apart) > len(found[3]):
            found = (setting, solution, right, apart)
        wanted = min(most, len(mistakes) + len(solution.coinciding if solution else ()))
        if len(found[3]) >= wanted > 0 or (found[3] and attempt + 1 >= _TRIES):
            break
    if found is None or not found[3]:
        raise PoseError(
            msg("no mistake can be told from the answer: there is nothing to choose from"),
            where=("answer",),
        )
    setting, solution, right, apart = found
    taken = Stream(question.id, seed, "distractors").shuffled(apart)[:most]
    options: list[tuple[Value, PosedMistake | None]] = [(right, None)]
    options += [(mistake.value, mistake) for mistake in taken]
    options.sort(key=lambda option: float(option[0]))
    texts = write_apart([value for value, _ in options])
    return ComputedOptions(
        setting,
        solution,
        right,
        tuple(
            PosedOption(
                _labelled(text, unit),
                right=mistake is None,
                feedback=mistake.message if mistake else None,
                mistake=mistake.id if mistake else None,
            )
            for text, (_, mistake) in zip(texts, options, strict=True)
        ),
    )


def write_apart(values: Sequence[Value]) -> tuple[str, ...]:
    """Write different values so that they read differently, all in one way.

    Whole numbers are grouped and exact; others have as few decimals as tell them apart, the
    same number each, but at least three significant digits.

    Args:
        values: no two equal or closer than rounding errors.

    Returns:
        Markdown-lite.
    """
    if all(_whole(value) for value in values):
        return tuple(_signed(f"{int(value):,}") for value in values)
    numbers = [float(value) for value in values]
    texts: list[str] = []
    for digits in range(_FEWEST, _ALL + 1):
        texts = _with_digits(numbers, digits)
        if len(set(texts)) == len(texts):
            break
    return tuple(texts)


def _apart(right: Value, mistakes: Sequence[PosedMistake]) -> list[PosedMistake]:
    """Return the mistakes whose values differ from the answer and each other, likeliest first."""
    taken: list[Value] = [right]
    kept: list[PosedMistake] = []
    if not _finite(right):
        return kept
    for mistake in mistakes:
        if not _finite(mistake.value):
            continue
        if not any(_same(mistake.value, value, float(right)) for value in taken):
            taken.append(mistake.value)
            kept.append(mistake)
    return kept


def _labelled(text: str, unit: Localized | None) -> Localized:
    words = with_unit(text, unit)
    return words if isinstance(words, Localized) else Localized.same(text)


def _finite(value: Value) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _same(a: Value, b: Value, right: float) -> bool:
    if _whole(a) and _whole(b):
        return a == b
    # beside 0.5, what is left of a sum that should be 0 is 0
    noise = abs(right or 1.0) * 1e-12
    return math.isclose(float(a), float(b), rel_tol=_CLOSE, abs_tol=noise)


def _whole(value: Value) -> bool:
    """Return whether a finite value is a whole number that is written out."""
    return abs(float(value)) < _LONGEST and int(value) == value


def _with_digits(numbers: Sequence[float], digits: int) -> list[str]:
    sizes = [_magnitude(number) for number in numbers if number]
    decimals = max(0, digits - 1 - min(sizes, default=0))
    if decimals > _MOST or max(sizes, default=0) >= _MOST:
        return [_general(number, digits) for number in numbers]
    texts = [f"{number:,.{decimals}f}" for number in numbers]
    while "." in texts[0] and all(text.endswith("0") for text in texts):
        texts = [text[:-1].removesuffix(".") for text in texts]
    return [_signed(text) for text in texts]


def _general(number: float, digits: int) -> str:
    """Write a number that stands beside much larger or smaller ones."""
    if not number:
        return "0"
    if -2 <= _magnitude(number) < digits:
        return _signed(f"{number:,.{digits}g}")
    return f"${tex_number(f'{number:.{digits - 1}e}')}$"


def _magnitude(number: float) -> int:
    return math.floor(math.log10(abs(number)))


def _signed(text: str) -> str:
    return text.replace("-", "−")
