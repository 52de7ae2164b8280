"""A seat on a server that comes and goes."""

from __future__ import annotations

import asyncio

import pytest

from tests.live.client_at import ENTER, Player, player
from tests.live.fake_server import PATIENCE, FakeServer, Visit, fake_server
from tests.live.frames import CODE, TOKEN, asked, refused, said, welcome, yours
from tutor.live import wire
from tutor.live.client import RoomClient
from tutor.live.seat import Seat

VOTE = wire.Vote(round=1, ballot=1, text="42", sure=2, reason="half of 84")


async def test_who_enters_is_welcomed_and_shown_what_is_on() -> None:
    async with fake_server() as server, player(server) as jun:
        assert jun.client.seat == Seat()
        visit = await server.visit()
        assert await visit.hear() == ENTER
        await visit.say(welcome(), asked())
        seat = await jun.until(lambda seat: seat.asked)
        assert (seat.link, seat.scene) == ("connected", asked())
        assert seat.timer.ends_at == 160.0
        jun.client.send(VOTE)
        assert await visit.hear() == VOTE
        await visit.say(yours())
        assert (await jun.until(lambda seat: seat.yours)).is_answered
        assert len(jun.shown) == 3


async def test_who_closes_says_so_and_is_over() -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await server.visit()
        await visit.hear()
        await visit.say(welcome(), asked())
        await jun.until(lambda seat: seat.asked)
        jun.client.send(VOTE)
        jun.client.close()
        assert await visit.hear() == VOTE  # what was said before is not lost
        assert await visit.hear() == wire.Leave()
        assert await visit.gone() == 1000
        assert (await jun.end()).link == "over"
        jun.client.close()
        jun.client.send(VOTE)


async def test_a_host_goes_without_a_word_of_a_player() -> None:
    hello = wire.Preside(code=CODE, token=TOKEN)
    async with fake_server() as server, player(server, hello) as host:
        visit = await server.visit()
        assert await visit.hear() == hello
        await visit.say(welcome(player=None))
        await host.until(lambda seat: seat.welcome)
        act = wire.Act(do="next", moves=0)
        host.client.send(act)
        assert await visit.hear() == act
        host.client.close()
        assert await visit.gone() == 1000


async def test_who_is_dropped_comes_back_with_the_token() -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await server.visit()
        await visit.hear()
        await visit.say(welcome(), asked())
        await jun.until(lambda seat: seat.asked)
        await visit.drop()
        seat = await jun.until(lambda seat: seat.link == "lost")
        assert seat.asked == asked()  # what was known is still shown
        assert "is lost" in str(seat.trouble)
        back = await server.visit()
        assert await back.hear() == ENTER.model_copy(update={"token": TOKEN})
        await back.say(welcome(token="u" * 32))
        seat = await jun.until(lambda seat: seat.link == "connected")
        assert seat.trouble is None
        await back.end()  # a proper close is no reason to stay away
        assert "is lost" in str((await jun.until(lambda seat: seat.link == "lost")).trouble)
        again = await server.visit()
        assert await again.hear() == ENTER.model_copy(update={"token": "u" * 32})


async def test_a_server_that_says_nothing_does_not_answer() -> None:
    async with fake_server() as server, player(server, patience=0.01) as jun:
        visit = await server.visit()
        await visit.hear()
        assert "does not answer" in str((await jun.until(lambda seat: seat.trouble)).trouble)
        await visit.gone()
        back = await server.visit()  # it is tried again
        await back.drop()


async def test_attempts_become_rarer_up_to_five_seconds() -> None:
    async with fake_server() as server, player(server) as jun:
        for _ in range(8):
            visit = await server.visit()
            await visit.hear()
            await visit.drop()
        await server.visit()
        assert jun.rests == pytest.approx([0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5])
        assert jun.client.seat.link == "connecting"  # never welcomed
        assert jun.client.seat.trouble is not None


async def test_after_a_good_while_the_first_attempt_is_quick_again() -> None:
    now = 0.0
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds * 2)

    async with fake_server() as server:
        client = RoomClient(server.where, ENTER, jitter=lambda: 0.0, clock=lambda: now, rest=rest)
        running = asyncio.ensure_future(client.run())
        for _ in range(3):
            await (await server.visit()).drop()
        visit = await server.visit()
        now += 60
        await visit.drop()
        await server.visit()
        client.close()
        await running
        assert rests == pytest.approx([0.2, 0.4, 0.8, 0.2])


async def test_nobody_there_is_said_and_tried_again_until_closed() -> None:
    async with fake_server() as server:
        pass
    tried = asyncio.Event()
    held = asyncio.Event()

    async def rest(_seconds: float) -> None:
        tried.set()
        await held.wait()

    client = RoomClient(server.where, ENTER, rest=rest)
    running = asyncio.ensure_future(client.run())
    await asyncio.wait_for(tried.wait(), PATIENCE)
    assert client.seat.link == "connecting"
    assert str(client.seat.trouble) == f"Nothing listens at {server.where.place}."
    client.close()  # in the midst of a rest
    await asyncio.wait_for(running, PATIENCE)
    assert client.seat.link == "over"


