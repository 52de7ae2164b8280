"""What all kinds do when they pose a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from tutor.engine import Worked
from tutor.grading.formula import Value
from tutor.kinds.base import QuestionBase
from tutor.kinds.posed import Lab, Size
from tutor.kinds.setting import Setting, lab_of, sizes_of
from tutor.text.localized import Localized
from tutor.text.words import Words


class SharedFields(TypedDict):
    """The fields of `PosedBase`."""

    question: str
    objective: str | None
    seed: int
    learner_args: Mapping[str, Value] | None
    sizes: tuple[Size, ...]
    prompt: Localized
    explain: Localized
    solution: Worked | None
    lab: Lab | None
    written_hints: tuple[Localized, ...]


def shared_fields(
    question: QuestionBase,
    seed: int,
    setting: Setting,
    *,
    prompt: Localized | None = None,
    solution: Worked | None = None,
) -> SharedFields:
    """Return the fields of `PosedBase` for a question in its setting.

    Args:
        question: the question.
        seed: the card's seed.
        setting: its numbers.
        prompt: the prompt to show, where it is not simply the question's.
        solution: the engine's answer; without one, the only one that was computed.
    """
    if solution is None and len(setting.worked) == 1:
        solution = next(iter(setting.worked.values()))
    return SharedFields(
        question=question.id,
        objective=question.objective,
        seed=seed,
        learner_args=setting.learner_args,
        sizes=sizes_of(question, setting),
        prompt=setting.fill(prompt or question.prompt),
        explain=setting.fill(question.explain),
        solution=solution,
        lab=lab_of(question, setting),
        written_hints=tuple(setting.fill(hint) for hint in question.hints),
    )


def with_unit(number: str, unit: Localized | None) -> Words:
    """Return a written number with its unit."""
    if unit is None:
        return number
    space = "" if "가" <= unit.ko[0] <= "힣" else " "  # 3,456개, but 512 MiB
    return Localized(f"{number} {unit.en}", f"{number}{space}{unit.ko}")
