"""`tutor preview`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from tutor.cli.commands import N_, Command, Option
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.kinds import Posed
    from tutor.text.speaker import Speaker


@click.command(
    cls=Command,
    help=N_(
        "Show one card as learners see it, to be answered; nothing is logged.\n\n"
        "CARD is `ID` or `ID@seed`; without a seed it is 0. The same seed gives the same card "
        "everywhere."
    ),
)
@click.argument("card", metavar="CARD")
@click.option("--plain", cls=Option, is_flag=True, help=N_("Plain text instead of the screen."))
@click.option(
    "--solution",
    cls=Option,
    is_flag=True,
    help=N_("With --plain: the answer, the explanation and the worked solution too."),
)
@click.option(
    "--lang",
    cls=Option,
    type=click.Choice(["en", "ko", "both"]),
    help=N_("The language of the card; with --plain also both, one after the other."),
)
@click.pass_context
def preview(
    context: click.Context, card: str, *, plain: bool, solution: bool, lang: str | None
) -> None:
    """Show one card on the screen, or print it."""
    from tutor.bank.card_name import FIRST_SEED, find_card, parse_card_name
    from tutor.session.practice import ask

    name = parse_card_name(card)
    if not plain:
        from tutor.cli.app import run_app
        from tutor.ui.first import First

        run_app(
            First.preview(name),
            content=context.obj,
            demand=lambda found: ask(find_card(found.load_bank(), name), name.seed or FIRST_SEED),
        )
        return
    from tutor.cli.context import read_bank, voice
    from tutor.cli.language import catalogue
    from tutor.text.speaker import Speaker
    from tutor.text.words import LANGS

    seed = FIRST_SEED if name.seed is None else name.seed
    posed = ask(find_card(read_bank(context.obj), name), seed)
    speaker = voice()
    spoken = LANGS if lang == "both" else (speaker.lang,)
    for number, language in enumerate(spoken):
        if number:
            click.echo()
        click.echo(f"{name.at(seed)} · {language}")
        click.echo()
        voiced = Speaker(language, catalogue(language), speaker.ascii)
        for line in _lines(posed, voiced, solution=solution):
            click.echo(line.rstrip())


def _lines(posed: Posed, speaker: Speaker, *, solution: bool) -> Iterator[str]:
    from tutor.cli.plain_card import front_lines, said, solution_lines
    from tutor.kinds import FormatError, examples, grade, parse

    yield from front_lines(posed, speaker)
    if not solution:
        return
    right = parse(posed, examples(posed).right[0])
    if not isinstance(right, FormatError):  # `tutor check` finds a question of which it is one
        yield ""
        answer = grade(posed, right).right_answer
        yield from said(msg("The answer: {answer}", answer=answer), speaker)
    yield from solution_lines(posed, speaker)
