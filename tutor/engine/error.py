"""What the engine says about a request it cannot compute."""

from __future__ import annotations

from tutor.errors import ExitCode, TutorError
from tutor.text.words import Words


class EngineError(TutorError):
    """An unknown function, or an argument it does not take.

    Attributes:
        argument: the argument's name, or None where the function itself is unknown.
    """

    def __init__(self, message: Words, hint: Words | None = None, *, argument: str | None) -> None:
        super().__init__(message, hint, exit_code=ExitCode.USAGE)
        self.argument = argument
