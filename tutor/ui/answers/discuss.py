"""Talk first; then tick the points that came up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from tutor.kinds.discuss import PosedDiscuss
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.rows import ACCENT, Rows
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.menu import CURSOR
from tutor.ui.widgets.typeset import MUTED


class Points(Rows):
    """The points, hidden until they are asked for; digits and Space tick, Enter goes on."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "reveal", msg("show the points"), footer=True, shown="enter"),
        Key("space", "tick", msg("tick"), footer=True),
        Key("enter", "go_on", msg("go on to the rating"), footer=True),
        *(Key(str(digit), f"tick_at({digit})", msg("tick"), shown="1–9") for digit in range(1, 10)),
        Key("up,k", "step(-1)", msg("up"), shown="↑"),
        Key("down,j", "step(1)", msg("down"), shown="↓"),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[Localized, ...] = ()
        self._ticked: set[int] = set()
        self._cursor = 0
        self._revealed = False

    def ask(self, points: tuple[Localized, ...], voice: Voice) -> None:
        """Take up new points, and hide them."""
        self._points, self._ticked, self._cursor = points, set(), 0
        self._revealed = False
        self.paint(voice)

    def draw(self, voice: Voice, width: int) -> list[Content]:
        """Return the invitation to talk, or the points with their boxes."""
        if not self._revealed:
            self._rows.append(range(1, 2))
            mark = Content.styled(f"{CURSOR} " if self.has_focus else "  ", ACCENT)
            show = voice.say(msg("Show the points"), ACCENT if self.has_focus else "")
            return [
                voice.say(msg("Talk it over first, or think it through aloud."), MUTED),
                mark + show,
            ]
        lines = [voice.say(msg("Tick what came up."), MUTED)]
        for index, point in enumerate(self._points):
            box = "[x]" if index in self._ticked else "[ ]"
            lines += self.row(
                voice,
                width,
                at=len(lines),
                mark=f"{index + 1} {box}  ",
                words=point,
                chosen=index == self._cursor,
            )
        return lines

    def clicked(self, index: int) -> None:
        """Tick the clicked point; before they are shown, show them."""
        if self._revealed:
            self.action_tick_at(index + 1)
        else:
            self.action_reveal()

    def action_reveal(self) -> None:
        """Show the points."""
        self._revealed = True
        self.changed()

    def action_tick(self) -> None:
        """Tick the point at the cursor, or take its tick away."""
        self._ticked ^= {self._cursor}
        self.changed()

    def action_tick_at(self, number: int) -> None:
        """Tick a point by its number."""
        if number <= len(self._points):
            self._cursor = number - 1
            self.action_tick()

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(len(self._points) - 1, self._cursor + step))
        self.changed()

    def action_go_on(self) -> None:
        """Answer with the points that are ticked."""
        text = " ".join(str(index + 1) for index in sorted(self._ticked))
        self.post_message(AnswerWidget.Answered(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the points once they are shown."""
        match action:
            case "reveal":
                return not self._revealed
            case "tick" | "go_on" | "step":
                return self._revealed
            case "tick_at":
                return self._revealed and int(str(parameters[0])) <= len(self._points)
            case _:
                return super().check_action(action, parameters)


class DiscussAnswer(AnswerWidget[PosedDiscuss]):
    """Talk first; then tick the points that came up."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the points."""
        yield Points()

    def ask(self, posed: PosedDiscuss, voice: Voice) -> None:
        """Take up a new card."""
        self.query_one(Points).ask(posed.points, voice)

    def paint(self, voice: Voice) -> None:
        """Speak another language."""
        self.query_one(Points).paint(voice)

    def entry(self) -> Widget:
        """Return the points."""
        return self.query_one(Points)
