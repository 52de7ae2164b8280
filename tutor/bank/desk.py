"""An author's desk: what was found last, which row of it is chosen, and how its card is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tutor.bank.card_name import FIRST_SEED, CardName
from tutor.bank.look import Draft, Look
from tutor.bank.problems import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """Something to choose: a problem, or a card.

    Attributes:
        problem: None for a card.
        card: the card to show beside it, None if a problem shows none.
    """

    problem: Problem | None
    card: CardName | None

    def is_as(self, other: Row) -> bool:
        """Return whether this is the same row after its file was saved again."""
        if self.problem is None or other.problem is None:
            return self.problem is other.problem and self.card == other.card
        mine, theirs = self.problem, other.problem
        return (mine.file, str(mine.message)) == (theirs.file, str(theirs.message))


@dataclass(frozen=True, slots=True)
class Desk:
    """The state of the author's screen; every method returns the next one.

    Attributes:
        look: what was found last; None before the first look.
        chosen: which row.
        step: how many seeds after its first the card is shown at.
        face: 0 for the card as it is asked, then its answers one after the other.
    """

    look: Look | None = None
    chosen: int = 0
    step: int = 0
    face: int = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """The problems in order, then the cards in the order of their files."""
        if self.look is None:
            return ()
        report = self.look.report
        problems = zip(report.problems, self.look.subjects, strict=True)
        return (
            *(Row(problem, subject) for problem, subject in problems),
            *(Row(None, CardName.of(name)) for name in self.look.drafts),
        )

    @property
    def row(self) -> Row | None:
        """The row that is chosen."""
        rows = self.rows
        return rows[self.chosen] if rows else None

    @property
    def card(self) -> CardName | None:
        """The card to show, with its seed: of the chosen problem, else what changed last."""
        if self.look is None or self.row is None:
            return None
        first = self.look.first
        card = self.row.card or (None if first is None else CardName.of(first))
        return card and card.at(max(0, self._first_seed(card) + self.step))

    @property
    def draft(self) -> Draft | None:
        """The question of the card to show."""
        if self.look is None or self.card is None:
            return None
        return self.look.drafts.get(self.card.card)

    def found(self, look: Look) -> Desk:
        """Take a new look; the chosen row stays, unless another question was saved meanwhile."""
        found = replace(self, look=look, chosen=0)
        chosen = found._row_for(look, self)
        before = self.row
        stays = before is not None and bool(found.rows) and found.rows[chosen].is_as(before)
        found = replace(found, chosen=chosen)
        return found if stays else replace(found, step=0, face=0)

    def choose(self, row: int) -> Desk:
        """Choose a row."""
        if row == self.chosen or not 0 <= row < len(self.rows):
            return self
        return replace(self, chosen=row, step=0, face=0)

    def draw(self, step: int) -> Desk:
        """Show the card at a later or an earlier seed."""
        card = self.card
        if card is None or (card.seed or 0) + step < 0:
            return self
        return replace(self, step=self.step + step)

    def turn(self, faces: int) -> Desk:
        """Show the next answer to the card; after the last, the card again."""
        return replace(self, face=(self.face + 1) % max(1, faces))

    def _first_seed(self, card: CardName) -> int:
        return FIRST_SEED if card.seed is None else card.seed

    def _row_for(self, look: Look, before: Desk) -> int:
        """Return the row to choose in a new look; this desk holds it already."""
        rows, problems = self.rows, look.report.problems
        for index, row in enumerate(rows):
            is_saved = row.card is not None and row.card.card == look.saved
            if is_saved and (row.problem is not None or not problems):
                return index
        row_before = before.row
        is_new = bool(problems) and not (before.look and before.look.report.problems)
        if row_before is not None and not (is_new and row_before.problem is None):
            for index, row in enumerate(rows):
                if row.is_as(row_before):
                    return index
        if problems:
            return 0
        shown = before.card.card if before.card is not None else look.first
        return next((i for i, row in enumerate(rows) if row.card and row.card.card == shown), 0)
