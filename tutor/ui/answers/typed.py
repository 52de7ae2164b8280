"""A field to type an answer into."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from tutor.ui.answers.base import AnswerWidget, P
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import AnswerField


class TypedAnswer(AnswerWidget[P]):
    """A field; a subclass may say under it how what stands there is understood."""

    def __init__(self) -> None:
        super().__init__()
        self.posed: P | None = None
        self.voice: Voice | None = None

    def compose(self) -> Iterable[Widget]:
        """Lay out the field."""
        yield Vertical(AnswerField(), classes="answer-box")

    def ask(self, posed: P, voice: Voice) -> None:
        """Take up a new card."""
        self.posed = posed
        self.query_one(AnswerField).value = ""
        self.paint(voice)

    def paint(self, voice: Voice) -> None:
        """Speak another language; what was typed stays."""
        self.voice = voice
        self.understand(self.query_one(AnswerField).value)

    def entry(self) -> Widget:
        """Return the field."""
        return self.query_one(AnswerField)

    def understand(self, text: str) -> None:
        """Say what is understood so far; nothing is judged."""

    @on(Input.Changed)
    def preview(self, event: Input.Changed) -> None:
        """Say what is understood now."""
        event.stop()
        self.understand(event.value)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Answer with what stands in the field."""
        event.stop()
        self.post_message(self.Answered(event.value))
