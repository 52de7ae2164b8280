"""The players of `live.py`, in a process of their own, which do no more than read.

The library of WebSockets opens a connection; from then on its frames are only counted, since a
client in full would take longer to read 5,000 frames than a server to send them.

Commands come in on standard input and answers go out on standard output, a JSON object a line.
Instants are those of the machine's monotonic clock, which both processes read alike.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sys
import time
from collections import Counter
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

OPENING = 120  # seconds


TEXT, CLOSE, PING = 1, 8, 9  # the kinds of WebSocket frames that a server sends


class Player(asyncio.Protocol):
    """One player, from when the connection is open."""

    def __init__(self, crowd: Crowd, transport: asyncio.Transport) -> None:
        self.transport = transport
        self._crowd = crowd
        self._rest = b""

    def say(self, text: str) -> None:
        """Send a text."""
        self._send(TEXT, text.encode())

    def _send(self, kind: int, data: bytes) -> None:
        """Send a frame of less than 64 KiB, masked with zeros."""
        size = len(data)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2)
        self.transport.write(bytes([0x80 | kind]) + length + bytes(4) + data)

    def data_received(self, data: bytes) -> None:
        """Take the frames that are whole."""
        data, at = self._rest + data, 0
        while len(data) >= at + 2:
            size, start = data[at + 1], at + 2
            if size > 125:
                start += 2 if size == 126 else 8
                size = int.from_bytes(data[at + 2 : start])
            if len(data) < start + size:
                break
            self._take(data[at] & 15, data[start : start + size])
            at = start + size
        self._rest = data[at:]

    def _take(self, kind: int, data: bytes) -> None:
        if kind == TEXT:
            self._crowd.came(data)
        elif kind == PING:
            self._send(PING + 1, data)
        elif kind == CLOSE:
            self._crowd.failed(f"closed: {int.from_bytes(data[:2])} {data[2:].decode()}")

    def connection_lost(self, _error: Exception | None) -> None:
        """Note that the server is gone; after `leave` nobody cares."""
        self._crowd.failed("lost")


class Crowd:
    """All players, and the kind of frame that is waited for."""

    def __init__(self) -> None:
        self.players: list[Player] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._kind = b""
        self._opened: list[ClientConnection] = []  # each keeps its own socket
        self._wanted = 0
        self._times: list[float] = []
        self._all = asyncio.Event()
        self._failed: Counter[str] = Counter()

    def expect(self, kind: str, count: int) -> None:
        """Begin to wait for a frame of a kind at every player."""
        self._kind, self._wanted = kind.encode(), count
        self._times = []
        self._all.clear()

    async def arrival(self, seconds: float) -> dict[str, Any]:
        """Return when the frames came, or what went wrong."""
        try:
            await asyncio.wait_for(self._all.wait(), seconds)
        except TimeoutError:
            came = len(self._times)
            self._failed[f"no `{self._kind.decode()}` in {seconds:g} s"] += self._wanted - came
        if self._failed:
            return {"failed": dict(self._failed)}
        return {"first": min(self._times), "last": max(self._times)}

    async def join(
        self, url: str, hello: str, count: int, wave: int, seconds: float
    ) -> dict[str, Any]:
        """Connect all at once, or so many at a time, and wait until all are welcomed."""
        began = time.monotonic()
        told: dict[str, Any] = {}
        for first in range(0, count, wave):
            numbers = range(first, min(first + wave, count))
            self.expect("welcome", len(numbers))
            self._tasks += [
                asyncio.create_task(self._play(url, hello.replace("@", str(number))))
                for number in numbers
            ]
            told = await self.arrival(seconds)
            if "failed" in told:
                break
        return {"began": began, **told}

    async def answer(self, vote: str, seconds: float) -> dict[str, Any]:
        """Answer all at once, and wait until all answers are confirmed."""
        self.expect("yours", len(self.players))
        began = time.monotonic()
        for number, player in enumerate(self.players):
            player.say(vote.replace("@", str(1000 + number % 7)))
        return {"began": began, **await self.arrival(seconds)}

    def leave(self) -> None:
        """Break all connections."""
        for player in self.players:
            player.transport.abort()
        for task in self._tasks:
            task.cancel()
        self.players.clear()

    async def _play(self, url: str, hello: str) -> None:
        try:
            connection = await connect(
                url,
                compression=None,
                open_timeout=OPENING,
                ping_interval=None,
                max_queue=None,
                proxy=None,
            )
        except Exception as error:  # noqa: BLE001 - whatever breaks first is what is to be found out
            self.failed(f"{type(error).__name__}: {str(error)[:100]}")
            return
        player = Player(self, connection.transport)  # the server says nothing before the hello
        connection.transport.set_protocol(player)
        self._opened.append(connection)
        self.players.append(player)
        player.say(hello)

    def came(self, data: bytes) -> None:
        """Note a frame that a player was sent."""
        kind = data[6 : data.index(b'"', 6)]  # {"t":"asked", …
        if kind == self._kind:
            self._times.append(time.monotonic())
            if len(self._times) == self._wanted:
                self._all.set()
        elif kind == b"refused":
            self.failed(f"refused: {json.loads(data)['why']}")

    def failed(self, why: str) -> None:
        """Note that something does not work for a player."""
        self._failed[why] += 1
        self._all.set()


def raise_limit() -> int:
    """Let this process open as many files as it may; return how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


async def main() -> None:
    """Do what is asked until there is no more."""
    raise_limit()
    gc.disable()  # its pauses are not the server's
    crowd = Crowd()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        command: dict[str, Any] = json.loads(line)
        match command.pop("do"):
            case "join":
                told = await crowd.join(**command)
            case "expect":
                crowd.expect(command["kind"], len(crowd.players))
                told = {}
            case "arrival":
                told = await crowd.arrival(command["seconds"])
            case "answer":
                told = await crowd.answer(**command)
            case _:
                crowd.leave()
                told = {}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
