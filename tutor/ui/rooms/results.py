"""What came of a player's answers, noted once and written into the player's own log."""

from __future__ import annotations

from collections.abc import Callable

from tutor.errors import TutorError
from tutor.live.own_log import own_answer
from tutor.live.seat import Seat
from tutor.live.wire import Result
from tutor.services.peer_log import PeerAnswer
from tutor.text.words import Words
from tutor.ui.rooms.ending import Settled

Record = Callable[[PeerAnswer], Words | None]


class Results:
    """The results of a session so far.

    Args:
        record: takes what goes into the log, once for each question; returns what the player is
            to be told, if anything.
    """

    def __init__(self, record: Record | None) -> None:
        self._record = record
        self._noted: Result | None = None  # the last one
        self._recorded: set[int] = set()
        self._by_round: dict[int, Settled] = {}

    @property
    def settled(self) -> tuple[Settled, ...]:
        """The questions that are over, in order."""
        return tuple(self._by_round[number] for number in sorted(self._by_round))

    def note(self, seat: Seat) -> Words | TutorError | None:
        """Take up a seat's result if it is new; return what the player is to be told.

        What a room says again, after the connection was lost, is not written again; what could
        not be written is tried once more then.
        """
        result = seat.result
        if result == self._noted:
            return None
        self._noted = result
        if result is None or seat.asked is None:
            return None
        if not seat.asked.is_open_question:  # nobody misses what is only talked about
            self._by_round[result.round] = Settled(result, seat.asked.face.prompt)
        answer = own_answer(result)
        if self._record is None or answer is None or result.round in self._recorded:
            return None
        try:
            told = self._record(answer)
        except TutorError as error:
            return error
        self._recorded.add(result.round)
        return told
