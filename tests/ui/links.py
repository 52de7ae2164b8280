"""A link without a server: a test says what comes, and reads what was sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tutor.live.seat import Seat, receive
from tutor.live.wire import FromClient, FromServer, Lobby, Panel, Seated, Welcome


class FakeLink:
    """A link whose frames a test gives."""

    def __init__(self) -> None:
        self.seat = Seat()
        self.on_change: Callable[[Seat], None] = lambda _: None
        self.sent: list[FromClient] = []
        self.closed = False

    async def run(self) -> None:
        """Nothing comes by itself."""

    def send(self, frame: FromClient) -> None:
        self.sent.append(frame)

    def close(self) -> None:
        self.closed = True

    def say(self, *frames: FromServer, now: float = 0.0) -> None:
        """Let frames come."""
        for frame in frames:
            self.seat = receive(self.seat, frame, now)
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
