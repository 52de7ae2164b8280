"""`tutor serve`, without a process of its own."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from websockets.asyncio.client import connect

from tests.live.venue import plan_of, say
from tutor.cli.command_line import tutor
from tutor.cli.serve import read_key
from tutor.errors import TutorError
from tutor.kinds.written import written
from tutor.live.hub import Hub
from tutor.live.limits import Limits
from tutor.live.server import Doors
from tutor.live.standalone import StandaloneServer
from tutor.text.words import Words


def test_the_key_is_a_files_or_the_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TUTOR_KEY", raising=False)
    assert read_key(None) is None
    monkeypatch.setenv("TUTOR_KEY", "from outside")
    assert read_key(None) == "from outside"
    (tmp_path / "key").write_text("  in a file\n")
    assert read_key(tmp_path / "key") == "in a file"


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_a_key_that_cannot_be_read_opens_no_server(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    with pytest.raises(TutorError):
        read_key(tmp_path / "key")


@pytest.mark.parametrize("origin", ["quiz.example.org", "ftp://x", "https://", "https://a:b"])
def test_an_origin_that_is_none_is_a_usage_error(origin: str) -> None:
    ran = CliRunner().invoke(tutor, ["serve", "--origin", origin])
    assert isinstance(ran.exception, TutorError)
    assert origin in str(ran.exception)


async def test_the_log_has_a_line_for_each_room_and_no_secrets(tmp_path: Path) -> None:
    said: list[str] = []
    code, token = "", ""

    async def visit(port: int) -> None:
        nonlocal code, token
        planned = plan_of().questions
        plan = [{"question": written(one.question), "seed": one.seed} for one in planned]
        async with connect(f"ws://127.0.0.1:{port}/live/host", compression=None) as host:
            frame = {"t": "open", "v": 1, "title": "T", "settings": {}, "plan": plan, "seed": 1}
            await host.send(json.dumps(frame | {"key": "sesame"}))
            welcome = json.loads(await host.recv())
            code, token = welcome["code"], welcome["token"]
            async with connect(f"ws://127.0.0.1:{port}/live", compression=None) as mina:
                await mina.send(json.dumps({"t": "enter", "v": 1, "code": code, "name": "mina"}))
                assert json.loads(await mina.recv())["t"] == "welcome"

    async def serve() -> None:
        ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        end = asyncio.Event()

        def tell(words: Words) -> None:
            said.append(say("en", words))
            if said[-1].startswith("Listening"):
                ready.set_result(int(said[-1].rpartition("port ")[2].rstrip(".")))

        doors = Doors("127.0.0.1", 0)
        server = StandaloneServer(tmp_path, say, doors, Limits(), key="sesame", tell=tell)
        running = asyncio.create_task(server.run(end))
        async with asyncio.timeout(20):
            port = await ready
            if not code:
                await visit(port)
            end.set()
            await running

    await serve()
    assert [line.partition(" ")[0] for line in said] == ["Listening", "Room", "The"]
    await serve()
    assert "goes on; 1 room." in said[3]
    whole = "\n".join(said)
    for secret in (code, token, "mina", "sesame"):
        assert secret not in whole


async def test_a_fault_in_the_server_is_logged_without_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    end = asyncio.Event()

    def tell(words: Words) -> None:
        said.append(say("en", words))
        if not ready.done():
            ready.set_result(int(said[-1].rpartition("port ")[2].rstrip(".")))

    def broken(self: Hub, peer: object, raw: str) -> None:
        raise KeyError(raw)

    monkeypatch.setattr(Hub, "receive", broken)
    doors = Doors("127.0.0.1", 0)
    server = StandaloneServer(tmp_path, say, doors, Limits(), key=None, tell=tell)
    running = asyncio.create_task(server.run(end))
    async with asyncio.timeout(20):
        async with connect(f"ws://127.0.0.1:{await ready}/live", compression=None) as connection:
            await connection.send("typed")
            await connection.wait_closed()
        end.set()
        await running
    assert said[1].startswith("A connection ended by a fault in the server: KeyError in broken:")
    assert "typed" not in "".join(said)
