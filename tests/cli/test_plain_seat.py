"""What a dialogue says of its connection and of the time, and what it does in the last moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from tutor.cli.plain_host import PlainHost
from tutor.cli.plain_join import PlainJoin
from tutor.cli.plain_local import PlainLocal
from tutor.live.kept import KeptLink
from tutor.live.seat import Seat, Timer, lost, receive
from tutor.live.wire import Clock, Enter, FromClient, FromServer, Result, Vote, Welcome, Yours
from tutor.text.localized import Localized
from tutor.text.speaker import ENGLISH

from .rooms import NUMBER, Script
from .test_plain_commands import PANEL
from .test_plain_vote import asked

SO = Localized.same("So.")
WELCOME = Welcome(
    code="A4M2HB1G", title=SO, player="p1", name="Jun", team=None, token="x" * 20,
    confidence=True, reasons=True, teams=0,
)  # fmt: skip
RESULT = Result(
    round=2, question="a.number", seed=7, first_text="42", first_score=1.0, first_took_ms=1,
    first_mistake=None, text="42", score=1.0, sure=2, points=2, total=2,
)  # fmt: skip


class FakeLink:
    """A link whose other end is the test."""

    def __init__(self) -> None:
        self.seat = Seat()
        self.on_change: Callable[[Seat], None] = lambda _: None
        self._nobody = self.on_change
        self.sent: list[FromClient] = []
        self._closed = asyncio.Event()

    async def run(self) -> None:
        await self._closed.wait()

    def send(self, frame: FromClient) -> None:
        self.sent.append(frame)

    def close(self) -> None:
        self._closed.set()

    @property
    def is_heard(self) -> bool:
        return self.on_change is not self._nobody

    def show(self, seat: Seat) -> None:
        self.seat = seat
        self.on_change(seat)

    def hear(self, *frames: FromServer) -> None:
        for frame in frames:
            self.show(receive(self.seat, frame, now=0.0))


async def until(said: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not said():  # noqa: ASYNC110 - a turn of the loop, no time
            await asyncio.sleep(0)


async def test_a_return_is_said_and_what_was_told_is_not_told_again() -> None:
    link, script = FakeLink(), Script([("Your answer", "42")])
    kept: list[Result] = []
    dialogue = PlainJoin(link, script, script, ENGLISH, lambda: 0.0, keep=kept.append)  # type: ignore[arg-type]  # says nothing
    running = asyncio.ensure_future(dialogue.run())
    await until(lambda: link.is_heard)
    link.hear(WELCOME, asked(NUMBER))
    await until(lambda: "How sure" in script.said)
    link.show(lost(link.seat))
    link.hear(WELCOME, asked(NUMBER))
    link.hear(RESULT, RESULT)
    link.show(lost(link.seat))
    link.hear(WELCOME, asked(NUMBER), RESULT)
    await until(lambda: script.said.count("Connected again.") == 2)
    await until(lambda: "✓ Right." in script.said)
    assert script.said.count("Six times seven?") == 1
    assert script.said.count("You are in as Jun") == 1
    assert script.said.count("✓ Right.") == 1
    assert kept == [RESULT]
    assert "The connection is lost; it is tried again and again." in script.said
    link.show(replace(link.seat, link="over"))
    await running


async def test_why_there_is_no_connection_is_said_once() -> None:
    link, script = FakeLink(), Script([])
    running = asyncio.ensure_future(PlainJoin(link, script, script, ENGLISH, lambda: 0.0).run())
    await until(lambda: link.is_heard)
    for trouble in ("Nothing listens there.", "Nothing listens there.", "It does not answer."):
        link.show(lost(link.seat, trouble))
    link.show(replace(link.seat, link="over"))
    await running
    assert script.said.count("Nothing listens there.") == 1
    assert script.said.count("It does not answer.") == 1


async def test_who_never_got_in_can_leave() -> None:
    for typed in (":quit", None):
        link = FakeLink()
        script = Script([("tried again", typed)])
        running = asyncio.ensure_future(PlainJoin(link, script, script, ENGLISH, lambda: 0.0).run())
        await asyncio.sleep(0)
        link.show(lost(link.seat, "Nothing listens there."))
        async with asyncio.timeout(5):
            await running
        assert link.sent == []  # nobody hears it


async def test_what_a_host_types_too_early_is_done_once_the_room_is_there() -> None:
    link, script = FakeLink(), Script([("", "who"), ("", None)])
    dialogue = PlainHost(link, script, script, ENGLISH, lambda: 0.0, opening=list)
    running = asyncio.ensure_future(dialogue.run())
    await until(lambda: link.is_heard)
    for _ in range(9):
        await asyncio.sleep(0)
    link.hear(WELCOME.model_copy(update={"player": None}), asked(NUMBER), PANEL)
    await running
    assert PANEL.players[0].name in script.said
    assert "no connection" not in script.said


async def test_a_keyboard_waits_for_seats_that_are_taken_again() -> None:
    """The host may be back before those who play are, and some have answered already."""
    host, players = FakeLink(), [FakeLink(), FakeLink(), FakeLink()]
    script = Script([("The keyboard is for Mina", ""), ("Your answer", "41")])
    dialogue = PlainLocal(host, script, script, ENGLISH, lambda: 0.0, opening=list, players=players)
    running = asyncio.ensure_future(dialogue.run())
    await until(lambda: host.is_heard)
    host.hear(WELCOME.model_copy(update={"player": None}), asked(NUMBER), PANEL)
    await until(lambda: "? lists" in script.said)
    mine = Yours.model_validate(
        {"round": 2, "ballot": 1, "text": "42", "words": SO, "sure": 3, "reason": ""}
    )
    players[0].hear(WELCOME, asked(NUMBER), mine)
    players[1].show(replace(players[1].seat, link="over"))  # sent away meanwhile
    players[2].hear(WELCOME.model_copy(update={"name": "Mina", "player": "p3"}), asked(NUMBER))
    await until(lambda: "How sure" in script.said)
    assert script.said.count("The keyboard is for") == 1
    host.show(replace(host.seat, link="over"))
    await running


async def test_in_the_last_moment_an_answer_goes_out_as_it_is() -> None:
    now = 0.0
    link, script = FakeLink(), Script([("Your answer", "42")])
    dialogue = PlainJoin(link, script, script, ENGLISH, lambda: now)
    running = asyncio.ensure_future(dialogue.run())
    await until(lambda: link.is_heard)
    link.hear(WELCOME, asked(NUMBER))
    await until(lambda: "How sure" in script.said)
    now = 100.0
    link.show(replace(link.seat, timer=Timer(ends_at=109.0, left_ms=9000)))
    await until(lambda: script.said.count("9 seconds left.") == 2)  # told, and little
    assert link.sent == []
    now = 107.5
    link.show(replace(link.seat, timer=Timer(ends_at=109.0, left_ms=1500)))
    await until(lambda: bool(link.sent))
    assert link.sent == [Vote(round=2, ballot=1, text="42", sure=1)]
    assert "Time is almost up" in script.said
    link.show(replace(link.seat, link="over"))
    await running


async def test_a_kept_link_leaves_word_and_runs_what_it_needs() -> None:
    link = FakeLink()
    welcomes: list[Welcome] = []
    ran: list[str] = []

    async def beside() -> None:
        ran.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            ran.append("ended")

    kept = KeptLink(link, welcomes.append, beside)
    seen: list[Seat] = []
    kept.on_change = seen.append
    running = asyncio.ensure_future(kept.run())
    await until(lambda: ran == ["begun"])
    link.hear(WELCOME, Clock(remaining_ms=None, is_paused=True))
    link.show(lost(link.seat))
    link.hear(WELCOME.model_copy())
    kept.send(Enter(code="A4M2HB1G"))
    kept.close()
    await running
    assert welcomes == [WELCOME, WELCOME]
    assert ran == ["begun", "ended"]
    assert [seat.link for seat in seen] == ["connected", "connected", "lost", "connected"]
    assert kept.seat == link.seat
    assert link.sent == [Enter(code="A4M2HB1G")]
