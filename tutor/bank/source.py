"""The text of a question file, decoded, with its lines."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from stat import S_ISREG

from tutor.bank.problems import Problem
from tutor.text.message import Message, msg
from tutor.text.safe import UnsafeText, clean, scrub
from tutor.text.words import Words

MAX_BYTES = 5_000_000
MAX_PROBLEMS = 100  # of one file; whoever sees these has enough to do
MAX_LINE = 2_000  # characters of a line that a problem repeats; nobody wrote a longer one
_LINE_END = re.compile("\n")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """A file of which nothing can be read.

    Attributes:
        problem: why.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class TooManyProblems(Exception):
    """A file has so many problems that the rest of it is not looked at."""


@dataclass
class Source:
    """A file's text in NFC with plain line ends, and the problems found in the file so far.

    Offsets are characters from the start of the text; lines and columns count from 1.
    """

    path: Path
    text: str
    problems: list[Problem] = field(default_factory=list)
    damages: list[int] = field(default_factory=list)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """Return a line without its end, or nothing if it is far too long to be shown."""
        start = self._line_starts[line - 1]
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        return self.text[start:end] if end - start <= MAX_LINE else ""

    def problem(self, offset: int, message: Words, hint: Words) -> Problem:
        """Make a problem at an offset."""
        line, column = self.position(min(offset, len(self.text)))
        return Problem(self.path, line, column, message, hint, self.line_text(line))

    def report(self, offset: int, message: Words, hint: Words) -> None:
        """Add a problem at an offset.

        Raises:
            TooManyProblems: it is one more than anybody would read; the file ends here.
        """
        if len(self.problems) > MAX_PROBLEMS:
            raise TooManyProblems
        if len(self.problems) == MAX_PROBLEMS:
            message = msg("more than {limit} problems in this file", limit=MAX_PROBLEMS)
            hint = msg("mend the ones above first")
        self.damages.append(offset)
        self.problems.append(self.problem(offset, message, hint))
        if len(self.problems) > MAX_PROBLEMS:
            raise TooManyProblems

    def damaged_in(self, start: int, end: int) -> bool:
        """Return whether a problem was reported in a part of the text."""
        return any(start <= offset < end for offset in self.damages)


def read_source(path: Path) -> Source:
    """Read a file.

    Raises:
        Unreadable: it cannot be opened, is no regular file, is too large, or is not UTF-8.
    """
    try:
        if not S_ISREG(path.stat().st_mode):  # before it is opened: that of a pipe never ends
            raise Unreadable(
                _first_line(
                    path,
                    msg("this is not a regular file"),
                    msg("keep questions in a file, not in a pipe, a folder or a device"),
                )
            )
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unreadable(
            _first_line(
                path,
                msg("the file cannot be read: {reason}", reason=reason),
                msg("check that it is a file and that you may read it"),
            )
        ) from None
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _first_line(
                path,
                msg("the file is larger than {limit:,} bytes", limit=MAX_BYTES),
                msg("split it into several topics"),
            )
        )
    return decode_source(path, data)


def decode_source(path: Path, data: bytes) -> Source:
    """Return the text of a file's bytes; unsafe characters are reported and shown as `�`.

    Raises:
        Unreadable: the bytes are not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # with utf-8-sig, the error's offset does not count the byte order mark
        raise Unreadable(_not_utf8(path, data, error)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return Source(path, clean(text))
    except UnsafeText as unsafe:
        return _without_unsafe(path, text, unsafe)


def unsafe_message(codepoint: int) -> Message:
    """Say which character is not safe to show."""
    name = unicodedata.name(chr(codepoint), "")
    if not name:
        return msg("an invisible control character (U+{code})", code=f"{codepoint:04X}")
    return msg("an invisible character: {name} (U+{code})", name=name, code=f"{codepoint:04X}")


def _first_line(path: Path, message: Message, hint: Message) -> Problem:
    return Problem(path, 1, 1, message, hint)


def _not_utf8(path: Path, data: bytes, error: UnicodeDecodeError) -> Problem:
    body: bytes = error.object
    line_start = body.rfind(b"\n", 0, error.start) + 1
    line_end = body.find(b"\n", error.start)
    line_bytes = body[line_start : len(body) if line_end < 0 else line_end]
    utf16 = data.startswith(_UTF16)
    offset = error.start + len(data) - len(body)
    message = (
        msg("the file is in UTF-16, not in UTF-8")
        if utf16
        else msg(
            "byte {byte} at offset {offset:,} is not UTF-8",
            byte=f"0x{data[offset]:02X}",
            offset=offset,
        )
    )
    return Problem(
        path,
        body.count(b"\n", 0, error.start) + 1,
        len(body[line_start : error.start].decode("utf-8")) + 1,
        message,
        msg("save the file as UTF-8"),
        "" if utf16 else scrub(line_bytes.decode("utf-8", "replace")),
    )


def _without_unsafe(path: Path, text: str, first: UnsafeText) -> Source:
    """Report every unsafe character where it stands in the cleaned text."""
    found: list[tuple[int, int]] = []
    parts: list[str] = []
    length = done = 0
    unsafe: UnsafeText | None = first
    while unsafe is not None and len(found) <= MAX_PROBLEMS:
        at = done + unsafe.offset
        parts += [unicodedata.normalize("NFC", text[done:at]), "�"]
        length += len(parts[-2]) + 1
        found.append((length - 1, unsafe.codepoint))
        done = at + 1
        try:
            clean(text[done:])
        except UnsafeText as another:
            unsafe = another
        else:
            unsafe = None
    source = Source(path, "".join(parts) + scrub(text[done:]))
    with suppress(TooManyProblems):
        for offset, codepoint in found:
            source.report(offset, unsafe_message(codepoint), msg("delete it"))
    return source
