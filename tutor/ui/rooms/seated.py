"""A screen that sits in a room: it keeps the link, and paints what comes through it."""

from __future__ import annotations

import time
from typing import ClassVar

from textual.message import Message as Event

from tutor.live.link import Link
from tutor.live.seat import Seat
from tutor.live.wire import FromClient
from tutor.ui.screens.base import TutorScreen

SECOND = 0.1  # how often the time that is left is looked at; it is painted when it changes


class SeatedScreen(TutorScreen):
    """Shows the seat of a link. A subclass paints `self.seat`.

    What comes through the link is painted at once, but not more often than ten times a second.

    Args:
        link: into the room; the screen runs it until it is left.
        running: whether the link runs already.
        keeps: whether the link is closed with this screen; unless it runs already, if None.
    """

    AUTO_FOCUS: ClassVar[str | None] = ""
    EVERY: ClassVar[float] = 0.1  # seconds between two paintings of what comes in a stream

    class SeatChanged(Event):
        """Something came through the link."""

    def __init__(self, link: Link, *, running: bool = False, keeps: bool | None = None) -> None:
        super().__init__()
        self.link = link
        self._is_running = running
        self._keeps = not running if keeps is None else keeps
        self._painted_at = 0.0
        self._is_waiting = False
        self._seconds: int | None = None

    @property
    def seat(self) -> Seat:
        """What is known of the room."""
        return self.link.seat

    @property
    def clock(self) -> float:
        """The monotonic clock by which links tell the time that is left, in seconds."""
        return time.monotonic()

    def begin(self) -> None:
        """Take the seat."""
        self.link.on_change = self._on_change
        self.set_interval(SECOND, self._look_at_clock)
        if not self._is_running:
            # a worker of the screen would end with it, before the link has said goodbye
            self.app.run_worker(self.link.run(), group="link")

    def _on_change(self, _seat: Seat) -> None:
        if not self._is_waiting:
            self._is_waiting = True
            self.post_message(self.SeatChanged())

    def on_seated_screen_seat_changed(self) -> None:
        """Paint what came, now or a little later."""
        wait = self._painted_at + self.EVERY - self.clock
        if wait > 0:
            self.set_timer(wait, self._catch_up)
        else:
            self._catch_up()

    def _catch_up(self) -> None:
        self._is_waiting = False
        self._painted_at = self.clock
        self.seat_changed()
        self.repaint()

    def seat_changed(self) -> None:
        """Do what a change of the seat calls for, besides painting."""

    def _look_at_clock(self) -> None:
        seconds = self.seat.timer.seconds_left(self.clock)
        if seconds != self._seconds:
            self._seconds = seconds
            self.paint_time()

    def paint_time(self) -> None:
        """Show the time that is left."""
        self.paint_frame()

    def send(self, frame: FromClient) -> None:
        """Send a frame into the room."""
        self.link.send(frame)

    def on_unmount(self) -> None:
        """Leave the seat, if it is this screen's."""
        if self._keeps:
            self.link.close()
