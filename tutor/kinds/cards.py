"""The names of cards: a question that is asked part by part has a card for each part."""

from __future__ import annotations

_PART = "#"  # it cannot occur in the id of a question


def card_id(question: str, part: int) -> str:
    """Return the id of the card of one part of a question, counted from 1."""
    return f"{question}{_PART}{part}"


def question_of(card: str) -> str:
    """Return the id of the question that a card is of; most questions are their only card."""
    return card.partition(_PART)[0]


def part_of(card: str) -> int:
    """Return which part of its question a card asks, counted from 1; of an only card, 1."""
    return int(card.partition(_PART)[2] or 1)
