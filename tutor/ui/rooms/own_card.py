"""The card of one's own question files behind a question of a room, if it is the same."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError

from tutor import labs
from tutor.bank.bank import Bank
from tutor.bank.topic import Page
from tutor.engine import Worked
from tutor.kinds import Face, Posed, PoseError, face, pose
from tutor.kinds.face import Faceless
from tutor.kinds.posed import Lab
from tutor.live.seat import Seat
from tutor.live.wire import Result, Revealed
from tutor.memory.card import CardMemory
from tutor.memory.scheduler import Settings
from tutor.services import Services
from tutor.session.events import Submit
from tutor.session.study import Answered, Card, begin_at, step
from tutor.text.template import TemplateError


class OwnCard(NamedTuple):
    """A card of one's own bank.

    Attributes:
        posed: the card with the numbers of the room.
        answered: what came of the own answer; None if there was none, or it is an open question.
    """

    posed: Posed
    answered: Answered | None


class OwnCards:
    """Finds the cards of one's own question files, each once.

    Args:
        services: with the question files.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._key: tuple[object, ...] | None = None
        self._found: OwnCard | None = None

    def at(self, seat: Seat) -> OwnCard | None:
        """Return the card whose answer a seat sees, if one's own question files have it."""
        revealed, asked, services = seat.scene, seat.asked, self._services
        if not isinstance(revealed, Revealed) or asked is None:
            return None
        key = (revealed.round, revealed.seed, seat.result, services.bank)
        if self._key is None or any(a is not b for a, b in zip(self._key, key, strict=True)):
            self._found = own_card(services.bank, asked.face, revealed, seat.result, services.now())
            self._key = key
        return self._found

    def page(self, own: OwnCard | None) -> Page | None:
        """Return the page that explains a card."""
        bank = self._services.bank
        return None if bank is None or own is None else bank.page_for(own.posed.question)


def lab_of(own: OwnCard | None) -> Lab | None:
    """Return the lab of a card."""
    lab = None if own is None else own.posed.lab
    return lab if lab is not None and lab.name in labs.names() else None


def solution_of(bank: Bank, revealed: Revealed) -> Worked | None:
    """Return the engine's working of a question, where this machine has it too."""
    posed = _posed(bank, revealed.question, revealed.seed)
    return None if posed is None else posed.solution


def own_card(
    bank: Bank | None, asked: Face, revealed: Revealed, result: Result | None, at: datetime
) -> OwnCard | None:
    """Return the card that was asked, if one's own question files have the very same.

    Args:
        bank: one's own question files.
        asked: what was shown.
        revealed: which card it was.
        result: what came of one's own answer, as the server judged it.
        at: now, in UTC.

    Returns:
        None if there is no such card, if it looks otherwise, or if it is judged otherwise: then
        the words of the server are to be shown.
    """
    source = revealed if result is None else result
    posed = None if bank is None else _posed(bank, source.question, source.seed)
    if posed is None or not _looks_like(posed, asked):
        return None
    if bank is None or result is None or result.text is None:
        return OwnCard(posed, None)
    question = bank.questions[posed.question]
    card = Card(question, bank.topic_of(question.id).id, CardMemory.new(question.id))
    state, _not_written = step(begin_at(card, posed, at, Settings()), Submit(result.text, at))
    phase = state.phase
    if not isinstance(phase, Answered) or phase.verdict.score != result.score:
        return None
    return OwnCard(posed, phase)


def _posed(bank: Bank, name: str, seed: int) -> Posed | None:
    question = bank.questions.get(name) or bank.questions.get(bank.aliases.get(name, ""))
    if question is None:
        return None
    try:
        return pose(question, seed)
    except (PoseError, TemplateError):
        return None


def _looks_like(posed: Posed, asked: Face) -> bool:
    try:
        return face(posed) == asked
    except (Faceless, ValidationError):
        return False
