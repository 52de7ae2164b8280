"""A seat in a room that a script fills, without any network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar

from tests.ui.learner import SMALL, Learner
from tests.ui.links import FakeLink
from tutor.kinds import Question, ballot_words, face, parse, pose
from tutor.live.wire import (
    Asked,
    Board,
    Clock,
    Ended,
    FromServer,
    Group,
    Lobby,
    Locked,
    Result,
    Revealed,
    Row,
    Standing,
    Talking,
    Welcome,
    Yours,
)
from tutor.live.words import both
from tutor.services import Services
from tutor.text.localized import Localized
from tutor.text.speaker import Speaker
from tutor.ui.app import First, TutorApp
from tutor.ui.screens.play import PlayScreen, Record

TOPIC = Localized(en="LSTM", ko="LSTM")


class ScriptedPlay(PlayScreen):
    """The screen, at the time of its link."""

    EVERY: ClassVar[float] = 0.0

    @property
    def clock(self) -> float:
        assert isinstance(self.link, FakeLink)
        return self.link.now


class Player(Learner):
    """A learner in a room."""

    def __init__(self, app: TutorApp, pilot: Any, link: FakeLink) -> None:
        super().__init__(app, pilot)
        self.link = link

    async def settle(self) -> None:
        await self.pilot.pause()  # and not for the worker of the link, which runs on

    async def see(self, *frames: FromServer) -> None:
        """Receive frames, and wait until they are painted."""
        self.link.receive(*frames)
        await self.settle()

    async def wait(self, seconds: float) -> None:
        """Let the time of the room go on."""
        self.link.now += seconds
        self.screen._look_at_clock()
        await self.settle()

    @property
    def screen(self) -> PlayScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, PlayScreen))


@asynccontextmanager
async def player_at(
    services: Services, record: Record | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Player]:
    """Run the app with a room over Home."""
    link = FakeLink()
    screen = ScriptedPlay(link, record)
    services.load_bank()
    app = TutorApp(services, First(lambda app: app.push_screen(screen)))
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        player = Player(app, pilot, link)
        await player.settle()
        yield player


def same(text: str) -> Localized:
    return Localized.same(text)


def welcome(*, confidence: bool = True, reasons: bool = True, name: str = "민아") -> Welcome:
    return Welcome(
        code="KQ7M2XPD",
        title=Localized(en="Day 14", ko="14일차"),
        player="p1",
        name=name,
        team=None,
        token="t" * 24,
        confidence=confidence,
        reasons=reasons,
        teams=0,
    )


def lobby(*names: str, of: int = 10) -> Lobby:
    return Lobby(count=len(names), names=names, is_open=True, of=of)


def asked(
    question: Question, seed: int = 1, *, number: int = 1, ballot: Any = 1, seconds: int = 60
) -> Asked:
    posed = pose(question, seed)
    return Asked(
        round=number,
        of=10,
        ballot=ballot,
        topic=TOPIC,
        face=face(posed),
        is_open_question=question.kind == "discuss",
        remaining_ms=seconds * 1000,
        is_paused=False,
    )


def clock(seconds: int, *, is_paused: bool = False) -> Clock:
    return Clock(remaining_ms=seconds * 1000, is_paused=is_paused)


def said(services: Services, question: Question, text: str, seed: int = 1) -> Localized:
    """Return an answer as the server says it."""
    posed = pose(question, seed)
    response = parse(posed, text)
    speakers: dict[str, Speaker] = {lang: services.speaker(lang) for lang in ("en", "ko")}  # type: ignore[arg-type]  # the two languages
    return both(ballot_words(posed, response), lambda lang, words: speakers[lang].say(words))  # type: ignore[arg-type]  # a response


def yours(
    words: Localized,
    text: str,
    *,
    number: int = 1,
    ballot: Any = 1,
    sure: Any = 3,
    reason: str = "",
) -> Yours:
    return Yours(round=number, ballot=ballot, text=text, words=words, sure=sure, reason=reason)


def locked(number: int = 1, ballot: Any = 1) -> Locked:
    return Locked(round=number, ballot=ballot)


def talking(opposing: Localized, reason: str = "", *partners: str, number: int = 1) -> Talking:
    return Talking(
        round=number,
        talk="pairs",
        partners=partners,
        opposing=opposing,
        reason=reason,
        remaining_ms=120_000,
        is_paused=False,
    )


def revealed(question: str = "elsewhere.card", seed: int = 1, **more: Any) -> Revealed:
    values: dict[str, Any] = {
        "round": 1, "of": 10, "question": question, "seed": seed,
        "prompt": same("How many?"), "answer": same("3,456"),
        "explain": Localized(en="Told by the server.", ko="서버의 설명입니다."),
        "answered": 2, "before": 0.5, "after": None,
        "groups": (
            Group(words=same("3,456"), count=1, names=("Jun",), is_right=True, score=1),
            Group(words=same("2,592"), count=1, names=("민아",), is_right=False, score=0,
                  mistake=Localized(en="Three blocks.", ko="블록 세 개입니다.")),
        ),
    }  # fmt: skip
    return Revealed(**(values | more))


def result(text: str | None, score: float | None, **more: Any) -> Result:
    values: dict[str, Any] = {
        "round": 1, "question": "elsewhere.card", "seed": 1,
        "first_text": text, "first_score": score, "first_took_ms": 4000,
        "first_mistake": None, "text": text, "score": score, "sure": 3,
        "points": 3 if score else -6, "total": 3 if score else -6,
    }  # fmt: skip
    return Result(**(values | more))


def row(name: str, rank: int = 1, points: float = 3, **more: Any) -> Row:
    return Row(rank=rank, name=name, team=more.get("team"), points=points, right=1, answered=2)


def board(*rows: Row, number: int = 1, **more: Any) -> Board:
    return Board(rows=rows, players=len(rows), of=10, round=number, is_last=False, **more)


def standing(line: Row) -> Standing:
    return Standing(row=line)


def ended() -> Ended:
    return Ended()
