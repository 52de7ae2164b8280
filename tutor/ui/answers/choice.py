"""Options to choose one from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from tutor.kinds.choice import PosedChoice, PosedOption
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.menu import CURSOR
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.typeset import MUTED, hanging, typeset

ACCENT = "bold $act"
_MARK = 5  # cells of `▸ 1  `


class Options(Lines, can_focus=True):
    """The options; a digit answers at once, Enter and Space take the one at the cursor."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "take", msg("answer"), footer=True, shown="enter"),
        *(
            Key(str(digit), f"pick({digit})", msg("answer at once"), shown="1–9")
            for digit in range(1, 10)
        ),
        Key("up,k", "move(-1)", msg("up"), shown="↑"),
        Key("down,j", "move(1)", msg("down"), shown="↓"),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._options: tuple[PosedOption, ...] = ()
        self._cursor = 0
        self._tops: list[int] = []

    def ask(self, options: tuple[PosedOption, ...], voice: Voice) -> None:
        """Show new options, the cursor on the first."""
        self._options, self._cursor = options, 0
        self.paint(voice)

    def paint(self, voice: Voice) -> None:
        """Speak a language."""
        self.set_lines(partial(self._set, voice))

    def _set(self, voice: Voice, width: int) -> Sequence[Content]:
        lines: list[Content] = []
        self._tops = []
        for number, option in enumerate(self._options, 1):
            self._tops.append(len(lines))
            document = voice.document(option.text)
            text = typeset(document, width - _MARK)
            lines += hanging(Content.styled(f"  {number}  ", MUTED), text)
        return lines

    def render(self) -> Content:
        """Return the lines, with the cursor."""
        lines = list(self.lines(self.content_size.width))
        if self.has_focus and self._tops:
            top = self._tops[self._cursor]
            bottom = [*self._tops, len(lines)][self._cursor + 1]
            for index in range(top, bottom):
                lines[index] = lines[index].stylize("$act")
            mark = Content.styled(f"{CURSOR} {self._cursor + 1}", ACCENT)
            lines[top] = mark + lines[top][3:]
        return Content("\n").join(lines)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(len(self._options) - 1, self._cursor + step))
        self.refresh()
        bottom = [*self._tops, len(self.lines(self.content_size.width))][self._cursor + 1]
        top = self._tops[self._cursor]
        for parent in self.ancestors:
            if isinstance(parent, Page):
                y = parent.place_of(self).y
                parent.reveal(Region(0, y + top, 1, bottom - top))

    def action_pick(self, number: int) -> None:
        """Answer with an option by its number."""
        if number <= len(self._options):
            self._cursor = number - 1
            self.action_take()

    def action_take(self) -> None:
        """Answer with the option at the cursor."""
        self.post_message(AnswerWidget.Answered(str(self._cursor + 1)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer as many digits as there are options."""
        if action == "pick":
            return int(str(parameters[0])) <= len(self._options)
        return super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """Answer with the option that was clicked."""
        below = [index for index, top in enumerate(self._tops) if top <= event.y]
        if below:
            self.action_pick(below[-1] + 1)


class ChoiceAnswer(AnswerWidget[PosedChoice]):
    """Options to choose one from."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the options."""
        yield Options()

    def ask(self, posed: PosedChoice, voice: Voice) -> None:
        """Take up a new card."""
        self.query_one(Options).ask(posed.options, voice)

    def paint(self, voice: Voice) -> None:
        """Speak another language."""
        self.query_one(Options).paint(voice)

    def entry(self) -> Widget:
        """Return the options."""
        return self.query_one(Options)
