"""The file in which a terminal keeps the tokens with which its user comes back into rooms."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from tutor.kinds.base import Items, Model
from tutor.live.where import Where
from tutor.live.wire import Code, Token
from tutor.live.words import Line

try:
    import fcntl
except ImportError:  # Windows: of two terminals that enter in one moment, one may be forgotten
    fcntl = None  # type: ignore[assignment]  # checked where it is used

KEPT_FOR = timedelta(days=7)
MOST_BYTES = 1_048_576
MOST_KEYS = 200


class Key(Model):
    """A seat that can be taken again.

    Attributes:
        server: host, port and path, as they stand in an address.
        name: of the player; empty for a host.
        at: when it was last used, in UTC.
        process: which used it last.
    """

    server: Annotated[str, Field(max_length=400)]
    code: Code
    role: Literal["player", "host"]
    token: Token
    name: Line
    at: datetime
    process: int


class _File(Model):
    v: Literal[1] = 1
    keys: Annotated[Items[Key], Field(max_length=MOST_KEYS)] = ()


class Keyring:
    """Keys of this user, kept for a week. What cannot be read or written is as if never kept.

    Args:
        path: the file; only its owner may read it.
        clock: gives the present instant, in UTC.
        process: the id of this process.
        runs: whether a process runs.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        *,
        process: int | None = None,
        runs: Callable[[int], bool] | None = None,
    ) -> None:
        self._path = path
        self._clock = clock
        self._process = os.getpid() if process is None else process
        self._runs = runs or process_runs

    def player(self, where: Where, code: str) -> Key | None:
        """Return the seat last used in a room, if nobody in another terminal sits on it."""
        server = _server(where)
        for key in self._keys():
            if (key.role, key.server, key.code) == ("player", server, code) and self._is_free(key):
                return key
        return None

    def players(self, where: Where, code: str) -> tuple[Key, ...]:
        """Return all seats of a room that were used from here, the last used first."""
        server = _server(where)
        return tuple(
            key
            for key in self._keys()
            if (key.role, key.server, key.code) == ("player", server, code)
        )

    def host(self, code: str | None = None) -> Key | None:
        """Return the host's seat of a room, of the one last presided over if None."""
        for key in self._keys():
            if key.role == "host" and code in {None, key.code}:
                return key
        return None

    def keep_player(self, where: Where, code: str, token: str, name: str) -> None:
        """Keep a player's token, or note that it is used again."""
        self._keep(where, code, "player", token, name)

    def keep_host(self, where: Where, code: str, token: str) -> None:
        """Keep a host's token, or note that it is used again."""
        self._keep(where, code, "host", token, "")

    def forget(self, token: str) -> None:
        """Throw a token away, such as one that the server does not know any more."""
        with suppress(OSError), self._locked():
            self._write([key for key in self._keys() if key.token != token])

    def _keep(
        self, where: Where, code: str, role: Literal["player", "host"], token: str, name: str
    ) -> None:
        key = Key(
            server=_server(where), code=code, role=role, token=token, name=name,
            at=self._clock(), process=self._process,
        )  # fmt: skip
        with suppress(OSError), self._locked():
            others = [other for other in self._keys() if other.token != token]
            self._write([key, *others][:MOST_KEYS])

    def _is_free(self, key: Key) -> bool:
        return key.process == self._process or not self._runs(key.process)

    def _keys(self) -> list[Key]:
        """Return the keys that are not too old, the last used first."""
        try:
            with self._path.open("rb") as file:
                kept = _File.model_validate_json(file.read(MOST_BYTES))
        except (OSError, ValidationError):
            return []
        since = self._clock() - KEPT_FOR
        young = [key for key in kept.keys if key.at.tzinfo is not None and key.at >= since]
        return sorted(young, key=lambda key: key.at, reverse=True)

    def _write(self, keys: list[Key]) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._path.parent)  # for its owner alone
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(_File(keys=tuple(keys)).model_dump_json())
            Path(name).replace(self._path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def process_runs(process: int) -> bool:
    """Return whether a process of this machine runs; on Windows, which cannot be asked, no."""
    if os.name == "nt" or process <= 0:
        return False
    try:
        os.kill(process, 0)  # asks only
    except PermissionError:
        return True  # another user's
    except (OSError, OverflowError):
        return False
    return True


def _server(where: Where) -> str:
    return where.place + where.prefix
