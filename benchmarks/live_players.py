"""The players of `live.py`, in a process of their own: plain WebSockets that do no more than read.

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


class Crowd:
    """All players, and the kind of frame that is waited for."""

    def __init__(self) -> None:
        self.connections: list[ClientConnection] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._kind = ""
        self._wanted = 0
        self._times: list[float] = []
        self._all = asyncio.Event()
        self._failed: Counter[str] = Counter()

    def expect(self, kind: str, count: int) -> None:
        """Begin to wait for a frame of a kind at every player."""
        self._kind, self._wanted = kind, count
        self._times = []
        self._all.clear()

    async def arrival(self, seconds: float) -> dict[str, Any]:
        """Return when the frames came, or what went wrong."""
        try:
            await asyncio.wait_for(self._all.wait(), seconds)
        except TimeoutError:
            came = len(self._times)
            self._failed[f"no `{self._kind}` in {seconds:g} s"] += self._wanted - came
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
        self.expect("yours", len(self.connections))
        began = time.monotonic()
        for number, connection in enumerate(self.connections):
            await connection.send(vote.replace("@", str(1000 + number % 7)))
        return {"began": began, **await self.arrival(seconds)}

    def leave(self) -> None:
        """Break all connections."""
        for connection in self.connections:
            connection.transport.abort()
        for task in self._tasks:
            task.cancel()
        self.connections.clear()

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
            await connection.send(hello)
            self.connections.append(connection)
            async for raw in connection:
                kind = raw[6 : raw.index('"', 6)]  # {"t":"asked", …
                if kind == self._kind:
                    self._times.append(time.monotonic())
                    if len(self._times) == self._wanted:
                        self._all.set()
                elif kind == "refused":
                    self._fail(f"refused: {json.loads(raw)['why']}")
            self._fail(f"closed: {connection.close_code} {connection.close_reason}")
        except Exception as error:  # noqa: BLE001 - whatever breaks first is what is to be found out
            self._fail(f"{type(error).__name__}: {str(error)[:100]}")

    def _fail(self, why: str) -> None:
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
                crowd.expect(command["kind"], len(crowd.connections))
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
