"""What a command needs: the services, in the language of the command line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tutor.cli.language import catalogue, choose_language
from tutor.cli.signs import wants_ascii
from tutor.text.speaker import Speaker
from tutor.text.words import Lang

if TYPE_CHECKING:
    import click

    from tutor.bank.bank import Bank
    from tutor.services import Services


def language() -> Lang:
    """Return the language of this run."""
    return choose_language(sys.argv[1:], os.environ)


def voice() -> Speaker:
    """Return the voice of this run."""
    lang = language()
    return Speaker(lang, catalogue(lang), wants_ascii(os.environ))


def opened(content: str | None) -> Services:
    """Open the learner's data; whoever asks for them closes them.

    Args:
        content: the folder of `--content`.
    """
    from tutor.services import open_services

    return open_services(os.environ, language(), catalogue, content, ascii=wants_ascii(os.environ))


def read_bank(content: str | None) -> Bank:
    """Read the question files, and nothing of the learner's data.

    Args:
        content: the folder of `--content`.
    """
    from tutor.bank.load import load
    from tutor.bank.locate import locate
    from tutor.labs.registry import open_controls
    from tutor.services.paths import find_paths

    paths = find_paths(os.environ, content)
    return load(locate(paths.content, paths.questions), open_controls)


def services(context: click.Context) -> Services:
    """Open the learner's data, and close them when the command ends."""
    from tutor.cli.output import write

    learner = opened(context.obj)
    context.call_on_close(learner.close)
    for notice in learner.notices:  # such as where damaged data are kept; said once, so said here
        write(notice, learner.speaker(), to=sys.stderr)
    return learner
