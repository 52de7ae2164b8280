"""A link without a server: a test says what comes, and reads what was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tutor.live.seat import Seat, lost, receive
from tutor.live.wire import FROM_SERVER, FromClient, FromServer, Lobby, Panel, Seated, Vote, Welcome


class FakeLink:
    """A link whose frames come from a test, at a time that the test sets."""

    def __init__(self) -> None:
        self.seat = Seat()
        self.on_change: Callable[[Seat], None] = lambda _seat: None
        self.sent: list[FromClient] = []
        self.now = 1000.0
        self._closed = asyncio.Event()

    async def run(self) -> None:
        await self._closed.wait()

    def send(self, frame: FromClient) -> None:
        self.sent.append(frame)

    def close(self) -> None:
        self._closed.set()

    @property
    def is_closed(self) -> bool:
        return self._closed.is_set()

    @property
    def votes(self) -> list[Vote]:
        return [frame for frame in self.sent if isinstance(frame, Vote)]

    def receive(self, *frames: FromServer) -> None:
        """Take frames as they come from a server: through JSON, and one after the other."""
        for frame in frames:
            read = FROM_SERVER.validate_json(frame.model_dump_json())
            self.seat = receive(self.seat, read, self.now)
            self.on_change(self.seat)

    def lose(self) -> None:
        self.seat = lost(self.seat)
        self.on_change(self.seat)


def welcome(**given: Any) -> Welcome:
    settled: dict[str, Any] = {
        "code": "KQ7M2XPD",
        "title": {"en": "Day 14", "ko": "14일차"},
        "player": None,
        "name": "",
        "team": None,
        "token": "t" * 24,
        "confidence": True,
        "reasons": True,
        "teams": 0,
    }
    return Welcome.model_validate(settled | given)


def lobby(*names: str, is_open: bool = True, of: int = 3) -> Lobby:
    return Lobby(count=len(names), names=names, is_open=is_open, of=of)


def panel(*names: str, answered: int = 0, **given: Any) -> Panel:
    """Return a host's panel of players, the first of whom have answered."""
    settled: dict[str, Any] = {
        "phase": "lobby",
        "is_paused": False,
        "moves": 0,
        "round": 0,
        "of": 3,
        "ballot": None,
        "is_open": True,
        "count": len(names),
        "connected": len(names),
        "answered": answered,
        "waiting": len(names) - answered,
        "players": tuple(
            Seated(id=f"p{at + 1}", name=name, team=None, connected=True, answered=at < answered)
            for at, name in enumerate(names)
        ),
        "can": ("next", "kick", "rename", "set-open", "end"),
    }
    return Panel(**(settled | given))
