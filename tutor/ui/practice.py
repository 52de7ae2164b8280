"""One card asked again and again, at any seed, with nothing written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tutor.kinds import Question
from tutor.memory.scheduler import Settings
from tutor.session.events import Event, Rate, Skip
from tutor.session.practice import begin_practice
from tutor.session.study import StudyState, step


class Practice:
    """A session of one card. Rating it or leaving it out asks it at the next seed.

    Args:
        question: the question; the intervals shown are those of a new card.
        seed: its first seed.
        settings: of the scheduler, for the intervals.
        clock: gives the present instant, in UTC.

    Raises:
        TutorError: the card cannot be asked at this seed.
    """

    logs = False

    def __init__(
        self, question: Question, seed: int, settings: Settings, clock: Callable[[], datetime]
    ) -> None:
        self._question = question
        self._settings = settings
        self._clock = clock
        self.seed = seed
        self.state = self._begun(seed)

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self._clock()

    def draw(self, seed: int) -> StudyState:
        """Ask the card at a seed.

        Raises:
            TutorError: it cannot be asked at this seed; the state is as it was, and the next
                seed is the one after it.
        """
        self.seed = seed
        self.state = self._begun(seed)
        return self.state

    def send(self, event: Event) -> StudyState:
        """Take an event; what it causes is dropped: practice is never logged."""
        match event:
            case Rate() | Skip():
                return self.draw(self.seed + 1)
            case _:
                self.state, _not_written = step(self.state, event)
                return self.state

    def renew(self) -> StudyState:
        """Return the state: the one card is asked as it was when practice began."""
        return self.state

    def _begun(self, seed: int) -> StudyState:
        return begin_practice(self._question, seed, self._clock(), self._settings)
