"""Gaps to fill, one field for each."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from tutor.kinds.cloze import SEPARATOR, PosedCloze
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import AnswerField

MOST_GAPS = 9


class GapRow(Horizontal):
    """One gap: its number, and a field."""

    DEFAULT_CSS = """
    GapRow { height: 1; }
    GapRow .gap-number { width: 4; color: $muted; }
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def compose(self) -> ComposeResult:
        """Lay out number and field."""
        yield Static(f"({self.number})", classes="gap-number", markup=False)
        yield AnswerField()

    @property
    def field(self) -> AnswerField:
        """The field."""
        return self.query_one(AnswerField)

    def open(self, *, numbered: bool) -> None:
        """Be shown, empty."""
        self.display = True
        self.query_one(Static).display = numbered
        self.field.value = ""


class ClozeAnswer(AnswerWidget[PosedCloze]):
    """Fields; Enter goes to the next, and answers after the last."""

    KEYS = (
        Key("up", "step(-1)", msg("gap before"), shown="↑"),
        Key("down", "step(1)", msg("next gap"), shown="↓"),
    )
    BINDINGS = bindings(KEYS)

    def compose(self) -> Iterable[Widget]:
        """Lay out the fields; as many as the card has gaps are shown."""
        rows = (GapRow(number) for number in range(1, MOST_GAPS + 1))
        yield Vertical(*rows, classes="answer-box")

    def ask(self, posed: PosedCloze, voice: Voice) -> None:  # noqa: ARG002 - the prompt says all
        """Take up a new card."""
        count = len(posed.gaps) if len(posed.gaps) <= MOST_GAPS else 1  # then `;` separates
        for row in self.query(GapRow):
            row.display = False
        for row in list(self.query(GapRow))[:count]:
            row.open(numbered=count > 1)

    def paint(self, voice: Voice) -> None:
        """Numbers and answers are the same in every language."""

    @property
    def fields(self) -> list[AnswerField]:
        """The fields of this card, in order."""
        return [row.field for row in self.query(GapRow) if row.display]

    def entry(self) -> Widget:
        """Return the first empty field."""
        return next((field for field in self.fields if not field.value), self.fields[0])

    def action_step(self, step: int) -> None:
        """Go to the next gap, or the one before."""
        fields = self.fields
        focused = self.screen.focused
        if isinstance(focused, AnswerField) and focused in fields:
            index = fields.index(focused) + step
            if 0 <= index < len(fields):
                self.screen.set_focus(fields[index])

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Go on to the next empty gap, or answer."""
        event.stop()
        fields = self.fields
        at = next((index for index, field in enumerate(fields) if field is event.input), 0)
        following = [field for field in fields[at + 1 :] if not field.value.strip()]
        if following:
            self.screen.set_focus(following[0])
        else:
            self.post_message(self.Answered(SEPARATOR.join(field.value for field in fields)))

    @on(Input.Changed)
    def ignore(self, event: Input.Changed) -> None:
        """Judge nothing while it is typed."""
        event.stop()
