"""Options to tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.widget import Widget

from tutor.kinds.multi import PosedMulti
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.options import OptionRows, digit_keys
from tutor.ui.keys import Key
from tutor.ui.voice import Voice

TICKED, OPEN = "[x]", "[ ]"


class Ticks(OptionRows):
    """The options with their ticks; Space or a digit ticks and unticks, Enter answers."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter", "answer", msg("answer"), footer=True),
        Key("space", "take", msg("tick"), footer=True),
        *digit_keys(msg("tick or untick")),
        *OptionRows.MOVES,
    )

    def __init__(self) -> None:
        super().__init__()
        self._ticked: set[int] = set()
        self._voice: Voice | None = None

    def ask(self, options: Sequence[Words], voice: Voice) -> None:
        """Show new options, none ticked."""
        self._ticked = set()
        super().ask(options, voice)

    def paint(self, voice: Voice) -> None:
        """Speak a language; what is ticked stays."""
        self._voice = voice
        super().paint(voice)

    def sign(self, index: int) -> str:
        """Return the box of an option."""
        return TICKED if index in self._ticked else OPEN

    def picked(self, index: int) -> None:
        """Tick or untick an option."""
        self._ticked ^= {index}
        if self._voice is not None:
            self.paint(self._voice)

    def action_answer(self) -> None:
        """Answer with what is ticked."""
        numbers = " ".join(str(index + 1) for index in sorted(self._ticked))
        self.post_message(AnswerWidget.Answered(numbers))


class MultiAnswer(AnswerWidget[PosedMulti]):
    """Options to tick."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the options."""
        yield Ticks()

    def ask(self, posed: PosedMulti, voice: Voice) -> None:
        """Take up a new card."""
        self.query_one(Ticks).ask([option.text for option in posed.options], voice)

    def paint(self, voice: Voice) -> None:
        """Speak another language."""
        self.query_one(Ticks).paint(voice)

    def entry(self) -> Widget:
        """Return the options."""
        return self.query_one(Ticks)
