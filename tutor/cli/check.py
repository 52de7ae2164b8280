"""`tutor check` and `tutor schema`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.commands import N_, Command, Option
from tutor.errors import ExitCode
from tutor.text.message import msg, msgs

if TYPE_CHECKING:
    from tutor.bank.examine import Report
    from tutor.text.speaker import Speaker


# what `tutor watch` takes too
PATHS = click.argument(
    "paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path)
)
SEEDS = click.option(
    "--seeds",
    cls=Option,
    type=click.IntRange(1, 100_000),
    default=200,
    show_default=True,
    help=N_("How many seeds to pose each question with."),
)


@click.command(
    cls=Command,
    help=N_(
        "Check question files, and prove every question over many seeds through the grader.\n\n"
        "Without a path it checks what the program teaches and your own files. "
        "The exit code is 1 if anything is wrong."
    ),
)
@PATHS
@SEEDS
@click.option(
    "--jobs",
    cls=Option,
    type=click.IntRange(1, 64),
    help=N_("How many processes to use where there is much to do; all processors, if left out."),
)
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], seeds: int, jobs: int | None) -> None:
    """Check question files."""
    import os

    from tutor.bank.examine import examine
    from tutor.bank.locate import locate
    from tutor.bank.workers import cores
    from tutor.cli.context import voice
    from tutor.labs.registry import open_controls
    from tutor.services.paths import find_paths

    speaker = voice()
    found = find_paths(os.environ, context.obj)
    around = locate(found.content, found.questions)
    report = examine(paths, around, range(seeds), open_controls, jobs or cores())
    write_report(report, seeds, speaker)
    if report.problems:
        context.exit(ExitCode.FAILED)


def write_report(report: Report, seeds: int, speaker: Speaker) -> None:
    """Write every problem with its line, and how many there are; or how much is sound."""
    from tutor.bank.problems import render
    from tutor.cli.output import write

    for problem in report.problems:
        click.echo(render(problem, speaker))
    if report.problems:
        write(msgs("{n} problem.", "{n} problems.", n=len(report.problems)), speaker)
        return
    write(
        msg(
            "Sound: {questions}, {pages}, over {seeds}.",
            questions=msgs("{n:,} question", "{n:,} questions", n=report.questions),
            pages=msgs("{n:,} page", "{n:,} pages", n=report.pages),
            seeds=msgs("{n:,} seed", "{n:,} seeds", n=seeds),
        ),
        speaker,
    )


@click.command(cls=Command, help=N_("Print the JSON schema that editors check question files by."))
def schema() -> None:
    """Print the schema of question files."""
    from tutor.bank.schema import schema_text

    click.echo(schema_text(), nl=False)
