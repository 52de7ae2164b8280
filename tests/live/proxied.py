"""`tutor serve` behind nginx, as docs/hosting.md sets both up, on loopback."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from tests.docs import guide
from tests.kinds.questions import choice
from tests.live.venue import plan_of, say
from tutor.live.client import open_remote_room
from tutor.live.dialling import trust
from tutor.live.limits import Limits, Rate
from tutor.live.proposal import open_frame
from tutor.live.server import Doors
from tutor.live.standalone import StandaloneServer
from tutor.live.where import Where, parse_where
from tutor.text.message import Message
from tutor.text.words import Words

NGINX, OPENSSL = (shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
                  for name in ("nginx", "openssl"))  # fmt: skip
OWN, SHARED = "quiz.example.org", "www.example.org"
KEY = "the key of this server"
PATIENCE = 10.0  # seconds after which a test has failed
TRIES, CONNECTIONS = 3, 6  # of one address
LIMITS = Limits(wrong_codes=Rate(TRIES, 0.001), connections_per_address=CONNECTIONS)
PLAN = plan_of([choice(shuffle=False), choice(id="t.second", prompt="And " * 2000 + "now?")])


class Service:
    """`tutor serve` as the systemd unit of the guide runs it, in this process.

    Attributes:
        port: on which it listens; the same after a restart.
    """

    def __init__(self, folder: Path) -> None:
        self.port = 0
        self._folder = folder
        self._told = asyncio.Event()
        self._listens = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def start(self, origins: tuple[str, ...]) -> None:
        asked = guide.parsed(guide.service()).params
        doors = Doors(asked["bind"], self.port, (), origins, asked["behind_proxy"])
        server = StandaloneServer(self._folder, say, doors, LIMITS, key=KEY, tell=self._tell)
        self._told.clear()
        self._listens.clear()
        self._running = asyncio.create_task(server.run(self._told))
        await asyncio.wait_for(self._listens.wait(), PATIENCE)

    async def stop(self) -> None:
        assert self._running is not None
        self._told.set()
        await asyncio.wait_for(self._running, PATIENCE)

    def _tell(self, words: Words) -> None:
        if isinstance(words, Message) and "port" in words.values:
            self.port = int(str(words.values["port"]))
            self._listens.set()


class Proxied:
    """A server behind nginx, and ways to it."""

    def __init__(self, service: Service, folder: Path, port: int) -> None:
        self.service, self.port = service, port
        self.authority = folder / "certificate.pem"
        self.origins = tuple(
            f"{origin}:{port}"
            for line in (guide.service(), *guide.commands())
            if line.startswith("tutor serve")
            for origin in guide.parsed(line).params["origins"]
        )

    def where(self, host: str = OWN, path: str = "") -> Where:
        return parse_where(f"https://{host}:{self.port}{path}")

    @property
    def shared(self) -> Where:
        return self.where(SHARED, "/tutor")

    @cached_property
    def trusted(self) -> ssl.SSLContext | None:
        """What `--ca` makes of the certificate."""
        return trust(self.where(), self.authority)

    def dial(self, address: str = "127.0.0.1", where: Where | None = None, **more: Any) -> connect:
        """Connect as no program of ours would: from an address, with headers."""
        return connect(
            (where or self.where()).socket,
            ssl=self.trusted,
            local_addr=(address, 0),
            proxy=None,
            compression=None,
            **more,
        )

    async def get(
        self, path: str, host: str, asked: str | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask a host for a path over HTTPS, under another name if need be.

        Returns:
            Status, headers and body.
        """
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", self.port, ssl=self.trusted, server_hostname=host
            )
        named = asked or f"{host}:{self.port}"
        head = f"GET {path} HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        whole = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        top, _, body = whole.partition(b"\r\n\r\n")
        first, *lines = top.decode("latin-1").split("\r\n")
        return int(first.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body

    async def open(self, where: Where) -> Where:
        """Open a room on the server, and return where it is."""
        opening = open_frame(PLAN, 7, KEY)
        code, token = await open_remote_room(where, opening, trusted=self.trusted)
        assert token
        return parse_where(f"{where.page}{code}")


def at_home(ask: Callable[..., Any]) -> Callable[..., Any]:
    """Return a resolver to which the names of the guide are this machine."""

    def answer(host: Any, *more: Any, **named: Any) -> Any:
        return ask("127.0.0.1" if host in {OWN, SHARED} else host, *more, **named)

    return answer


def make_certificate(folder: Path) -> None:
    names = f"subjectAltName=DNS:{OWN},DNS:{SHARED}"
    command = [
        str(OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
        "-noenc", "-days", "2", "-subj", "/CN=a test", "-addext", names,
        "-keyout", "key.pem", "-out", "certificate.pem",
    ]  # fmt: skip
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@contextmanager
def listening() -> Iterator[socket.socket]:
    """Give a socket that listens, so that nobody has to wait for nginx."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as front:
        yield front


def configuration(folder: Path, port: int, behind: int) -> str:
    """Return the configuration of the guide with other ports and paths."""

    def moved(block: str) -> str:
        block = re.sub(r" *listen \[::\]:443 ssl;\n", "", block)  # not every machine has IPv6
        block = block.replace("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;")
        block = block.replace("http://127.0.0.1:8765", f"http://127.0.0.1:{behind}")
        block = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", f"{folder}/certificate.pem", block)
        return re.sub(r"/etc/letsencrypt/\S+/privkey.pem", f"{folder}/key.pem", block)

    own = moved(guide.proxy())
    shared = re.sub(
        r"location / \{.*?^    \}\n",
        lambda _: moved(guide.proxy_location()),
        own[own.index("server {") :].replace(OWN, SHARED),
        flags=re.DOTALL | re.MULTILINE,
    )
    assert f"location /tutor/ {{\n    proxy_pass http://127.0.0.1:{behind}/;" in shared
    assert re.search(r":443\b|listen 443|:8765\b|/etc/", own + shared) is None
    temporary = "".join(
        f"{what}_temp_path {folder}/{what};\n"
        for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers could not read the folder
    return (
        f"{user}daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr;\n"
        "events { worker_connections 256; }\n"
        f"http {{\naccess_log off;\n{temporary}{own}{shared}}}\n"
    )


@contextmanager
def nginx(folder: Path, front: socket.socket, behind: int) -> Iterator[None]:
    """Run nginx on a socket that listens already, as a service manager would hand it over."""
    port = front.getsockname()[1]
    file = folder / "nginx.conf"
    file.write_text(configuration(folder, port, behind), encoding="utf-8")
    command = [str(NGINX), "-p", str(folder), "-e", "stderr", "-c", str(file)]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    environment = os.environ | {"NGINX": f"{front.fileno()};"}
    with subprocess.Popen(
        command, env=environment, pass_fds=(front.fileno(),), stderr=subprocess.DEVNULL
    ) as running:
        try:
            yield
            assert running.poll() is None
        finally:
            running.terminate()
