"""Peer sessions over loopback: the server in this process, the players in a second one.

    uv run python benchmarks/live.py [--players 5 200 1000 5000] [--wave 250]
                                          [--screen] [--until-it-breaks]

The server is the one that `tutor host` embeds, in a thread, with its file of events on the disk,
and the host is a client of it in the main thread, as there; with `--screen` that client belongs to
the host's screen, which is drawn without a terminal. The players are plain WebSockets in a process
of their own. Only the limits that tell one address from another are lifted: all come from one.

What is measured, each until the last of all players has it:

- join: all connect and enter in the same moment, until they are welcomed;
- next: from the host's key to the question;
- answer: all answer in the same moment, until the answers are confirmed (each is parsed, graded
  and written down);
- reveal: from the host's key to everybody's own result.

The reference is a bare `websockets` server in the same thread's place, which greets, broadcasts
and echoes the very same bytes to the same players.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from gettext import NullTranslations
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from live_players import raise_limit
from live_reference import Bare

from tutor.kinds.written import read_question
from tutor.live.client import RoomClient
from tutor.live.code import show
from tutor.live.embedded import EmbeddedServer
from tutor.live.limits import Limits, Rate
from tutor.live.where import Where
from tutor.live.wire import Act, Asked, Enter, Preside, Revealed, Vote
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Plan, Planned
from tutor.text.localized import Localized
from tutor.text.speaker import Speaker
from tutor.text.words import Lang, Words

FEW = 200  # with fewer players memory is told by nothing
PATIENCE = 120.0  # seconds for one step, then it is broken
QUESTION = {
    "id": "lstm.params.bench",
    "kind": "numeric",
    "draw": {"d": {"choose": [8, 10, 16, 32]}, "h": {"from": 8, "to": 256, "step": 8}},
    "compute": {
        "lstm": {
            "engine": "lstm_params",
            "args": {"input_size": "d", "hidden_size": "h", "convention": "pytorch"},
        }
    },
    "prompt": {
        "en": "An LSTM layer reads vectors of size {d} and has hidden size {h}. "
        "How many trainable parameters does PyTorch's `nn.LSTM` have?",
        "ko": "크기 {d}인 벡터를 읽고 은닉 크기가 {h}인 LSTM 층이 있습니다. "
        "PyTorch의 `nn.LSTM`에는 학습되는 매개변수가 몇 개입니까?",
    },
    "answer": "lstm.total",
    "explain": "Four blocks of {h}·({d}+{h}+2): {lstm.total:,}.",
}


class Broken(Exception):
    """Something does not work with so many players."""


class Step(NamedTuple):
    """What a step took: on the clock until the last player, and of this process's processor."""

    seconds: float
    processor: float


@dataclass
class Taken:
    """What was measured with one number of players."""

    memory: float = 0  # bytes a player
    join: list[Step] = field(default_factory=list)
    next: list[Step] = field(default_factory=list)
    answer: list[Step] = field(default_factory=list)
    reveal: list[Step] = field(default_factory=list)


class Players:
    """The second process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, do: str, **more: Any) -> dict[str, Any]:
        """Give a command; return the answer.

        Raises:
            Broken: it did not work for all players.
        """
        assert self._process.stdin is not None  # noqa: S101 - it was started with pipes
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdin.write(json.dumps({"do": do, **more}).encode() + b"\n")
        line = await self._process.stdout.readline()
        if not line:
            raise Broken("the players' process died")
        told: dict[str, Any] = json.loads(line)
        if failed := told.get("failed"):
            raise Broken("; ".join(f"{count:,} × {why}" for why, count in failed.items()))
        return told

    async def after(self, kind: str, trigger: Callable[[], None]) -> Step:
        """Return what it takes from a trigger to the last player's frame of a kind."""
        await self.ask("expect", kind=kind)
        began, used = time.monotonic(), time.process_time()
        trigger()
        told = await self.ask("arrival", seconds=PATIENCE)
        return Step(told["last"] - began, time.process_time() - used)

    async def all(self, do: str, **more: Any) -> Step:
        """Let all do something in the same moment; return what it takes until all is done."""
        used = time.process_time()
        told = await self.ask(do, seconds=PATIENCE, **more)
        return Step(told["last"] - told["began"], time.process_time() - used)


@asynccontextmanager
async def players() -> AsyncIterator[Players]:
    """Start the second process."""
    script = str(Path(__file__).with_name("live_players.py"))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, script, stdin=pipe, stdout=pipe)
    try:
        yield Players(process)
    finally:
        process.kill()
        await process.wait()


