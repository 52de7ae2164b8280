"""The hints of a card that the learner has asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from tutor.session.study import Asking
from tutor.text.message import msg
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.typeset import MUTED, hanging, typeset


class HintsView(Lines):
    """Hints below each other, each with its number; they stay while the learner answers."""

    def show(self, asking: Asking, voice: Voice) -> None:
        """Show the hints of a card so far."""
        shown = asking.shown_hints
        count = len(asking.posed.hints) if shown else 0
        self.set_lines(partial(_lines, shown, count, voice) if shown else None)

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def _lines(hints: Sequence[Words], count: int, voice: Voice, width: int) -> list[Content]:
    lines: list[Content] = []
    for number, hint in enumerate(hints, 1):
        label = voice.say(msg("hint {number} of {count}", number=number, count=count), MUTED)
        mark = label + Content("  ")
        lines += hanging(mark, typeset(voice.document(hint), width - cells(mark.plain)))
    return lines
