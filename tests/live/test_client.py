"""A seat on a server that comes and goes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from socket import gaierror

import pytest

from tests.live.fake_server import CERTIFICATE, PATIENCE, FakeServer, Visit, fake_server
from tests.live.frames import CODE, FRAMES, TOKEN, asked, said, welcome, yours
from tutor.errors import TutorError
from tutor.live import wire
from tutor.live.client import RoomClient, open_remote_room
from tutor.live.dialling import trouble, trust
from tutor.live.incoming import MOST_BYTES, from_server
from tutor.live.seat import Seat
from tutor.live.where import Where
from tutor.session.room.settings import RoomSettings

ENTER = wire.Enter(code=CODE, name="Jun")
VOTE = wire.Vote(round=1, ballot=1, text="42", sure=2, reason="half of 84")


@dataclass
class Player:
    """A client that runs, and what it has shown."""

    client: RoomClient
    rests: list[float]
    shown: list[Seat] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    running: asyncio.Future[None] | None = None

    def see(self, seat: Seat) -> None:
        self.shown.append(seat)
        self.changed.set()

    async def until(self, holds: Callable[[Seat], object]) -> Seat:
        async with asyncio.timeout(PATIENCE):
            while not holds(self.client.seat):
                self.changed.clear()
                await self.changed.wait()
        return self.client.seat

    async def end(self) -> Seat:
        """Wait until `run` has returned."""
        assert self.running is not None
        await asyncio.wait_for(self.running, PATIENCE)
        return self.client.seat


@asynccontextmanager
async def player(
    server: FakeServer, hello: wire.Enter | wire.Preside = ENTER
) -> AsyncIterator[Player]:
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    client = RoomClient(server.where, hello, jitter=lambda: 1.0, clock=lambda: 100.0, rest=rest)
    seen = Player(client, rests)
    client.on_change = seen.see
    seen.running = asyncio.ensure_future(client.run())
    try:
        yield seen
    finally:
        client.close()
        await seen.end()


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


HOSTILE = {
    "not JSON": "hello",
    "binary": b'{"t":"ended"}',
    "unknown frame": '{"t":"run"}',
    "unknown key": '{"t":"ended","run":"rm"}',
    "escape": {"t": "notes", "round": 1, "ticks": [], "conclusion": "\x1b]52;c;aGk=\x07"},
    "escape, raw": '{"t":"notes","round":1,"ticks":[],"conclusion":"\x1b[31m"}',
    "return": {"t": "notes", "round": 1, "ticks": [], "conclusion": "over\rwritten"},
    "half a pair": '{"t":"notes","round":1,"ticks":[],"conclusion":"\\ud83d"}',
    "bidi, raw": '{"t":"notes","round":1,"ticks":[],"conclusion":"\u202ereversed"}',
    "bidi": {"t": "notes", "round": 1, "ticks": [], "conclusion": "\u202ereversed"},
    "escape in a report": {"t": "report", "report": {"a": [{"b\x1b": 1}]}},
    "escape in a question": asked().model_dump(mode="json") | {"face": {"kind": "numeric", "prompt": "\x9b31m"}},
    "bad maths in a question": asked().model_dump(mode="json") | {"face": {"kind": "numeric", "prompt": "$\\evil{x}$"}},
    "no number": '{"t":"report","report":{"a":NaN}}',
    "a number without end": '{"t":"report","report":{"a":1e999}}',
    "too deep": '{"t":"report","report":' + '{"a":' * 5000 + "1" + "}" * 5001,
    "deep": '{"t":"report","report":' + '{"a":' * 50 + "1" + "}" * 51,
    "a digit too many": '{"t":"report","report":{"a":' + "9" * 5000 + "}}",
    "too large": '{"t":"report","report":{"a":"' + "a" * MOST_BYTES + '"}}',
    "bad token": welcome().model_dump(mode="json") | {"token": "\x1b" * 24},
}  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_what_is_no_frame_ends_it_with_a_clear_message(hostile: object) -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await server.visit()
        await visit.hear()
        await visit.say(welcome(), hostile)  # type: ignore[arg-type] - a table of what no server sends
        assert await visit.gone() in {1002, 1009}
        seat = await jun.end()
        assert seat.link == "over"
        assert "is not understood" in str(seat.trouble)
        assert jun.rests == []
        assert {frame.scene for frame in jun.shown} == {None}


def test_every_frame_arrives_as_it_was_sent() -> None:
    for frame in FRAMES.values():
        assert from_server(frame.model_dump_json()) == frame


@pytest.mark.parametrize("is_escaped", [True, False])
def test_what_is_shown_is_in_nfc(is_escaped: bool) -> None:
    conclusion = "\u1112\u1161\u11ab \\u e\u0301"
    notes = {"t": "notes", "round": 1, "ticks": [], "conclusion": conclusion}
    frame = from_server(json.dumps(notes, ensure_ascii=is_escaped))
    assert frame == wire.Notes(round=1, ticks=(), conclusion="한 \\u é")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "refuses with HTTP status 404"),
        (b"HTTP/1.1 200 \x1b[31m\r\nContent-Length: 0\r\n\r\n", "is no tutor server"),
        (b"SSH-2.0-OpenSSH_9\r\n", "is no tutor server"),
        (b"", "is no tutor server"),
    ],
)
async def test_what_is_no_tutor_server_is_told_apart(answer: bytes, says: str) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as server:
        where = Where("127.0.0.1", server.sockets[0].getsockname()[1])
        async with player(FakeServer(where, asyncio.Queue())) as jun:
            seat = await jun.until(lambda seat: seat.trouble)
            assert says in str(seat.trouble)
            assert str(seat.trouble).isprintable()


async def test_a_certificate_is_checked_and_one_of_our_own_can_be_named(tmp_path: Path) -> None:
    async with fake_server(is_secure=True) as server:
        assert server.where.socket.startswith("wss://")
        with pytest.raises(TutorError, match="is not trusted"):
            await open_remote_room(server.where, OPENING, trusted=trust(server.where))
        trusted = trust(server.where, CERTIFICATE)
        opening = asyncio.ensure_future(open_remote_room(server.where, OPENING, trusted=trusted))
        visit = await server.visit()
        await visit.hear()
        await visit.say(welcome(player=None))
        assert await opening == (CODE, TOKEN)
        await visit.gone()
        assert trust(replace(server.where, secure=False), tmp_path) is None
        for wrong in (tmp_path / "none.pem", Path(__file__)):
            with pytest.raises(TutorError, match="no certificates"):
                trust(server.where, wrong)


async def test_a_server_without_encryption_is_told_apart() -> None:
    async with fake_server() as server:
        where = replace(server.where, secure=True)
        with pytest.raises(TutorError, match="no encrypted connection"):
            await open_remote_room(where, OPENING, trusted=trust(where))


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (gaierror(-2, "unknown"), "No machine is known as a.example."),
        (TimeoutError(), "does not answer"),
        (OSError(101, "unreachable"), "There is no way to a.example"),
        (ImportError("python-socks"), "There is no way to a.example"),
    ],
)
def test_why_there_is_no_connection(error: Exception, says: str) -> None:
    assert says in str(trouble(error, Where("a.example", 8765)))


OPENING = wire.Open(
    title=said(), settings=RoomSettings(), seed=1,
    plan=(wire.PlannedQuestion(question={"id": "a"}, seed=1),),
)  # fmt: skip


async def test_a_room_is_opened_on_a_server() -> None:
    async with fake_server() as server:
        opening = asyncio.ensure_future(open_remote_room(server.where, OPENING))
        visit = await server.visit()
        assert await visit.hear() == OPENING
        request = visit.connection.request
        assert request is not None
        assert request.path == "/live/host"  # the one on which a whole plan fits
        await visit.say(welcome(player=None))
        assert await opening == (CODE, TOKEN)
        await visit.gone()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (wire.Refused(why="wrong-key", message=said("The key is another.")), "The key is another."),
        ("\x1b", "is not understood"),
        (None, "is not understood"),
    ],
)
async def test_a_room_that_cannot_be_opened_says_why(
    answer: wire.Refused | str | None, says: str
) -> None:
    async with fake_server() as server:
        opening = asyncio.ensure_future(open_remote_room(server.where, OPENING))
        visit = await server.visit()
        await visit.hear()
        if answer is not None:
            await visit.say(answer)
        await visit.end()
        with pytest.raises(TutorError, match=says):
            await opening
    with pytest.raises(TutorError, match="Nothing listens"):
        await open_remote_room(server.where, OPENING)
