"""The server on loopback, where the socket is what matters."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.kinds.questions import choice
from tests.live.venue import plan_of, say
from tutor.live.clock import steady_clock
from tutor.live.code import encode
from tutor.live.hub import Hub
from tutor.live.journals import Journals
from tutor.live.limits import Limits
from tutor.live.server import Doors, LiveServer
from tutor.live.site import policy
from tutor.live.sockets import Sockets
from tutor.session.room.settings import RoomSettings

pytestmark = pytest.mark.asyncio(loop_scope="module")
PLAN = plan_of([choice(shuffle=False), choice(id="t.second")], RoomSettings(lock_when_all=False))
PATIENCE = 10.0


class Running:
    """A server that listens, and ways to talk to it."""

    def __init__(self, hub: Hub, server: LiveServer, port: int) -> None:
        self.hub, self.server, self.port = hub, server, port

    def dial(self, path: str = "/live", **more: Any) -> connect:
        return connect(f"ws://127.0.0.1:{self.port}{path}", compression=None, **more)

    async def request(self, head: str) -> tuple[int, dict[str, str], bytes]:
        """Send a request as it is; return status, headers and body."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(head.encode("latin-1"))
        whole = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        top, _, body = whole.partition(b"\r\n\r\n")
        first, *lines = top.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        return int(first.split()[1]), headers, body

    async def get(
        self, path: str, host: str = "", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        host = host or f"127.0.0.1:{self.port}"
        return await self.request(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n")


async def started(folder: Path, limits: Limits, **doors: Any) -> Running:
    clock = steady_clock()
    hub = Hub(
        Journals(folder),
        clock,
        token_bytes,
        say,
        limits,
        new_code=lambda: encode(None, 0, int.from_bytes(token_bytes(5))),
        outlet=Sockets(),
    )
    server = LiveServer(hub, clock, Doors("127.0.0.1", 0, **doors))
    return Running(hub, server, await server.start())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    found = await started(
        tmp_path_factory.mktemp("rooms"),
        replace(Limits(), write_buffer=65_536, connections_per_address=300),
        names=("myhost",),
        origins=("https://quiz.example.org",),
    )
    yield found
    await found.server.stop()


async def told(connection: ClientConnection, kind: str) -> dict[str, Any]:
    """Return the next frame of a kind."""
    async with asyncio.timeout(PATIENCE):
        while True:
            frame: dict[str, Any] = json.loads(await connection.recv())
            if frame["t"] == kind:
                return frame


async def say_to(connection: ClientConnection, **frame: Any) -> None:
    await connection.send(json.dumps(frame))


async def enter(stack: AsyncExitStack, running: Running, code: str, name: str) -> ClientConnection:
    connection = await stack.enter_async_context(running.dial(open_timeout=PATIENCE))
    await say_to(connection, t="enter", v=1, code=code, name=name)
    await told(connection, "welcome")
    return connection


@pytest.mark.parametrize("path", ["/", "/KQ7M2XPD", "/kq7m-2xpd", "/?lang=ko"])
async def test_the_page_is_served_at_the_root_and_at_a_code(running: Running, path: str) -> None:
    status, headers, body = await running.get(path)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body.lower().startswith(b"<!doctype html>")
    assert headers["content-security-policy"] == policy(f"127.0.0.1:{running.port}").lower()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "kind"), [("/app.js", "text/javascript"), ("/style.css", "text/css")]
)
async def test_script_and_style_are_served(running: Running, path: str, kind: str) -> None:
    status, headers, _ = await running.get(path)
    assert (status, headers["content-type"].partition(";")[0]) == (200, kind)


TRAVERSAL = [
    "/../pyproject.toml",
    "/page/../../cli/serve.py",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/....//etc/passwd",
    "//etc/passwd",
    "/app.js/../index.html",
    "/app.js%00.css",
    "/index.html",
    "/APP.JS",
    "/live/../app.js",
    "/static/app.js",
    "/hub.py",
    "/KQ7M2XPD/app.js",
    "/\\..\\..\\windows\\win.ini",
    "/" + "A" * 4000,
    "http://127.0.0.1/app.js",
]


@pytest.mark.parametrize("path", TRAVERSAL)
async def test_no_path_leads_out_of_the_page(running: Running, path: str) -> None:
    status, headers, body = await running.get(path)
    assert (status, body) == (404, b"Not found.\n")
    assert headers["content-security-policy"] == policy(f"127.0.0.1:{running.port}").lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"])
