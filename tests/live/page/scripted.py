"""A server that serves the page, says what a test tells it to say, and keeps what it hears."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from tests.live.page.frames import for_page
from tutor.live.site import HEADERS, Site, policy
from tutor.live.wire import FROM_CLIENT

PATIENCE = 10  # seconds until a frame that does not come fails the test


class Scripted:
    """One seat of a room that goes as a test wants it to go."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._site = Site()
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._connection: ServerConnection | None = None
        self._server: Server | None = None
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        """The address of the page, with the slash at its end."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.socket.getsockname()[1]}{self._prefix}/"

    def hears(self) -> dict[str, Any]:
        """Return the next frame from the page, which is one that a server takes."""
        frame = self._heard.get(timeout=PATIENCE)
        FROM_CLIENT.validate_json(json.dumps(frame))
        return frame

    def heard_nothing(self) -> bool:
        """Return whether every frame was looked at."""
        return self._heard.empty()

    def say(self, *frames: dict[str, Any]) -> None:
        """Send frames, as a server sends them to a page."""
        for frame in frames:
            self.say_raw(for_page(frame))

    def say_raw(self, message: str) -> None:
        """Send whatever it is."""
        assert self._connection is not None
        self._connection.send(message)

    def hang_up(self) -> None:
        """Break the connection."""
        assert self._connection is not None
        self._connection.close()

    def _talk(self, connection: ServerConnection) -> None:
        self._connection = connection
        try:
            for message in connection:
                self._heard.put(json.loads(message))
        except ConnectionClosed:
            pass

    def _page(self, connection: ServerConnection, request: Request) -> Response | None:
        self.paths.append(request.path)
        if not request.path.startswith(self._prefix + "/"):
            return connection.respond(HTTPStatus.NOT_FOUND, "")
        path = request.path.removeprefix(self._prefix)
        if path == "/live":
            return None
        answer = self._site.get(path)
        headers = HEADERS | {
            "Content-Security-Policy": policy(request.headers["Host"]),
            "Content-Type": answer.content_type,
            "Content-Length": str(len(answer.body)),
        }
        return Response(answer.status, answer.reason, Headers(headers), answer.body)

    @classmethod
    @contextmanager
    def running(cls, prefix: str = "") -> Iterator[Scripted]:
        """Serve on a free port of the loopback."""
        scripted = cls(prefix)
        with serve(
            scripted._talk, "127.0.0.1", 0, process_request=scripted._page, close_timeout=1
        ) as server:
            scripted._server = server
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                yield scripted
            finally:
                server.shutdown()
                thread.join()
