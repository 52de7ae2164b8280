"""One control of a lab, turned with the keyboard."""

from __future__ import annotations

from typing import ClassVar, assert_never

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message as Event
from textual.widget import Widget

from tutor.labs import Choice, Control, Nudge, Number, Step, Switch, Turn, Typed
from tutor.text.message import msg
from tutor.text.width import cells, truncate
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.menu import CURSOR

_DIGITS = 24  # the most that can be typed


class ControlRow(Widget, can_focus=True):
    """The name of a control at the left, its value at the right.

    The row knows what it shows and what is being typed; what a turn leads to is decided by
    the lab, which is told by `Turned`.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("right", "turn(1)", msg("change"), footer=True, shown="←→"),
        Key("left", "turn(-1)", msg("change back"), shown="←"),
        Key("0", "digit(0)", msg("type"), footer=True, shown="0–9"),
        Key("enter,space", "press", msg("switch"), shown="enter"),
        Key("plus", "nudge(1)", msg("one more"), shown="+"),
        Key("minus", "nudge(-1)", msg("one less"), shown="-"),
        Key("up", "move(-1)", msg("control before"), shown="↑"),
        Key("down", "move(1)", msg("next control"), shown="↓"),
        Key("backspace", "erase", msg("erase a digit"), shown="⌫"),
        Key("escape", "forget", msg("undo"), footer=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(KEYS),
        Binding("equals_sign", "nudge(1)", show=False),  # plus, without shift
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(1, 10)),
    ]
    DEFAULT_CSS = "ControlRow { height: 1; width: 100%; text-wrap: nowrap; }"

    class Turned(Event):
        """The learner turned a control."""

        def __init__(self, name: str, turn: Turn) -> None:
            super().__init__()
            self.name = name
            self.turn = turn

    class Settled(Event):
        """The learner is done with typing, or has gone on."""

    class Moved(Event):
        """The learner wants the next control, or the one before."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.control: Control | None = None
        self._voice: Voice | None = None
        self._typed: str | None = None
        self._before = 0
        self._is_refused = False

    def show(self, control: Control | None, voice: Voice, *, refused: bool = False) -> None:
        """Show where a control stands; nothing, if None. What was typed may be refused."""
        if control is None or self.control is None or control.name != self.control.name:
            self._typed = None
        self.control, self._voice = control, voice
        self._is_refused = refused
        self.display = control is not None
        self.refresh()

    @property
    def is_typing(self) -> bool:
        """Whether a number is being typed."""
        return self._typed is not None

    @property
    def _refused(self) -> str | None:
        """What is being typed, if the control does not take it."""
        return self._typed if self._is_refused else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what this kind of control can do."""
        is_number = isinstance(self.control, Number)
        match action:
            case "nudge" | "erase":
                return is_number
            case "press":
                return self.is_typing or not is_number
            case "forget":
                return self.is_typing
            case _:
                return super().check_action(action, parameters)

    def _turn(self, turn: Turn) -> None:
        if self.control is not None:
            self.post_message(self.Turned(self.control.name, turn))

    def action_turn(self, by: int) -> None:
        """Turn by a sensible step."""
        self._typed = None
        self._turn(Step(by))

    def action_nudge(self, by: int) -> None:
        """Turn by one."""
        self._typed = None
        self._turn(Nudge(by))

    def action_digit(self, digit: int) -> None:
        """Type a digit: the number is taken at once, a choice by its place."""
        if isinstance(self.control, Number):
            self._type(((self._typed or "") + str(digit))[:_DIGITS])
        else:
            self._turn(Typed(str(digit)))

    def action_erase(self) -> None:
        """Take the last digit away."""
        if isinstance(self.control, Number):
            written = str(self.control.value) if self._typed is None else self._typed
            self._type(written[:-1])

    def _type(self, text: str) -> None:
        if isinstance(self.control, Number) and self._typed is None:
            self._before = self.control.value
        self._typed = text
        self._turn(Typed(text))
        self.refresh()

    def action_press(self) -> None:
        """End typing, unless what is typed cannot be taken; else switch."""
        if self._refused is not None:
            self._turn(Typed(self._refused))
        elif self.is_typing:
            self._end_typing()
        else:
            self._turn(Step(1))

    def action_forget(self) -> None:
        """Go back to the value before typing."""
        self._turn(Typed(str(self._before)))
        self._end_typing()

    def action_move(self, step: int) -> None:
        """Go to another control."""
        self.post_message(self.Moved(step))

    def on_blur(self) -> None:
        """Keep the number that was typed; if it was refused, the one before, and say so."""
        refused = self._refused
        if refused is None:
            self._end_typing()
            return
        self._typed = None
        self._turn(Typed(str(self._before)))
        self._turn(Typed(refused))

    def on_click(self, event: events.Click) -> None:
        """Switch what has only a few values."""
        if not isinstance(self.control, Number) and event.chain == 1:
            self._turn(Step(1))

    def _end_typing(self) -> None:
        self._typed = None
        self.post_message(self.Settled())
        self.refresh()

    def render(self) -> Content:
        """Return the line."""
        if self.control is None or self._voice is None:
            return Content()
        focused = self.has_focus
        value = self._value(self.control, self._voice)
        left, right = ("◂ ", " ▸") if focused and not self.is_typing else ("  ", "  ")
        style = "bold $act" if focused else ""
        mark = Content.styled(f"{CURSOR} " if focused else "  ", style)
        if self.is_typing:
            right = "▏ "
        if self._refused is not None:
            left = "! "
        value_style = style if self._refused is None else "bold $text-warning"
        end = Content.styled(left + value + right, value_style)
        room = self.content_size.width - 2 - cells(end.plain)
        label = self._voice.say(self.control.label, style)
        if cells(label.plain) > room:
            label = Content.styled(truncate(label.plain, max(room, 0)), style)
        return mark + label + Content(" " * max(0, room - cells(label.plain))) + end

    def _value(self, control: Control, voice: Voice) -> str:
        match control:
            case Number(value=value):
                return f"{value:,}" if self._typed is None else self._typed
            case Choice():
                return voice.text(control.chosen.label)
            case Switch(value=value):
                return voice.text(msg("yes") if value else msg("no"))
            case _:
                assert_never(control)
