"""Lines that are typed, read without holding up the event loop."""

from __future__ import annotations

import asyncio
import os
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from typing import Protocol, TextIO

_CHUNK = 65_536  # bytes


class Typed(Protocol):
    """Where lines come from."""

    async def line(self) -> str | None:
        """Return the next line without its end; None when there are no more."""


class TypedLines:
    """The lines of a stream, which a thread waits for.

    Nothing is lost between two calls, and a call that is given up loses nothing. The thread is
    a daemon: a program that ends does not wait for the line that is being typed. It reads the
    descriptor itself, past the stream's buffer, whose lock a program could not end with; so
    nobody else may read the stream.

    Args:
        reader: the stream, such as standard input.
    """

    def __init__(self, reader: TextIO) -> None:
        self._reader = reader
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._is_reading = False
        self._ended = False

    async def line(self) -> str | None:
        """Return the next line without its end; None when there are no more."""
        if not self._is_reading:
            self._is_reading = True
            loop = asyncio.get_running_loop()
            Thread(target=self._read, args=(loop,), name="typed-lines", daemon=True).start()
        if self._ended:
            return None
        line = await self._queue.get()
        self._ended = line is None
        return line

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        with suppress(RuntimeError):  # the loop has been closed: nobody reads any more
            for line in _lines(self._reader):
                loop.call_soon_threadsafe(self._queue.put_nowait, line.rstrip("\r\n"))
            loop.call_soon_threadsafe(self._queue.put_nowait, None)


def read_line(reader: TextIO) -> str:
    """Return the next line of a stream, and take nothing of what follows it.

    Empty at the end of the stream, else without the end of the line.
    """
    try:
        descriptor = reader.fileno()
    except OSError:  # a stream in memory
        return reader.readline().rstrip("\r\n")
    line = bytearray()
    while (byte := os.read(descriptor, 1)) not in {b"", b"\n"}:
        line += byte
    return line.decode(reader.encoding or "utf-8", "replace").rstrip("\r")


def _lines(reader: TextIO) -> Iterator[str]:
    with suppress(OSError, ValueError):  # the stream was closed
        try:
            descriptor = reader.fileno()
        except OSError:  # a stream in memory
            yield from reader
            return
        decoder = getincrementaldecoder(reader.encoding or "utf-8")("replace")
        text = ""
        while chunk := os.read(descriptor, _CHUNK):
            *whole, text = (text + decoder.decode(chunk)).split("\n")
            yield from whole
        if text:
            yield text
