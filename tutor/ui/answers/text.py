"""A word or a few to type."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from tutor.kinds.text import PosedText
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import AnswerField


class TextAnswer(AnswerWidget[PosedText]):
    """A field."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the field."""
        yield Vertical(AnswerField(), classes="answer-box")

    def ask(self, posed: PosedText, voice: Voice) -> None:  # noqa: ARG002 - the prompt says all
        """Take up a new card."""
        self.query_one(AnswerField).value = ""

    def paint(self, voice: Voice) -> None:
        """What was typed is the same in every language."""

    def entry(self) -> Widget:
        """Return the field."""
        return self.query_one(AnswerField)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Answer with what stands in the field."""
        event.stop()
        self.post_message(self.Answered(event.value))

    @on(Input.Changed)
    def ignore(self, event: Input.Changed) -> None:
        """Judge nothing while it is typed."""
        event.stop()
