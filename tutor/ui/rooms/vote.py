"""A vote: the answer, how sure one is of it, and why; then what the room has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar, Literal

from textual import on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from tutor.kinds import FormatError, Posed, ballot_words, blind, parse
from tutor.live.wire import Asked, Vote, Yours
from tutor.session.room.events import Sure
from tutor.session.room.saying import SURE_WORDS
from tutor.text.localized import Localized
from tutor.text.message import Message, msg
from tutor.text.words import Words
from tutor.ui.answers import ANSWERS, widget_for
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.match import MatchAnswer
from tutor.ui.answers.order import OrderAnswer
from tutor.ui.answers.typed import TypedAnswer
from tutor.ui.keys import Key
from tutor.ui.rooms.sure import SureRow
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import Field
from tutor.ui.widgets.menu import Menu
from tutor.ui.widgets.prose import Prose

LONGEST_REASON = 400  # characters, as the room takes them


class Step(Enum):
    """Where a vote stands."""

    ANSWER = auto()
    SURE = auto()
    REASON = auto()
    SENT = auto()


class ReasonField(Field):
    """The line that says why; it may stay empty."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("enter", "submit", msg("send"), footer=True),)


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer on its way to the room."""

    text: str
    words: Words
    sure: Sure | None = None
    reason: str = ""


class VoteForm(Vertical):
    """Asks one thing after the other.

    What was typed stays until another question is asked: through a lock, a lost connection,
    another language, and into the second vote.

    Args:
        stepped: called when something else is asked, or what is asked reads otherwise.
        voted: called with the answer when all that is asked is there.
    """

    DEFAULT_CSS = """
    VoteForm { height: auto; }
    VoteForm > Prose { margin-top: 1; }
    VoteForm SureRow { margin-top: 1; }
    VoteForm #why-box { margin-top: 1; }
    VoteForm *:disabled { opacity: 1; }
    """

    def __init__(
        self,
        stepped: Callable[[], None],
        voted: Callable[[Draft], None],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._stepped, self._voted = stepped, voted
        self.step = Step.ANSWER
        self._asked: Asked | None = None
        self._posed: Posed | None = None
        self._confidence = self._reasons = False
        self._draft: Draft | None = None  # that is being completed
        self.sent: Draft | None = None  # that was handed over last in this vote
        self._complaint: Words | None = None
        self._touched = False
        self.shows_answer = True  # whether what can be answered is in sight
        self._typed: tuple[str, ...] = ()  # in the fields, when the vote began or was sent
        self._answers = {kind: kind() for kind in ANSWERS}
        self._said = Prose(id="said")
        self._question = Prose(id="question")
        self._sure = SureRow(id="sure")
        self._why = ReasonField(id="why")
        self._why.max_length = LONGEST_REASON
        self._why_box = Vertical(self._why, id="why-box", classes="answer-box")
        self._problem = Prose(id="problem", style="$text-warning")

    def compose(self) -> Iterable[Widget]:
        """Lay out the answer widgets of all kinds, and what is asked after them."""
        yield from self._answers.values()
        yield self._said
        yield self._question
        yield self._sure
        yield self._why_box
        yield self._problem

    @property
    def _widget(self) -> AnswerWidget[Posed] | None:
        return None if self._posed is None else self._answers[widget_for(self._posed)]

    def ask(
        self, asked: Asked, yours: Yours | None, voice: Voice, *, confidence: bool, reasons: bool
    ) -> None:
        """Take up a vote. In the second one on a question, what was typed in the first stays.

        Args:
            asked: the vote.
            yours: what the room has of the learner already.
            voice: the language.
            confidence: whether to ask how sure the learner is.
            reasons: whether to ask why.
        """
        before, self._asked = self._asked, asked
        self._confidence, self._reasons = confidence, reasons
        self._draft = self.sent = self._complaint = None
        is_same = before is not None and (before.round, before.face) == (asked.round, asked.face)
        if not is_same or self._posed is None:
            self._posed = blind(asked.face)
            self._why.value = ""
            widget = self._widget
            if widget is not None:
                widget.ask(self._posed, voice)
            if yours is not None:
                self._restore(yours)
        self._touched, self._typed = False, self._in_fields()
        has_one = yours is not None and (yours.round, yours.ballot) == (asked.round, asked.ballot)
        self.step = Step.SENT if has_one else Step.ANSWER
        self._sure.ask(voice, yours.sure if yours is not None else None)
        self.paint(voice)

    def paint(self, voice: Voice, *, is_open: bool = True) -> None:
        """Show the step in a language; of a vote that is closed, what was answered or typed."""
        # once sent it is said beside the form; what can be picked is talked about still
        is_said = isinstance(self._widget, TypedAnswer | OrderAnswer | MatchAnswer)
        answering = self.step is Step.ANSWER if is_open else not is_said or self.unsent is not None
        self.shows_answer = answering
        for widget in self._answers.values():
            widget.display = answering and widget is self._widget
            widget.disabled = not is_open
        if answering and self._widget is not None:
            self._widget.paint(voice)
        said = self._draft if self.step in {Step.SURE, Step.REASON} and is_open else None
        self._said.show(voice, None if said is None else _answer_words(said))
        self._question.show(voice, self._question_words() if is_open else None)
        self._sure.display = is_open and self.step is Step.SURE
        self._sure.paint(voice)
        self._why_box.display = is_open and self.step is Step.REASON
        self._problem.show(voice, self._complaint if is_open else None)

    def _question_words(self) -> Message | None:
        match self.step:
            case Step.SURE:
                return msg("**How sure are you?**")
            case Step.REASON:
                return msg("**Why?** One line for the others, if you like; Enter sends.")
            case _:
                return None

    def entry(self) -> Widget | None:
        """Return the widget to focus; none where nothing is asked."""
        match self.step:
            case Step.ANSWER:
                return None if self._widget is None else self._widget.entry()
            case Step.SURE:
                return self._sure
            case Step.REASON:
                return self._why
            case Step.SENT:
                return None

    @property
    def problem(self) -> Widget:
        """What says why an answer could not be taken."""
        return self._problem

    @property
    def unsent(self) -> Draft | Literal["typed"] | None:
        """What a lock has overtaken: an answer that was not sent, or something typed."""
        if self.step in {Step.SURE, Step.REASON}:
            return self._draft
        return "typed" if self.step is Step.ANSWER and self._has_typed() else None

    def _has_typed(self) -> bool:
        now = self._in_fields()
        return self._touched or (now != self._typed and any(text.strip() for text in now))

    def _in_fields(self) -> tuple[str, ...]:
        fields = () if self._widget is None else self._widget.query(Field)
        return tuple(field.value for field in fields)

    def _restore(self, yours: Yours) -> None:
        """Put what was answered before the program was started again where it was typed."""
        self._why.value = yours.reason
        if isinstance(self._widget, TypedAnswer):
            self._widget.query_one(Field).value = yours.text

    def change(self, voice: Voice) -> None:
        """Answer once more; until that is sent, the room keeps what it has."""
        self.step = Step.ANSWER
        self.paint(voice)

    def back(self, *, has_one: bool) -> bool:
        """Go a step back; return False from the first, if the room has no answer either."""
        match self.step:
            case Step.REASON:
                self.step = Step.SURE if self._confidence else Step.ANSWER
            case Step.SURE:
                self.step = Step.ANSWER
            case Step.ANSWER if has_one:
                self.step = Step.SENT
            case _:
                return False
        self._complaint = None
        self._stepped()
        return True

    def complain(self, words: Words) -> None:
        """Ask for the answer again, and say why."""
        self._complaint = words
        self.step = Step.ANSWER
        self._stepped()

    def hurry(self) -> bool:
        """Send an answer that is chosen but not completed; as a guess, where that is open."""
        if self._draft is None or self.step not in {Step.SURE, Step.REASON}:
            return False
        self._complete()
        return True

    @on(AnswerWidget.Answered)
    def take_answer(self, event: AnswerWidget.Answered) -> None:
        """Take an answer that can be read; go on to what is asked next."""
        event.stop()
        if self._posed is None or self.step is not Step.ANSWER:
            return
        response = parse(self._posed, event.text)
        if isinstance(response, FormatError):
            self.complain(response.message)
            return
        self._complaint = None
        said = ballot_words(self._posed, response)
        words = (
            Localized.same(said) if isinstance(said, str) else said
        )  # markdown-lite, not a value
        self._draft = Draft(event.text, words)
        self._go_on()

    @on(AnswerWidget.Changed)
    def touch(self) -> None:
        """Note that something was arranged; the screen shows what the keys do now."""
        self._touched = True

    @on(Menu.Chosen, "#sure")
    def take_sure(self, event: Menu.Chosen) -> None:
        """Take how sure the learner is."""
        event.stop()
        if self._draft is not None and self.step is Step.SURE:
            sure = next(sure for sure in SURE_WORDS if str(sure) == event.name)
            self._draft = Draft(self._draft.text, self._draft.words, sure, self._draft.reason)
            self._go_on()

    @on(Input.Submitted, "#why")
    def take_reason(self, event: Input.Submitted) -> None:
        """Take the reason, and send everything."""
        event.stop()
        if self.step is Step.REASON:
            self._complete()

    @on(Input.Changed, "#why")
    def keep_reason(self, event: Input.Changed) -> None:
        """Leave the reason in its field until it is sent."""
        event.stop()

    def _go_on(self) -> None:
        if self._confidence and self.step is Step.ANSWER:
            self.step = Step.SURE
        elif self._reasons:
            self.step = Step.REASON
        else:
            self._complete()
            return
        self._stepped()

    def _complete(self) -> None:
        draft = self._draft
        if draft is None:
            return
        sure: Sure | None = (draft.sure or 1) if self._confidence else None
        reason = self._why.value.strip() if self._reasons else ""
        self.sent = Draft(draft.text, draft.words, sure, reason)
        self._draft, self.step = None, Step.SENT
        self._touched, self._typed = False, self._in_fields()
        self._voted(self.sent)


def _answer_words(draft: Draft) -> Message:
    return msg("Your answer: **{answer}**", answer=draft.words)


def vote_of(asked: Asked, draft: Draft) -> Vote:
    """Return the frame of an answer."""
    return Vote(
        round=asked.round,
        ballot=asked.ballot,
        text=draft.text,
        sure=draft.sure,
        reason=draft.reason,
    )
