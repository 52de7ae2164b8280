"""True or false, and then why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events, on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from tutor.kinds.truefalse import TRUTH, PosedTrueFalse, asks_reason
from tutor.text.message import msg
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.options import OptionRows, digit_keys
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.page import Page

CHOSEN, OPEN = "(x)", "( )"


class Truth(OptionRows):
    """True and false; where a reason is asked for, the one picked is marked."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "take", msg("answer"), footer=True, shown="enter"),
        Key("t,o", "pick(1)", msg("true"), footer=True),
        Key("f,x", "pick(2)", msg("false"), footer=True),
        *digit_keys(msg("answer at once")),
        *OptionRows.MOVES,
    )

    def __init__(self, go_on: Callable[[], None]) -> None:
        super().__init__()
        self._go_on = go_on
        self.marks = False
        self.chosen: int | None = None

    async def _on_key(self, event: events.Key) -> None:
        """Act on keys in the order in which they were pressed.

        As in a field: what is pressed right after `f` belongs to the reason.
        """
        focused = self.app.focused
        if focused is not None and focused is not self:
            focused._forward_event(events.Key(event.key, event.character))
        elif not await self.app._check_bindings(event.key):
            return
        event.stop()
        event.prevent_default()

    def sign(self, index: int) -> str:
        """Return whether an option is the one picked."""
        if not self.marks:
            return ""
        return CHOSEN if index == self.chosen else OPEN

    def picked(self, index: int) -> None:
        """Take a verdict, and go on at once: the next key is meant for what comes then."""
        self.chosen = index
        self._go_on()


class Reasons(OptionRows):
    """The reasons to pick one from."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "take", msg("answer"), footer=True, shown="enter"),
        *digit_keys(msg("answer at once")),
        *OptionRows.MOVES,
    )

    def __init__(self, answer: Callable[[str], None]) -> None:
        super().__init__()
        self._answer = answer

    def picked(self, index: int) -> None:
        """Answer with a reason."""
        self._answer(str(index + 1))


class TrueFalseAnswer(AnswerWidget[PosedTrueFalse]):
    """The verdict first; then the reason, and both are handed in together.

    A reason would give the verdict away, so it is asked for when there is one.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (Key("shift+tab", "back", msg("true or false"), footer=True),)
    BINDINGS = bindings(KEYS)
    DEFAULT_CSS = "TrueFalseAnswer .why { padding-left: 2; margin-top: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._posed: PosedTrueFalse | None = None
        self._voice: Voice | None = None

    def compose(self) -> Iterable[Widget]:
        """Lay out the verdict and the two ways to give a reason."""
        yield Truth(self._go_on)
        yield Line(classes="why")
        yield Reasons(self._answer)
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

    def _go_on(self) -> None:
        """Answer, or go on to the reason."""
        if not self.query_one(Truth).marks:
            self._answer("")
        elif self._voice is not None:
            self.paint(self._voice)
            self.screen.set_focus(self.entry(), scroll_visible=False)
            self.call_after_refresh(self._show_reason)

    def _show_reason(self) -> None:
        """Scroll so far that the reasons are in sight."""
        for parent in self.ancestors:
            if isinstance(parent, Page):
                question, reason = self.query_one(Line), self.entry()
                parent.reveal(parent.place_of(question).union(parent.place_of(reason)))

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the way back only from a reason."""
        if action == "back":
            return self.screen.focused is not self.query_one(Truth)
        return super().check_action(action, parameters)

    def _answer(self, reason: str) -> None:
        truth = "t" if self.query_one(Truth).chosen == 0 else "f"
        self.post_message(self.Answered(f"{truth}\n{reason}".strip()))
