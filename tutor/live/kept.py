"""A link that leaves word of its seat, and lets something run while it does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from tutor.live.link import Link
from tutor.live.seat import Seat
from tutor.live.wire import FromClient, Welcome


class KeptLink:
    """A `Link` around another.

    Args:
        link: the other.
        welcomed: called at every welcome, such as to keep the token.
        beside: what runs as long as the link does, such as the server of a room in memory.
        watch: called after every change of the seat, before `on_change`.
    """

    def __init__(
        self,
        link: Link,
        welcomed: Callable[[Welcome], None],
        beside: Callable[[], Coroutine[Any, Any, None]] | None = None,
        *,
        watch: Callable[[Seat], None] = lambda _: None,
    ) -> None:
        self.seat = link.seat
        self.on_change: Callable[[Seat], None] = lambda _: None
        self._link = link
        self._welcomed = welcomed
        self._beside = beside
        self._watch = watch
        link.on_change = self._changed

    async def run(self) -> None:
        """Keep the seat until the room is over or the link is closed."""
        beside = None if self._beside is None else asyncio.ensure_future(self._beside())
        try:
            await self._link.run()
        finally:
            if beside is not None:
                beside.cancel()
                await asyncio.wait({beside})
        if beside is not None and not beside.cancelled():
            beside.result()  # what went wrong in it is not kept quiet

    def send(self, frame: FromClient) -> None:
        """Send a frame."""
        self._link.send(frame)

    def close(self) -> None:
        """Leave; `run` returns."""
        self._link.close()

    def _changed(self, seat: Seat) -> None:
        before, self.seat = self.seat, seat
        if seat.welcome is not None and seat.welcome is not before.welcome:
            self._welcomed(seat.welcome)
        self._watch(seat)
        self.on_change(seat)
