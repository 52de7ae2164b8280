"""Programs that write to one database, to be run and killed by a test.

`kill PATH ROUNDS SEED`: as many times, start a writer, kill it after some of its answers have
been acknowledged, and print the responses that were.
`begin FOLDER ROUNDS`: as many times, start a writer on a file of its own and kill it while it
opens that.
`write PATH NAME COUNT`: say `ready`, wait for a line, write answers, say `done`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsrs  # noqa: F401 - loaded once here, not in every writer

from tutor.memory.rating import Rating
from tutor.store.log import AnswerRow
from tutor.store.store import Store

NOW = datetime(2026, 4, 15, 4, 0, tzinfo=UTC)


def write(path: Path, name: str, count: int | None, acknowledge: int) -> None:
    """Write answers, without end if `count` is None; acknowledge each with a line."""
    with Store.open(path, now=NOW) as store:
        number = 0
        while number != count:
            response = f"{name}-{number}"
            answer = AnswerRow(
                question=f"card-{number % 5}",
                seed=number,
                at=NOW + timedelta(minutes=number),
                rating=Rating(1 + number % 4),
                score=None,
                response=response,
                mistake=None,
                duration_ms=1,
            )
            recorded = store.record(answer)
            if number % 3 == 0:
                store.rerate(recorded.id, Rating.EASY, NOW)
            os.write(acknowledge, response.encode() + b"\n")
            number += 1


def start(path: Path, name: str) -> tuple[int, int]:
    """Start a writer; return its id, and where it says what it has saved."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.close(reader)
        write(path, name, None, writer)
    os.close(writer)
    return child, reader


def end(child: int, reader: int) -> bytes:
    """Kill a writer; return what it said and was not read before."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as lines:
        return lines.read()


def kill(path: Path, rounds: int, seed: int) -> None:
    """Kill writers; print what they had acknowledged."""
    chance = random.Random(seed)  # noqa: S311 - decides when a test kills
    acknowledged: list[str] = []
    for number in range(rounds):
        child, reader = start(path, f"writer{number}")
        wanted = chance.choice((1, 2, chance.randrange(3, 60)))
        said = b""
        while said.count(b"\n") < wanted:
            said += os.read(reader, 64)
        said += end(child, reader)
        acknowledged += said.decode().split()
    sys.stdout.write(json.dumps(acknowledged))


def begin(folder: Path, rounds: int) -> None:
    """Kill writers while they open a new file, at four points of that."""
    for number in range(rounds):
        path = folder / f"{number}.db"
        journal = folder / f"{number}.db-wal"
        reached: Callable[[], bool] = (
            path.exists,
            lambda: path.exists() and path.stat().st_size > 0,  # noqa: B023 - called below, in this round
            journal.exists,
            lambda: journal.exists() and journal.stat().st_size > 0,  # noqa: B023 - as above
        )[number % 4]
        child, reader = start(path, "writer")
        while not reached():
            pass
        end(child, reader)


def main() -> None:
    """Do what the arguments say."""
    command, path, *rest = sys.argv[1:]
    if command == "kill":
        kill(Path(path), *map(int, rest))
    elif command == "begin":
        begin(Path(path), *map(int, rest))
    else:
        name, count = rest
        os.write(1, b"ready\n")
        sys.stdin.readline()
        write(Path(path), name, int(count), 1)
        os.write(1, b"done\n")


if __name__ == "__main__":
    main()
