"""Lines are read while the loop goes on, and none is lost."""

from __future__ import annotations

import asyncio
import os
from io import StringIO

from tutor.cli.typed_lines import TypedLines, read_line


async def test_lines_of_a_stream_in_memory() -> None:
    typed = TypedLines(StringIO("one\r\n\n둘"))
    assert [await typed.line() for _ in range(5)] == ["one", "", "둘", None, None]


async def test_lines_of_a_pipe_come_as_they_are_typed() -> None:
    out, into = os.pipe()
    with os.fdopen(out, encoding="utf-8") as reader, os.fdopen(into, "wb", 0) as writer:
        typed = TypedLines(reader)
        writer.write("하나\n두".encode()[:-1])  # in the midst of a syllable
        assert await typed.line() == "하나"
        waiting = asyncio.ensure_future(typed.line())
        await asyncio.sleep(0)
        assert not waiting.done()
        waiting.cancel()
        writer.write("두".encode()[-1:] + b"\nthree")
        assert await typed.line() == "두"
        writer.close()
        assert [await typed.line(), await typed.line()] == ["three", None]


def test_a_line_is_taken_without_what_follows() -> None:
    out, into = os.pipe()
    os.write(into, "민아\nrest\r\nlast".encode())
    os.close(into)
    with os.fdopen(out, encoding="utf-8") as reader:
        assert [read_line(reader) for _ in range(4)] == ["민아", "rest", "last", ""]
    assert read_line(StringIO("one\ntwo")) == "one"
