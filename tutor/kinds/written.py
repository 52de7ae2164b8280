"""Questions as they are written, in values that JSON has too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from tutor.kinds import Question, cards
from tutor.kinds.cards import part_of, question_of


@cache
def _adapter() -> TypeAdapter[Question]:
    return TypeAdapter(Question)


def written(question: Question) -> dict[str, Any]:
    """Return the keys and values that make a question, as in its file; of a card, with its id."""
    values: dict[str, Any] = _adapter().dump_python(
        question, mode="json", by_alias=True, exclude_unset=True
    )
    return values


def read_question(values: Mapping[str, Any]) -> Question:
    """Return the question, or the card of one, that values make.

    Raises:
        ValueError: they make none; pydantic's error says why.
    """
    name = values.get("id")
    if not isinstance(name, str):
        return _adapter().validate_python(dict(values))
    own = cards(_adapter().validate_python({**values, "id": question_of(name)}))
    for card in own:
        if card.id == name:
            return card
    raise ValueError(f"there is no part {part_of(name)} of {own[0].id}")
