"""A learner at the screen: a small course, a clock that ticks, and what can be read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from textual.keys import _character_to_key
from textual.pilot import Pilot

from tutor.memory.scheduler import Settings
from tutor.services import Services
from tutor.services.paths import Paths
from tutor.store.store import Store
from tutor.text.words import Lang
from tutor.ui.app import First, TutorApp

CONTENT = Path(__file__).parent / "content"
SMALL, LARGE = (80, 24), (140, 45)
BEGIN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

KOREAN = {
    "Start studying": "학습 시작",
    "Not yet.": "아직 아닙니다.",
    "Right.": "맞습니다.",
    "Again": "다시",
    "Turn the card over": "카드 뒤집기",
    "**Session**": "**학습 결과**",
    "understood as {answer}": "{answer}(으)로 이해함",
    "check": "확인",
    "keys": "키 안내",
}


class Korean(NullTranslations):
    """A few words, whatever the real catalogue says."""

    def gettext(self, message: str) -> str:
        return KOREAN.get(message, message)


class Clock:
    """Seven seconds pass between any two looks at it."""

    def __init__(self, at: datetime = BEGIN) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=7)
        return self.at


def make_services(
    folder: Path, lang: Lang = "en", content: Path = CONTENT, settings: Settings | None = None
) -> Services:
    """Return services on a folder of their own."""
    clock = Clock()
    paths = Paths(folder, content)
    return Services(
        paths=paths,
        store=Store.open(paths.database, now=clock(), settings=settings),
        lang=lang,
        catalogue=lambda spoken: Korean() if spoken == "ko" else NullTranslations(),
        clock=clock,
        tz=UTC,
        draw_seed=lambda: 1,
    )


class Learner:
    """Presses keys and reads the screen."""

    def __init__(self, app: TutorApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after the other; wait until all is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, a key for each character."""
        await self.press(*(_character_to_key(char) for char in text))

    async def settle(self) -> None:
        """Wait until no worker runs, no message waits, and the screen is up to date."""
        while True:
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()
            if not self._waiting():
                return

    def _waiting(self) -> bool:
        screen = self.app.screen
        pumps = (self.app, *screen.walk_children(with_self=True))
        return bool(screen._callbacks) or any(
            pump.message_queue_size or pump._next_callbacks for pump in pumps
        )

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The screen as one text, with single spaces: where lines break does not matter."""
        return " ".join(" ".join(self.lines).split())

    @property
    def phase(self) -> Any:
        """The state of the session that is shown."""
        return self.session.state.phase

    @property
    def session(self) -> Any:
        return next(
            screen._session
            for screen in reversed(self.app.screen_stack)
            if hasattr(screen, "_session")
        )

    def log(self) -> list[tuple[str, int, float | None, str]]:
        """The answers that are saved: question, rating, score, response."""
        return [
            (row.question, int(row.rating or 0), row.score, row.response or "")
            for row in self.app.services.store.rows()
            if row.action == "answer"
        ]


@asynccontextmanager
async def learner_at(
    services: Services, first: First | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Learner]:
    """Run the app until its questions are loaded."""
    app = TutorApp(services, first)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        learner = Learner(app, pilot)
        await learner.settle()
        yield learner
