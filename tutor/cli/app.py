"""Opening the screen."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from tutor.errors import ExitCode, TutorError
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.services import Services
    from tutor.ui.app import First


def run_app(
    first: First | None = None,
    *,
    content: str | None = None,
    demand: Callable[[Services], object] | None = None,
) -> None:
    """Run the app until the learner quits.

    Args:
        first: the screen to open over Home.
        content: the folder of `--content`.
        demand: called before anything is drawn, to raise what the shell should be told.

    Raises:
        TutorError: there is no terminal to draw on, or what `demand` raises.
        SystemExit: the app crashed, or a signal ended it.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TutorError(
            msg("The screen needs a terminal, and this is not one."),
            msg("For plain input and output: `tutor study --plain`."),
            exit_code=ExitCode.USAGE,
        )
    if os.environ.get("TERM") == "dumb":
        raise TutorError(
            msg("This terminal (TERM=dumb) cannot draw a screen."),
            msg("For plain input and output: `tutor study --plain`."),
            exit_code=ExitCode.USAGE,
        )
    # What the imports make is no garbage, and looking for some takes 13 of the 230 ms until Home
    # is painted, for 0.3 MB more; the app collects from then on.
    gc.disable()
    from tutor.cli.context import opened
    from tutor.ui.app import TutorApp

    with closing(opened(content)) as services:
        if demand is not None:
            demand(services)
        app = TutorApp(services, first)
        app.run()
    if app.return_code:
        sys.exit(app.return_code)
