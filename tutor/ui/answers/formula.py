"""A formula to type; how it is understood is drawn while it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual import on
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
from tutor.ui.answers.typed import TypedAnswer
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.typeset import MUTED, typeset

_TALLEST = 5  # lines of a drawn formula; a taller one is drawn in one line


class FormulaAnswer(TypedAnswer[PosedFormula]):
    """A field, and under it the formula that was understood, with its value."""

    def __init__(self) -> None:
        super().__init__()
        self._refused: str | None = None  # the last answer that could not be read

    def compose(self) -> Iterable[Widget]:
        """Lay out the field and the formula under it."""
        yield from super().compose()
        yield Lines(classes="understood")

    def ask(self, posed: PosedFormula, voice: Voice) -> None:
        """Take up a new card."""
        self._refused = None
        super().ask(posed, voice)

    def understand(self, text: str) -> None:
        """Draw what is understood so far."""
        if self.posed is None or self.voice is None:
            return
        lines = partial(preview_lines, self.posed, text, self.voice)
        self.query_one(Lines).set_lines(None if text == self._refused else lines)

    @on(Input.Submitted)
    def refuse(self, event: Input.Submitted) -> None:
        """Say no more under the field of what cannot be read: the screen says why."""
        if self.posed is not None and isinstance(read(self.posed, event.value), FormatError):
            self._refused = event.value
            self.understand(event.value)


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
