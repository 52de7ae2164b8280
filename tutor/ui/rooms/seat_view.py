"""What a player sees of a room, scene by scene."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.containers import Container, Vertical
from textual.widget import Widget

from tutor.kinds.face import DiscussFace
from tutor.live.seat import Seat
from tutor.live.wire import Asked, Board, Lobby, Locked, Revealed, Talking
from tutor.text.message import Message, msg, msgs
from tutor.text.words import Words
from tutor.ui.rooms.board import BoardView
from tutor.ui.rooms.ending import EndView, Settled
from tutor.ui.rooms.groups import GroupsView
from tutor.ui.rooms.lobby import LobbyView
from tutor.ui.rooms.mine import MineView, Whereabouts
from tutor.ui.rooms.own_card import OwnCard
from tutor.ui.rooms.pair import PairView
from tutor.ui.rooms.refusals import what_to_do
from tutor.ui.rooms.revealed import NotesView, OutcomeView, TallyView
from tutor.ui.rooms.signs import SignsView
from tutor.ui.rooms.vote import Draft, Step, VoteForm
from tutor.ui.voice import Voice
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED
from tutor.ui.widgets.verdict import Link as OpenLink
from tutor.ui.widgets.verdict import VerdictView
from tutor.ui.widgets.worked import WorkedView


class Beside(NamedTuple):
    """What the screen knows beside the seat.

    Attributes:
        own: the card of the player's own question files, once the answer is revealed.
        links: what that card leads to.
        settled: the questions that are over.
        comes_back: whether some that were missed are among the player's own cards.
        is_held: whether an answer waits for the room to go on.
        hurried: whether an answer was sent by itself, just before the close.
    """

    own: OwnCard | None
    links: Sequence[OpenLink]
    settled: Sequence[Settled]
    comes_back: bool
    is_held: bool
    hurried: bool


class SeatView(Container):
    """Holds everything that any scene shows, and shows what belongs to one.

    Args:
        form: of the vote.
    """

    def __init__(self, form: VoteForm, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._form = form
        self._status = Prose(id="status", style="$text-warning")
        self._lobby = LobbyView(id="lobby")
        self._pair = PairView(id="pair")
        self._ending = EndView(id="ending")
        self._prompt = Prose(id="prompt")
        self._signs = SignsView(id="signs")
        self._do = Prose(id="do", style=MUTED)
        self.mine = MineView(id="mine")
        self._overtaken = Prose(id="overtaken", style="$text-warning")
        self._verdict = VerdictView(id="verdict")
        self._outcome = OutcomeView(id="outcome")
        self._tally = TallyView(id="tally")
        self._groups = GroupsView(id="groups")
        self._notes = NotesView(id="notes")
        self._board = BoardView(id="board")
        self._worked = WorkedView(id="worked")

    def compose(self) -> Iterable[Widget]:
        """Lay out the scenes above each other, and what may stand beside them."""
        with Vertical(id="text"):
            yield self._status
            yield self._lobby
            yield self._pair
            yield self._ending
            yield self._prompt
            yield self._signs
            yield self._do
            yield self._form
            yield self.mine
            yield self._overtaken
            yield self._verdict
            yield self._outcome
            yield self._tally
            yield self._groups
            yield self._notes
            yield self._board
        with Vertical(id="aside"):
            yield self._worked

    @property
    def judged(self) -> Widget | None:
        """What says how one's answer fared, if it is shown."""
        return next((view for view in (self._verdict, self._outcome) if view.display), None)

    def paint(self, seat: Seat, beside: Beside, voice: Voice) -> None:
        """Show a scene in a language."""
        for view in (
            self._lobby, self._pair, self._ending, self._signs, self.mine, self._verdict,
            self._outcome, self._tally, self._groups, self._notes, self._board, self._worked,
        ):  # fmt: skip
            view.hide()
        self._status.show(voice, *_status(seat))
        scene, asked = seat.scene, seat.asked
        about_question = isinstance(scene, Asked | Locked | Talking | Revealed)
        self._prompt.show(voice, asked.face.prompt if asked and about_question else None)
        self._do.show(voice, _what_to_do(seat))
        self._paint_vote(seat, beside, voice)
        if asked and about_question and not (self._form.display and self._form.shows_answer):
            self._signs.show(asked.face, voice)
        match scene:
            case Lobby() if seat.welcome is not None:
                self._lobby.show(scene, seat.welcome, voice)
            case Talking():
                self._pair.show(scene, voice)
            case Revealed():
                self._paint_revealed(scene, seat, beside, voice)
            case Board():
                own = None if seat.standing is None else seat.standing.row
                if seat.ended:
                    self._ending.show(
                        scene, own, beside.settled, voice, comes_back=beside.comes_back
                    )
                self._board.show(scene, voice, own)
            case _:
                pass

    def _paint_vote(self, seat: Seat, beside: Beside, voice: Voice) -> None:
        """Show the form of the vote, and where one's answer is."""
        asked = seat.asked
        is_open = isinstance(seat.scene, Asked)
        shows = asked is not None and isinstance(seat.scene, Asked | Locked | Talking)
        self._form.display = asked is not None and shows and not asked.is_open_question
        overtaken = None if is_open or not self._form.display else _overtaken(self._form, beside)
        self._overtaken.show(voice, overtaken)
        if self._form.display:
            self._form.paint(voice, is_open=is_open)
            if asked is not None and is_open:
                self._paint_mine(asked, seat, beside, voice)
            elif seat.yours is not None:
                self.mine.show_kept(seat.yours, voice)

    def _paint_mine(self, asked: Asked, seat: Seat, beside: Beside, voice: Voice) -> None:
        """Show one's answer in the vote that is open."""
        yours, draft = seat.yours, self._form.sent
        has_it = seat.is_answered
        arrived = yours is not None and has_it and (draft is None or draft.text == yours.text)
        if draft is not None and not arrived:
            self.mine.show_draft(draft, _whereabouts(seat, beside), voice)
        elif yours is not None and has_it:
            if self._form.step is Step.SENT:
                then = msg("`c` changes it until the vote is closed.")
            else:
                then = msg("It counts until you send another; Esc keeps it.")
            self.mine.show_there(yours, voice, then)
        elif yours is not None and yours.round == asked.round:
            self.mine.show_first(yours, voice)

    def _paint_revealed(self, revealed: Revealed, seat: Seat, beside: Beside, voice: Voice) -> None:
        own = beside.own
        if seat.asked is None or not seat.asked.is_open_question:
            if own is not None and own.answered is not None:
                self._verdict.show(own.answered, beside.links, voice)
            else:
                self._outcome.show(revealed, seat.result, voice)
        if own is not None and own.posed.solution is not None:
            self._worked.show(own.posed.solution, voice)
        self._tally.show(revealed, seat.result, voice)
        mine = seat.yours.words if seat.yours is not None else None
        self._groups.show(revealed.groups, voice, mine)
        self._notes.show(revealed, voice)


