"""Known mistakes, and the values they lead to for a card's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.engine import Worked
from tutor.grading.formula import Value
from tutor.kinds.base import FormulaText, MistakeId, Model
from tutor.kinds.posed import PoseError
from tutor.kinds.setting import Setting
from tutor.text.localized import Localized
from tutor.text.words import Words


class NamedMistake(Model):
    """A wrong value that a known misconception leads to."""

    id: MistakeId
    value: FormulaText
    say: Localized


@dataclass(frozen=True, slots=True)
class PosedMistake:
    """A mistake with the value it leads to for this card's numbers."""

    id: str
    value: Value
    message: Words


def solution_of(answer: str, setting: Setting) -> Worked | None:
    """Return the engine's answer whose total a formula names, if it names one."""
    return setting.worked.get(answer.removesuffix(".total"))


def posed_mistakes(
    named: Sequence[NamedMistake], setting: Setting, solution: Worked | None
) -> Iterator[PosedMistake]:
    """Give the author's mistakes, then the engine's that the author has not put otherwise.

    Raises:
        PoseError: one of the author's has no value for the numbers that were drawn.
    """
    for mistake in named:
        try:
            value = setting.value(mistake.value)
        except PoseError:
            if setting.learner_args:  # nobody drew sizes for which it has no value
                continue
            raise
        yield PosedMistake(mistake.id, value, setting.fill(mistake.say))
    own = {mistake.id for mistake in named}
    for known in solution.mistakes if solution else ():
        if known.id not in own:
            yield PosedMistake(known.id, known.value, known.message)
