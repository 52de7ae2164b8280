"""What the widgets of all kinds of questions have in common."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.containers import Vertical
from textual.message import Message as Event
from textual.widget import Widget

from tutor.kinds.posed import PosedBase
from tutor.ui.voice import Voice

P = TypeVar("P", bound=PosedBase)


class AnswerWidget(Vertical, Generic[P]):
    """Takes the answer to a card, and posts it as text when the learner is sure.

    It neither parses for grading nor grades: what it posts goes into the session.
    """

    DEFAULT_CSS = "AnswerWidget { height: auto; width: 100%; max-width: 76; }"

    class Answered(Event):
        """The learner has answered."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Changed(Event):
        """What the keys do may have changed."""

    def ask(self, posed: P, voice: Voice) -> None:
        """Take up a new card: forget the last one's answer."""
        raise NotImplementedError

    def paint(self, voice: Voice) -> None:
        """Speak another language; what was typed stays."""
        raise NotImplementedError

    def entry(self) -> Widget:
        """Return the widget to focus first."""
        raise NotImplementedError
