"""Seats in a hub in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.live.fake_server import PATIENCE
from tests.live.frames import CODE, TOKEN, asked, refused, welcome, yours
from tutor.live import wire
from tutor.live.incoming import BadFrame
from tutor.live.memory import MemoryLink, MemoryServer, Peer
from tutor.live.seat import Seat

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENTER = wire.Enter(code=CODE, name="Jun")
PRESIDE = wire.Preside(code=CODE, token=TOKEN)
VOTE = wire.Vote(round=1, ballot=1, text="42")


class FakeHub:
    """A room that asks when the host says next, and tells everybody at once."""

    def __init__(self) -> None:
        self.peers: list[Peer] = []
        self.heard: list[wire.FromClient] = []
        self.left: list[Peer] = []
        self.next_wake: datetime | None = None
        self.woken = asyncio.Event()
        self.clock: Callable[[], datetime] = lambda: START

    def wake(self) -> None:
        if self.next_wake is not None and self.next_wake <= self.clock():
            self.next_wake = None
            self.woken.set()

    def receive(self, peer: Peer, raw: str) -> None:
        frame = wire.FROM_CLIENT.validate_json(raw)
        self.heard.append(frame)
        match frame:
            case wire.Enter() | wire.Preside():
                self.peers.append(peer)
                player = None if isinstance(frame, wire.Preside) else f"p{len(self.peers)}"
                peer.send(welcome(player=player).model_dump_json())
            case wire.Act():
                for each in self.peers:
                    each.send(asked().model_dump_json())
            case wire.Vote():
                peer.send(yours(text=frame.text).model_dump_json())
            case wire.Leave():
                peer.close("gone")
            case wire.AskReport():
                peer.send("\x1b")
            case _:
                peer.send(refused("kicked", final=True).model_dump_json())
                peer.close("kicked")

    def gone(self, peer: Peer) -> None:
        self.left.append(peer)


class Watch:
    """A link that runs, and when its seat changes."""

    def __init__(self, server: MemoryServer, hello: wire.Enter | wire.Preside) -> None:
        self.shown: list[Seat] = []
        self._changed = asyncio.Event()
        self.link: MemoryLink = server.link(hello, self._see, clock=lambda: 100.0)
        self.running = asyncio.ensure_future(self.link.run())

    def _see(self, seat: Seat) -> None:
        self.shown.append(seat)
        self._changed.set()

    async def change(self) -> Seat:
        await asyncio.wait_for(self._changed.wait(), PATIENCE)
        self._changed.clear()
        return self.link.seat

    async def end(self) -> Seat:
        await asyncio.wait_for(self.running, PATIENCE)
        return self.link.seat


@pytest.fixture
async def hub() -> FakeHub:
    return FakeHub()


@pytest.fixture
async def server(hub: FakeHub) -> MemoryServer:
    return MemoryServer(hub, lambda: START)


async def test_several_sit_in_one_room(hub: FakeHub, server: MemoryServer) -> None:
    host, jun, min_a = Watch(server, PRESIDE), Watch(server, ENTER), Watch(server, ENTER)
    for one in (host, jun, min_a):
        assert (await one.change()).link == "connected"
    assert jun.link.seat.welcome != min_a.link.seat.welcome
    host.link.send(wire.Act(do="next", moves=0))
    assert host.link.seat.asked is None  # nobody is called back while they speak
    for one in (host, jun, min_a):
        seat = await one.change()
        assert (seat.asked, seat.timer.ends_at) == (asked(), 160.0)
    jun.link.send(VOTE)
    assert (await jun.change()).is_answered
    assert len(min_a.shown) == 2
    for one in (host, jun, min_a):
        one.link.close()
        assert (await one.end()).link == "over"
    assert hub.left == hub.peers
    assert hub.heard.count(wire.Leave()) == 2  # a host says nothing


async def test_who_is_sent_away_is_told_why(hub: FakeHub, server: MemoryServer) -> None:
    jun = Watch(server, ENTER)
    await jun.change()
    jun.link.send(wire.DoKick(player="p1"))
    seat = await jun.end()
    assert (seat.link, seat.refused) == ("over", refused("kicked", final=True))
    jun.link.send(VOTE)
    jun.link.close()
    assert hub.heard[-1] == wire.DoKick(player="p1")
    assert hub.left == hub.peers


async def test_what_a_screen_could_not_show_is_refused_here_too(server: MemoryServer) -> None:
    jun = Watch(server, ENTER)
    await jun.change()
    jun.link.send(wire.AskReport())
    with pytest.raises(BadFrame):
        await jun.end()


async def test_a_link_that_was_closed_before_it_ran_never_enters(
    hub: FakeHub, server: MemoryServer
) -> None:
    link = server.link(ENTER)
    link.send(VOTE)
    link.close()
    await link.run()
    assert link.seat.link == "over"
    assert hub.heard == []


async def test_who_is_cancelled_is_gone(hub: FakeHub, server: MemoryServer) -> None:
    jun = Watch(server, ENTER)
    await jun.change()
    jun.running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await jun.running
    assert hub.left == hub.peers


async def test_the_rooms_are_woken_when_it_is_time(hub: FakeHub) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    hub.clock = lambda: START + timedelta(seconds=loop.time() - began)
    server = MemoryServer(hub, hub.clock)
    running = asyncio.ensure_future(server.run())
    jun = Watch(server, ENTER)
    await jun.change()
    hub.next_wake = hub.clock() + timedelta(seconds=0.02)
    jun.link.send(VOTE)  # whoever speaks may have changed when it is time
    await asyncio.wait_for(hub.woken.wait(), PATIENCE)
    assert hub.clock() >= START + timedelta(seconds=0.02)
    running.cancel()
    jun.link.close()
    await jun.end()


@pytest.mark.parametrize("turns", range(5))
async def test_an_end_that_comes_with_news_is_not_lost(
    hub: FakeHub, server: MemoryServer, turns: int
) -> None:
    hub.next_wake = START + timedelta(hours=1)
    running = asyncio.ensure_future(server.run())
    await asyncio.sleep(0)
    server.nudge()
    for _ in range(turns):
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running}, timeout=0.2)  # the loop goes on if it has missed it
    was_heard = running.cancelled()
    running.cancel()
    assert was_heard
