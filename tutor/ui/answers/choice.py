"""Options to choose one from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from tutor.kinds.choice import PosedChoice
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.options import OptionRows, digit_keys
from tutor.ui.keys import Key
from tutor.ui.voice import Voice


class Options(OptionRows):
    """The options; a digit answers at once, Enter and Space take the one at the cursor."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "take", msg("answer"), footer=True, shown="enter"),
        *digit_keys(msg("answer at once")),
        *OptionRows.MOVES,
    )

    def picked(self, index: int) -> None:
        """Answer."""
        self.post_message(AnswerWidget.Answered(str(index + 1)))


class ChoiceAnswer(AnswerWidget[PosedChoice]):
    """Options to choose one from."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the options."""
        yield Options()

    def ask(self, posed: PosedChoice, voice: Voice) -> None:
        """Take up a new card."""
        self.query_one(Options).ask([option.text for option in posed.options], voice)

    def paint(self, voice: Voice) -> None:
        """Speak another language."""
        self.query_one(Options).paint(voice)

    def entry(self) -> Widget:
        """Return the options."""
        return self.query_one(Options)