def _status(seat: Seat) -> Iterator[Words]:
    if seat.refused is not None:
        yield msg("! {message}", message=seat.refused.message)
        hint = what_to_do(seat.refused)
        if hint is not None:
            yield hint
    if seat.timer.is_paused:
        yield msg("The host has paused the room. The time stands still.")


def _what_to_do(seat: Seat) -> Message | None:
    scene, asked = seat.scene, seat.asked
    if isinstance(scene, Locked):
        return msg("The vote is closed. The host goes on.")
    if isinstance(scene, Board) and scene.is_last and not seat.ended:
        return msg("That was the last question. The host ends the session.")
    if isinstance(scene, Asked) and asked is not None and asked.is_open_question:
        face = asked.face
        if isinstance(face, DiscussFace):
            return msgs(
                "Talk it over. {n} point should come up; the host ticks it off.",
                "Talk it over. {n} points should come up; the host ticks them off.",
                n=face.points,
            )
        return msg("Talk it over.")
    return None


def _whereabouts(seat: Seat, beside: Beside) -> Whereabouts:
    if beside.is_held:
        return Whereabouts.PAUSED
    return Whereabouts.SENDING if seat.link == "connected" else Whereabouts.WAITING


def _overtaken(form: VoteForm, beside: Beside) -> Message | None:
    """Return what to say of an answer that the close has overtaken."""
    unsent = form.unsent
    if isinstance(unsent, Draft):
        return msg(
            "The vote was closed before you sent **{answer}**: it does not count.",
            answer=unsent.words,
        )
    if unsent == "typed":
        return msg("The vote was closed before you sent what stands here: it does not count.")
    if beside.hurried:
        return msg("Your answer was sent just before the time was up.")
    return None
