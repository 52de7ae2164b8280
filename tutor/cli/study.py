"""`tutor study`."""

from __future__ import annotations

import sys

import click

from tutor.cli.commands import N_, Command, Option


@click.command(
    cls=Command,
    help=N_(
        "Study what is due and new, in all topics or in those named.\n\n"
        "With --plain everything is plain text on standard input and output, "
        "for screen readers and pipes; `?` lists what can be typed."
    ),
)
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@click.option("--plain", cls=Option, is_flag=True, help=N_("Plain text instead of the screen."))
@click.option("--all", "ahead", cls=Option, is_flag=True, help=N_("All cards, due or not."))
@click.option("--page", cls=Option, metavar="PAGE", help=N_("The questions of a lecture page."))
@click.option("--limit", cls=Option, type=click.IntRange(1), help=N_("At most so many cards."))
@click.option(
    "--seed",
    cls=Option,
    type=click.IntRange(0),
    help=N_("Draw all numbers from this seed, for the same cards again."),
)
@click.pass_context
def study(
    context: click.Context,
    topics: tuple[str, ...],
    *,
    plain: bool,
    ahead: bool,
    page: str | None,
    limit: int | None,
    seed: int | None,
) -> None:
    """Study on the screen, or as plain text."""
    if not plain:
        from tutor.cli.app import run_app
        from tutor.ui.app import First

        first = First.study(topics, ahead=ahead, page=page, limit=limit, seed=seed)
        run_app(first, content=context.obj)
        return
    from tutor.bank.problems import headline
    from tutor.cli.context import services
    from tutor.cli.plain_study import PlainStudy

    learner = services(context)
    speaker = learner.speaker()
    for problem in learner.load_bank().problems:
        click.echo(headline(problem, speaker), err=True)
    run = learner.start_study(topics, ahead=ahead, page=page, limit=limit, seed=seed)
    PlainStudy(learner, run, sys.stdin, sys.stdout).run_to_end()
