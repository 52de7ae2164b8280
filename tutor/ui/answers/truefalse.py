"""True or false, and then why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message as Event
from textual.widget import Widget
from textual.widgets import Input

from tutor.kinds.truefalse import TRUTH, PosedTrueFalse, asks_reason
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.options import OptionList, digit_keys
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.line import Line

CHOSEN, OPEN = "(x)", "( )"


class Picked(Event):
    """An option of a list was picked."""

    def __init__(self, options: OptionList, index: int) -> None:
        super().__init__()
        self.options = options
        self.index = index

    @property
    def control(self) -> OptionList:
        """The list, for `@on` selectors."""
        return self.options


class Truth(OptionList):
    """True and false; where a reason is asked for, the one picked is marked."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "take", msg("answer"), footer=True, shown="enter"),
        Key("t,o", "pick(1)", msg("true"), footer=True),
        Key("f,x", "pick(2)", msg("false"), footer=True),
        *digit_keys(msg("answer at once")),
        *OptionList.MOVES,
    )

    def __init__(self) -> None:
        super().__init__()
        self.marks = False
        self.chosen: int | None = None

    def sign(self, index: int) -> str:
        """Return whether an option is the one picked."""
        if not self.marks:
            return ""
        return CHOSEN if index == self.chosen else OPEN

    def picked(self, index: int) -> None:
        """Take a verdict."""
        self.chosen = index
        self.post_message(Picked(self, index))


class Reasons(OptionList):
    """The reasons to pick one from."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "take", msg("answer"), footer=True, shown="enter"),
        *digit_keys(msg("answer at once")),
        *OptionList.MOVES,
    )

    def picked(self, index: int) -> None:
        """Take a reason."""
        self.post_message(Picked(self, index))


class TrueFalseAnswer(AnswerWidget[PosedTrueFalse]):
    """The verdict first; then the reason, and both are handed in together.

    A reason would give the verdict away, so it is asked for when there is one.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("shift+tab", "back", msg("back to true or false"), shown="shift+tab"),
    )
    BINDINGS = bindings(KEYS)
    DEFAULT_CSS = "TrueFalseAnswer .why { padding-left: 2; margin-top: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._posed: PosedTrueFalse | None = None
        self._voice: Voice | None = None

    def compose(self) -> Iterable[Widget]:
        """Lay out the verdict and the two ways to give a reason."""
        yield Truth()
        yield Line(classes="why")
        yield Reasons()
        yield Vertical(AnswerField(), classes="answer-box")

    def ask(self, posed: PosedTrueFalse, voice: Voice) -> None:
        """Take up a new card."""
        self._posed = posed
        truth = self.query_one(Truth)
        truth.chosen, truth.marks = None, asks_reason(posed)
        truth.ask([TRUTH[True], TRUTH[False]], voice)
        self.query_one(Reasons).ask([option.text for option in posed.reasons], voice)
        self.query_one(AnswerField).value = ""
        self.paint(voice)

    def paint(self, voice: Voice) -> None:
        """Speak another language; what was picked and typed stays."""
        self._voice = voice
        truth, reasons = self.query_one(Truth), self.query_one(Reasons)
        truth.paint(voice)
        reasons.paint(voice)
        self.query_one(Line).update(voice.say(msg("Why?")))
        posed, opened = self._posed, truth.marks and truth.chosen is not None
        reasons.display = opened and posed is not None and bool(posed.reasons)
        self.query_one(".answer-box").display = opened and not reasons.display
        self.query_one(Line).display = opened

    def entry(self) -> Widget:
        """Return what is not answered yet: the verdict, or the reason."""
        truth, reasons = self.query_one(Truth), self.query_one(Reasons)
        if truth.chosen is None or not truth.marks:
            return truth
        return reasons if reasons.display else self.query_one(AnswerField)

    @on(Picked)
    def picked(self, event: Picked) -> None:
        """Answer, or go on to the reason."""
        event.stop()
        if isinstance(event.options, Reasons):
            self._answer(str(event.index + 1))
        elif not self.query_one(Truth).marks:
            self._answer("")
        elif self._voice is not None:
            self.paint(self._voice)
            self.screen.set_focus(self.entry())

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Answer with the reason that was typed."""
        event.stop()
        self._answer(event.value)

    @on(Input.Changed)
    def ignore(self, event: Input.Changed) -> None:
        """Judge nothing while it is typed."""
        event.stop()

    def action_back(self) -> None:
        """Go back to the verdict, to change it."""
        self.screen.set_focus(self.query_one(Truth))

    def _answer(self, reason: str) -> None:
        truth = "t" if self.query_one(Truth).chosen == 0 else "f"
        self.post_message(self.Answered(f"{truth}\n{reason}".strip()))
