"""A list of options with a cursor; what picking one does is up to the kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region

from tutor.kinds.options import MOST_OPTIONS
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.menu import CURSOR
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.typeset import MUTED, hanging, typeset

ACCENT = "bold $act"


def digit_keys(label: Words) -> tuple[Key, ...]:
    """Return the digits as keys that pick an option."""
    return tuple(
        Key(str(digit), f"pick({digit})", label, shown=f"1–{MOST_OPTIONS}")
        for digit in range(1, MOST_OPTIONS + 1)
    )


class OptionRows(Lines, can_focus=True):
    """Numbered options; a digit or a click picks one, and so may a key at the cursor.

    A subclass lists its keys, says what `picked` does, and may set a `sign` beside a number,
    such as a tick.
    """

    MOVES: ClassVar[tuple[Key, ...]] = (
        Key("up,k", "move(-1)", msg("up"), shown="↑"),
        Key("down,j", "move(1)", msg("down"), shown="↓"),
    )
    KEYS: ClassVar[tuple[Key, ...]] = MOVES

    def __init_subclass__(cls, **kwargs: bool) -> None:
        """Bind the keys of a new kind of list."""
        cls.BINDINGS = bindings(cls.KEYS)
        super().__init_subclass__(**kwargs)

    def __init__(self) -> None:
        super().__init__()
        self.options: tuple[Words, ...] = ()
        self.cursor = 0
        self._tops: list[int] = []

    def ask(self, options: Sequence[Words], voice: Voice) -> None:
        """Show new options, the cursor on the first."""
        self.options, self.cursor = tuple(options), 0
        self.paint(voice)

    def paint(self, voice: Voice) -> None:
        """Speak a language."""
        self.set_lines(partial(self._set, voice))

    def sign(self, index: int) -> str:  # noqa: ARG002 - for subclasses
        """Return what stands between an option's number and its text."""
        return ""

    def picked(self, index: int) -> None:
        """Act on an option that was picked."""
        raise NotImplementedError

    def _set(self, voice: Voice, width: int) -> Sequence[Content]:
        lines: list[Content] = []
        self._tops = []
        for index, option in enumerate(self.options):
            self._tops.append(len(lines))
            sign = self.sign(index)
            mark = Content.assemble((f"  {index + 1}  ", MUTED), sign, " " if sign else "")
            text = typeset(voice.document(option), width - mark.cell_length)
            lines += hanging(mark, text)
        return lines

    def render(self) -> Content:
        """Return the lines, with the cursor."""
        lines = list(self.lines(self.content_size.width))
        if self.has_focus and self._tops:
            top, bottom = self._rows(self.cursor)
            for index in range(top, bottom):
                lines[index] = lines[index].stylize("$act")
            mark = Content.styled(f"{CURSOR} {self.cursor + 1}", ACCENT)
            lines[top] = mark + lines[top][3:]
        return Content("\n").join(lines)

    def _rows(self, index: int) -> tuple[int, int]:
        """Return the first line of an option, and the line after its last."""
        count = len(self.lines(self.content_size.width))  # of options asked just now; sets the tops
        ends = [*self._tops[1:], count]
        return self._tops[index], ends[index]

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.put_cursor(max(0, min(len(self.options) - 1, self.cursor + step)))

    def put_cursor(self, index: int) -> None:
        """Put the cursor on an option, and the option in sight."""
        if not self.options:
            return
        self.cursor = index
        self.refresh()
        top, bottom = self._rows(index)
        for parent in self.ancestors:
            if isinstance(parent, Page):
                y = parent.place_of(self).y
                parent.reveal(Region(0, y + top, 1, bottom - top))

    def action_pick(self, number: int) -> None:
        """Pick an option by its number."""
        if number <= len(self.options):
            self.cursor = number - 1
            self.refresh()
            self.picked(self.cursor)

    def action_take(self) -> None:
        """Pick the option at the cursor."""
        self.picked(self.cursor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer as many digits as there are options."""
        if action == "pick":
            return int(str(parameters[0])) <= len(self.options)
        return super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """Pick the option that was clicked."""
        below = [index for index, top in enumerate(self._tops) if top <= event.y]
        if below:
            self.action_pick(below[-1] + 1)
