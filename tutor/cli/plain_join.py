"""A seat in a room in plain text: questions are read, answers are typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from tutor.cli.plain_room import (
    asked_lines,
    board_lines,
    conclusion_lines,
    names_of,
    point_lines,
    result_lines,
    revealed_lines,
    standing_lines,
    talking_lines,
    yours_lines,
)
from tutor.cli.plain_seat import PlainSeat
from tutor.cli.plain_vote import PlainVote
from tutor.cli.typed_lines import Typed
from tutor.live.link import Link
from tutor.live.seat import Scene, Seat
from tutor.live.wire import (
    Asked,
    Board,
    Leave,
    Lobby,
    Locked,
    Result,
    Revealed,
    Talking,
    Vote,
    Welcome,
    Yours,
)
from tutor.session.room.saying import shown_name, team_name
from tutor.text.message import msg, msgs
from tutor.text.speaker import Speaker
from tutor.text.template import escape
from tutor.text.words import Words

LAST_MOMENT = 2  # seconds left at which a whole answer is sent, whatever is asked beside it


class PlainJoin(PlainSeat):
    """A player's dialogue.

    Args:
        link: the player's way into the room.
        typed: where answers come from.
        writer: where everything is written.
        speaker: the language.
        now: the monotonic clock of the link, in seconds.
        keep: is given every result, for the player's own log; returns what is to be said of it.
    """

    def __init__(
        self,
        link: Link,
        typed: Typed,
        writer: TextIO,
        speaker: Speaker,
        now: Callable[[], float],
        *,
        keep: Callable[[Result], Words | None] = lambda _: None,
    ) -> None:
        super().__init__(link, typed, writer, speaker, now)
        self._keep = keep
        self._vote: PlainVote | None = None
        self._is_sent = False  # whether the room has yet to say something about the vote
        self._waiting: Vote | None = None  # given while the room was paused
        self._welcome: Welcome | None = None
        self._result: Result | None = None  # the last that was said

    # What is said ------------------------------------------------------------------------------

    def _tell(self, before: Seat, after: Seat) -> None:
        if after.welcome is not None and after.welcome != self._welcome:
            self._greet(self._welcome, after.welcome)
            self._welcome = after.welcome
            self._open_vote()
        if (after.yours, after.complaint, after.refused, after.link) != (
            before.yours, before.complaint, before.refused, before.link,
        ):  # fmt: skip
            self._is_sent = False
        if self._waiting is not None and not after.timer.is_paused:
            self._link.send(self._waiting)
            self._waiting = None
        if after.yours is not None and after.yours is not before.yours:
            self._tell_yours(after.yours)
        if after.complaint is not None and after.complaint is not before.complaint:
            self._say(after.complaint.message)
            self._prompt()
        if after.result is not None and after.result != self._result:
            self._result = after.result
            self._write(result_lines(after.result, self._speaker))
            if (words := self._keep(after.result)) is not None:
                self._say(words)
        if after.standing is not None and after.standing is not before.standing:
            board = after.scene if isinstance(after.scene, Board) else None
            self._write(standing_lines(after.standing, board, self._speaker))
        if after.refused is not None and after.welcome is None:
            self._leaving = True  # not let in, for the name it may be
        if after.ended and not before.ended:
            self._say(msg("The session is over. What you missed comes back in your next study."))
            self._leaving = True

    def _greet(self, before: Welcome | None, welcome: Welcome) -> None:
        if before is not None:
            if before.name != welcome.name:
                self._say(msg("You are called {name} now.", name=shown_name(welcome.name)))
            return
        self._say(welcome.title)
        self._say(msg("You are in as **{name}**.", name=shown_name(welcome.name)))
        if welcome.team is not None:
            self._say(msg("You play for {team}.", team=team_name(welcome.team)))
        if welcome.confidence:
            self._say(
                msg(
                    "With each answer you say how sure you are: a right one earns 1, 2 or 3 "
                    "points, a wrong one costs 0, 2 or 6."
                )
            )
        self._say(msg("`:quit` leaves; your seat is kept."))

    def _tell_scene(self, scene: Scene) -> None:
        if self._vote is not None and self._vote.is_unsent:
            self._say(msg("The vote closed before your answer was sent."))
        self._vote, self._waiting, self._is_sent = None, None, False
        match scene:
            case Lobby():
                self._say(msgs("{n} player is here", "{n} players are here", n=scene.count))
                if scene.names:
                    self._say(escape(names_of(scene.names)), first="  ", rest="  ")
                self._say(
                    msgs(
                        "{n} question; the host begins.",
                        "{n} questions; the host begins.",
                        n=scene.of,
                    )
                )
            case Asked():
                self._write(asked_lines(scene, self._speaker))
                self._open_vote()
            case Locked():
                self._say(msg("The vote is closed."))
            case Talking():
                self._write(talking_lines(scene, self._speaker))
            case Revealed():
                self._write(revealed_lines(scene, self._speaker))
            case Board():
                self._write(board_lines(scene, self._speaker))

    def _tell_change(self, before: Scene, scene: Scene) -> None:
        if isinstance(before, Lobby) and isinstance(scene, Lobby) and before.count != scene.count:
            self._say(msgs("{n} player is here", "{n} players are here", n=scene.count))
        if isinstance(before, Revealed) and isinstance(scene, Revealed):
            if before.ticks != scene.ticks:
                self._write(point_lines(scene, self._speaker))
            if before.conclusion != scene.conclusion:
                self._write(conclusion_lines(scene, self._speaker))

    def _open_vote(self) -> None:
        """Ask for an answer, where one is asked for and this has not been done."""
        scene, welcome = self._scene, self._told.welcome
        if self._vote is not None or welcome is None:
            return
        if isinstance(scene, Asked) and not scene.is_open_question:
            self._vote = PlainVote(scene, welcome)
            self._prompt()

    def _tell_yours(self, yours: Yours) -> None:
        vote = self._vote
        if vote is None or yours.round != vote.asked.round or yours == vote.before:
            return
        vote.before = yours
        if yours.ballot == vote.asked.ballot:
            self._write(yours_lines(yours, self._speaker))
            self._say(msg("Another answer can be typed until the vote closes."))
        else:
            self._say(msg("At first you answered: **{answer}**", answer=yours.words))
            self._say(msg("Enter answers the same again."))

    def _prompt(self) -> None:
        """Say what is to be typed."""
        if self._vote is not None:
            self._say(self._vote.prompt)

    # What is typed -----------------------------------------------------------------------------

    def _is_ready(self) -> bool:
        link = self._told.link
        if link == "over" or (link != "connected" and self._is_parting):
            return True
        return self._told.scene is not None and not self._is_sent

    @property
    def _is_parting(self) -> bool:
        """Whether what was typed next needs no connection: to leave, or nothing to answer with."""
        line = self._held[0]
        if line is None:  # a vote may be on its way to those who were in
            return self._told.welcome is None and self._told.trouble is not None
        return line.split() == [":quit"]

    def _obey(self, line: str) -> None:
        match line.split():
            case [":quit"]:
                if self._told.link == "connected":
                    self._link.send(Leave())
                self._leaving = True
            case ["?"]:
                self._say(msg("`:quit` leaves; your seat is kept."))
                self._prompt()
            case [command] if command.startswith(":"):
                self._say(msg("There is no command “{name}”; `?` lists them.", name=command[:20]))
            case _ if self._vote is None:
                if line.strip():
                    self._say(msg("Nothing is asked now."))
            case _:
                self._answer(self._vote, line)

    def _answer(self, vote: PlainVote, line: str) -> None:
        taken = vote.take(line)
        if isinstance(taken, Vote) and self._told.timer.is_paused:
            self._waiting = taken
            self._say(msg("The room is paused; your answer is sent when it goes on."))
            return
        if isinstance(taken, Vote):
            self._is_sent = self._told.link == "connected"
            self._link.send(taken)
            return
        if taken is not None:
            self._say(taken)
        self._prompt()

    def _patience(self) -> float | None:
        patience = super()._patience()
        ends_at = self._told.timer.ends_at
        if self._vote is None or not self._vote.is_unsent or ends_at is None:
            return patience
        last = max(ends_at - self._now() - LAST_MOMENT, 0.01)
        return last if patience is None else min(patience, last)

    def _hurry(self) -> None:
        super()._hurry()
        left = self._told.timer.seconds_left(self._now())
        if self._vote is None or left is None or left > LAST_MOMENT:
            return
        if (vote := self._vote.rush()) is not None:
            self._say(msg("Time is almost up: your answer is sent as it is."))
            self._link.send(vote)
            self._flush()
