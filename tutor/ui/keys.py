"""The keys of a screen: what they do, what they are called, and their Hangul twins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.binding import Binding, BindingType

from tutor.text.keystrokes import TWINS
from tutor.text.words import Words

_SHOWN = {
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "question_mark": "?",
    "equals_sign": "=",
    "plus": "+",
    "minus": "-",
}


class Key(NamedTuple):
    """Keys that do one thing.

    Attributes:
        keys: Textual's names of the keys, separated by commas.
        action: the action they run.
        label: what they do, in a word or two.
        footer: whether this is one of the few keys shown at the bottom of the screen.
        shown: how the keys are written, where that is not simply the first of them.
        priority: whether they come before the keys of the focused widget.
    """

    keys: str
    action: str
    label: Words
    footer: bool = False
    shown: str = ""
    priority: bool = False

    @property
    def display(self) -> str:
        """How the keys are written in the footer and in the help."""
        return self.shown or key_name(self.keys.split(",")[0])

    @property
    def is_range(self) -> bool:
        """Whether these keys are one of a range, such as `1–4`, whose every key is listed."""
        return "–" in self.shown

    @property
    def binding(self) -> Binding:
        """The binding, each letter with its Hangul twin."""
        names = [name.strip() for name in self.keys.split(",")]
        twins = [TWINS[name] for name in names if name in TWINS]
        return Binding(
            ",".join([*names, *twins]),
            self.action,
            str(self.label),
            show=False,
            priority=self.priority,
        )


def bindings(*groups: Iterable[Key]) -> list[BindingType]:
    """Return the bindings of groups of keys."""
    return [key.binding for group in groups for key in group]


def key_name(key: str) -> str:
    """Return how a key is written: `esc`, `F4`, `ctrl+p`, `↑`."""
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return _SHOWN.get(key, key)
