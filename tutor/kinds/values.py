"""The values that a card's texts and formulas may name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tutor.engine import Worked
from tutor.engine.worked import Value as WorkedValue
from tutor.grading.formula import Value

_PLACE = re.compile(r"[1-9]\d{0,8}", re.ASCII)  # in an array, counted from 1


@dataclass(frozen=True, slots=True)
class Values(Mapping[str, Value]):
    """Numbers by name, and the engine's answers by the name of the answer.

    `lstm.total` and `lstm.W_ih` are numbers of the answer `lstm`. An entry of an array is
    named by its places, counted from 1: `attn.weights_2_1`. An answer's working is made only
    when one of its parts is asked for.
    """

    numbers: dict[str, Value] = field(default_factory=dict)
    answers: dict[str, Worked] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Value:
        """Return a value.

        Raises:
            KeyError: there is none of this name.
        """
        if name in self.numbers:
            return self.numbers[name]
        family, _, part = name.partition(".")
        answer = self.answers[family]
        if part == "total" and not isinstance(answer.total, tuple):
            return answer.total
        for term_id, value in (("total", answer.total), *((t.id, t.value) for t in answer.terms)):
            if part == term_id and not isinstance(value, tuple):
                return value
            if part.startswith(f"{term_id}_") and isinstance(value, tuple):
                entry = _entry(value, part[len(term_id) + 1 :].split("_"))
                if entry is not None:
                    return entry
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Give every name."""
        yield from self.numbers
        for family, answer in self.answers.items():
            yield from _names(f"{family}.total", answer.total)
            for term in answer.terms:
                yield from _names(f"{family}.{term.id}", term.value)

    def __len__(self) -> int:
        """Return how many names there are."""
        return sum(1 for _ in self)


def _entry(value: WorkedValue, places: list[str]) -> Value | None:
    for place in places:
        if not (isinstance(value, tuple) and _PLACE.fullmatch(place) and int(place) <= len(value)):
            return None
        value = value[int(place) - 1]
    return None if isinstance(value, tuple) else value


def _names(name: str, value: WorkedValue) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield name
        return
    for place, item in enumerate(value, 1):
        yield from _names(f"{name}_{place}", item)
