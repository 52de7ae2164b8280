"""A room around one keyboard, in plain text: it is passed from player to player."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TextIO

from tutor.cli.plain_host import PlainHost
from tutor.cli.plain_room import asked_lines, result_lines
from tutor.cli.plain_seat import is_same_scene
from tutor.cli.plain_vote import PlainVote
from tutor.cli.typed_lines import Typed
from tutor.live.link import Link
from tutor.live.seat import Scene, Seat
from tutor.live.steering import discreet
from tutor.live.wire import Asked, Complaint, Panel, Result, Vote, Yours
from tutor.session.room.saying import shown_name
from tutor.text.message import msg
from tutor.text.speaker import Speaker
from tutor.text.words import Words

_CLEAR = "\x1b[H\x1b[2J\x1b[3J"  # the lines that have scrolled away, too
_RULE = "-" * 40


class PlainLocal(PlainHost):
    """The host's dialogue, in which each player has a turn with every vote.

    Args:
        link: the host's way into the room.
        typed: where everything is typed.
        writer: where everything is written.
        speaker: the language.
        now: the monotonic clock of the links, in seconds.
        opening: returns what is said first.
        players: the ways of the players into the room, in the order in which the keyboard is
            passed; they run beside the host's.
        timed: whether there is a time to be said.
        keep: is given every result of the one who leads and plays, for that player's own log;
            returns what is to be said of it. None where several share the keyboard.
    """

    def __init__(  # noqa: PLR0913 - what a host has, and those who share the keyboard
        self,
        link: Link,
        typed: Typed,
        writer: TextIO,
        speaker: Speaker,
        now: Callable[[], float],
        *,
        opening: Callable[[], Sequence[Words]],
        players: Sequence[Link],
        timed: bool = False,
        keep: Callable[[Result], Words | None] | None = None,
    ) -> None:
        super().__init__(link, typed, writer, speaker, now, opening=opening)
        self._timed = timed
        self._keep = keep
        self._result: Result | None = None
        self._players = tuple(players)
        self._turns: list[Link] = []  # who is still to answer, the one whose turn it is first
        self._is_handed = False  # whether it was said whose turn it is
        self._vote: PlainVote | None = None
        self._is_sent = False  # whether the room has yet to take the vote
        self._stale: Panel | None = None  # as it was before the last vote
        self._yours: Yours | None = None
        self._complaint: Complaint | None = None
        self._refused: set[int] = set()  # players, by their place in the row
        for player in self._players:
            player.on_change = lambda _: self._inbox.put_nowait(self._player_changed)

    def _tell_scene(self, scene: Scene) -> None:
        self._turns, self._vote, self._is_sent, self._is_handed = [], None, False, False
        if isinstance(scene, Asked) and not scene.is_open_question:
            self._turns = list(self._players)  # `_tell` hands over
            return
        super()._tell_scene(scene)

    def _tell(self, before: Seat, after: Seat) -> None:
        super()._tell(before, after)
        self._hand_over()

    def _is_ready(self) -> bool:
        """Whether the room has taken what was typed, and the player whose turn it is sits there."""
        if not super()._is_ready() or self._is_sent or self._told.panel is self._stale:
            return False
        return not self._turns or self._is_handed or self._told.timer.is_paused

    def _visible(self, panel: Panel) -> Panel:
        return discreet(panel)

    def _tell_step(self, panel: Panel) -> None:
        if not self._turns or panel.is_paused:
            super()._tell_step(panel)

    def _hand_over(self) -> None:
        """Ask that the keyboard be given to who is next, once that player's seat is there."""
        if not self._turns or self._is_handed or self._told.timer.is_paused:
            return
        while self._turns and (
            self._turns[0].seat.link == "over" or self._has_answered(self._turns[0])
        ):
            self._turns.pop(0)
        if not self._turns:
            if self._told.panel not in {None, self._stale}:  # nobody is left to be asked
                self._tell_step(self._told.panel)
            return
        seat = self._turns[0].seat
        if seat.welcome is None or not self._sees_the_question(seat):
            return
        self._is_handed = True
        self._clear()
        self._say(msg("The keyboard is for **{name}**. Enter shows the question.",
                      name=shown_name(seat.welcome.name)))  # fmt: skip
        self._say(msg("`:` and a command leads the room, such as `:lock` or `:skip`."))

    def _sees_the_question(self, seat: Seat) -> bool:
        asked = self._scene
        return (
            isinstance(asked, Asked)
            and isinstance(seat.scene, Asked)
            and is_same_scene(asked, seat.scene)
        )

    def _has_answered(self, link: Link) -> bool:
        """Whether the room has a player's answer of before it was interrupted."""
        return self._sees_the_question(link.seat) and link.seat.is_answered

    def _clear(self) -> None:
        if self._writer.isatty():
            self._writer.write(_CLEAR)
        else:
            self._raw(_RULE)

    def _obey(self, line: str) -> None:
        if not self._turns or self._told.timer.is_paused:
            super()._obey(line)
        elif line.lstrip().startswith(":"):
            super()._obey(line.strip()[1:])
        elif self._vote is None:
            self._begin_turn(self._turns[0])
        else:
            self._answer(self._vote, self._turns[0], line)

    def _begin_turn(self, link: Link) -> None:
        seat = link.seat
        if not isinstance(seat.scene, Asked) or seat.welcome is None:
            return
        self._write(asked_lines(seat.scene, self._speaker, timed=self._timed))
        self._vote = PlainVote(seat.scene, seat.welcome)
        self._vote.before = self._yours = seat.yours
        self._complaint = seat.complaint
        if seat.yours is not None and seat.yours.ballot != seat.scene.ballot:
            self._say(msg("At first you answered: **{answer}**", answer=seat.yours.words))
            self._say(msg("Enter answers the same again."))
        self._say(self._vote.prompt)

    def _tell_refused(self) -> None:
        """Say who could not come in."""
        for number, link in enumerate(self._players):
            refused = link.seat.refused
            if link.seat.link == "over" and refused is not None and number not in self._refused:
                self._refused.add(number)
                self._say(refused.message)

    def _answer(self, vote: PlainVote, link: Link, line: str) -> None:
        taken = vote.take(line)
        if isinstance(taken, Vote):
            self._is_sent = True
            link.send(taken)
            return
        if taken is not None:
            self._say(taken)
        self._say(vote.prompt)

    def _player_changed(self) -> None:
        """Go on to the next player once the answer counts, or ask for it again."""
        self._tell_refused()
        result = self._players[0].seat.result if self._keep is not None else None
        if self._keep is not None and result is not None and result != self._result:
            self._result = result
            self._write(result_lines(result, self._speaker))
            if (words := self._keep(result)) is not None:
                self._say(words)
        if not self._turns or self._vote is None:
            self._hand_over()
            return
        seat = self._turns[0].seat
        if seat.complaint is not None and seat.complaint is not self._complaint:
            self._complaint = seat.complaint
            self._is_sent = False
            self._say(seat.complaint.message)
            self._say(self._vote.prompt)
        elif self._is_sent and seat.refused is not None:
            self._is_sent = False
            self._say(seat.refused.message)
            self._say(self._vote.prompt)
        elif seat.yours is not None and seat.yours is not self._yours:
            self._turns.pop(0)
            self._vote = None
            self._is_sent = self._is_handed = False
            if not self._turns:  # the room most likely closes the vote by itself now
                self._stale = self._told.panel
            self._hand_over()
