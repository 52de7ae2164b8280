"""A session as whoever shows it sees it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from tutor.session.events import Event
from tutor.session.study import StudyState


class Run(Protocol):
    """Takes events, and carries out what they cause; or, in practice, does not."""

    @property
    def logs(self) -> bool:
        """Whether answers are written down and cards scheduled by them."""

    @property
    def state(self) -> StudyState:
        """Where the session stands."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""

    def send(self, event: Event) -> StudyState:
        """Take an event.

        Raises:
            IllegalEvent: it does not fit the state.
            TutorError: it could not be carried out; the state is as it was.
        """

    def renew(self) -> StudyState:
        """Ask what is still to come as it is written now, after files were read again."""
