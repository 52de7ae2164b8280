"""The folder in which a server keeps its rooms, one file of events for each."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import TutorError
from tutor.text.message import msg

try:
    import fcntl
except ImportError:  # Windows: two servers on one folder are not told from each other
    fcntl = None  # type: ignore[assignment]  # checked where it is used

_NAME = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}\.jsonl")
MOST_FILE_BYTES = 256 * 1024 * 1024  # of one room: 5,000 players and 200 questions take 200 MB
DISK_FULL = (
    msg("The server's disk is full, so nothing can be kept."),
    msg("make room on it, then do this again"),
)


class NotKept(TutorError):
    """An event that could not be written down, and so has not happened."""


class Journal:
    """The file of one room, open for appending; no other process has it open so."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor
        self._size = os.fstat(descriptor).st_size

    def append(self, line: str) -> int:
        """Hand a line to the operating system; return how many bytes it takes.

        Raises:
            NotKept: it could not be written; the file is as it was.
        """
        if self._descriptor is None:
            raise NotKept(msg("The file of this room is closed."))
        encoded = (line + "\n").encode()
        if self._size + len(encoded) > MOST_FILE_BYTES:
            raise NotKept(msg("The file of this room is as large as one may be; open a new room."))
        try:
            written = os.write(self._descriptor, encoded)
        except OSError as error:
            self._take_back()
            raise _not_kept(error) from error
        if written < len(encoded):
            self._take_back()
            raise NotKept(*DISK_FULL)
        self._size += written
        return written

    def cut(self, size: int) -> None:
        """Cut off what follows so many bytes: a line that was torn."""
        self._size = min(self._size, size)
        self._take_back()

    def _take_back(self) -> None:
        """Cut off what does not count, so that the next line starts where lines start."""
        if self._descriptor is None:
            return
        try:
            os.ftruncate(self._descriptor, self._size)
        except OSError:
            self.close()  # nothing more can be kept; every later event is refused

    def close(self) -> None:
        """Close the file; it stays."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@dataclass(frozen=True, slots=True)
class KeptRoom:
    """A room as its file tells it."""

    code: str
    lines: Sequence[str]
    journal: Journal


class Journals:
    """A folder of room files: `CODE.jsonl`, readable by their owner alone.

    Args:
        folder: made where there is none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, code: str, first: str) -> Journal:
        """Begin a room's file with its first line.

        Raises:
            NotKept: it could not be made, or the code has one already.
        """
        path = self.folder / f"{code}.jsonl"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise _not_kept(error) from error
        _lock(descriptor)
        journal = Journal(path, descriptor)
        try:
            journal.append(first)
        except NotKept:
            journal.close()
            path.unlink(missing_ok=True)
            raise
        return journal

    def has(self, code: str) -> bool:
        """Return whether there is a file of a room with this code."""
        return (self.folder / f"{code}.jsonl").exists()

    def kept(self, only: str | None = None) -> Iterator[KeptRoom]:
        """Open the files of rooms that no other server has open, one by one.

        Whoever gets one closes its journal. Half a line at the end, from a server that was
        killed while it wrote, is cut off.

        Args:
            only: the code of the one that is wanted; None for all.
        """
        try:
            names = sorted(path.name for path in self.folder.iterdir())
        except OSError:
            return
        for name in names:
            code = name.removesuffix(".jsonl")
            if _NAME.fullmatch(name) and only in (None, code):
                found = self._open(self.folder / name, code)
                if found is not None:
                    yield found

    def _open(self, path: Path, code: str) -> KeptRoom | None:
        """Return a room's lines; None if it cannot be read or written, or is in use."""
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0))
        except OSError:
            return None
        status = os.fstat(descriptor)
        is_usable = stat.S_ISREG(status.st_mode) and status.st_size <= MOST_FILE_BYTES
        if not is_usable or not _lock(descriptor):
            os.close(descriptor)
            return None
        try:
            with os.fdopen(os.dup(descriptor), "rb") as file:  # the very file that is locked
                text = file.read()
            whole = text.rfind(b"\n") + 1
            if whole < len(text):
                os.ftruncate(descriptor, whole)
            lines = text[:whole].decode().splitlines()
        except (OSError, UnicodeDecodeError):
            os.close(descriptor)
            return None
        return KeptRoom(code, lines, Journal(path, descriptor))


def _lock(descriptor: int) -> bool:
    """Keep other servers from a room's file; return False if one has it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _not_kept(error: OSError) -> NotKept:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return NotKept(*DISK_FULL)
    return NotKept(
        msg("The server cannot write the file of this room: {problem}", problem=error.strerror),
        msg("make its folder writable, then do this again"),
    )