async def test_only_get_is_answered(running: Running, method: str) -> None:
    status, headers, _ = await running.request(f"{method} / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (status, headers["allow"]) == (405, "get")


async def test_what_is_no_http_gets_no_page(running: Running) -> None:
    for head in ("\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
        writer.write(head.encode("latin-1"))
        assert b"doctype" not in await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()


# Who may connect -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:1", 200),
        ("[::1]:8765", 200),
        ("192.168.0.12:8765", 200),
        ("localhost", 200),
        ("myhost:8765", 200),
        ("MYHOST.", 200),
        ("quiz.example.org", 200),
        ("evil.example.org", 403),
        ("127.0.0.1.evil.org", 403),
        ("evil.org:8765", 403),
        ("user@127.0.0.1", 403),
        ("127.0.0.1\r\nHost: evil.org", 403),
    ],
)
async def test_only_names_of_this_server_are_answered(
    running: Running, host: str, status: int
) -> None:
    assert (await running.get("/", host))[0] == status


async def test_a_request_without_host_is_not_answered(running: Running) -> None:
    assert (await running.request("GET / HTTP/1.1\r\n\r\n"))[0] == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example.org",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "null",
        "",
        "file://",
        "https://127.0.0.1:{port}.evil.org",
        "http://user@127.0.0.1:{port}",
        "http://localhost:{port}",
        "https://quiz.example.org.evil.org",
        "http://quiz.example.org",
        "https://quiz.example.org:444",
    ],
)
@pytest.mark.parametrize("path", ["/live", "/live/host"])
async def test_a_page_from_elsewhere_opens_no_socket(
    running: Running, origin: str, path: str
) -> None:
    headers = {"Origin": origin.format(port=running.port)}
    with pytest.raises(InvalidStatus) as refused:
        async with running.dial(path, additional_headers=headers):
            pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["http://127.0.0.1:{port}", "https://quiz.example.org"])
async def test_the_own_page_opens_a_socket(running: Running, origin: str) -> None:
    headers = {"Origin": origin.format(port=running.port)}
    async with running.dial(additional_headers=headers) as connection:
        await say_to(connection, t="enter", v=1, code="00000000", name="x")
        assert (await told(connection, "refused"))["why"] == "no-room"


async def test_a_socket_is_opened_nowhere_else(running: Running) -> None:
    for path in ("/", "/live/", "/live/host/x", "/KQ7M2XPD"):
        with pytest.raises(InvalidStatus):
            async with running.dial(path):
                pass


# Frames ----------------------------------------------------------------------------------------


async def test_a_players_connection_takes_no_large_frame(running: Running) -> None:
    async with running.dial() as connection:
        await connection.send("x" * 16_385)
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(connection.recv(), PATIENCE)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


async def test_a_host_opens_a_room_with_a_large_plan(running: Running) -> None:
    question = choice().model_dump(mode="json", by_alias=True, exclude_unset=True)
    plan = [{"question": question | {"explain": "So. " * 4000}, "seed": n} for n in range(8)]
    async with running.dial("/live/host") as host:
        await say_to(host, t="open", v=1, title="T", settings={}, plan=plan, seed=1)
        assert (await told(host, "lobby"))["of"] == 8


async def test_a_final_refusal_is_read_before_the_end(running: Running) -> None:
    async with running.dial() as connection:
        await say_to(connection, t="enter", v=1, code="00000000", name="x")
        assert (await told(connection, "refused"))["is_final"]
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(connection.recv(), PATIENCE)


async def test_binary_frames_end_the_connection(running: Running) -> None:
    async with running.dial() as connection:
        await connection.send(b'{"t":"leave"}')
        assert (await told(connection, "refused"))["why"] == "malformed"
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(connection.recv(), PATIENCE)


async def test_two_hundred_players_are_asked(running: Running) -> None:
    code, token = running.hub.open_room(PLAN, 1)
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(running.dial("/live/host"))
        await say_to(host, t="preside", v=1, code=code, token=token)
        await told(host, "panel")
        players = await asyncio.gather(
            *(enter(stack, running, code, f"player {n}") for n in range(200))
        )
        await say_to(host, t="act", do="next", moves=0)
        asked = await asyncio.gather(*(told(player, "asked") for player in players))
        assert len({json.dumps(frame["face"]) for frame in asked}) == 1
        for number, player in enumerate(players):
            await say_to(player, t="vote", round=1, ballot=1, text=str(1 + number % 3))
        yours = await asyncio.gather(*(told(player, "yours") for player in players))
        assert [frame["text"] for frame in yours[:4]] == ["1", "2", "3", "1"]
        while (panel := await told(host, "panel"))["answered"] < 200:
            pass
        assert (panel["count"], panel["waiting"]) == (200, 0)


