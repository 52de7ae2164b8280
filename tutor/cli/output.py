"""Writing to a terminal or a pipe: plain lines, in the learner's language."""

from __future__ import annotations

import shutil
import sys
from typing import TextIO

from tutor.cli.language import catalogue
from tutor.errors import TutorError
from tutor.text.message import msg
from tutor.text.safe import scrub
from tutor.text.speaker import Speaker
from tutor.text.words import Lang, Words

MAX_WIDTH = 76  # cells; longer lines are hard to read


def text_width() -> int:
    """Return the width to write at: the terminal's, but never more than is good to read."""
    return max(20, min(MAX_WIDTH, shutil.get_terminal_size().columns - 1))


def full_width() -> int:
    """Return the width of the terminal, for tables; 80 where there is none."""
    return max(20, shutil.get_terminal_size().columns - 1)


def lines(words: Words, speaker: Speaker, width: int | None = None) -> list[str]:
    """Return words as wrapped lines of plain text.

    What a person or a file wrote may stand in them: no character that a terminal obeys is left.
    """
    from tutor.text.markdown import parse
    from tutor.text.plain import render

    document = parse(scrub(speaker.say(words)))
    return render(document, width or text_width(), ascii=speaker.ascii)


def write(words: Words, speaker: Speaker, *, to: TextIO | None = None, indent: str = "") -> None:
    """Write words as wrapped lines of plain text, to standard output if nowhere else."""
    width = text_width() - len(indent)
    for line in lines(words, speaker, width):
        print(f"{indent}{line}".rstrip(), file=to or sys.stdout, flush=False)


def print_error(error: TutorError, lang: Lang) -> None:
    """Write an error and what to do about it to standard error."""
    speaker = Speaker(lang, catalogue(lang))
    sys.stdout.flush()
    write(msg("Error: {message}", message=error.message), speaker, to=sys.stderr)
    if error.hint is not None:
        write(error.hint, speaker, to=sys.stderr, indent="  ")
