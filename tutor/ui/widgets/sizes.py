"""My sizes: the numbers of a card, replaced by the learner's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message as Event
from textual.widget import Widget
from textual.widgets import Input

from tutor.grading.formula import Value
from tutor.grading.numbers import NumberProblem, parse_number, write
from tutor.kinds.posed import Size
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import Field
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.prose import Prose

MOST_SIZES = 8


class SizeField(Field):
    """The field of one size."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("enter", "submit", msg("ask with these"), footer=True),)


class SizeRow(Horizontal):
    """One size: what it is, and its number."""

    DEFAULT_CSS = "SizeRow { height: 1; display: none; }"

    def compose(self) -> ComposeResult:
        """Lay out label and field."""
        yield Line(classes="size-label")
        yield SizeField()

    @property
    def field(self) -> SizeField:
        """The field."""
        return self.query_one(SizeField)

    def label(self, content: Content, width: int) -> None:
        """Name the size."""
        line = self.query_one(Line)
        line.styles.width = width
        line.update(content)


class SizesForm(Vertical):
    """A field for each drawn number.

    Enter goes from one to the next and after the last asks with them; F4 draws new ones,
    Esc goes back.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("f4", "redraw", msg("draw new ones"), footer=True),
        Key("escape", "close", msg("back to the card"), footer=True),
        Key("up", "step(-1)", msg("size before"), shown="↑"),
        Key("down", "step(1)", msg("next size"), shown="↓"),
    )
    BINDINGS = bindings(KEYS)
    DEFAULT_CSS = "SizesForm { height: auto; width: 100%; max-width: 76; display: none; }"

    class Wanted(Event):
        """The learner wants the card with these sizes; None draws new ones."""

        def __init__(self, sizes: Mapping[str, Value] | None) -> None:
            super().__init__()
            self.sizes = sizes

    class Closed(Event):
        """The learner keeps the card as it is."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._sizes: tuple[Size, ...] = ()
        self._problem: tuple[Words, ...] = ()
        self._voice: Voice | None = None

    def compose(self) -> Iterable[Widget]:
        """Lay out title, rows and complaint."""
        yield Prose(id="sizes-title")
        yield Vertical(*(SizeRow() for _ in range(MOST_SIZES)), classes="answer-box")
        yield Prose(id="sizes-problem", style="$text-warning")

    @property
    def rows(self) -> list[SizeRow]:
        """The rows in use."""
        return list(self.query(SizeRow))[: len(self._sizes)]

    def open(self, sizes: tuple[Size, ...], voice: Voice) -> None:
        """Show the card's numbers, to be changed."""
        self._sizes = sizes[:MOST_SIZES]
        self._problem = ()
        for index, row in enumerate(self.query(SizeRow)):
            row.display = index < len(self._sizes)
        for row, size in zip(self.rows, self._sizes, strict=True):
            row.field.value = write(size.value)
        self.display = True
        self.paint(voice)
        self._enter(self.rows[0].field)

    def complain(self, *problem: Words) -> None:
        """Say why these sizes cannot be taken."""
        self._problem = problem
        if self._voice is not None:
            self.paint(self._voice)

    def paint(self, voice: Voice) -> None:
        """Speak a language."""
        self._voice = voice
        labels = [voice.say(size.label) for size in self._sizes]
        width = max((cells(label.plain) for label in labels), default=0) + 3
        for row, label in zip(self.rows, labels, strict=True):
            row.label(label, width)
        self.query_one("#sizes-title", Prose).show(voice, msg("**My sizes**"))
        self.query_one("#sizes-problem", Prose).show(voice, *self._problem)

    def action_step(self, step: int) -> None:
        """Go to the next size, or the one before."""
        fields = [row.field for row in self.rows]
        focused = self.screen.focused
        if isinstance(focused, SizeField) and focused in fields:
            index = fields.index(focused) + step
            if 0 <= index < len(fields):
                self._enter(fields[index])

    def _enter(self, field: SizeField) -> None:
        """Focus a field; what is typed takes the place of its number."""
        self.screen.set_focus(field)
        field.action_select_all()

    def action_redraw(self) -> None:
        """Ask for new numbers."""
        self.post_message(self.Wanted(None))

    def action_close(self) -> None:
        """Go back."""
        self.post_message(self.Closed())

    @property
    def at_end(self) -> bool:
        """Whether the last size is being typed."""
        return bool(self.rows) and self.screen.focused is self.rows[-1].field

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Go to the next size; after the last, ask with them, if all of them are numbers."""
        event.stop()
        if not self.at_end:
            self.action_step(1)
            return
        wanted: dict[str, Value] = {}
        for row, size in zip(self.rows, self._sizes, strict=True):
            value = parse_number(row.field.value)
            if isinstance(value, NumberProblem):
                label = Localized.same(size.label) if isinstance(size.label, str) else size.label
                self.complain(msg("{size}: {problem}", size=label, problem=value.message))
                self._enter(row.field)
                return
            wanted[size.name] = value
        self.post_message(self.Wanted(wanted))

    @on(Input.Changed)
    def ignore(self, event: Input.Changed) -> None:
        """Judge nothing while it is typed."""
        event.stop()
