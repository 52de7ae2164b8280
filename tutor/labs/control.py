"""A control: something in a lab that can be turned, and how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from tutor.grading.numbers import NumberProblem, parse_number
from tutor.text.message import Message, msg
from tutor.text.words import Words

Setting = int | bool | str


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number.

    Attributes:
        name: what a `lab:` entry calls it.
        label: what the learner reads.
        value: where it stands.
        low: its least value.
        high: its greatest value.
    """

    name: str
    label: Words
    value: int
    low: int
    high: int

    @property
    def permitted(self) -> Message:
        """A sentence on what it takes."""
        return msg(
            "{label}: a whole number from {low:,} to {high:,}.",
            label=self.label,
            low=self.low,
            high=self.high,
        )


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values of a choice."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values; see `Number` for the attributes."""

    name: str
    label: Words
    value: str
    options: tuple[Option, ...]

    @property
    def permitted(self) -> Message:
        """A sentence on what it takes."""
        names = ", ".join(option.value for option in self.options)
        return msg("{label}: one of {choices}.", label=self.label, choices=names)

    @property
    def chosen(self) -> Option:
        """The option that is set."""
        return self.options[self.index]

    @property
    def index(self) -> int:
        """The place of the option that is set."""
        return [option.value for option in self.options].index(self.value)


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off; see `Number` for the attributes."""

    name: str
    label: Words
    value: bool

    @property
    def permitted(self) -> Message:
        """A sentence on what it takes."""
        return msg("{label}: `true` or `false`.", label=self.label)


Control = Number | Choice | Switch


@dataclass(frozen=True, slots=True)
class Step:
    """Turn a control by so many sensible steps."""

    by: int


@dataclass(frozen=True, slots=True)
class Nudge:
    """Turn a control by exactly so much."""

    by: int


@dataclass(frozen=True, slots=True)
class Typed:
    """Set a control to what was typed; a choice and a switch by their place, from 1."""

    text: str


Turn = Step | Nudge | Typed


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that a control does not take.

    Attributes:
        name: the control.
        message: what it takes instead.
    """

    name: str
    message: Message


def turned(control: Control, turn: Turn) -> Setting | Refused:
    """Return the value of a control when it has been turned, or why it cannot be."""
    match control:
        case Number():
            return _turned_number(control, turn)
        case Choice():
            values: list[Setting] = [option.value for option in control.options]
            return _turned_place(control, values, control.index, turn)
        case Switch():
            return _turned_place(control, [False, True], int(control.value), turn)
        case _:
            assert_never(control)


def refused(control: Control, value: object) -> Refused | None:
    """Return why a control does not take a value; None if it does."""
    match control:
        case Number():
            fits = type(value) is int and control.low <= value <= control.high
        case Choice():
            fits = any(value == option.value for option in control.options)
        case Switch():
            fits = isinstance(value, bool)
        case _:
            assert_never(control)
    return None if fits else Refused(control.name, control.permitted)


def _turned_number(control: Number, turn: Turn) -> int | Refused:
    match turn:
        case Step(by):
            value = control.value
            for _ in range(abs(by)):
                value = _next_up(value) if by > 0 else _next_down(value)
        case Nudge(by):
            value = control.value + by
        case Typed(text):
            typed = parse_number(text)
            if isinstance(typed, NumberProblem):
                return Refused(control.name, control.permitted)
            if isinstance(typed, int) and control.low <= typed <= control.high:
                return typed
            return Refused(control.name, control.permitted)
        case _:
            assert_never(turn)
    value = min(max(value, control.low), control.high)
    return Refused(control.name, control.permitted) if value == control.value else value


def _next_up(value: int) -> int:
    """Return the next of the sizes 1, 2, …, 7, 8, 10, 12, 14, 16, 20, …: four for each doubling."""
    step = 1 << max(0, value.bit_length() - 3)
    return (value // step + 1) * step


def _next_down(value: int) -> int:
    below = value - 1
    step = 1 << max(0, below.bit_length() - 3)
    return below // step * step


def _turned_place(
    control: Choice | Switch, values: list[Setting], at: int, turn: Turn
) -> Setting | Refused:
    """Return the value at another place; after the last comes the first."""
    match turn:
        case Step(by) | Nudge(by):
            return values[(at + by) % len(values)]
        case Typed(text):
            place = int(text) if text.isdecimal() and text.isascii() and len(text) < 3 else 0
            if 1 <= place <= len(values):
                return values[place - 1]
            return Refused(control.name, control.permitted)
        case _:
            assert_never(turn)
