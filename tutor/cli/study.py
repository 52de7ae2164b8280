"""`tutor study`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tutor.cli.commands import N_, Command, Option
from tutor.errors import ExitCode, TutorError
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.bank.card_name import CardName


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
@click.option(
    "--card",
    cls=Option,
    metavar="ID[@seed]",
    help=N_("Just this card, due or not; a seed gives exactly its numbers."),
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
    card: str | None,
) -> None:
    """Study on the screen, or as plain text."""
    one = None if card is None else _one_card(card, topics, page, ahead=ahead, seed=seed)
    if not plain:
        from tutor.cli.app import run_app
        from tutor.ui.app import First

        if one is not None:
            run_app(
                First.card(one), content=context.obj, demand=lambda found: found.start_card(one)
            )
            return
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
    if one is not None:
        run = learner.start_card(one)
    else:
        run = learner.start_study(topics, ahead=ahead, page=page, limit=limit, seed=seed)
    PlainStudy(learner, run, sys.stdin, sys.stdout).run_to_end()


def _one_card(
    card: str, topics: tuple[str, ...], page: str | None, *, ahead: bool, seed: int | None
) -> CardName:
    """Read the name of the one card; what else chooses cards does not go with it."""
    from tutor.bank.card_name import parse_card_name

    if topics or page is not None or ahead or seed is not None:
        raise TutorError(
            msg(
                "`--card` asks one card; it does not go with topics, `--page`, `--all` or `--seed`."
            ),
            msg("Write the seed after the id, as in `--card ID@7`."),
            exit_code=ExitCode.USAGE,
        )
    return parse_card_name(card)
