"""A table of values: some are shown, the others are typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import events, on
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message as Event
from textual.widget import Widget
from textual.widgets import Input, Static

from tutor.grading.numbers import NumberProblem, parse_number, write
from tutor.kinds.table import PosedCell
from tutor.kinds.trace import SEPARATOR, PosedTrace
from tutor.text.message import msg
from tutor.text.width import cells, truncate
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.typeset import MUTED

ROOM = 72  # cells inside the box, on the smallest screen
GAP = 2
NATURAL, NARROW, LONGEST_HEAD, SHORTEST_LABEL = 9, 7, 24, 6


class CellField(AnswerField):
    """The field of one cell; the arrows leave it at its ends."""

    class Left(Event):
        """The cursor went out of the field: -1 at its start, 1 at its end."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, cell: PosedCell, column: int) -> None:
        super().__init__(classes="cell")
        self.cell = cell
        self.column = column

    def action_cursor_left(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Move the cursor, or go to the cell before."""
        if self.cursor_position or select:
            super().action_cursor_left(select)
        else:
            self.post_message(self.Left(-1))

    def action_cursor_right(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Move the cursor, or go to the next cell."""
        if self.cursor_position < len(self.value) or select:
            super().action_cursor_right(select)
        else:
            self.post_message(self.Left(1))


class TraceAnswer(AnswerWidget[PosedTrace]):
    """A table of fields; Enter goes to the next empty one, and answers after the last."""

    DEFAULT_CSS = """
    TraceAnswer .table { layout: grid; grid-gutter: 0 2; grid-rows: 1; height: auto; }
    TraceAnswer .table Static { height: 1; text-wrap: nowrap; }
    TraceAnswer .head, TraceAnswer .given { text-align: right; }
    TraceAnswer .head, TraceAnswer .label { color: $muted; }
    TraceAnswer .cell { width: 100%; }
    TraceAnswer .cell:focus { background: $act 15%; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("up", "row(-1)", msg("cell above"), shown="↑"),
        Key("down", "row(1)", msg("cell below"), shown="↓"),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._posed: PosedTrace | None = None
        self._voice: Voice | None = None
        self._table = Container(classes="table")
        self._understood = Line(classes="understood")
        self.fields: list[CellField] = []
        self._heads: list[Static] = []
        self._labels: list[Static] = []

    def compose(self) -> Iterable[Widget]:
        """Lay out the table, which is filled when a card is asked, and the line under it."""
        yield Vertical(self._table, classes="answer-box")
        yield self._understood

    def ask(self, posed: PosedTrace, voice: Voice) -> None:
        """Take up a new card."""
        self._posed = posed
        for old in self._table.children:
            old.display = False  # it goes later; the grid is laid out without it
        self._table.remove_children()
        self.fields, self._heads, self._labels = [], [], []
        self._table.mount(*self._squares(posed))
        self.paint(voice)

    def _squares(self, posed: PosedTrace) -> Iterator[Widget]:
        """Give what stands in the grid, row by row."""
        width = _columns(posed)
        if posed.columns:
            self._heads = [Static(markup=False, classes="head") for _ in posed.columns]
            yield from (Static(), *self._heads)
        for row in posed.rows:
            label = Static(markup=False, classes="label")
            self._labels.append(label)
            yield label
            for column, cell in enumerate(row.cells):
                if cell.given:
                    yield Static(Content(cell.shown), markup=False, classes="given")
                else:
                    self.fields.append(CellField(cell, column))
                    yield self.fields[-1]
            yield from (Static() for _ in range(width - len(row.cells)))

    def paint(self, voice: Voice) -> None:
        """Speak a language; what was typed stays."""
        self._voice = voice
        posed = self._posed
        if posed is None:
            return
        labels = [voice.text(row.label) for row in posed.rows]
        heads = [voice.text(head) for head in posed.columns]
        label, columns = widths(posed, labels, heads)
        self._table.styles.grid_size_columns = 1 + len(columns)
        self._table.styles.grid_columns = " ".join(map(str, (label, *columns)))
        for square, text in zip(self._labels, labels, strict=True):
            square.update(Content(truncate(text, label)))
        for square, text, width in zip(self._heads, heads, columns, strict=False):
            square.update(Content(truncate(text, width)))
        for field in self.fields:
            field.placeholder = "_" * (columns[field.column] - 1)
        self._understand()

    def entry(self) -> Widget:
        """Return the first field without a number."""
        numbers = (parse_number(field.value) for field in self.fields)
        return next(
            (
                field
                for field, number in zip(self.fields, numbers, strict=True)
                if isinstance(number, NumberProblem)
            ),
            self.fields[0],
        )

    def action_row(self, step: int) -> None:
        """Go to the next cell of the column that is typed, or the one before."""
        at = self._focused()
        if at is not None:
            column = self.fields[at].column
            way = self.fields[at + 1 :] if step > 0 else self.fields[:at][::-1]
            target = next((field for field in way if field.column == column), None)
            self.screen.set_focus(target or self.fields[at])

    @on(CellField.Left)
    def go(self, event: CellField.Left) -> None:
        """Go to the cell before or the next one."""
        event.stop()
        at = self._focused()
        if at is not None and 0 <= at + event.step < len(self.fields):
            self.screen.set_focus(self.fields[at + event.step])

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Go on to the next empty cell, or answer."""
        event.stop()
        at = next((n for n, field in enumerate(self.fields) if field is event.input), 0)
        following = [field for field in self.fields[at + 1 :] if not field.value.strip()]
        if following:
            self.screen.set_focus(following[0])
        else:
            texts = (field.value.replace(";", " ") for field in self.fields)
            self.post_message(self.Answered(SEPARATOR.join(texts)))

    @on(Input.Changed)
    def preview(self, event: Input.Changed) -> None:
        """Say what is understood so far; nothing is judged."""
        event.stop()
        self._understand()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002 - Textual's signature
        """Say what is understood in the cell that has the focus now."""
        self._understand()

    def _focused(self) -> int | None:
        focused = self.screen.focused
        return next((n for n, field in enumerate(self.fields) if field is focused), None)

    def _understand(self) -> None:
        at = self._focused()
        line = Content()
        if at is not None and self._voice is not None:
            field = self.fields[at]
            value = parse_number(field.value)
            if not isinstance(value, NumberProblem) and write(value) != field.value.strip():
                said = msg("{cell}: understood as {answer}",
                           cell=field.cell.name, answer=write(value))  # fmt: skip
                line = self._voice.say(said, MUTED)
        self._understood.update(line)


def widths(posed: PosedTrace, labels: list[str], heads: list[str]) -> tuple[int, list[int]]:
    """Return the width of the labels and of each column, in cells, so that all fit the box."""
    columns = [NATURAL] * _columns(posed)
    for column, head in enumerate(heads):
        columns[column] = max(columns[column], min(cells(head), LONGEST_HEAD))
    least = [NARROW] * len(columns)
    for row in posed.rows:
        for column, cell in enumerate(row.cells):
            needed = len(cell.shown) + 1 if not cell.given else len(cell.shown)
            least[column] = max(least[column], needed)
            columns[column] = max(columns[column], needed)
    label = max(map(cells, labels))
    while (over := label + sum(columns) + GAP * len(columns) - ROOM) > 0:
        wide = max(range(len(columns)), key=lambda n: columns[n] - least[n])
        if columns[wide] == least[wide]:
            label = max(SHORTEST_LABEL, label - over)
            break
        columns[wide] -= 1
    return label, columns


def _columns(posed: PosedTrace) -> int:
    return max(len(row.cells) for row in posed.rows)
