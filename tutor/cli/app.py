"""Opening the screen."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from tutor.errors import ExitCode, TutorError
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    from tutor.services import Services
    from tutor.ui.app import First


def run_app(
    first: First | Callable[[Services], First] | None = None,
    *,
    content: str | None = None,
    demand: Callable[[Services], object] | None = None,
) -> None:
    """Run the app until the learner quits.

    Args:
        first: the screen to open over Home, or what makes it before anything is drawn.
        content: the folder of `--content`.
        demand: called before anything is drawn, to raise what the shell should be told.

    Raises:
        TutorError: there is no terminal to draw on, or what `demand` raises.
        SystemExit: the app crashed, or a signal ended it.
    """
    require_screen(msg("For plain input and output: `tutor study --plain`."))
    # What the imports make is no garbage, and looking for some takes 13 of the 230 ms until Home
    # is painted, for 0.3 MB more; the app collects from then on.
    gc.disable()
    from tutor.cli.context import opened
    from tutor.ui.app import TutorApp

    with closing(opened(content)) as services:
        if demand is not None:
            demand(services)
        app = TutorApp(services, first(services) if callable(first) else first)
        app.run()
    if app.return_code:
        sys.exit(app.return_code)


def require_screen(otherwise: Message) -> None:
    """Make sure that there is a terminal to draw on.

    Args:
        otherwise: what to do without one.

    Raises:
        TutorError: there is none; a usage error.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TutorError(
            msg("The screen needs a terminal, and this is not one."),
            otherwise,
            exit_code=ExitCode.USAGE,
        )
    if os.environ.get("TERM") == "dumb":
        raise TutorError(
            msg("This terminal (TERM=dumb) cannot draw a screen."),
            otherwise,
            exit_code=ExitCode.USAGE,
        )
