"""`tutor read`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tutor.cli.commands import N_, Command
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.bank.bank import Bank
    from tutor.bank.topic import Page


@click.command(
    cls=Command,
    help=N_("Print a lecture page, all pages of a topic, or, without a name, the list of pages."),
)
@click.argument("name", required=False, metavar="[TOPIC|PAGE]")
@click.pass_context
def read(context: click.Context, name: str | None) -> None:
    """Print lecture pages as plain text."""
    from tutor.cli.context import services, voice
    from tutor.cli.output import write
    from tutor.text.template import escape

    speaker = voice()
    bank = services(context).load_bank()
    if name is None:
        for topic in bank.topics:
            write(topic.title, speaker)
            for page_id in topic.pages:
                title = bank.pages[page_id].title
                write(msg("{id}  {title}", id=page_id, title=title), speaker, indent="  ")
        return
    for page in _pages(bank, name):
        write(msg("**{title}**", title=page.title), speaker)
        click.echo()
        write(page.body, speaker)
        click.echo()
        if page.sources:
            write(escape("; ".join(page.sources)), speaker, indent="  ")
            click.echo()


def _pages(bank: Bank, name: str) -> list[Page]:
    from tutor.services import unknown_name

    if name in bank.pages:
        return [bank.pages[name]]
    for topic in bank.topics:
        if topic.id == name:
            return [bank.pages[page] for page in topic.pages]
    raise unknown_name(name, [topic.id for topic in bank.topics])
