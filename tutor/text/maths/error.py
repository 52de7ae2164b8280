"""What is wrong with a formula."""

from __future__ import annotations

from tutor.text.message import Message


class MathsError(Exception):
    """TeX outside the subset.

    Attributes:
        column: where, in characters from the start of the TeX, counted from 0.
        message: what is wrong, and what to write instead.
    """

    def __init__(self, column: int, message: Message) -> None:
        super().__init__(column, message)
        self.column = column
        self.message = message

    def __str__(self) -> str:
        """Return the place and the message in English."""
        return f"{self.column}: {self.message}"