def say(lang: Lang, words: Words) -> str:
    """Return words in a language, the program's own in English."""
    return Speaker(lang).say(words)


def lifted(count: int) -> Limits:
    """Return the server's limits, for so many players from one address."""
    every = Rate(count + 10, count)
    return Limits(
        joins=every, connections_per_address=count + 10, connections=count + 10, players=count
    )


def resident() -> int:
    """Return the memory of this process, in bytes."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * 4096


# Our own ---------------------------------------------------------------------------------------


async def measure(count: int, rounds: int, wave: int, *, screen: bool) -> tuple[Taken, str]:
    """Measure a room; return what was taken, and the frame that asked last."""
    taken = Taken()
    with tempfile.TemporaryDirectory() as home:
        plan = Plan(
            Localized.same("Benchmark"),
            tuple(Planned(read_question(QUESTION), seed) for seed in range(1, rounds + 1)),
            RoomSettings(seconds=3600, lock_when_all=False),
        )
        server = EmbeddedServer(
            Path(home, "rooms"), say, bind="127.0.0.1", port=0, limits=lifted(count)
        )
        with server:
            code, token = server.open_room(plan, 1)
            where = Where("127.0.0.1", server.port, code)
            link = RoomClient(where, Preside(code=code, token=token))
            async with players() as crowd, presiding(link, where, Path(home), screen=screen):
                before = resident()
                hello = Enter(code=code, name="player @").model_dump_json()
                joined = await crowd.all(
                    "join", url=where.socket, hello=hello, count=count, wave=wave
                )
                taken.join.append(joined)
                taken.memory = (resident() - before) / count
                question = ""
                for number in range(1, rounds + 1):
                    try:
                        question = await play(number, link, crowd, taken)
                    except Broken as error:
                        seat = link.seat
                        why = seat.refused.why if seat.refused else seat.trouble or "no trouble"
                        raise Broken(f"{error} (the host is {seat.link}: {why})") from error
    return taken, question


async def play(number: int, link: RoomClient, crowd: Players, taken: Taken) -> str:
    """Play one question, from its key to the board after it; return the frame that asked."""
    await settled(link, lambda: "next" in moves(link))
    taken.next.append(await crowd.after("asked", lambda: act(link, "next")))
    await settled(link, lambda: isinstance(link.seat.scene, Asked))
    vote = Vote(round=number, ballot=1, text="@", sure=2, reason="four blocks")
    taken.answer.append(await crowd.all("answer", vote=vote.model_dump_json()))
    asked = link.seat.asked
    assert asked is not None  # noqa: S101 - it has just come
    await settled(link, lambda: "lock" in moves(link))
    await crowd.after("locked", lambda: act(link, "lock"))
    await settled(link, lambda: "reveal" in moves(link))
    taken.reveal.append(await crowd.after("result", lambda: act(link, "reveal")))
    await settled(link, lambda: isinstance(link.seat.scene, Revealed) and "next" in moves(link))
    await crowd.after("board", lambda: act(link, "next"))
    await settled(link, lambda: link.seat.panel is not None and link.seat.panel.phase == "board")
    return asked.model_dump_json()


def moves(link: RoomClient) -> tuple[str, ...]:
    """Return what the host may do now; without a connection a key would be lost."""
    panel = link.seat.panel
    return () if panel is None or link.seat.link != "connected" else panel.can


def act(link: RoomClient, do: Any) -> None:
    """Press a host's key."""
    assert link.seat.panel is not None  # noqa: S101 - it is waited for
    link.send(Act(do=do, moves=link.seat.panel.moves))


