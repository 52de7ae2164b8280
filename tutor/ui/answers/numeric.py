"""A number to type; how it is understood is said while it is typed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from tutor.grading.numbers import NumberProblem, parse_number, write
from tutor.kinds.numeric import PosedNumeric
from tutor.text.message import msg
from tutor.ui.answers.typed import TypedAnswer
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.typeset import MUTED


class NumericAnswer(TypedAnswer[PosedNumeric]):
    """A field, and under it the number that was understood."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the field and the line under it."""
        yield from super().compose()
        yield Line(classes="understood")

    def understand(self, text: str) -> None:
        """Say which number is understood, where that is not plain to see."""
        value = parse_number(text)
        line = Content()
        if self.voice is not None and not isinstance(value, NumberProblem):
            written = write(value)
            if written != text.strip():
                line = self.voice.say(msg("understood as {answer}", answer=written), MUTED)
        self.query_one(Line).update(line)
