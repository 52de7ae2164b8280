"""The error that reaches a person: what is wrong, and what to do about it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # errors is the lowest layer; it only carries these words, text renders them
    from tutor.text.words import Words


class ExitCode(IntEnum):
    """What the process tells its caller."""

    OK = 0
    FAILED = 1
    USAGE = 2
    DATA = 3  # the learner's data cannot be used


class TutorError(Exception):
    """A problem that a person can act on.

    Args:
        message: what is wrong, with the offending value.
        hint: what to do.
        exit_code: what a command that fails with it returns.
    """

    def __init__(
        self,
        message: Words,
        hint: Words | None = None,
        *,
        exit_code: ExitCode = ExitCode.FAILED,
    ) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def __str__(self) -> str:
        """Return the message in English, for logs and tests."""
        return str(self.message) if self.hint is None else f"{self.message} ({self.hint})"
