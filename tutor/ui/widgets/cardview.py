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
from tutor.ui.voice import Voice
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED
from tutor.ui.widgets.verdict import VerdictView
from tutor.ui.widgets.worked import WorkedView

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
        """Show a card that is asked, or was answered, in a language."""
        posed = phase.posed
        self._language.update(Content.styled(LANGUAGES[voice.lang], MUTED))
        self._prompt.show(voice, posed.prompt)
        wanted = widget_for(posed)
        asked = isinstance(phase, Asking)
        for kind, widget in self._answers.items():
            widget.display = asked and kind is wanted
        if asked:
            self._answers[wanted].ask(posed, voice)
        if isinstance(phase, Answered):
            typed = msg("On the answer `{answer}`:", answer=phase.text.replace("\n", "; "))
            self._typed.show(voice, typed if phase.text.strip() else None)
            self._verdict.show(phase, (), voice)
        else:
            self._typed.show(voice, None)
            self._verdict.hide()
        if isinstance(phase, Answered) and posed.solution is not None:
            self._worked.show(posed.solution, voice)
        else:
            self._worked.hide()
