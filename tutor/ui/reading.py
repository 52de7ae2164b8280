"""The reading of the question files, while Home can be used already."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message as Event

from tutor.errors import TutorError
from tutor.ui.ways import Ways

if TYPE_CHECKING:
    from tutor.bank.bank import Bank
    from tutor.bank.changes import Stamp
    from tutor.ui.screens.home import HomeScreen


class Reading(Ways):
    """An app that reads the questions in another thread, and does then what waited for them.

    What could not be read, or not be indexed, is read again when the learner asks again.
    """

    home: HomeScreen

    class BankRead(Event):
        """The question files have been read, or could not be.

        Attributes:
            stamp: the files as they were before they were read.
        """

        def __init__(self, outcome: Bank | TutorError, stamp: Stamp) -> None:
            super().__init__()
            self.outcome = outcome
            self.stamp = stamp

    def __init__(self) -> None:
        super().__init__()
        self.is_reading = True  # from the first paint on
        self._waiting: Callable[[], None] | None = None

    @work(thread=True)
    def read_bank(self) -> None:
        """Load what studying needs."""
        import fsrs  # noqa: F401 - the imports are half of the waiting

        import tutor.ui.screens.study  # noqa: F401 - as above

        stamp = self.services.stamp_files()
        try:
            self.post_message(self.BankRead(self.services.read_bank(), stamp))
        except TutorError as error:
            self.post_message(self.BankRead(error, stamp))

    def on_reading_bank_read(self, event: BankRead) -> None:
        """Teach from the questions, and do what waited for them."""
        waiting, self._waiting = self._waiting, None
        self.is_reading = False
        with self.telling():
            if isinstance(event.outcome, TutorError):
                raise event.outcome
            self.services.adopt_bank(event.outcome)
            gc.freeze()  # modules and questions stay; collecting over them takes 40 ms
        self.home.repaint()
        if waiting is not None and self.services.bank is not None:
            waiting()

    @property
    def is_waiting(self) -> bool:
        """Whether the learner waits for the question files."""
        return self._waiting is not None

    def with_bank(self, action: Callable[[], None]) -> None:
        """Do something that needs the questions, now or as soon as they are there."""
        if self.services.bank is not None:
            action()
            return
        self._waiting = action
        if not self.is_reading:
            self.is_reading = True
            self.read_bank()
        self.home.repaint()
