"""Siblings: cards of one question, of which at most one is asked in a study day.

The answer to one may give away that of the other. A card in learning is asked all the same: it
comes back on its day, with what is fresh in mind anyway; and its siblings wait.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tutor.memory.card import CardState
from tutor.store.today import Today

_SEEN = """
SELECT card, question, topic, state, due, stability, last_review
FROM cards JOIN bank_cards AS bank ON bank.id = card
"""
_ANSWERED = """
SELECT question, card FROM cards JOIN bank_cards AS bank ON bank.id = card
WHERE last_review >= :start AND last_review < :end AND question <> bank.id
"""
# questions of several cards that have their card of today already, answered or still to be asked
TAKEN = """
SELECT question FROM cards JOIN bank_cards AS seen ON seen.id = card
WHERE question <> seen.id AND (due < :end OR (last_review >= :start AND last_review < :end))
"""
_REVIEW = int(CardState.REVIEW)


class SeenCard(NamedTuple):
    """A card of the question files that was answered before; the moments are in microseconds."""

    card: str
    question: str
    topic: str
    state: int
    due: int
    stability: float
    last_review: int

    @property
    def is_review(self) -> bool:
        """Whether it has been learnt."""
        return self.state == _REVIEW

    @property
    def is_alone(self) -> bool:
        """Whether it has no siblings."""
        return self.card == self.question


def seen_cards(connection: sqlite3.Connection) -> list[SeenCard]:
    """Return every card that was answered before."""
    return list(map(SeenCard._make, connection.execute(_SEEN)))


class Answered:
    """The cards that were answered in a study day, by question."""

    def __init__(self, cards: Iterable[tuple[str, str]]) -> None:
        self._cards: dict[str, set[str]] = {}
        for question, card in cards:
            self._cards.setdefault(question, set()).add(card)

    @classmethod
    def read(cls, connection: sqlite3.Connection, today: Today) -> Answered:
        """Ask the database."""
        return cls(connection.execute(_ANSWERED, {"start": today.start, "end": today.end}))

    @classmethod
    def among(cls, cards: Iterable[SeenCard], today: Today) -> Answered:
        """Take those among cards that are at hand."""
        return cls(
            (card.question, card.card)
            for card in cards
            if today.start <= card.last_review < today.end and not card.is_alone
        )

    def sibling_of(self, card: SeenCard) -> bool:
        """Return whether a sibling of a card was answered, not the card itself."""
        return bool(self._cards.get(card.question, set()) - {card.card})


def one_of_each(
    reviews: Iterable[SeenCard], learning: Iterable[SeenCard], answered: Answered
) -> Iterator[SeenCard]:
    """Give the reviews that may be asked today: the first of each question.

    Args:
        reviews: that are due, the most urgent first.
        learning: cards in learning that are due today.
        answered: in this study day.
    """
    taken = {card.question for card in learning}
    for card in reviews:
        if card.question not in taken and not answered.sibling_of(card):
            taken.add(card.question)
            yield card


def days_due(
    cards: Sequence[SeenCard], ends: Sequence[int], today: Today
) -> Iterator[tuple[SeenCard, int]]:
    """Give cards with the number of the study day on which each will be asked, 0 for today.

    What is overdue is asked today; a card whose sibling has the day waits for the next. Days
    beyond the last of `ends` are not told apart.

    Args:
        cards: all that were answered before.
        ends: of today and the days after it.
        today: the study day.
    """
    answered = Answered.among(cards, today)
    groups: dict[str, list[SeenCard]] = {}
    for card in cards:
        if card.is_alone:
            yield card, bisect_right(ends, card.due)
        else:
            groups.setdefault(card.question, []).append(card)
    for siblings in groups.values():
        taken: set[int] = set()
        siblings.sort(key=lambda card: (card.is_review, card.due))
        for card in siblings:
            day = bisect_right(ends, card.due)
            if card.is_review:
                day += day == 0 and answered.sibling_of(card)
                while day in taken and day < len(ends):
                    day += 1
            taken.add(day)
            yield card, day
