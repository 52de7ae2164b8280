"""A room led in plain text: each command is a line, each change is said in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TextIO

from tutor.cli.plain_commands import COMMANDS, Unclear, read_command, who
from tutor.cli.plain_room import (
    asked_lines,
    board_lines,
    conclusion_lines,
    names_of,
    panel_lines,
    point_lines,
    revealed_lines,
)
from tutor.cli.plain_seat import PlainSeat
from tutor.cli.typed_lines import Typed
from tutor.live.link import Link
from tutor.live.seat import Scene, Seat
from tutor.live.steering import label_of, suggested
from tutor.live.wire import (
    Act,
    Asked,
    AskReport,
    Board,
    DoDiscuss,
    DoExtend,
    FromHost,
    Lobby,
    Locked,
    Panel,
    PhaseName,
    Revealed,
    Talking,
)
from tutor.session.room.saying import shown_name
from tutor.text.message import msg, msgs
from tutor.text.speaker import Speaker
from tutor.text.template import escape
from tutor.text.words import Words

FEW = 12  # players whose answers are counted one by one
_PHASES: dict[type, PhaseName] = {
    Lobby: "lobby",
    Asked: "asking",
    Locked: "locked",
    Talking: "talking",
    Revealed: "revealed",
    Board: "board",
}


class PlainHost(PlainSeat):
    """The host's dialogue.

    Args:
        link: the host's way into the room.
        typed: where commands come from.
        writer: where everything is written.
        speaker: the language.
        now: the monotonic clock of the link, in seconds.
        opening: returns what is said first, such as where players join.
        asks_notes: whether the server is asked for the notes at the end; not if they can be made
            here.
    """

    def __init__(
        self,
        link: Link,
        typed: Typed,
        writer: TextIO,
        speaker: Speaker,
        now: Callable[[], float],
        *,
        opening: Callable[[], Sequence[Words]],
        asks_notes: bool = False,
    ) -> None:
        super().__init__(link, typed, writer, speaker, now)
        self._opening = opening
        self._asks_notes = asks_notes
        self._opened = False
        self._panel: Panel | None = None
        self._sent_at: int | None = None  # the moves of the state that was acted on last
        self._votes: tuple[int, int, int] | None = None  # round, ballot and answers, as last said
        self._closed: tuple[int, int | None] | None = None  # the vote whose outcome was said
        self._step: object = None  # for which it was said what Enter does
        self._asked_report = False

    # What is said ------------------------------------------------------------------------------

    def _tell(self, before: Seat, after: Seat) -> None:
        if after.welcome is not None and after.welcome is not before.welcome:
            self._sent_at = None
            self._open()
        if after.refused is not None and after.refused is not before.refused:
            self._sent_at = None
        if after.panel is not None and after.panel is not before.panel:
            self._tell_panel(self._panel, after.panel)
            self._panel = after.panel
        if self._asked_report and after.refused is not before.refused:
            self._leaving = True  # there are no notes
        if after.ended and not self._asked_report:
            self._asked_report = True
            self._say(msg("The session is over."))
            if self._asks_notes:
                self._link.send(AskReport())
            else:
                self._leaving = True

    def _open(self) -> None:
        if self._opened:
            return
        self._opened = True
        for words in self._opening():
            self._say(words)
        self._say(msg("`?` lists what can be typed."))

    def _tell_scene(self, scene: Scene) -> None:
        speaker = self._speaker
        match scene:
            case Asked():
                self._write(asked_lines(scene, speaker))
            case Locked():
                self._say(msg("The vote is closed."))
            case Talking():
                if scene.talk == "pairs":
                    self._say(msg("Those who answered differently talk to each other."))
                else:
                    self._say(msg("The question is explained once more."))
            case Revealed():
                self._write(revealed_lines(scene, speaker))
                if scene.points:
                    self._say(msg("`tick 1` marks a point, `conclude …` writes a conclusion."))
            case Board():
                self._write(board_lines(scene, speaker))
            case Lobby():
                pass

    def _tell_change(self, before: Scene, scene: Scene) -> None:
        if isinstance(before, Revealed) and isinstance(scene, Revealed):
            if before.ticks != scene.ticks:
                self._write(point_lines(scene, self._speaker))
            if before.conclusion != scene.conclusion:
                self._write(conclusion_lines(scene, self._speaker))

    def _tell_panel(self, before: Panel | None, after: Panel) -> None:
        if self._sent_at is not None and after.moves > self._sent_at:
            self._sent_at = None
        if after.phase != "ended":
            self._tell_players(before, after)
        if before is not None and before.is_open != after.is_open:
            self._say(
                msg("New players can come in.") if after.is_open else msg("Nobody new can come in.")
            )
        if after.phase == "asking":
            self._tell_votes(after)
        vote = after.round, after.ballot
        if after.phase == "locked" and vote != self._closed:
            self._closed = vote
            self._write(panel_lines(self._visible(after), self._speaker))
        step = after.round, after.ballot, after.phase, after.is_paused
        if step != self._step and after.phase != "ended":
            self._step = step
            self._tell_step(after)

    def _visible(self, panel: Panel) -> Panel:
        """Return what may be written of a panel: everything, if the host alone reads it."""
        return panel

    def _tell_step(self, panel: Panel) -> None:
        self._say(msg("Enter: {what}.", what=label_of(suggested(panel), panel)))

    def _tell_votes(self, panel: Panel) -> None:
        if not panel.ballot or not panel.answered:
            return
        votes = panel.round, panel.ballot, panel.answered
        if votes == self._votes:
            return
        known = self._votes if self._votes and self._votes[:2] == votes[:2] else None
        step = 1 if panel.connected <= FEW else max(1, panel.connected // 4)
        if known is not None and panel.waiting and panel.answered // step == known[2] // step:
            return
        self._votes = votes
        if panel.waiting:
            of = panel.answered + panel.waiting
            said = msg("{answered} of {n} have answered.", answered=panel.answered, n=of)
            self._say(said)
        else:
            self._say(msg("All have answered."))

    def _tell_players(self, before: Panel | None, after: Panel) -> None:
        if before is None:
            if after.players:
                self._say(msgs("{n} player is here", "{n} players are here", n=after.count))
                names = names_of(seated.name for seated in after.players)
                self._say(escape(names), first="  ", rest="  ")
            return
        was = {seated.id: seated for seated in before.players}
        for seated in after.players:
            known = was.pop(seated.id, None)
            name = shown_name(seated.name)
            if known is None:
                if after.count > before.count:  # else only who is listed changed
                    self._say(
                        msgs(
                            "{name} is here; {n} player.",
                            "{name} is here; {n} players.",
                            n=after.count,
                            name=name,
                        )
                    )
                continue
            if known.name != seated.name:
                self._say(msg("{old} is called {name} now.", old=shown_name(known.name), name=name))
            if known.connected and not seated.connected:
                self._say(msg("{name} is gone.", name=name))
            elif seated.connected and not known.connected:
                self._say(msg("{name} is back.", name=name))
        if after.count < before.count:
            for seated in was.values():
                self._say(msg("{name} was sent away.", name=shown_name(seated.name)))

    # What is typed -----------------------------------------------------------------------------

    def _is_ready(self) -> bool:
        """Whether the panel has caught up with what the host saw and did."""
        seat = self._told
        if seat.link == "connecting":  # nothing is lost of what was typed too early
            return self._held[0] is None and seat.trouble is not None
        if seat.ended or seat.link != "connected":
            return True
        if seat.scene is None or seat.panel is None:
            return False
        return self._sent_at is None and seat.panel.phase == _PHASES[type(seat.scene)]

    def _is_done(self) -> bool:
        return super()._is_done() or self._told.report is not None

    def _end_of_input(self) -> None:
        if not self._told.ended:
            self._say(msg("The input has ended, and nobody leads the room; it is kept."))
            super()._end_of_input()

    def _obey(self, line: str) -> None:
        command = line.strip()
        if command == "?":
            self._help()
        elif self._told.ended:
            self._say(msg("The session is over."))
        elif command == "who" and self._told.panel is not None:
            for number, words in enumerate(who(self._told.panel)):
                indent = "  " if number else ""
                self._say(words, first=indent, rest=indent * 2)
        else:
            try:
                self._send(read_command(line, self._told))
            except Unclear as unclear:
                self._say(unclear.message)

    def _send(self, frame: FromHost) -> None:
        """Send a frame; after one that moves the room on, what is typed waits until it has."""
        if isinstance(frame, (Act, DoExtend, DoDiscuss)):
            self._sent_at = frame.moves
        self._link.send(frame)

    def _help(self) -> None:
        for command, words in COMMANDS:
            self._say(words, first=f"  {command:<16}  " if command else "  ", rest=" " * 20)