async def test_run_that_is_cancelled_leaves_nothing_behind() -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await server.visit()
        await visit.hear()
        await visit.say(welcome())
        await jun.until(lambda seat: seat.welcome)
        assert jun.running is not None
        jun.running.cancel()
        await visit.gone()
        with pytest.raises(asyncio.CancelledError):
            await jun.running
        jun.running = asyncio.ensure_future(asyncio.sleep(0))


async def test_the_same_answer_is_heard_each_time() -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await server.visit()
        await visit.hear()
        await visit.say(welcome(), asked(), yours(), yours(), refused(), refused(), wire.Ended())
        await jun.until(lambda seat: seat.ended)
        votes = {id(seat.yours) for seat in jun.shown if seat.yours == yours()}
        refusals = {id(seat.refused) for seat in jun.shown if seat.refused == refused()}
        assert (len(votes), len(refusals)) == (2, 2)


async def test_a_final_refusal_is_final() -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await server.visit()
        await visit.hear()
        refused = wire.Refused(why="no-room", message=said(), is_final=True)
        await visit.say(refused)
        assert await visit.gone() == 1000
        seat = await jun.end()
        assert (seat.link, seat.refused) == ("over", refused)
        assert jun.rests == []


async def test_after_the_end_nobody_comes_back() -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await server.visit()
        await visit.hear()
        await visit.say(welcome(), wire.Ended())
        await jun.until(lambda seat: seat.ended)
        await visit.drop()
        assert (await jun.end()).link == "over"
        assert jun.rests == []


async def back_with(server: FakeServer, jun: Player, *frames: wire.FromServer) -> Visit:
    visit = await server.visit()
    assert isinstance(await visit.hear(), wire.Enter)
    await visit.say(welcome(), *frames)
    await jun.until(lambda seat: seat.link == "connected")
    return visit


async def test_a_vote_without_connection_is_sent_after_the_return_the_newest_alone() -> None:
    async with fake_server() as server, player(server) as jun:
        await (await back_with(server, jun, asked())).drop()
        await jun.until(lambda seat: seat.link == "lost")
        jun.client.send(VOTE.model_copy(update={"text": "41"}))
        jun.client.send(VOTE)
        jun.client.send(wire.AskReport())  # dropped
        visit = await back_with(server, jun, asked(), yours(text="40"))
        assert await visit.hear() == VOTE
        await visit.say(yours())
        await jun.until(lambda seat: seat.yours == yours())
        await visit.drop()
        visit = await back_with(server, jun, asked(), yours())
        jun.client.close()
        assert await visit.hear() == wire.Leave()  # it is known to have arrived


async def test_a_vote_that_was_never_confirmed_is_sent_again() -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await back_with(server, jun, asked())
        await jun.until(lambda seat: seat.asked)
        jun.client.send(VOTE)
        assert await visit.hear() == VOTE
        await visit.drop()
        visit = await back_with(server, jun, asked())
        assert await visit.hear() == VOTE
        refused = wire.Refused(why="closed", message=said())
        await visit.say(refused)
        assert (await jun.until(lambda seat: seat.refused)).link == "connected"
        await visit.drop()
        visit = await back_with(server, jun, asked())
        jun.client.close()
        assert await visit.hear() == wire.Leave()  # refused once is enough


@pytest.mark.parametrize(
    "frames",
    [
        [asked(), wire.Locked(round=1, ballot=1)],
        [asked(round=2)],
        [asked(ballot=2), yours(ballot=1)],
        [wire.Lobby(count=1, names=("Jun",), is_open=True, of=3)],
    ],
    ids=["locked", "next question", "second vote", "lobby"],
)
async def test_a_vote_that_is_closed_meanwhile_is_not_sent(frames: list[wire.FromServer]) -> None:
    async with fake_server() as server, player(server) as jun:
        await (await back_with(server, jun, asked())).drop()
        await jun.until(lambda seat: seat.link == "lost")
        jun.client.send(VOTE)
        visit = await back_with(server, jun, *frames)
        await jun.until(
            lambda seat: (
                seat.scene == (frames[-1] if not isinstance(frames[-1], wire.Yours) else frames[0])
            )
        )
        await (await visit.connection.ping())  # the client's own question has gone out before
        jun.client.close()
        assert await visit.hear() == wire.Leave()


async def test_a_vote_waits_for_the_end_of_a_pause() -> None:
    async with fake_server() as server, player(server) as jun:
        await (await back_with(server, jun, asked())).drop()
        await jun.until(lambda seat: seat.link == "lost")
        jun.client.send(VOTE)
        visit = await back_with(server, jun, asked(paused=True))
        await jun.until(lambda seat: seat.timer.is_paused)
        await (await visit.connection.ping())
        await visit.say(wire.Clock(remaining_ms=5000, is_paused=False))
        assert await visit.hear() == VOTE
        await visit.say(wire.Clock(remaining_ms=9000, is_paused=False))
        await jun.until(lambda seat: seat.timer.left_ms == 9000)
        jun.client.close()
        assert await visit.hear() == wire.Leave()  # sent once
