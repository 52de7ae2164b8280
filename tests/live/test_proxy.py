"""The nginx configuration of the guide for hosts, run as it stands there before a real server.

Only ports, paths and the certificate are others. The names are those of the guide, and mean this
machine while the tests run; clients have different addresses of the loopback network.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from tests.live.proxied import (
    CONNECTIONS,
    NGINX,
    OPENSSL,
    OWN,
    PATIENCE,
    SHARED,
    TRIES,
    Proxied,
    Service,
    at_home,
    listening,
    make_certificate,
    nginx,
)
from tutor.live import wire
from tutor.live.client import RoomClient
from tutor.live.seat import Seat
from tutor.live.site import policy
from tutor.live.where import Where

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        NGINX is None or OPENSSL is None,
        reason="NO PROXY: nginx or openssl is missing, so the configuration of docs/hosting.md is "
        "not tested (apt-get install nginx-light openssl)",
    ),
]


class Player:
    """A client that runs, as a terminal runs it."""

    def __init__(self, proxied: Proxied, room: Where, name: str) -> None:
        self.may_return = asyncio.Event()
        self._changed = asyncio.Event()
        assert room.code is not None
        enter = wire.Enter(code=room.code, name=name)
        self.client = RoomClient(room, enter, trusted=proxied.trusted, rest=self._rest)
        self.client.on_change = lambda _: self._changed.set()

    async def _rest(self, _: float) -> None:
        await self.may_return.wait()

    async def until(self, holds: Callable[[Seat], object]) -> Seat:
        async with asyncio.timeout(PATIENCE):
            while not holds(self.client.seat):
                self._changed.clear()
                await self._changed.wait()
        return self.client.seat


@asynccontextmanager
async def player(proxied: Proxied, room: Where, name: str) -> AsyncIterator[Player]:
    seated = Player(proxied, room, name)
    running = asyncio.ensure_future(seated.client.run())
    try:
        await seated.until(lambda seat: seat.welcome and seat.scene)
        yield seated
    finally:
        seated.client.close()
        await asyncio.wait_for(running, PATIENCE)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proxied(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Proxied]:
    folder = tmp_path_factory.mktemp("proxy")
    make_certificate(folder)
    with listening() as front, pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", at_home(socket.getaddrinfo))
        patch.setenv("no_proxy", "*")  # else a proxy of this machine's user comes between
        service = Service(folder / "rooms")
        found = Proxied(service, folder, front.getsockname()[1])
        await service.start(found.origins)
        with nginx(folder, front, service.port):
            yield found
        await service.stop()


async def test_a_room_at_a_host_of_its_own_and_one_at_a_path(proxied: Proxied) -> None:
    for server, page in (
        (proxied.where(), f"https://{OWN}:{proxied.port}/"),
        (proxied.shared, f"https://{SHARED}:{proxied.port}/tutor/"),
    ):
        room = await proxied.open(server)
        assert room.page == page + (room.code or "")
        async with player(proxied, room, "민아") as mina:
            seat = mina.client.seat
            assert isinstance(seat.scene, wire.Lobby)
            assert seat.scene.of == 2
            assert seat.scene.names == ("민아",)


async def test_without_the_authority_nobody_is_trusted(proxied: Proxied) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        await connect(proxied.where().socket, proxy=None, ssl=ssl.create_default_context())


@pytest.mark.parametrize(("host", "path"), [(OWN, "/"), (SHARED, "/tutor/")])
async def test_the_page_is_served(proxied: Proxied, host: str, path: str) -> None:
    allowed = policy(f"{host}:{proxied.port}")  # the name that browsers know, not ours
    for address in (path, f"{path}KQ7M-2XPD"):
        status, headers, body = await proxied.get(address, host)
        assert status == 200
        assert headers["content-security-policy"] == allowed.lower()
        assert b'<script type="module" src="app.js">' in body
    scripts = {"app.js"}
    asked: set[str] = set()
    while wanted := scripts - asked:
        for name in wanted:
            status, headers, body = await proxied.get(f"{path}{name}", host)
            assert (name, status) == (name, 200)
            assert headers["content-type"].startswith("text/javascript")
            scripts |= set(re.findall(r'from "\./(\w+\.js)"', body.decode()))
        asked |= wanted
    assert len(scripts) > 1
    assert (await proxied.get(f"{path}style.css", host))[0] == 200
    assert (await proxied.get(f"{path}other", host))[0] == 404


async def test_at_the_path_nothing_else_of_the_host_is_taken(proxied: Proxied) -> None:
    assert (await proxied.get("/app.js", SHARED))[0] == 404
    status, headers, _ = await proxied.get("/tutor", SHARED)  # as it is typed
    assert status == 301
    assert headers["location"] == f"https://{SHARED}:{proxied.port}/tutor/"


async def test_only_its_own_pages_may_connect(proxied: Proxied) -> None:
    for where in (proxied.where(), proxied.shared):
        origin = f"https://{where.host}:{proxied.port}"
        async with proxied.dial(where=where, origin=origin):
            pass
        for foreign in ("https://evil.example", f"http://{where.host}:1", "null"):
            with pytest.raises(InvalidStatus) as refused:
                await proxied.dial(where=where, origin=foreign)
            assert refused.value.response.status_code == 403
    # a name that was bound to this address a moment ago
    assert (await proxied.get("/", OWN, asked="evil.example"))[0] == 403
    assert (await proxied.get("/", OWN, asked=OWN))[0] == 200  # as browsers write port 443


async def test_codes_are_guessed_by_addresses_that_the_client_cannot_choose(
    proxied: Proxied,
) -> None:
    for _ in range(TRIES):
        assert await guess(proxied, "127.0.0.2") == "no-room"
    assert await guess(proxied, "127.0.0.2") == "too-fast"
    forged = {"X-Forwarded-For": "127.0.0.9"}
    assert await guess(proxied, "127.0.0.2", additional_headers=forged) == "too-fast"
    assert await guess(proxied, "127.0.0.3") == "no-room"


async def guess(proxied: Proxied, address: str, **more: Any) -> str:
    """Try to come into a room that is not there; return why it is refused."""
    async with proxied.dial(address, **more) as connection:
        await connection.send(wire.Enter(code="00000000", name="Eve").model_dump_json())
        refused = wire.FROM_SERVER.validate_json(await connection.recv())
        assert isinstance(refused, wire.Refused)
        return refused.why


async def test_connections_are_counted_by_address(proxied: Proxied) -> None:
    held: list[ClientConnection] = [
        await proxied.dial("127.0.0.4") for _ in range(CONNECTIONS)
    ]  # which do not say anything yet
    with pytest.raises(InvalidStatus) as refused:
        await proxied.dial("127.0.0.4")
    assert refused.value.response.status_code == 429
    async with proxied.dial("127.0.0.5"):
        pass
    for connection in held:
        await connection.close()


async def test_who_was_in_comes_back_after_the_server_was_restarted(proxied: Proxied) -> None:
    room = await proxied.open(proxied.shared)
    async with player(proxied, room, "Jun") as jun:
        before = jun.client.seat.welcome
        assert before is not None
        await proxied.service.stop()
        await jun.until(lambda seat: seat.link == "lost")
        await proxied.service.start(proxied.origins)
        jun.may_return.set()
        await jun.until(lambda seat: seat.link == "connected")
        after = jun.client.seat.welcome
        assert after is not None
        assert (after.player, after.name, after.token) == (before.player, "Jun", before.token)
