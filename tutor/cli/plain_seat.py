"""A dialogue in plain text with a room: what happens is written, what is typed is obeyed."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from tutor.cli.plain_card import said
from tutor.cli.plain_room import time_left
from tutor.cli.typed_lines import Typed
from tutor.live.link import Link
from tutor.live.seat import Scene, Seat
from tutor.live.wire import Asked, Board, Lobby, Locked
from tutor.text.message import msg
from tutor.text.speaker import Speaker
from tutor.text.words import Words

HURRY = 10  # seconds left at which it is said


@dataclass(frozen=True)
class Line:
    """Something was typed; None at the end of the input."""

    text: str | None


class PlainSeat(ABC):
    """A seat in a room, on text streams.

    Args:
        link: the way into the room; `run` runs it.
        typed: where lines come from.
        writer: where everything is written.
        speaker: the language.
        now: the monotonic clock of the link, in seconds.
    """

    def __init__(
        self,
        link: Link,
        typed: Typed,
        writer: TextIO,
        speaker: Speaker,
        now: Callable[[], float],
    ) -> None:
        self._link = link
        self._typed = typed
        self._writer = writer
        self._speaker = speaker
        self._now = now
        self._told = Seat()
        self._scene: Scene | None = None  # the last one; it outlives a reconnection
        self._held: deque[str | None] = deque()
        self._inbox: asyncio.Queue[Seat | Line | Callable[[], None] | None] = asyncio.Queue()
        self._hurried: object = None
        self._leaving = False
        self._timed = True  # whether the time that is left is said

    async def run(self) -> Seat:
        """Talk until the session or the link is over, or the input ends; return the last seat."""
        self._link.on_change = self._inbox.put_nowait
        self._inbox.put_nowait(self._link.seat)
        running = asyncio.ensure_future(self._link.run())
        running.add_done_callback(lambda _: self._inbox.put_nowait(None))
        reading = asyncio.ensure_future(self._read())
        try:
            while not self._is_done():
                try:
                    event = await asyncio.wait_for(self._inbox.get(), self._patience())
                except TimeoutError:
                    self._hurry()
                    continue
                if event is None:  # the link has ended
                    break
                self._happened(event)
                self._flush()
        finally:
            reading.cancel()
            self._link.close()
            await asyncio.wait({reading, running})
            self._flush()
        running.result()
        return self._told

    async def _read(self) -> None:
        text: str | None = ""
        while text is not None:
            text = await self._typed.line()
            self._inbox.put_nowait(Line(text))

    def _happened(self, event: Seat | Line | Callable[[], None]) -> None:
        if isinstance(event, Line):
            self._held.append(event.text)
        elif not isinstance(event, Seat):
            event()
        else:
            before, self._told = self._told, event
            self._tell_link(before, event)
            scene, was = event.scene, self._scene
            if scene is not None and scene is not was:
                self._scene = scene
                if was is not None and is_same_scene(was, scene):
                    self._tell_change(was, scene)
                else:
                    self._tell_scene(scene)
            self._tell(before, event)
        while self._held and self._is_ready():
            text = self._held.popleft()
            if text is None:
                self._end_of_input()
            else:
                self._obey(text)

    def _is_ready(self) -> bool:
        """Return whether what is typed next can be understood now."""
        return True

    def _is_done(self) -> bool:
        return self._leaving or self._told.link == "over"

    @abstractmethod
    def _tell_scene(self, scene: Scene) -> None:
        """Write what is on now."""

    @abstractmethod
    def _tell_change(self, before: Scene, scene: Scene) -> None:
        """Write what is new in what is on."""

    @abstractmethod
    def _tell(self, before: Seat, after: Seat) -> None:
        """Write what else has changed."""

    @abstractmethod
    def _obey(self, line: str) -> None:
        """Do what a line says."""

    def _end_of_input(self) -> None:
        self._leaving = True

    def _tell_link(self, before: Seat, after: Seat) -> None:
        if after.trouble is not None and after.trouble != before.trouble:
            self._say(after.trouble)
            if after.link == "connecting":
                self._say(msg("It is tried again and again; Ctrl-C gives up."))
        if after.link == "lost" and before.link != "lost":
            self._say(msg("The connection is lost; it is tried again and again."))
        elif after.link == "connected" and before.link == "lost":
            self._say(msg("Connected again."))
        if after.refused is not None and after.refused is not before.refused:
            self._say(after.refused.message)
        timer, was = after.timer, before.timer
        if timer.is_paused and not was.is_paused:
            self._say(msg("Paused."))
        elif after.scene is before.scene and timer != was and not timer.is_paused:
            if was.is_paused:
                self._say(msg("It goes on."))
            left = timer.seconds_left(self._now())
            if self._timed and left is not None:
                self._say(time_left(left))

    def _patience(self) -> float | None:
        """Return after how many seconds something is to be said although nothing happened."""
        ends_at = self._told.timer.ends_at
        if ends_at is None or ends_at == self._hurried or not self._timed:
            return None
        return max(ends_at - self._now() - HURRY, 0.01)

    def _hurry(self) -> None:
        """Say that little time is left, once for each time that runs."""
        timer = self._told.timer
        left = timer.seconds_left(self._now())
        if timer.ends_at is None or left is None or left > HURRY:
            return
        self._hurried = timer.ends_at
        if left > 1:
            self._say(time_left(left))
            self._flush()

    def _say(self, words: Words, *, first: str = "", rest: str = "") -> None:
        self._write(said(words, self._speaker, first=first, rest=rest))

    def _raw(self, line: str = "") -> None:
        self._writer.write(line.rstrip() + "\n")

    def _write(self, written: Iterable[str]) -> None:
        for line in written:
            self._raw(line)

    def _flush(self) -> None:
        self._writer.flush()


def is_same_scene(before: Scene, now: Scene) -> bool:
    """Return whether two frames are of the same moment; after a reconnection it comes again."""
    if isinstance(before, Asked) and isinstance(now, Asked):
        return (before.round, before.ballot) == (now.round, now.ballot)
    if isinstance(before, Locked) and isinstance(now, Locked):
        return before == now
    if isinstance(now, (Lobby, Board)):
        return isinstance(before, Lobby) if isinstance(now, Lobby) else before == now
    return type(before) is type(now) and getattr(before, "round", None) == now.round
