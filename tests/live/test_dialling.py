"""Reaching a server, opening a room on it, or being told why not."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path
from socket import gaierror

import pytest

from tests.live.client_at import player
from tests.live.fake_server import FakeServer, Identity, fake_server
from tests.live.frames import CODE, TOKEN, said, welcome
from tutor.errors import TutorError
from tutor.live import wire
from tutor.live.client import open_remote_room
from tutor.live.dialling import trouble, trust
from tutor.live.where import Where
from tutor.session.room.settings import RoomSettings

OPENING = wire.Open(
    title=said(), settings=RoomSettings(), seed=1,
    plan=(wire.PlannedQuestion(question={"id": "a"}, seed=1),),
)  # fmt: skip


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("OPENSSL IS MISSING, so no test speaks TLS to a client: install it")
    return Identity.made_in(tmp_path_factory.mktemp("identity"), openssl)


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


async def test_a_certificate_is_checked_and_one_of_our_own_can_be_named(
    tmp_path: Path, identity: Identity
) -> None:
    async with fake_server(identity=identity) as server:
        assert server.where.socket.startswith("wss://")
        with pytest.raises(TutorError, match="is not trusted"):
            await open_remote_room(server.where, OPENING, trusted=trust(server.where))
        trusted = trust(server.where, identity.certificate)
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
        with pytest.raises(TutorError, match="not take an encrypted connection"):
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