async def settled(link: RoomClient, holds: Callable[[], bool]) -> None:
    """Wait until the host has seen something, and for the last of ten panels a second."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - the screen has the link's callback
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise Broken(f"the host is not told: {link.seat.link} {link.seat.trouble or ''}") from None
    await asyncio.sleep(0.25)


@asynccontextmanager
async def presiding(
    link: RoomClient, where: Where, home: Path, *, screen: bool
) -> AsyncIterator[None]:
    """Run the host's link, alone or under the host's screen."""
    if not screen:
        running = asyncio.create_task(link.run())
        yield
        link.close()
        await running
        return
    from tutor.live.qr import qr_code
    from tutor.services import open_services
    from tutor.ui.app import TutorApp
    from tutor.ui.rooms.way_in import WayIn
    from tutor.ui.screens.host import HostScreen

    services = open_services({"TUTOR_HOME": str(home)}, "en", lambda _: NullTranslations())
    way = WayIn(
        show(where.code or ""), "tutor join", (where.page,), qr_code(where.page).half_blocks()
    )
    app = TutorApp(services)
    async with app.run_test(size=(140, 45)):
        await app.push_screen(HostScreen(link, way, lambda _report: ()))
        yield
        link.close()
    services.close()


# The reference ---------------------------------------------------------------------------------


async def measure_bare(count: int, rounds: int, wave: int, question: str) -> Taken:
    """Measure a bare server that sends the same bytes."""
    taken = Taken()
    with Bare(question) as server:
        async with players() as crowd:
            url = f"ws://127.0.0.1:{server.port}/live"
            taken.join.append(await crowd.all("join", url=url, hello="{}", count=count, wave=wave))
            for number in range(1, rounds + 1):
                taken.next.append(await crowd.after("asked", server.broadcast))
                vote = Vote(round=number, ballot=1, text="@", sure=2, reason="four blocks")
                taken.answer.append(await crowd.all("answer", vote=vote.model_dump_json()))
                await asyncio.sleep(0.25)
    return taken


# The table -------------------------------------------------------------------------------------


def report(count: int, ours: Taken, bare: Taken) -> None:
    """Print a table, in milliseconds: medians, minima and maxima in brackets."""
    print(f"\n| {count:,} players | tutor | processor | bare | processor | ratios |")
    print("|---|---|---|---|---|---|")
    print(line("all join", ours.join, bare.join))
    print(line("next → last question", ours.next, bare.next))
    print(line("all answer", ours.answer, bare.answer))
    print(line("reveal → last result", ours.reveal, []))
    if count >= FEW:
        print(f"| memory a player, KB | {ours.memory / 1024:.0f} | | | | |")
    sys.stdout.flush()


def line(name: str, mine: list[Step], other: list[Step]) -> str:
    """Return a line of the table; ratios are of the medians, of clock and of processor."""
    cells = [cell for steps in (mine, other) for cell in spread(steps)]
    ratio = ""
    if other:
        of = [
            [statistics.median(part) for part in zip(*steps, strict=True)]
            for steps in (mine, other)
        ]
        ratio = ", ".join(f"{a / b:.1f}" for a, b in zip(*of, strict=True))
    return "| " + " | ".join([name, *cells, ratio]) + " |"


def spread(steps: list[Step]) -> tuple[str, str]:
    """Return the times of some steps, on the clock and of the processor, in milliseconds."""
    if not steps:
        return "", ""
    clock, processor = ([1000 * part for part in parts] for parts in zip(*steps, strict=True))
    if len(steps) == 1:
        return f"{clock[0]:,.0f}", f"{processor[0]:,.0f}"
    low, middle, high = (f(clock) for f in (min, statistics.median, max))
    return f"{middle:,.1f} ({low:,.1f}–{high:,.1f})", f"{statistics.median(processor):,.1f}"


async def one(count: int, rounds: int, wave: int, *, screen: bool) -> None:
    """Measure and report one number of players."""
    ours, question = await measure(count, rounds, wave, screen=screen)
    report(count, ours, await measure_bare(count, rounds, wave, question))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--players", type=int, nargs="+", default=[5, 200, 1000, 5000])
    parser.add_argument("--rounds", type=int, default=7, help="questions")
    parser.add_argument("--wave", type=int, help="how many join at a time; all, if left out")
    parser.add_argument("--screen", action="store_true", help="with the host's screen")
    parser.add_argument(
        "--until-it-breaks", action="store_true", help="go on with twice as many until it breaks"
    )
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.screen and find_spec("tutor.ui.screens.host") is None:
        options.screen = False
        if options.one:
            print("\nthere is no host's screen: the host's link runs alone")
    if options.one:
        logging.getLogger("asyncio").setLevel(logging.ERROR)  # who leaves is no news
        load = Path("/proc/loadavg").read_text("ascii")[:14]
        print(f"\n{raise_limit():,} files may be open; load before: {load}", flush=True)
        try:
            asyncio.run(
                one(options.one, options.rounds, options.wave or options.one, screen=options.screen)
            )
        except (Broken, OSError) as error:
            sys.exit(f"\n{options.one:,} players break it: {error}")
        return
    counts = list(options.players)
    while counts:
        count = counts.pop(0)
        if not afresh(count, sys.argv[1:]):
            sys.exit(1)
        if options.until_it_breaks and not counts:
            counts.append(2 * count)


def afresh(count: int, arguments: list[str]) -> bool:
    """Measure in a process of its own, whose memory is still small; return whether it worked."""
    command = [sys.executable, __file__, *arguments, "--one", str(count)]
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    main()
