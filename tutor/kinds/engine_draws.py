"""The engine's answers to a question at several numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tutor.engine import Worked
from tutor.engine.worked import Mistake
from tutor.grading.expression import Value
from tutor.kinds.base import Draw, QuestionBase
from tutor.kinds.posed import PoseError
from tutor.kinds.seeds import Stream
from tutor.kinds.setting import Setting, draw_setting

WANTED = 8  # draws
_TRIED = 40


@dataclass(frozen=True)
class EngineDraw:
    """One draw: the numbers by name, and the engine's answer."""

    values: Mapping[str, Value]
    worked: Worked

    @cached_property
    def mistakes(self) -> Mapping[str, Mistake]:
        """All mistakes by id, also those that coincide with the answer here."""
        return {mistake.id: mistake for mistake in self.worked.solution.mistakes()}


class EngineDraws:
    """Draws of a question, made when they are first asked for, the same for every card.

    Args:
        question: the question.
        family: the name of the engine's answer.
    """

    def __init__(self, question: QuestionBase, family: str) -> None:
        self._question = question
        self._family = family

    def __eq__(self, other: object) -> bool:
        """Return whether the other makes the same draws."""
        if not isinstance(other, EngineDraws):
            return NotImplemented
        return (self._question, self._family) == (other._question, other._family)

    def __hash__(self) -> int:
        return hash((self._question.id, self._family))

    @cached_property
    def draws(self) -> tuple[EngineDraw, ...]:
        """Draws with distinct numbers; sizes near those of the question where it has few."""
        found: dict[tuple[Value, ...], EngineDraw] = {}
        for setting in self._settings():
            values = {name: setting.values[name] for name in self._question.draw}
            worked = setting.worked[self._family]
            found.setdefault(tuple(values.values()), EngineDraw(values, worked))
            if len(found) == WANTED:
                break
        return tuple(found.values())

    def _settings(self) -> Iterator[Setting]:
        question = self._question
        for attempt in range(2 * _TRIED):
            sizes = None
            if attempt >= _TRIED:
                stream = Stream(question.id, "sizes", attempt)
                sizes = {name: _size(draw, stream) for name, draw in question.draw.items()}
            try:
                yield draw_setting(question, 0, sizes, attempt)
            except PoseError:  # the engine may refuse sizes that no card has
                continue


def _size(draw: Draw, stream: Stream) -> Value:
    numbers = draw.choose or (draw.first or 0, draw.last or 0)
    least, most = min(numbers), max(numbers)
    if draw.whole:
        return max(1, int(least)) + stream.below(int(most - least) + 9)
    return round(least + (most - least) * stream.below(10**6) / 10**6, 6)
