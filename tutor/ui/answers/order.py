"""Steps to bring into their order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from tutor.kinds.order import PosedOrder
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.rows import Rows
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED


class Steps(Rows):
    """The order so far, and under it the steps that are left.

    A digit, or Enter or Space at the cursor, puts a step next; Backspace takes the last one
    back; Enter checks the order once no step is left.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter", "check", msg("check"), footer=True),
        Key("enter,space", "place", msg("put next"), footer=True, shown="enter"),
        *(Key(str(digit), f"put({digit})", msg("put next"), shown="1–9") for digit in range(1, 10)),
        Key("backspace", "take_back", msg("take back"), footer=True, shown="Bksp"),
        Key("up,k", "step(-1)", msg("up"), shown="↑"),
        Key("down,j", "step(1)", msg("down"), shown="↓"),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[Localized, ...] = ()
        self._order: list[int] = []
        self._cursor = 0  # among the steps that are left

    def ask(self, steps: tuple[Localized, ...], voice: Voice) -> None:
        """Show new steps, none of them in the order yet."""
        self._steps, self._order, self._cursor = steps, [], 0
        self.paint(voice)

    @property
    def _left(self) -> list[int]:
        return [index for index in range(len(self._steps)) if index not in self._order]

    def draw(self, voice: Voice, width: int) -> list[Content]:
        """Return the order so far, and what is left of the steps."""
        lines: list[Content] = []
        left = self._left
        if self._order:
            lines.append(voice.say(msg("Your order so far") if left else msg("Your order"), MUTED))
            for index in self._order:
                lines += self._step(voice, width, len(lines), index)
            lines.append(Content())
        if not left:
            done = msg("Enter checks this order; Backspace takes the last step back.")
        elif self._order:
            done = msg("Which step comes next?")
        else:
            done = msg("Which step comes first?")
        lines.append(voice.say(done, MUTED))
        for place, index in enumerate(left):
            lines += self._step(voice, width, len(lines), index, chosen=place == self._cursor)
        return lines

    def _step(
        self, voice: Voice, width: int, at: int, index: int, *, chosen: bool = False
    ) -> list[Content]:
        words = self._steps[index]
        return self.row(voice, width, at=at, mark=f"{index + 1}  ", words=words, chosen=chosen)

    def clicked(self, index: int) -> None:
        """Put the clicked step next; one that is in the order goes back."""
        if index < len(self._order):
            del self._order[index]
            self.changed()
        else:
            self._put(self._left[index - len(self._order)])

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(len(self._left) - 1, self._cursor + step))
        self.changed()

    def action_put(self, number: int) -> None:
        """Put a step next, by its number."""
        if number - 1 in self._left:
            self._put(number - 1)

    def action_place(self) -> None:
        """Put the step at the cursor next."""
        if left := self._left:
            self._put(left[self._cursor])

    def _put(self, index: int) -> None:
        """Put a step next; the cursor stays at its place in the list."""
        self._order.append(index)
        self._cursor = max(0, min(self._cursor, len(self._left) - 1))
        self.changed()

    def action_take_back(self) -> None:
        """Take the last step of the order back, the cursor on it."""
        if self._order:
            index = self._order.pop()
            self._cursor = self._left.index(index)
            self.changed()

    def action_check(self) -> None:
        """Answer with this order."""
        text = " ".join(str(index + 1) for index in self._order)
        self.post_message(AnswerWidget.Answered(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the order so far allows."""
        match action:
            case "check":
                return not self._left
            case "place" | "step":
                return bool(self._left)
            case "take_back":
                return bool(self._order)
            case "put":
                return int(str(parameters[0])) - 1 in self._left
            case _:
                return super().check_action(action, parameters)


class OrderAnswer(AnswerWidget[PosedOrder]):
    """Steps to bring into their order."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the steps."""
        yield Steps()

    def ask(self, posed: PosedOrder, voice: Voice) -> None:
        """Take up a new card."""
        self.query_one(Steps).ask(posed.shown, voice)

    def paint(self, voice: Voice) -> None:
        """Speak another language."""
        self.query_one(Steps).paint(voice)

    def entry(self) -> Widget:
        """Return the steps."""
        return self.query_one(Steps)
