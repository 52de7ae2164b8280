"""A room as a player sees it: lobby, question, vote, talk, answer, board, end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from time import monotonic
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from tutor import labs
from tutor.live.code import show as shown_code
from tutor.live.link import Link
from tutor.live.seat import Seat
from tutor.live.wire import Asked, Board, Complaint, Lobby, Revealed
from tutor.session.room.saying import shown_name
from tutor.text.message import msg, msgs
from tutor.text.words import Words
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.keys import Key
from tutor.ui.rooms.ending import missed_cards
from tutor.ui.rooms.own_card import OwnCard, OwnCards, lab_of
from tutor.ui.rooms.results import Record, Results
from tutor.ui.rooms.seat_view import Beside, SeatView
from tutor.ui.rooms.seated import SeatedScreen
from tutor.ui.rooms.timer import timer_content
from tutor.ui.rooms.vote import Draft, Step, VoteForm, vote_of
from tutor.ui.screens.base import BACK
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.menu import Item, Menu
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.typeset import MUTED
from tutor.ui.widgets.verdict import Link as OpenLink

_LAST_CALL = 1  # seconds before the close, when a chosen answer is sent without the rest
_LEAVE_TWICE = 5.0  # seconds in which a second Esc leaves
_LINES_IN_SIGHT = 8  # of the verdict, before anything scrolls
_GAP = Content("   ")
_LAB = Key("l", "lab", msg("open in the lab"), footer=True)
_READ = Key("p", "page", msg("read the page"), footer=True)


class PlayScreen(SeatedScreen):
    """Shows what the seat of a link knows, and sends what the player answers.

    Args:
        link: the seat in the room.
        record: takes what goes into the player's own log, once for each question; returns what
            the player is to be told, if anything.
        running: whether the link runs already; if not, this screen runs it.
        keeps: whether the link is closed with this screen; unless it runs already, if None. If
            not, this is a seat at a keyboard that is passed on: the screen goes when the room
            has the answer. Time runs there only if it is `timed`.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter", "answer", msg("answer"), footer=True),
        Key("c", "change", msg("change the answer"), footer=True),
        Key("pagedown,space", "scroll(1)", msg("more"), footer=True, shown="PgDn"),
        _LAB,
        _READ,
        Key("up", "line(-1)", msg("scroll up"), shown="↑"),
        Key("down", "line(1)", msg("scroll down"), shown="↓"),
        Key("pageup", "scroll(-1)", msg("page up")),
        Key("escape", BACK.action, msg("leave"), footer=True, shown="esc"),
    )

    def __init__(
        self,
        link: Link,
        record: Record | None = None,
        *,
        running: bool = False,
        keeps: bool | None = None,
        timed: bool = True,
    ) -> None:
        super().__init__(link, running=running, keeps=keeps)
        self._timed = timed
        self._has_asked = False  # whether a vote could be given on this screen
        self._last = link.seat  # as it was last painted
        self._vote: tuple[int, int] | None = None  # the round and ballot that the form is for
        self._held: Draft | None = None  # an answer given while the room was paused
        self._hurried = False
        self._complaint: Complaint | None = None
        self._results = Results(record)
        self._settled: object = None
        self._leaving_at = float("-inf")
        self._connection = Line(id="connection")
        self._form = VoteForm(self._stepped, self._answered, id="vote")
        self._view = SeatView(self._form, id="columns")
        self._page = Page(self._view)
        self._next = Menu(id="next")

    def body(self) -> Iterable[Widget]:
        """Give everything that any scene shows; a scene hides the rest."""
        yield self._connection
        yield self._page
        yield self._next

    def begin(self) -> None:
        """Take the seat."""
        for changing in ("show_vertical_scrollbar", "scroll_y"):  # whether there is more below
            self.watch(self._page, changing, self.paint_keys, init=False)
        super().begin()
        self.seat_changed()
        self.repaint()

    @cached_property
    def _cards(self) -> OwnCards:
        return OwnCards(self.app.services)

    @property
    def seat(self) -> Seat:
        """What is known of the room; between a return and the first frames, what was known."""
        seat, last = self.link.seat, self._last
        if seat.scene is None and last.scene is not None:
            return replace(last, link=seat.link, refused=seat.refused, trouble=seat.trouble)
        return seat

    def _on_change(self, seat: Seat) -> None:
        """Note what may be gone at the next painting."""
        if not self.is_attached:
            return  # the link is saying goodbye
        if (told := self._results.note(seat)) is not None:
            self.app.tell(told)
        super()._on_change(seat)

    def seat_changed(self) -> None:
        """Take up a new vote, or what the room said of an answer."""
        seat = self._last = self.seat
        if isinstance(seat.scene, Asked):
            self._take_up_vote(seat.scene)
        if seat.complaint is not None and seat.complaint != self._complaint:
            self._form.complain(seat.complaint.message)
        self._complaint = seat.complaint
        if self._held is not None and not seat.timer.is_paused:
            held, self._held = self._held, None
            self._send(held)
        self._settle()
        if not self._keeps:
            self._pass_on(seat)

    def _pass_on(self, seat: Seat) -> None:
        """Give the keyboard to the next player once the vote is given, or closed."""
        if self._can_vote and not seat.is_answered:
            self._has_asked = True
        elif self._has_asked and self.app.screen is self:
            self.dismiss()

    def _take_up_vote(self, asked: Asked) -> None:
        if (asked.round, asked.ballot) == self._vote:
            return
        self._vote = (asked.round, asked.ballot)
        self._held, self._hurried = None, False
        welcome = self.seat.welcome
        self._form.ask(
            asked,
            self.seat.yours,
            self.voice,
            confidence=welcome is not None and welcome.confidence,
            reasons=welcome is not None and welcome.reasons,
        )
        if self.app.screen is not self:
            self.app.tell(msg("The room asks a question: Esc goes back to it."))

    def heading(self) -> tuple[Words, Words | Content]:
        """Return where the session is, and on the right the time and the room."""
        seat = self.seat
        asked, scene = seat.asked, seat.scene
        left: Words = msg("**Peer session**")
        if isinstance(scene, Board) and not seat.ended:
            left = msg("**Board** · {n} of {total}", n=scene.round, total=scene.of)
        elif asked is not None and not isinstance(scene, Lobby | Board):
            values = {"topic": asked.topic, "n": asked.round, "total": asked.of}
            if asked.ballot == 1:
                left = msg("**{topic}** · {n} of {total}", **values)
            else:
                left = msg("**{topic}** · {n} of {total} · second vote", **values)
        time = timer_content(seat.timer, self.clock, self.voice) if self._timed else Content()
        room = Content()
        if seat.welcome is not None and self._keeps:
            room = Content.styled(shown_code(seat.welcome.code), MUTED)
        elif seat.welcome is not None:  # whose turn it is at this keyboard
            room = Content.styled(shown_name(seat.welcome.name), "bold $act")
        return left, _GAP.join(part for part in (time, room) if part.plain)

    def paint(self) -> None:
        """Show the scene."""
        seat = self.seat
        self._paint_connection(seat)
        own = self._cards.at(seat)
        beside = Beside(
            own=own,
            links=tuple(self._links(own)),
            settled=self._results.settled,
            comes_back=bool(missed_cards(self._results.settled, self.app.services.bank)),
            is_held=self._held is not None,
            hurried=self._hurried,
        )
        self._view.paint(seat, beside, self.voice)
        self._paint_next(seat)

    def _paint_connection(self, seat: Seat) -> None:
        words: Words | None = None
        if seat.link == "connecting":
            words = msg("Connecting…")
        elif seat.link == "lost":
            words = msg("✗ The connection is lost; trying again. What you see and type stays.")
        elif seat.link == "over" and not seat.ended and seat.refused is None:
            words = seat.trouble or msg("The connection has ended.")
        self._connection.display = words is not None
        if words is not None:
            self._connection.update(self.say(words, "$text-warning"))

    def _links(self, own: OwnCard | None) -> Iterator[OpenLink]:
        """Give the page and the lab of a card, each with its key."""
        page, lab = self._cards.page(own), lab_of(own)
        if page is not None:
            yield _READ.display, page.title
        if lab is not None:
            yield _LAB.display, labs.find(lab.name).title

    def _paint_next(self, seat: Seat) -> None:
        """Offer what comes after the end."""
        self._next.display = seat.ended
        if not seat.ended:
            return
        items = [Item("home", self.say(msg("Leave the room")))]
        cards = missed_cards(self._results.settled, self.app.services.bank)
        if cards:
            count = msgs("{n} card", "{n} cards", n=len(cards))
            study = self.say(msg("Study what you missed now"))
            items.insert(0, Item("study", study, self.say(count, MUTED)))
        self._next.show(items)

    def paint_time(self) -> None:
        """Show the time that is left; shortly before the close, send what is chosen."""
        seat = self.seat
        seconds = seat.timer.seconds_left(self.clock)
        is_last_call = seconds is not None and seconds <= _LAST_CALL and not seat.timer.is_paused
        if is_last_call and isinstance(seat.scene, Asked):
            self._hurried = self._form.hurry() or self._hurried
        super().paint_time()

    def _stepped(self) -> None:
        """Something else is asked."""
        self.repaint()
        self._settle()

    def _answered(self, draft: Draft) -> None:
        """Send an answer, or keep it while the room is paused."""
        if self.seat.timer.is_paused:
            self._held = draft
        else:
            self._send(draft)
        self._stepped()

    def _send(self, draft: Draft) -> None:
        asked = self.seat.asked
        if asked is not None:
            self.link.send(vote_of(asked, draft))

    @on(AnswerWidget.Changed)
    def show_keys(self) -> None:
        """Show what the keys do now."""
        self.paint_keys()

    def _settle(self) -> None:
        """Put the focus on what the player does next, where that has changed."""
        seat = self.seat
        scene, step = seat.scene, self._form.step
        place = (type(scene), getattr(scene, "round", 0), self._vote, seat.ended)
        before, self._settled = self._settled, (place, step, self._can_vote)
        if self._settled == before:
            if self._form.problem.display:
                self.call_after_refresh(self._show_entry)
            return
        if seat.ended:
            self.set_focus(self._next)
        elif self._can_vote:
            self.set_focus(self._form.entry(), scroll_visible=False)
        else:
            self.set_focus(None)
        if not isinstance(before, tuple) or before[0] != place:
            self._page.scroll_home(animate=False)
            if isinstance(scene, Revealed):
                self.call_after_refresh(self._show_verdict)
        elif self._can_vote:
            self.call_after_refresh(self._show_entry)

    @property
    def _can_vote(self) -> bool:
        scene = self.seat.scene
        return isinstance(scene, Asked) and not scene.is_open_question and self.seat.link != "over"

    def _show_entry(self) -> None:
        """Scroll so far that what is asked is in sight, and what is said of it."""
        shown = [w for w in (self.focused, self._form.problem, self._view.mine) if w and w.display]
        places = [self._page.place_of(w) for w in shown if self._page in w.ancestors]
        for place in reversed(places):
            self._page.reveal(place)

    def _show_verdict(self) -> None:
        """Scroll so far that the verdict's beginning is in sight, and no further."""
        if (view := self._view.judged) is not None:
            below = self._page.place_of(view).y + _LINES_IN_SIGHT
            self._page.scroll_to(y=max(0, below - self._page.size.height), animate=False)

    def action_answer(self) -> None:
        """Go back to what is asked."""
        self.set_focus(self._form.entry())

    def action_change(self) -> None:
        """Answer once more."""
        self._form.change(self.voice)
        self._stepped()

    @on(Menu.Chosen, "#next")
    def go_on(self, event: Menu.Chosen) -> None:
        """Go home, or study what was missed."""
        if self.app.screen is not self:  # Enter was pressed twice
            return
        cards = missed_cards(self._results.settled, self.app.services.bank)
        self.dismiss()
        if event.name == "study":
            self.app.study(questions=cards)

    def action_lab(self) -> None:
        """Open the card's lab with the card's numbers."""
        if (lab := lab_of(self._cards.at(self.seat))) is not None:
            self.app.open_lab(lab)

    def action_page(self) -> None:
        """Open the page that explains the card."""
        if (page := self._cards.page(self._cards.at(self.seat))) is not None:
            self.app.open_page(page.id)

    def action_scroll(self, pages: int) -> None:
        """Scroll by a page."""
        (self._page.scroll_page_down if pages > 0 else self._page.scroll_page_up)(animate=False)

    def action_line(self, lines: int) -> None:
        """Scroll by a line."""
        self._page.scroll_relative(y=lines, animate=False)

    def label_of(self, key: Key) -> Words:
        """Return what a key does just now: Esc goes back a step before it leaves."""
        if key.action == BACK.action and self._goes_back:
            return msg("back")
        if key.action in {"submit", "check"} and self._form.step is Step.ANSWER:
            return msg("answer")  # what comes of it is not said at once
        return key.label

    @property
    def _goes_back(self) -> bool:
        if not self._can_vote:
            return False
        step = self._form.step
        return step in {Step.SURE, Step.REASON} or (step is Step.ANSWER and self._has_one)

    @property
    def _has_one(self) -> bool:
        """Whether an answer is given in the vote that is open."""
        return (
            isinstance(self.seat.scene, Asked) and self.seat.is_answered
        ) or self._form.sent is not None

    def action_leave(self) -> None:
        """Go a step back; from the first, leave when it is pressed twice."""
        seat, now = self.seat, monotonic()
        if self._can_vote and self._form.back(has_one=self._has_one):
            return
        is_over = not self._keeps or seat.ended or seat.link == "over" or seat.welcome is None
        if is_over or now - self._leaving_at <= _LEAVE_TWICE:
            self.dismiss()
            return
        self._leaving_at = now
        self.app.tell(msg("Esc once more leaves the room; your seat and your points are kept."))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what fits the scene."""
        match action:
            case "scroll" if parameters == (1,):
                page = self._page
                return page.show_vertical_scrollbar and page.scroll_offset.y < page.max_scroll_y
            case "answer":
                return self._can_vote and self.focused is None and self._form.step is not Step.SENT
            case "change":
                return self._can_vote and self._form.step is Step.SENT
            case "lab" | "page":
                own = self._cards.at(self.seat)
                if own is None or own.answered is None:
                    return False
                return bool(lab_of(own) if action == "lab" else self._cards.page(own))
            case _:
                return super().check_action(action, parameters)
