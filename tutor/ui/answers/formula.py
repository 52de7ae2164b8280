"""A formula to type; how it is understood is drawn while it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from tutor.kinds.formula import PosedFormula, read, understood
from tutor.kinds.formula_remarks import card_numbers
from tutor.kinds.posed import FormatError
from tutor.text.document import Document, MathsBlock
from tutor.text.message import msg
from tutor.text.template import Markdown
from tutor.text.words import Words
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.typeset import MUTED, typeset

_TALLEST = 5  # lines of a drawn formula; a taller one is drawn in one line


class FormulaAnswer(AnswerWidget[PosedFormula]):
    """A field, and under it the formula that was understood, with its value."""

    def __init__(self) -> None:
        super().__init__()
        self._posed: PosedFormula | None = None
        self._refused: str | None = None  # the last answer that could not be read
        self._voice: Voice | None = None

    def compose(self) -> Iterable[Widget]:
        """Lay out the field and the formula under it."""
        yield Vertical(AnswerField(), classes="answer-box")
        yield Lines(classes="understood")

    def ask(self, posed: PosedFormula, voice: Voice) -> None:
        """Take up a new card."""
        self._posed, self._voice, self._refused = posed, voice, None
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
        """Draw what is understood so far; nothing is judged."""
        event.stop()
        self._understand(event.value)

    def _understand(self, text: str) -> None:
        if self._posed is None or self._voice is None:
            return
        lines = partial(preview_lines, self._posed, text, self._voice)
        self.query_one(Lines).set_lines(None if text == self._refused else lines)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Answer with what stands in the field; what cannot be read is said by the screen."""
        event.stop()
        if self._posed is not None and isinstance(read(self._posed, event.value), FormatError):
            self._refused = event.value
            self._understand(event.value)
        self.post_message(self.Answered(event.value))


def preview_lines(posed: PosedFormula, text: str, voice: Voice, width: int) -> Sequence[Content]:
    """Return how a formula is understood, with its value, or what is not understood yet."""
    formula = read(posed, text)
    if isinstance(formula, FormatError):
        return typeset(voice.document(formula.message), width, MUTED)
    shown = understood(posed, formula)
    numbers = Markdown(card_numbers(posed.values))
    values = {"formula": Markdown(shown.tex), "numbers": numbers, "value": shown.value or ""}
    if r"\frac" in shown.tex:
        drawn = typeset(Document((MathsBlock(shown.tex),)), width)
        if len(drawn) <= _TALLEST:
            said: Words = (
                msg("no value at {numbers}", **values)
                if shown.value is None
                else msg("= {value} at {numbers}", **values)
            )
            return [*drawn, *typeset(voice.document(said), width, MUTED)]
    said = (
        msg(r"understood as $\val{formula}$, which has no value at {numbers}", **values)
        if shown.value is None
        else msg(r"understood as $\val{formula}$ = {value} at {numbers}", **values)
    )
    return typeset(voice.document(said), width, MUTED)
