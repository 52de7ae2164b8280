"""A hub without sockets: a clock that stands, peers that keep what they are sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.kinds.questions import choice, numeric, question
from tutor.live.hub import Hub
from tutor.live.journals import Journals
from tutor.live.limits import Limits
from tutor.live.wire import FROM_SERVER, FromServer
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Plan, Planned
from tutor.text.localized import Localized
from tutor.text.speaker import Speaker
from tutor.text.words import Lang, Words

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPEAKERS = {"en": Speaker("en"), "ko": Speaker("ko")}


def say(lang: Lang, words: Words) -> str:
    return _SPEAKERS[lang].say(words)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def ahead(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(eq=False)
class FakePeer:
    """A connection whose other end is the test."""

    address: str = "192.168.0.20"
    sent: list[str] = field(default_factory=list)
    closed: str | None = None

    def send(self, text: str) -> None:
        assert self.closed is None, "sent to a connection that was closed"
        self.sent.append(text)

    def close(self, why: str) -> None:
        self.closed = why

    def take(self) -> list[dict[str, Any]]:
        """Return the frames since the last look."""
        frames = [json.loads(text) for text in self.sent]
        self.sent.clear()
        return frames

    def kinds(self) -> list[str]:
        return [frame["t"] for frame in self.take()]

    def models(self) -> list[FromServer]:
        """Return the frames as a terminal reads them: each must be one."""
        texts = list(self.sent)
        self.sent.clear()
        return [FROM_SERVER.validate_json(text) for text in texts]

    def refused(self) -> str | None:
        """Return why the last frame was refused; None if it was not."""
        found = [frame["why"] for frame in self.take() if frame["t"] == "refused"]
        return found[-1] if found else None


class Venue:
    """A hub with a folder, and ways to act on it."""

    def __init__(self, folder: Path, limits: Limits | None = None, **options: Any) -> None:
        self.clock = Clock()
        self.folder = folder
        self._limits = limits
        self._options = options
        self._random = Random(7)  # noqa: S311 - codes and tokens of a test are the same at every run
        self.hub = self.new_hub()

    def new_hub(self) -> Hub:
        return Hub(
            Journals(self.folder),
            self.clock,
            self._random.randbytes,
            say,
            self._limits,
            new_code=lambda: "".join(self._random.choices(ALPHABET, k=8)),
            **self._options,
        )

    def send(self, peer: FakePeer, **frame: Any) -> None:
        self.hub.receive(peer, json.dumps(frame))

    def open(self, plan: Plan | None = None) -> Hosted:
        code, token = self.hub.open_room(plan or plan_of(), seed=5)
        host = FakePeer("127.0.0.1")
        self.send(host, t="preside", v=1, code=code, token=token)
        return Hosted(self, code, token, host)


@dataclass
class Hosted:
    """A room with its host."""

    venue: Venue
    code: str
    token: str
    host: FakePeer

    @property
    def live(self) -> Any:
        return self.venue.hub.rooms[self.code]

    @property
    def room(self) -> Any:
        return self.live.room

    def join(self, name: str, address: str = "192.168.0.20", **more: Any) -> Joiner:
        peer = FakePeer(address)
        self.venue.send(peer, t="enter", v=1, code=self.code, name=name, **more)
        frames = peer.take()
        assert frames[0]["t"] == "welcome", frames
        return Joiner(self, peer, frames[0]["token"], frames[0]["player"], frames)

    def knock(self, name: str, address: str = "192.168.0.20", **more: Any) -> FakePeer:
        """Try to come in; return the connection, whatever came of it."""
        peer = FakePeer(address)
        self.venue.send(peer, t="enter", v=1, code=self.code, name=name, **more)
        return peer

    def act(self, do: str, **more: Any) -> None:
        self.venue.send(self.host, t="act", do=do, moves=self.room.moves, **more)


@dataclass
class Joiner:
    """A player, with what came on entering."""

    hosted: Hosted
    peer: FakePeer
    token: str
    id: str
    entered: list[dict[str, Any]]

    def vote(self, text: str, **more: Any) -> None:
        round_ = self.hosted.room.rounds[-1]
        frame = {"round": round_.number, "ballot": round_.ballot, "text": text} | more
        self.hosted.venue.send(self.peer, t="vote", **frame)


def plan_of(
    questions: Sequence[Any] | None = None, settings: RoomSettings | None = None, seed: int = 3
) -> Plan:
    """Return a plan: a number to compute and an option to choose, if nothing else is said."""
    asked = questions if questions is not None else (numeric(), choice())
    return Plan(
        Localized("A session", "모임"),
        tuple(Planned(one, seed + n) for n, one in enumerate(asked)),
        settings or RoomSettings(),
        {"t": Localized("Topic", "주제")},
    )


def discuss() -> Any:
    return question("discuss", points=["It is bounded.", "It is centred on zero."])
