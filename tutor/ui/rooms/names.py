"""Names of people in a room; each is shown as it is written, never as markup."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tutor.session.room.saying import shown_name
from tutor.text.message import msg
from tutor.text.width import cells, wrap_text
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED


def name_lines(
    names: Sequence[str], voice: Voice, width: int, *, of: int = 0, style: str = MUTED
) -> list[Content]:
    """Return names, separated by commas, as lines of at most `width` cells.

    Args:
        names: of those to be named.
        voice: the language of what is said beside them.
        width: cells per line.
        of: how many there are in all, if more than are named.
        style: of the names.
    """
    shown = [shown_name(name) for name in names]
    if of > len(shown) and shown:
        shown.append(voice.text(msg("{n} more", n=of - len(shown))))
    lines: list[str] = []
    for index, name in enumerate(shown):
        piece = name + ("," if index < len(shown) - 1 else "")
        if lines and cells(lines[-1]) + 1 + cells(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines += wrap_text(piece, max(8, width)) or [""]
    return [Content.styled(line, style) for line in lines]
