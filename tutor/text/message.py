"""The program's own words, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """An English template, with the values that fill it.

    The template is markdown-lite: `{name}` or `{name:,}` outside maths, `\\val{name}`
    inside. A value may be a number, a string (shown literally) or other words.
    With `plural`, the value named `n` chooses between the two templates.
    """

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    plural: str | None = None

    def __str__(self) -> str:
        """Return the English words, for logs and tests."""
        from tutor.text.speaker import ENGLISH  # the speaker is built on messages

        return ENGLISH.say(self)


def msg(template: str, /, **values: object) -> Message:
    """Make a message; Babel extracts the template from calls of this name."""
    return Message(template, values)


def msgs(singular: str, plural: str, /, n: int, **values: object) -> Message:
    """Make a message whose form depends on the count `n`."""
    return Message(singular, {"n": n, **values}, plural)
