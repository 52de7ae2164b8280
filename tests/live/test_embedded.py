"""The server in a thread, as a host's terminal runs it."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from http.client import HTTPConnection
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect

from tests.live.venue import plan_of, say
from tutor.errors import TutorError
from tutor.live.code import PORT, read
from tutor.live.embedded import EmbeddedServer
from tutor.live.limits import Limits

LOOPBACK = IPv4Address("127.0.0.1")


def serving(folder: Path, **more: Any) -> EmbeddedServer:
    return EmbeddedServer(folder, say, bind="127.0.0.1", address=LOOPBACK, **more)


def preside(port: int, code: str, token: str) -> str:
    """Take the host's seat; return the first frame's kind."""

    async def talk() -> str:
        async with connect(f"ws://127.0.0.1:{port}/live/host", compression=None) as host:
            await host.send(json.dumps({"t": "preside", "v": 1, "code": code, "token": token}))
            async with asyncio.timeout(10):
                kind: str = json.loads(await host.recv())["t"]
                return kind

    return asyncio.run(talk())


def test_a_room_is_opened_resumed_and_its_code_leads_to_the_server(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        code, token = server.open_room(plan_of(), 1)
        said = read(code)
        assert server.port in range(PORT, PORT + 8)
        assert (said.address, said.port) == (LOOPBACK, server.port)
        assert preside(server.port, code, token) == "welcome"
        port = server.port
    assert not [thread for thread in threading.enumerate() if thread.name == "tutor-live"]
    with serving(tmp_path, port=port) as server:
        assert server.resume(code)
        assert not server.resume(code)
        assert preside(port, code, token) == "welcome"


def test_the_next_port_is_taken_where_one_is_in_use(tmp_path: Path) -> None:
    with serving(tmp_path / "a") as first, serving(tmp_path / "b") as second:
        assert first.port != second.port
        connection = HTTPConnection("127.0.0.1", second.port)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()


def test_a_port_that_is_wanted_and_in_use_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(TutorError, match=str(port)), serving(tmp_path, port=port):
            pass


def test_an_address_that_is_not_this_machines_is_said(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path, say, bind="192.0.2.1")
    with pytest.raises(TutorError, match=r"192\.0\.2\.1"), server:
        pass


def test_a_room_that_has_no_place_is_said(tmp_path: Path) -> None:
    with serving(tmp_path, limits=Limits(rooms=1)) as server:
        server.open_room(plan_of(), 1)
        with pytest.raises(TutorError, match="no place"):
            server.open_room(plan_of(), 1)
