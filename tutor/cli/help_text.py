"""Help that wraps by terminal cells: click counts characters, and a Hangul syllable takes two."""

from __future__ import annotations

from collections.abc import Iterable

import click

_AS_IT_IS = "\b\n"  # before a paragraph, click's sign not to wrap it


class HelpFormatter(click.HelpFormatter):
    """A formatter whose texts are as wide as they look."""

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        super().write_text(_wrapped(text, self.width - self.current_indent))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of terms and what they mean."""
        rows = list(rows)
        terms = min(max(len(term) for term, _ in rows), col_max) + col_spacing
        room = max(self.width - self.current_indent - terms, 10)
        super().write_dl(
            [(term, _wrapped(meaning, room)) for term, meaning in rows], col_max, col_spacing
        )


class HelpContext(click.Context):
    """The context of every command: what it prints about itself is wrapped by cells."""

    formatter_class = HelpFormatter


def _wrapped(text: str, width: int) -> str:
    from tutor.text.width import wrap_text

    paragraphs = (wrap_text(paragraph, width) for paragraph in text.split("\n\n"))
    return "\n\n".join(_AS_IT_IS + "\n".join(lines) for lines in paragraphs if lines)
