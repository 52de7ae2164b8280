"""`tutor watch`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.check import PATHS, SEEDS
from tutor.cli.commands import N_, Command, Option
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.bank.watcher import Watcher

EVERY = 0.3  # seconds between two looks


@click.command(
    cls=Command,
    help=N_(
        "Check question files whenever they are saved, and show the cards beside the problems.\n\n"
        "Without a path these are what the program teaches and your own files. Enter opens the "
        "editor of VISUAL or EDITOR at the line.\n\n"
        "With --plain each change prints the report of `tutor check` anew; Ctrl+C ends it."
    ),
)
@PATHS
@SEEDS
@click.option("--plain", cls=Option, is_flag=True, help=N_("Plain text instead of the screen."))
@click.pass_context
def watch(context: click.Context, paths: tuple[Path, ...], *, seeds: int, plain: bool) -> None:
    """Check question files on the screen or as plain text, until the author leaves."""
    if not plain:
        from tutor.cli.app import run_app
        from tutor.ui.first import First

        run_app(First.watch(paths, seeds), content=context.obj)
        return
    import os

    from tutor.bank.watcher import Watcher
    from tutor.labs.registry import open_controls
    from tutor.services.paths import find_paths

    found = find_paths(os.environ, context.obj)
    watcher = Watcher(paths, found.content, found.questions, seeds, open_controls)
    try:
        _report_changes(watcher)
    except KeyboardInterrupt:  # how it is ended; there is nothing to save
        click.echo()


def _report_changes(watcher: Watcher) -> None:
    from tutor.cli.check import write_report
    from tutor.cli.context import voice
    from tutor.cli.output import write

    speaker = voice()
    first = True
    while True:
        look = watcher.look(watcher.seeds)
        if look is not None:
            if not first:
                click.echo("―" * 8)
            first = False
            write_report(look.report, watcher.seeds, speaker)
            write(msg("Waiting for the next change; Ctrl+C ends."), speaker)
            sys.stdout.flush()  # a pipe should see it now
        time.sleep(EVERY)
