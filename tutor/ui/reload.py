"""Question files that are saved while the app runs, and are read again."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message as Event

from tutor.errors import TutorError
from tutor.text.message import msg, msgs
from tutor.ui.reading import Reading
from tutor.ui.screens.base import TutorScreen

if TYPE_CHECKING:
    from tutor.bank.bank import Bank
    from tutor.bank.changes import Stamp, Watch
    from tutor.bank.problems import Problem

EVERY = 1.0  # seconds from one look at the folders to the next


class Reloading(Reading):
    """An app that looks for saved question files, and teaches from them without a new start.

    Looking and reading are done in other threads: a slow disk delays no key. What cannot be
    read or indexed just now is tried again at the next look.
    """

    class Looked(Event):
        """The folders have been looked at."""

        def __init__(self, stamp: Stamp) -> None:
            super().__init__()
            self.stamp = stamp

    class ReadAgain(Event):
        """Question files have been read again, or could not be.

        Attributes:
            changed: the files that were saved, added or removed.
            earlier: what was known of the files before.
        """

        def __init__(
            self, outcome: Bank | TutorError, changed: tuple[Path, ...], earlier: Watch
        ) -> None:
            super().__init__()
            self.outcome = outcome
            self.changed = changed
            self.earlier = earlier

    def __init__(self) -> None:
        super().__init__()
        self._files: Watch | None = None  # until they have been read for the first time
        self._is_busy = False
        self._trouble = ""  # that was told last

    def on_reading_bank_read(self, event: Reading.BankRead) -> None:
        """Look for changes from now on."""
        from tutor.bank.changes import Watch

        if self._files is None:
            self.set_interval(EVERY, self.look_for_changes)
        self._files = Watch.since(event.stamp)

    def look_for_changes(self) -> None:
        """Look at the folders once; read again what has changed since the look before the last."""
        if self._files is not None and not self._is_busy and not self.is_reading:
            self._is_busy = True
            self._look()

    @work(thread=True)
    def _look(self) -> None:
        self.post_message(self.Looked(self.services.stamp_files()))

    def on_reloading_looked(self, event: Looked) -> None:
        """Read again what was saved and is whole."""
        self._is_busy = False
        if self._files is None:
            return
        earlier = self._files
        self._files, changed = earlier.look(event.stamp)
        if not changed or self.is_reading:
            return
        if self.services.bank is None:
            self.is_reading = True
            self.read_bank()
        else:
            self._is_busy = True
            self._read_again(changed, earlier)

    @work(thread=True)
    def _read_again(self, changed: tuple[Path, ...], earlier: Watch) -> None:
        outcome: Bank | TutorError
        try:
            outcome = self.services.read_bank()
        except TutorError as error:
            outcome = error
        self.post_message(self.ReadAgain(outcome, changed, earlier))

    def on_reloading_read_again(self, event: ReadAgain) -> None:
        """Teach from what was read; the card that is shown, and what is typed, stay."""
        self._is_busy = False
        known = self.services.bank.problems if self.services.bank else ()
        try:
            if isinstance(event.outcome, TutorError):
                raise event.outcome
            self.services.adopt_bank(event.outcome)
        except TutorError as error:
            self._files = event.earlier
            if str(error) != self._trouble:
                self._trouble = str(error)
                self.tell(error)
            return
        self._trouble = ""
        gc.freeze()  # as after the first reading
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen):
                screen.renew()
        self.home.repaint()
        if isinstance(self.screen, TutorScreen) and self.screen is not self.home:
            self.screen.repaint()
        self._report(event.changed, known, event.outcome.problems)

    def _report(
        self, changed: Sequence[Path], known: Sequence[Problem], found: Sequence[Problem]
    ) -> None:
        """Say how many files were read, or the first thing that is wrong now and was not before."""
        before = {(problem.file, str(problem.message)) for problem in known}
        new = [p for p in found if (p.file, str(p.message)) not in before]
        if not new:
            self.tell(
                msgs(
                    "{n} question file read again.",
                    "{n} question files read again.",
                    n=len(changed),
                )
            )
            return
        first = new[0]
        place = f"{first.file.name}:{first.line}"
        said = msg("{place}: {problem}", place=place, problem=first.message)
        self.tell(TutorError(said, first.hint or None))
