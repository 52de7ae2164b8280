"""What somebody in a room knows: folded, frame by frame, from what the server said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from tutor.live.wire import (
    Asked,
    Board,
    Clock,
    Complaint,
    Ended,
    FromServer,
    Lobby,
    Locked,
    Notes,
    Panel,
    Refused,
    Report,
    Result,
    Revealed,
    Standing,
    Talking,
    Welcome,
    Yours,
)
from tutor.text.words import Words

Link = Literal["connecting", "connected", "lost", "over"]


@dataclass(frozen=True, slots=True)
class Timer:
    """A time that runs, as the server last told it.

    Attributes:
        ends_at: on the receiver's monotonic clock, in seconds; None while paused, or if nothing
            ends.
        left_ms: what was left when it was told; None if nothing ends.
    """

    ends_at: float | None = None
    left_ms: int | None = None
    is_paused: bool = False

    def seconds_left(self, now: float) -> int | None:
        """Return whole seconds left, rounded up; None if nothing ends."""
        if self.left_ms is None:
            return None
        if self.ends_at is None:
            return -(-self.left_ms // 1000)
        return max(0, -int(-(self.ends_at - now) // 1))


Scene = Lobby | Asked | Locked | Talking | Revealed | Board


@dataclass(frozen=True, slots=True)
class Seat:
    """What is to be shown to one who sits in a room.

    Attributes:
        link: how the connection stands; `over` after a final refusal or the end.
        scene: the frame that says what is on; None before the first.
        asked: the question that `scene` is about, kept through lock, talk and reveal.
        yours: the own answer in the vote that is open or was last.
        refused: what the server refused last, until something else happens.
        ended: whether the session is over; the last board stays the scene.
        trouble: why there is no connection, as far as it is known; None while there is one.
    """

    link: Link = "connecting"
    welcome: Welcome | None = None
    scene: Scene | None = None
    asked: Asked | None = None
    yours: Yours | None = None
    timer: Timer = Timer()
    complaint: Complaint | None = None
    refused: Refused | None = None
    result: Result | None = None
    standing: Standing | None = None
    panel: Panel | None = None
    report: Report | None = None
    ended: bool = False
    trouble: Words | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the server has the own answer in the vote that is open or was last.

        In the second vote `yours` is the answer of the first until there is another.
        """
        return (
            self.asked is not None
            and self.yours is not None
            and (self.yours.round, self.yours.ballot) == (self.asked.round, self.asked.ballot)
        )


def is_answer(before: Seat, after: Seat) -> bool:
    """Whether a frame answers what this seat sent, though it may say the same as one before.

    Who votes the same again, or is refused the same twice, waits for an answer both times.
    """
    return (
        after.refused is not before.refused
        or after.complaint is not before.complaint
        or after.yours is not before.yours
    )


def receive(seat: Seat, frame: FromServer, now: float) -> Seat:  # noqa: C901, PLR0911, PLR0912 - one return for each frame
    """Return the seat after a frame; a seat that is over stays as it is.

    Args:
        seat: before it.
        frame: from the server.
        now: the receiver's monotonic clock, in seconds.
    """
    if seat.link == "over":
        return seat
    match frame:
        case Welcome():
            # a second one tells a new name; what comes after a return tells everything anew
            known = seat if seat.link == "connected" else Seat(link="connected")
            return replace(known, welcome=frame)
        case Lobby():
            return replace(seat, scene=frame, refused=None)
        case Clock():
            timer = _timer(frame.remaining_ms, now, paused=frame.is_paused)
            return replace(seat, timer=timer, refused=None)
        case Yours() if _is_about(seat, frame.round):
            return replace(seat, yours=frame, complaint=None, refused=None)
        case Asked():
            return replace(
                seat,
                scene=frame,
                asked=frame,
                yours=None,
                complaint=None,
                refused=None,
                result=None,
                timer=_timer(frame.remaining_ms, now, paused=frame.is_paused),
            )
        case Locked():
            return replace(seat, scene=frame, complaint=None, refused=None, timer=Timer())
        case Talking():
            timer = _timer(frame.remaining_ms, now, paused=frame.is_paused)
            return replace(seat, scene=frame, complaint=None, refused=None, timer=timer)
        case Revealed():
            return replace(seat, scene=frame, complaint=None, refused=None, timer=Timer())
        case Result() if _is_about(seat, frame.round):
            return replace(seat, result=frame)
        case Board():
            return replace(seat, scene=frame, complaint=None, refused=None, timer=Timer())
        case Standing():
            return replace(seat, standing=frame)
        case Ended():
            return replace(seat, ended=True, complaint=None, refused=None, timer=Timer())
        case Notes():
            return _noted(seat, frame)
        case Complaint() if _is_open(seat, frame):
            return replace(seat, complaint=frame, refused=None)
        case Refused():
            link: Link = "over" if frame.is_final else seat.link
            return replace(seat, refused=frame, complaint=None, link=link)
        case Panel():
            moved = seat.panel is not None and frame.moves != seat.panel.moves
            return replace(seat, panel=frame, refused=None if moved else seat.refused)
        case Report():
            return replace(seat, report=frame)
        case Yours() | Result() | Complaint():
            return seat  # of a vote that is no longer on
        case _:
            assert_never(frame)


def lost(seat: Seat, trouble: Words | None = None) -> Seat:
    """Return the seat after the connection broke, or could not be made.

    What was known is still shown. After the end of the session nobody needs it any more.
    """
    if seat.link == "over":
        return seat
    if seat.ended:
        return over(seat)
    link: Link = "connecting" if seat.welcome is None else "lost"
    return replace(seat, link=link, trouble=trouble)


def over(seat: Seat, trouble: Words | None = None) -> Seat:
    """Return the seat of one who has left, or cannot come back."""
    return seat if seat.link == "over" else replace(seat, link="over", trouble=trouble)


def _is_about(seat: Seat, round_: int) -> bool:
    return seat.asked is None or seat.asked.round == round_


def _is_open(seat: Seat, complaint: Complaint) -> bool:
    scene = seat.scene
    return isinstance(scene, Asked) and (scene.round, scene.ballot) == (
        complaint.round,
        complaint.ballot,
    )


def _noted(seat: Seat, notes: Notes) -> Seat:
    scene = seat.scene
    if not isinstance(scene, Revealed) or scene.round != notes.round:
        return seat
    ticked = {"ticks": notes.ticks, "conclusion": notes.conclusion}
    return replace(seat, scene=scene.model_copy(update=ticked))


def _timer(remaining_ms: int | None, now: float, *, paused: bool) -> Timer:
    ends_at = None if paused or remaining_ms is None else now + remaining_ms / 1000
    return Timer(ends_at, remaining_ms, paused)
