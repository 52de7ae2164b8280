"""What a player answered in a room, in that player's own log."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from tutor.memory.rating import Rating
from tutor.store.log import AnswerRow
from tutor.text.message import Message, msg
from tutor.text.safe import UnsafeText, clean, scrub

if TYPE_CHECKING:
    from tutor.bank.bank import Bank
    from tutor.services import Services

SAME_SESSION = timedelta(hours=24)  # the same card with the same numbers is the same answer
LONGEST_RESPONSE = 4000
LONGEST_ANSWER_MS = 36_000_000  # of an answer, in milliseconds: the longest vote with a long pause
LONGEST_MISTAKE = 200
_MISTAKE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class PeerAnswer:
    """A player's first answer to a question of a room, as the room's server tells it.

    Attributes:
        question: the id of the card.
        seed: of the card as this player saw it.
        response: as typed.
        score: 0 to 1.
        mistake: the id of the diagnosed mistake.
        took_ms: from when the vote opened to the answer.
    """

    question: str
    seed: int
    response: str
    score: float
    mistake: str | None
    took_ms: int


def record_peer(services: Services, answer: PeerAnswer) -> bool:
    """Write a player's answer into the log, once.

    It is not written if the log has an answer to this card with these numbers within a day (a
    room repeats what it said to whoever comes back), if these question files have no such card,
    or if the server sent what cannot be an answer.

    Returns:
        Whether it was written; it is durable then.

    Raises:
        TutorError: the log cannot be written; it may be tried again.
    """
    card = known_card(services.load_bank(), answer.question)
    if card is None or not _is_sound(answer):
        return False
    now = services.now()
    row = AnswerRow(
        question=card,
        seed=answer.seed,
        at=now,
        rating=Rating.GOOD if answer.score >= 1 else Rating.AGAIN,
        score=answer.score,
        response=answer.response,
        mistake=answer.mistake,
        duration_ms=answer.took_ms,
    )
    return services.store.record_once(row, now - SAME_SESSION) is not None


def known_card(bank: Bank, name: str) -> str | None:
    """Return the card of today that a room's question is, if these question files have it."""
    from tutor.kinds import is_scored

    card = bank.aliases.get(name, name) if name not in bank.questions else name
    if card not in bank.questions or not is_scored(bank.questions[card]):
        return None
    return card


@dataclass
class PeerLog:
    """The log of one player through a session, which says once what it leaves out."""

    services: Services
    _told: bool = field(default=False, init=False)

    def record(self, answer: PeerAnswer) -> Message | None:
        """Write an answer as `record_peer` does; return what the player is to be told."""
        if record_peer(self.services, answer) or self._told:
            return None
        if known_card(self.services.load_bank(), answer.question) is not None:
            return None
        self._told = True
        return msg(
            "Your question files do not have `{question}`: such answers stay out of your log.",
            question=scrub(answer.question[:60]),
        )


def _is_sound(answer: PeerAnswer) -> bool:
    try:
        clean(answer.response)
    except UnsafeText:
        return False
    return (
        len(answer.response) <= LONGEST_RESPONSE
        and 0 <= answer.seed < 2**31
        and math.isfinite(answer.score)
        and 0 <= answer.score <= 1
        and 0 <= answer.took_ms <= LONGEST_ANSWER_MS
        and (answer.mistake is None or _is_name(answer.mistake))
    )


def _is_name(mistake: str) -> bool:
    return len(mistake) <= LONGEST_MISTAKE and _MISTAKE.fullmatch(mistake) is not None
