"""A card in one language, drawn as learners see it, to be looked at only."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from tutor.kinds import Posed
from tutor.session.study import Answered, Asking
from tutor.text.message import msg
from tutor.ui.answers import ANSWERS, widget_for
from tutor.ui.answers.choice import ChoiceAnswer
from tutor.ui.answers.multi import MultiAnswer
from tutor.ui.answers.trace import TraceAnswer
from tutor.ui.answers.truefalse import TrueFalseAnswer
from tutor.ui.voice import Voice
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED
from tutor.ui.widgets.verdict import VerdictView
from tutor.ui.widgets.worked import WorkedView

_READ_OUT = {ChoiceAnswer, MultiAnswer, TraceAnswer, TrueFalseAnswer}
LANGUAGES = {"en": "English", "ko": "한국어"}


class CardView(Vertical):
    """The same widgets as in a session, disabled."""

    DEFAULT_CSS = """
    CardView { height: auto; }
    CardView * { opacity: 1; }
    CardView #card-typed { margin-top: 1; }
    CardView #card-verdict, CardView #card-worked { margin-top: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, disabled=True)
        self._posed: Posed | None = None
        self._language = Line()
        self._prompt = Prose()
        self._answers = {kind: kind() for kind in ANSWERS}
        self._typed = Prose(id="card-typed", style=MUTED)
        self._verdict = VerdictView(id="card-verdict")
        self._worked = WorkedView(id="card-worked")

    def compose(self) -> Iterable[Widget]:
        """Lay out the card, and its verdict under it."""
        yield self._language
        yield self._prompt
        yield from self._answers.values()
        yield self._typed
        yield self._verdict
        yield self._worked

    def show(self, phase: Asking | Answered, voice: Voice) -> None:
        """Show a card that is asked, or was answered, in a language that is named above it."""
        self._language.display = True
        self._language.update(Content.styled(LANGUAGES[voice.lang], MUTED))
        if isinstance(phase, Asking):
            self._ask(phase.posed, voice)
        else:
            self._show_answered(phase, voice)

    def ask(self, posed: Posed, voice: Voice) -> None:
        """Show a card as it is asked."""
        self._language.display = False
        self._ask(posed, voice)

    def read_out(self, posed: Posed, voice: Voice) -> None:
        """Show a card to somebody who does not answer it here: with what there is to pick alone."""
        self.ask(posed, voice)
        for kind, widget in self._answers.items():
            widget.display = widget.display and kind in _READ_OUT

    def _ask(self, posed: Posed, voice: Voice) -> None:
        self._prompt.show(voice, posed.prompt)
        wanted = widget_for(posed)
        for kind, widget in self._answers.items():
            widget.display = kind is wanted
        self._answers[wanted].ask(posed, voice)
        self._typed.show(voice, None)
        self._verdict.hide()
        self._worked.hide()

    def _show_answered(self, answered: Answered, voice: Voice) -> None:
        posed = answered.posed
        self._prompt.show(voice, posed.prompt)
        for widget in self._answers.values():
            widget.display = False
        typed = msg("On the answer `{answer}`:", answer=answered.text.replace("\n", "; "))
        self._typed.show(voice, typed if answered.text.strip() else None)
        self._verdict.show(answered, (), voice)
        if posed.solution is not None:
            self._worked.show(posed.solution, voice)
        else:
            self._worked.hide()
