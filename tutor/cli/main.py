"""The command `tutor`."""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper
from typing import NoReturn

from tutor.cli.language import choose_language, speak
from tutor.errors import TutorError
from tutor.text.message import msg


def main() -> NoReturn:
    """Run the program; every problem becomes a message and an exit code."""
    # some terminals cannot compose Hangul under the kitty protocol; textual reads this at import
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # lab sizes; halves numpy's import
    _open_closed_streams()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a Korean code page has no ₜ: better `?` than nothing
            stream.reconfigure(errors="replace")
    lang = choose_language(sys.argv[1:], os.environ)
    speak(lang, os.environ)  # type: ignore[arg-type]  # os.environ is a mapping that can be set
    try:
        sys.exit(_run())
    except TutorError as error:
        from tutor.cli.output import print_error

        print_error(error, lang)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell reports a program ended by Ctrl-C
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - what reads us has gone
        sys.exit(0)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        from tutor.cli.output import print_error

        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - what is left has no room either
        print_error(TutorError(msg("There is no room left to write to.")), lang)
        sys.exit(1)


def _open_closed_streams() -> None:
    """Stand empty streams in for those that were closed before the program began, as by `<&-`."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: PTH123, SIM115 - as long as the program runs
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - as above
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - as above


def _run() -> int:
    if len(sys.argv) == 1:  # Home, without the 8 ms that click takes to load
        from tutor.cli.app import run_app

        run_app()
        return 0
    from tutor.cli.command_line import run_command_line

    return run_command_line()
