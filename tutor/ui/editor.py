"""The learner's text editor, opened at a line."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tutor.errors import TutorError
from tutor.text.message import msg

_PLUS_LINE = frozenset({"vi", "vim", "nvim", "view", "gvim", "ex", "joe", "jed", "ne"})
_PLUS_LINE_COMMA = frozenset({"nano", "pico", "rnano"})
_PLUS_LINE_COLON = frozenset({"emacs", "emacsclient", "micro", "kak"})
_GOTO = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"})
_COLONS = frozenset({"hx", "helix", "subl", "sublime_text", "zed", "lapce"})
_FALLBACKS = ("nano", "vim", "vi")

Which = Callable[[str], str | None]


def editor_command(
    environ: Mapping[str, str],
    file: Path,
    line: int,
    column: int = 1,
    which: Which = shutil.which,
) -> list[str]:
    """Return the command that opens a file at a line.

    Args:
        environ: `VISUAL` comes before `EDITOR`; both may hold options. Without either, the
            first of nano, vim and vi that there is.
        file: the file.
        line: counted from 1.
        column: counted from 1.
        which: finds a program on the path.

    Raises:
        TutorError: there is no editor.
    """
    chosen = environ.get("VISUAL") or environ.get("EDITOR")
    if not chosen:
        chosen = next((name for name in _FALLBACKS if which(name)), None)
    try:
        command = shlex.split(chosen or "")
    except ValueError:
        command = []
    if not command:
        raise TutorError(
            msg("There is no editor to open."),
            msg("Name yours in `VISUAL` or `EDITOR`, as in `export EDITOR=nvim`."),
        )
    name = Path(command[0]).name.lower().removesuffix(".exe")
    return [*command, *_place(name, str(file), line, column)]


def _place(name: str, file: str, line: int, column: int) -> Sequence[str]:
    if name in _PLUS_LINE:
        return (f"+{line}", file)
    if name in _PLUS_LINE_COMMA:
        return (f"+{line},{column}", file)
    if name in _PLUS_LINE_COLON:
        return (f"+{line}:{column}", file)
    if name in _GOTO:
        return ("--goto", f"{file}:{line}:{column}")
    if name in _COLONS:
        return (f"{file}:{line}:{column}",)
    return (file,)


def run_editor(command: Sequence[str]) -> None:
    """Run an editor on this terminal until it ends.

    Raises:
        TutorError: it cannot be run.
    """
    try:
        subprocess.run(command, check=False)  # noqa: S603 - what the learner has named
    except OSError as error:
        raise TutorError(
            msg(
                "`{editor}` cannot be run: {reason}",
                editor=command[0],
                reason=error.strerror or type(error).__name__,
            ),
            msg("Name your editor in `VISUAL` or `EDITOR`."),
        ) from None
