"""Click, speaking the learner's language, with commands that load when they are called."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from tutor.cli.help_text import HelpContext


def N_(text: str) -> str:  # noqa: N802 - gettext's customary name for "translate later"
    """Mark a help text for extraction; it is translated when it is shown."""
    return text


def _translated(text: str | None) -> str | None:
    return gettext.gettext(text) if text else text


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's forms and its help in the learner's language."""
        self.help = _translated(self.help)
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help is translated when it is shown."""

    context_class = HelpContext

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the learner's language."""
        self.help = _translated(self.help)
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first line of the help in the learner's language."""
        return _translated(self.short_help) or super().get_short_help_str(limit)


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is run.

    Args:
        lazy: by name, where the command is (`module:attribute`) and its one-line help.
    """

    context_class = HelpContext

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order they were given."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        if name not in self._lazy:
            return None
        module, _, attribute = self._lazy[name][0].partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self._lazy[name][0]} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands without importing them."""
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl(
                [(name, gettext.gettext(words)) for name, (_, words) in self._lazy.items()]
            )

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the learner's language."""
        self.help = _translated(self.help)
        super().format_help_text(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one."""
        from difflib import get_close_matches

        name = args[0]
        if name not in self._lazy and not name.startswith("-"):
            near = get_close_matches(name, self._lazy, n=1)
            message = gettext.gettext(N_("There is no command “{name}”.")).format(name=name[:40])
            if near:
                hint = gettext.gettext(N_("Did you mean “tutor {near}”?")).format(near=near[0])
                message = f"{message} {hint}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)
