"""The cache of question files: what reading them gave, for as long as nothing has changed.

A cache file is JSON in lines: its stamp, its index, then the values of each entry as the YAML
parser gave them. Entries are judged by the very models that judge a question file, when they are
asked for. Only files without any problem are kept, so that a problem is always found anew.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from itertools import repeat
from pathlib import Path
from zlib import crc32

import pydantic

import tutor
from tutor.bank.entry import Entry, References, Section
from tutor.bank.reader import TopicContent
from tutor.bank.topic import Header
from tutor.kinds.base import Model

MAX_BYTES = 100_000_000  # of all cache files; the oldest go first
SETTLED = 2_000_000_000  # nanoseconds: a file saved just now may be saved again in the same tick
# what a file's entries and its problems depend on; the rest of the program only shows them
_PACKAGES = ("bank", "engine", "grading", "kinds", "labs", "text")


class Stamp(Model):
    """Which file was read, by which program, and in which state it was.

    Attributes:
        program: the fingerprint of the program.
        path: the file, links followed.
        status: its change times, size and number, as the file system has them.
        own: whether it was judged as a learner's own.
        labs: whether its links to labs were followed.
    """

    program: str
    path: str
    status: tuple[int, int, int, int]
    own: bool
    labs: bool

    @classmethod
    def take(cls, path: Path, *, own: bool, labs: bool) -> Stamp | None:
        """Look at a file; None if there is none to read."""
        try:
            seen = path.stat()
            real = os.path.realpath(path)
        except OSError:
            return None
        status = (seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino)
        return cls(program=fingerprint(), path=real, status=status, own=own, labs=labs)

    @property
    def name(self) -> str:
        """The name of its cache file."""
        key = f"{self.path}\0{self.own}\0{self.labs}".encode("utf-8", "surrogateescape")
        return f"{blake2b(key, digest_size=16).hexdigest()}.json"


class Index(Model):
    """What is known of a file without its entries: a column for each thing known of them all."""

    header: Header
    checksum: int
    pages: int  # of the entries, the first so many; the others are questions
    ids: list[str]
    indices: list[int]
    lines: list[int]
    objectives: list[str | None]
    explained: list[str | None]  # the page that a question names
    parts: list[int]  # how many parts of a question are asked by cards of their own
    aliases: dict[str, list[str]]  # by id; few questions have any


@cache
def fingerprint() -> str:
    """Return what changes when the program does: its version, and its files in a checkout."""
    home = Path(tutor.__file__).parent
    known: list[object] = [tutor.__version__, pydantic.VERSION]
    for package in _PACKAGES:
        for folder, folders, files in os.walk(home / package):
            folders.sort()
            for name in sorted(files):
                if name.endswith(".py"):
                    seen = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - a hundred files at each start
                    known.append((name, seen.st_size, seen.st_mtime_ns))
    return blake2b(repr(known).encode(), digest_size=16).hexdigest()


class Cache:
    """A folder of cache files. Whatever is wrong with one, it is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, stamp: Stamp) -> TopicContent | None:
        """Return what reading a file gave when it had this stamp; None if that is not known."""
        try:
            data = (self._folder / stamp.name).read_bytes()
            head, index_line, body = data.split(b"\n", 2)
            if Stamp.model_validate_json(head) != stamp:
                return None
            index = Index.model_validate_json(index_line)
            if crc32(body) != index.checksum:
                return None
            return TopicContent(index.header, _entries(index, body.split(b"\n")))
        except (OSError, ValueError):
            return None

    def keep(self, stamp: Stamp, content: TopicContent) -> None:
        """Remember what reading a file gave, unless it has just been saved, or it cannot be."""
        if content.header is None or time.time_ns() - stamp.status[0] < SETTLED:
            return
        try:
            text = _text(stamp, content.header, content.entries)
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                try:
                    file.write(text)
                    file.close()
                    Path(file.name).replace(self._folder / stamp.name)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except (OSError, ValueError):  # no room, no right, or a number that JSON does not take
            return

    def tidy(self) -> None:
        """Delete the oldest files beyond the size that a cache may have."""
        with suppress(OSError):
            with os.scandir(self._folder) as found:
                files = [(entry.stat(), entry.path) for entry in found if entry.is_file()]
            room = MAX_BYTES
            for seen, path in sorted(files, key=lambda file: -file[0].st_mtime_ns):
                room -= seen.st_size
                if room < 0:
                    Path(path).unlink(missing_ok=True)


def _entries(index: Index, written: list[bytes]) -> list[Entry]:
    sections: list[Section] = ["pages"] * index.pages
    sections += ["questions"] * (len(index.ids) - index.pages)
    aliases = {name: tuple(own) for name, own in index.aliases.items()}
    named = (aliases.get(name, ()) for name in index.ids) if aliases else repeat(())
    refers = map(References, index.objectives, index.explained, named, index.parts)
    columns = (index.ids, sections, index.indices, index.lines)
    if not index.ids and written == [b""]:
        return []
    about = (index.objectives, index.explained, index.parts)
    if {len(column) for column in (*columns, *about)} != {len(written)}:
        raise ValueError("columns of different lengths")
    return list(map(Entry, *columns, refers, written))


def _text(stamp: Stamp, header: Header, entries: list[Entry]) -> bytes:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    body = "\n".join([encode(entry.written) for entry in entries]).encode()
    index = Index(
        header=header,
        checksum=crc32(body),
        pages=sum(entry.section == "pages" for entry in entries),
        ids=[entry.id for entry in entries],
        indices=[entry.index for entry in entries],
        lines=[entry.line for entry in entries],
        objectives=[entry.refers.objective for entry in entries],
        explained=[entry.refers.page for entry in entries],
        parts=[entry.refers.parts for entry in entries],
        aliases={e.id: list(e.refers.aliases) for e in entries if e.refers.aliases},
    )
    return b"\n".join([stamp.model_dump_json().encode(), index.model_dump_json().encode(), body])
