"""A number to type; how it is understood is said while it is typed."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from tutor.grading.numbers import NumberProblem, parse_number, write
from tutor.kinds.numeric import PosedNumeric
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.typeset import MUTED


class NumericAnswer(AnswerWidget[PosedNumeric]):
    """A field, and under it the number that was understood."""

    def __init__(self) -> None:
        super().__init__()
        self._voice: Voice | None = None

    def compose(self) -> Iterable[Widget]:
        """Lay out the field and the line under it."""
        yield Vertical(AnswerField(), classes="answer-box")
        yield Line(classes="understood")

    def ask(self, posed: PosedNumeric, voice: Voice) -> None:  # noqa: ARG002 - the prompt says all
        """Take up a new card."""
        self._voice = voice
        self.query_one(AnswerField).value = ""
        self._understand("")

    def paint(self, voice: Voice) -> None:
        """Speak another language."""
        self._voice = voice
        self._understand(self.query_one(AnswerField).value)

    def entry(self) -> Widget:
        """Return the field."""
        return self.query_one(AnswerField)

    @on(Input.Changed)
    def preview(self, event: Input.Changed) -> None:
        """Say what is understood so far; nothing is judged."""
        event.stop()
        self._understand(event.value)

    def _understand(self, text: str) -> None:
        value = parse_number(text)
        line = Content()
        if self._voice is not None and not isinstance(value, NumberProblem):
            written = write(value)
            if written != text.strip():
                line = self._voice.say(msg("understood as {answer}", answer=written), MUTED)
        self.query_one(Line).update(line)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Answer with what stands in the field."""
        event.stop()
        self.post_message(self.Answered(event.value))
