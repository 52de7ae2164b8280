"""Rooms in memory, with those who sit in them typing by a script."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from tutor.cli.plain_host import PlainHost
from tutor.cli.plain_join import PlainJoin
from tutor.cli.plain_local import PlainLocal
from tutor.kinds.written import read_question
from tutor.live.hub import Hub
from tutor.live.journals import Journals
from tutor.live.kept import KeptLink
from tutor.live.memory import MemoryServer
from tutor.live.wire import Enter, Preside, Result
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Plan, Planned
from tutor.text.localized import Localized
from tutor.text.speaker import ENGLISH, Speaker
from tutor.text.words import Lang, Words

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SETTINGS = RoomSettings(seconds=3600, talk_seconds=3600)
NUMBER = {"id": "a.number", "kind": "numeric", "prompt": "Six times seven?", "answer": 42,
          "mistakes": [{"id": "added", "value": 13, "say": "That is the sum."}],
          "explain": "Seven sixes."}  # fmt: skip
TALK = {"id": "a.talk", "kind": "discuss", "prompt": "Why tanh?", "explain": "So.",
        "points": ["It is bounded", "It is centred"]}  # fmt: skip
MATCH = {"id": "a.match", "kind": "match", "prompt": "Which?", "explain": "So.",
         "pairs": [{"left": "f", "right": "forget"}, {"left": "i", "right": "input"}]}  # fmt: skip


class Ticking:
    """A clock that goes on by a tenth of a second whenever it is read: nobody waits for it."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=0.11)
        return self._now


class Script(StringIO):
    """A stream to write on, and lines that are typed once something has been written.

    Args:
        steps: of each line what is waited for, in what was written after the last line;
            None ends the input.
    """

    def __init__(self, steps: Iterable[tuple[str, str | None]]) -> None:
        super().__init__()
        self._steps: Iterator[tuple[str, str | None]] = iter(steps)
        self._read = 0

    async def line(self) -> str | None:
        step = next(self._steps, None)
        if step is None:
            await asyncio.Event().wait()  # nothing more is typed; the session goes on
            return None
        marker, line = step
        while (found := self.getvalue().find(marker, self._read)) < 0:  # noqa: ASYNC110 - no time passes
            await asyncio.sleep(0)
        self._read = found + len(marker)
        return line

    @property
    def said(self) -> str:
        """What was written, as one line of words."""
        return " ".join(self.getvalue().split())


def say(lang: Lang, words: Words) -> str:
    return Speaker(lang).say(words)


class Held:
    """A room in memory."""

    def __init__(
        self, folder: Path, *questions: dict[str, object], settings: RoomSettings = SETTINGS
    ) -> None:
        random = Random(7)  # noqa: S311 - the same codes at every run
        clock = Ticking()
        self.hub = Hub(
            Journals(folder / "rooms"),
            clock,
            random.randbytes,
            say,
            new_code=lambda: "".join(random.choices(SIGNS, k=8)),
        )
        self.server = MemoryServer(self.hub, clock)
        planned = tuple(Planned(read_question(question), 7) for question in questions)
        plan = Plan(Localized.same("Test"), planned, settings, {"a": Localized.same("Topic A")})
        self.code, self.token = self.hub.open_room(plan, 5)

    def host(self, script: Script, speaker: Speaker = ENGLISH) -> PlainHost:
        link = self.server.link(Preside(code=self.code, token=self.token))
        opening = [f"Room {self.code}"]
        return PlainHost(link, script, script, speaker, time.monotonic, opening=lambda: opening)

    def local(
        self,
        script: Script,
        *names: str,
        keep: Callable[[Result], Words | None] | None = None,
    ) -> PlainLocal:
        players = [self.server.link(Enter(code=self.code, name=name)) for name in names]

        async def beside() -> None:
            await asyncio.gather(*(player.run() for player in players))

        preside = Preside(code=self.code, token=self.token)
        link = KeptLink(self.server.link(preside), lambda _: None, beside)
        return PlainLocal(
            link,
            script,
            script,
            ENGLISH,
            time.monotonic,
            opening=list,
            players=players,
            timed=keep is not None,
            keep=keep,
        )

    def join(self, name: str, script: Script, speaker: Speaker = ENGLISH) -> PlainJoin:
        link = self.server.link(Enter(code=self.code, name=name))
        return PlainJoin(link, script, script, speaker, time.monotonic)
