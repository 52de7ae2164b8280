"""A study session: card, answer, verdict, rating, and the next card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, assert_never

from textual import on
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget

from tutor import labs
from tutor.errors import TutorError
from tutor.kinds import Posed
from tutor.memory.rating import Rating
from tutor.session.events import Event, Hint, Leave, Rate, Resize, Skip, Submit
from tutor.session.run import Run
from tutor.session.study import Answered, Asking, Finished, Phase
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.answers import ANSWERS, widget_for
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.keys import Key
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.widgets.hints import HintsView
from tutor.ui.widgets.menu import Menu
from tutor.ui.widgets.meter import bar
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.ratings import Ratings
from tutor.ui.widgets.sizes import SizesForm
from tutor.ui.widgets.verdict import Link, VerdictView
from tutor.ui.widgets.worked import WorkedView

if TYPE_CHECKING:
    from tutor.bank.topic import Page as LecturePage

_BAR = 5
_LINES_IN_SIGHT = 8  # of the verdict, before anything scrolls
_SEPARATOR = Content("   ")
_LAB = Key("l", "lab", msg("open in the lab"), footer=True)
_READ = Key("p", "page", msg("read the page"), footer=True)
_DEPENDENT = ("answer", "hint", "sizes", "skip", "lab", "page")  # actions that not every state has


class StudyScreen(TutorScreen):
    """Shows the states of a session, and turns keys into its events.

    Args:
        session: the session, begun; whether its answers are logged is its own affair.
    """

    AUTO_FOCUS = ""  # Textual's would scroll a long card to its end
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter", "answer", msg("answer"), footer=True),
        Key("f3", "hint", msg("hint"), footer=True),
        Key("f4", "sizes", msg("my sizes"), footer=True),
        Key("f8", "skip", msg("skip"), footer=True),
        Key("pagedown", "scroll('page_down')", msg("more"), footer=True),
        _LAB,
        _READ,
        Key("up", "scroll('up')", msg("scroll up"), shown="↑"),
        Key("down", "scroll('down')", msg("scroll down"), shown="↓"),
        Key("pageup", "scroll('page_up')", msg("page up")),
        Key("escape,q", BACK.action, msg("leave"), footer=True, shown="esc"),
    )

    def __init__(self, session: Run) -> None:
        super().__init__()
        self._session = session
        self._posed: Posed | None = None
        self._opened: Posed | None = None  # whose top has been shown
        self._judged: Answered | None = None
        self._size_complaint: Words | None = None
        self._page = Page()
        self._prompt = Prose(id="prompt")
        self._hints = HintsView(id="hints")
        self._answers = {kind: kind() for kind in ANSWERS}
        self._form = SizesForm(id="sizes")
        self._complaint = Prose(id="complaint", style="$text-warning")
        self._verdict = VerdictView(id="verdict")
        self._worked = WorkedView(id="worked")
        self._ratings = Ratings(id="ratings")

    def body(self) -> Iterable[Widget]:
        """Give the card with its answer widgets, the verdict, and the ratings."""
        with self._page, Container(id="columns"):
            with Vertical(id="text"):
                yield self._prompt
                yield self._hints
                yield from self._answers.values()
                yield self._form
                yield self._complaint
                yield self._verdict
            with Vertical(id="aside"):
                yield self._worked
        yield self._ratings

    def begin(self) -> None:
        """Ask the first card."""
        for changing in ("show_vertical_scrollbar", "scroll_y"):  # whether there is more below
            self.watch(self._page, changing, self.paint_keys, init=False)
        self._settle()

    def renew(self) -> None:
        """Ask what is still to come as it is written now."""
        self._session.renew()

    def heading(self) -> tuple[Words, Words | Content]:
        """Return topic and objective, and how far the session is."""
        state = self._session.state
        phase = state.phase
        if isinstance(phase, Finished):
            return "", ""
        bank = self.app.services.load_bank()
        found = bank.find_topic(phase.posed.question)
        topic = phase.card.topic if found is None else found.title
        objective = bank.objectives.get(phase.posed.objective or "")
        left = (
            msg("**{topic}**", topic=topic)
            if objective is None
            else msg("**{topic}** · {objective}", topic=topic, objective=objective.title)
        )
        begun = state.planned - len(state.queue)
        place = self.say(msg("{n} of {total}", n=begun, total=state.planned))
        if phase.card.times_shown > 1:
            place = self.say(msg("once more"), "$muted") + _SEPARATOR + place
        return left, place + _SEPARATOR + bar(state.settled / state.planned, _BAR)

    def label_of(self, key: Key) -> Words:
        """Return what a key does just now: Enter goes through the sizes, and asks at the end."""
        if key.action == "submit" and self._form.display and not self._form.at_end:
            return msg("next size")
        return key.label

    def paint(self) -> None:
        """Show the state."""
        match self._session.state.phase:
            case Asking() as asking:
                self._paint_asking(asking)
            case Answered() as answered:
                self._paint_answered(answered)
            case Finished():
                pass
            case phase:
                assert_never(phase)

    def _paint_asking(self, asking: Asking) -> None:
        wanted = widget_for(asking.posed)
        editing = self._form.display
        self._prompt.show(self.voice, asking.posed.prompt)
        self._hints.show(asking, self.voice)
        for kind, widget in self._answers.items():
            widget.display = kind is wanted and not editing
        if asking.posed is not self._posed:
            self._posed = asking.posed
            self._answers[wanted].ask(asking.posed, self.voice)
        else:
            self._answers[wanted].paint(self.voice)
        if editing:
            self._form.paint(self.voice)
        elsewhere = editing or asking.complaint is self._size_complaint
        self._complaint.show(self.voice, None if elsewhere else asking.complaint)
        self._verdict.hide()
        self._worked.hide()
        self._ratings.display = False

    def _paint_answered(self, answered: Answered) -> None:
        for widget in self._answers.values():
            widget.display = False
        self._prompt.show(self.voice, answered.posed.prompt)
        self._hints.hide()
        self._complaint.show(self.voice, None)
        self._verdict.show(answered, tuple(self._links(answered)), self.voice)
        if answered.posed.solution is not None:
            self._worked.show(answered.posed.solution, self.voice)
        else:
            self._worked.hide()
        self._ratings.display = True
        self._ratings.show_answer(answered, self.voice)
        if answered is not self._judged:
            self._judged = answered
            self._ratings.suggest(answered.verdict.rating)

    def _links(self, answered: Answered) -> Iterator[Link]:
        """Give the page and the lab of a card, each with its key."""
        page = self._page_of(answered)
        if page is not None:
            yield _READ.display, page.title
        lab = answered.posed.lab
        if lab is not None and lab.name in labs.names():
            yield _LAB.display, labs.find(lab.name).title

    def _page_of(self, answered: Answered) -> LecturePage | None:
        return self.app.services.load_bank().page_for(answered.posed.question)

    def _send(self, event: Event) -> bool:
        """Send an event into the session and show what came of it."""
        try:
            self._session.send(event)
        except TutorError as error:  # it could not be saved; the card is still there
            self.app.tell(error)
            return False
        if isinstance(self._session.state.phase, Finished):
            self._finish()
            return True
        self.repaint()
        self._settle()
        return True

    def _settle(self) -> None:
        """Put the focus on what the learner does next."""
        phase = self._session.state.phase
        if isinstance(phase, Answered):
            self.set_focus(self._ratings)
            self.call_after_refresh(self._show_verdict)
        elif isinstance(phase, Asking) and not self._form.display:
            self.set_focus(self._answers[widget_for(phase.posed)].entry(), scroll_visible=False)
            if phase.posed is not self._opened:
                self._opened = phase.posed
                self._page.scroll_home(animate=False)
            else:
                self.call_after_refresh(self._show_entry)
        elif isinstance(phase, Finished):
            self._finish()

    def _show_entry(self) -> None:
        """Scroll so far that what is typed into is in sight, and what is said of it."""
        if self.focused is not None and self._page in self.focused.ancestors:
            place = self._page.place_of(self.focused)
            if self._complaint.display:
                place = place.union(self._page.place_of(self._complaint))
            self._page.reveal(place)

    def _show_verdict(self) -> None:
        """Scroll so far that the verdict's beginning is in sight, and no further."""
        below = self._page.place_of(self._verdict).y + _LINES_IN_SIGHT
        self._page.scroll_to(y=max(0, below - self._page.size.height), animate=False)

    def _finish(self) -> None:
        from tutor.ui.screens.summary import SummaryScreen

        phase = self._session.state.phase
        if isinstance(phase, Finished) and self.is_current:
            self.app.switch_screen(SummaryScreen(phase.summary))

    @on(AnswerWidget.Answered)
    def submit(self, event: AnswerWidget.Answered) -> None:
        """Hand the answer in."""
        if isinstance(self._session.state.phase, Asking):
            self._send(Submit(event.text, self._session.now()))

    @on(AnswerWidget.Changed)
    def show_keys(self) -> None:
        """Show what the keys do now."""
        self.paint_keys()

    @on(Menu.Chosen, "#ratings")
    def rate(self, event: Menu.Chosen) -> None:
        """Take the rating at the cursor, and go on."""
        phase = self._session.state.phase
        if isinstance(phase, Answered):
            rating = Rating(int(event.name))
            suggested = rating is phase.verdict.rating
            self._send(Rate(None if suggested else rating, self._session.now()))

    def action_answer(self) -> None:
        """Go back to answering."""
        self._settle()

    def action_hint(self) -> None:
        """Show the next hint; what is typed stays."""
        if self._send(Hint(self._session.now())):
            self.call_after_refresh(self._show_hint)

    def _show_hint(self) -> None:
        """Scroll so far that the hints are in sight, and what is typed into before them."""
        self._page.reveal(self._page.place_of(self._hints))
        self._show_entry()

    def action_skip(self) -> None:
        """Leave this card out of the session."""
        self._form.display = False
        self._send(Skip(self._session.now()))

    def action_sizes(self) -> None:
        """Open the form of the card's numbers."""
        phase = self._session.state.phase
        if isinstance(phase, Asking):
            self._answers[widget_for(phase.posed)].display = False
            self._complaint.show(self.voice, None)
            self._form.open(phase.posed.sizes, self.voice)

    @on(SizesForm.Wanted)
    def resize(self, event: SizesForm.Wanted) -> None:
        """Ask the card with these sizes, or say why it cannot be."""
        if not self._send(Resize(event.sizes, self._session.now())):
            return
        phase = self._session.state.phase
        if isinstance(phase, Asking) and phase.complaint is not None:
            self._size_complaint = phase.complaint
            self._form.complain(phase.complaint)
        else:
            self.close_sizes()

    @on(SizesForm.Closed)
    def close_sizes(self) -> None:
        """Go back to the card."""
        self._form.display = False
        self.repaint()
        self._settle()

    def action_lab(self) -> None:
        """Open the card's lab with the card's numbers."""
        phase = self._session.state.phase
        if isinstance(phase, Answered) and phase.posed.lab is not None:
            self.app.open_lab(phase.posed.lab)

    def action_page(self) -> None:
        """Open the page that explains the card."""
        phase = self._session.state.phase
        if isinstance(phase, Answered):
            page = self._page_of(phase)
            if page is not None:
                self.app.open_page(page.id)

    def action_scroll(self, how: str) -> None:
        """Scroll the card."""
        match how:
            case "up":
                self._page.scroll_up(animate=False)
            case "down":
                self._page.scroll_down(animate=False)
            case "page_up":
                self._page.scroll_page_up(animate=False)
            case _:
                self._page.scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """End the session; every answer is saved already."""
        self._send(Leave(self._session.now()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what fits the state."""
        if action == "scroll" and parameters == ("page_down",):
            page = self._page
            return page.show_vertical_scrollbar and page.scroll_offset.y < page.max_scroll_y
        fits = self._fits(self._session.state.phase)
        return fits.get(action, super().check_action(action, parameters))

    def _fits(self, phase: Phase) -> dict[str, bool]:
        """Return whether the actions that depend on the state fit it."""
        match phase:
            case Asking():
                card = not self._form.display
                fits = {
                    "answer": self.focused is None,
                    "hint": card and phase.hints < len(phase.posed.hints),
                    "sizes": card and bool(phase.posed.sizes),
                    "skip": card,
                }
            case Answered():
                lab = phase.posed.lab is not None
                fits = {"lab": lab, "page": self._page_of(phase) is not None}
            case Finished():
                fits = {}
            case _:
                assert_never(phase)
        return dict.fromkeys(_DEPENDENT, False) | fits