async def test_who_only_knocks_does_not_keep_a_server_from_ending(tmp_path: Path) -> None:
    running = await started(tmp_path, Limits())
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    await running.get("/")  # by when the other has been accepted; browsers knock ahead like this
    await asyncio.wait_for(running.server.stop(), PATIENCE)
    assert await reader.read() == b""
    writer.close()


async def test_a_client_that_stops_reading_is_dropped_and_the_others_are_not(
    running: Running,
) -> None:
    code, token = running.hub.open_room(PLAN, 1)
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(running.dial("/live/host"))
        await say_to(host, t="preside", v=1, code=code, token=token)
        reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
        writer.write(
            f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        frame = json.dumps({"t": "enter", "v": 1, "code": code, "name": "deaf"}).encode()
        writer.write(bytes([0x81, 0x80 | len(frame), 0, 0, 0, 0]) + frame)
        await reader.readexactly(2)
        writer.transport.pause_reading()
        live = running.hub.rooms[code]
        mina = await enter(stack, running, code, "mina")
        for _ in range(600):  # it ends when what waits for the deaf one is too much
            if not live.room.players["p1"].connected:
                break
            live.send_to("p1", live._view(running.hub._clock()).lobby())
            for _ in range(200):
                live.send_to("p1", live._view(running.hub._clock()).welcome("p1", "x" * 32))
            await asyncio.sleep(0)
        assert not live.room.players["p1"].connected
        await say_to(host, t="act", do="next", moves=0)
        assert (await told(mina, "asked"))["round"] == 1
        writer.close()


async def test_one_address_has_so_many_connections_and_no_more(running: Running) -> None:
    few = replace(running.hub.limits, connections_per_address=3)
    async with AsyncExitStack() as stack:
        folder = running.hub._journals.folder / "few"
        other = await started(folder, few)
        stack.push_async_callback(other.server.stop)
        for _ in range(3):
            await stack.enter_async_context(other.dial())
        with pytest.raises(InvalidStatus) as refused:
            async with other.dial():
                pass
        assert refused.value.response.status_code == 429


async def test_behind_a_proxy_clients_are_told_apart_by_what_it_says(tmp_path: Path) -> None:
    few = replace(Limits(), connections_per_address=1)
    async with AsyncExitStack() as stack:
        proxied = await started(tmp_path, few, behind_proxy=True)
        stack.push_async_callback(proxied.server.stop)
        for client in ("203.0.113.1", "6.6.6.6, 203.0.113.2", "2001:db8::1"):
            headers = {"X-Forwarded-For": client}
            await stack.enter_async_context(proxied.dial(additional_headers=headers))
        # what a client itself puts first does not count, nor another address in its own network
        for client in ("6.6.6.7, 203.0.113.1", "2001:db8::2"):
            with pytest.raises(InvalidStatus):
                async with proxied.dial(additional_headers={"X-Forwarded-For": client}):
                    pass


async def test_a_stopped_server_lets_go_and_its_rooms_go_on(tmp_path: Path) -> None:
    first = await started(tmp_path, Limits())
    code, _ = first.hub.open_room(PLAN, 1)
    async with first.dial() as connection:
        await say_to(connection, t="enter", v=1, code=code, name="mina")
        token = (await told(connection, "welcome"))["token"]
        await first.server.stop()
        await asyncio.wait_for(connection.wait_closed(), PATIENCE)
        assert connection.close_code == 1012  # come back
    second = await started(tmp_path, Limits())
    assert second.hub.resume() == (code,)
    async with second.dial() as connection:
        await say_to(connection, t="enter", v=1, code=code, token=token)
        assert (await told(connection, "welcome"))["name"] == "mina"
    await second.server.stop()


async def test_one_address_has_few_connections_over_which_a_plan_fits(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        other = await started(tmp_path, replace(Limits(), hosts_per_address=2))
        stack.push_async_callback(other.server.stop)
        for _ in range(2):
            await stack.enter_async_context(other.dial("/live/host"))
        with pytest.raises(InvalidStatus) as refused:
            async with other.dial("/live/host"):
                pass
        assert refused.value.response.status_code == 429
        await stack.enter_async_context(other.dial())  # players come in all the same
