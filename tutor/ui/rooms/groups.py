"""Those who answered alike, with a bar for how many they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from tutor.live.wire import Group
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.ui.rooms.names import name_lines
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.meter import bar
from tutor.ui.widgets.parts import PARTLY, RIGHT, WRONG
from tutor.ui.widgets.typeset import MUTED, hanging, padded, typeset

_BAR = 10


class GroupsView(Lines):
    """Shows groups, the most frequent answer first."""

    def show(self, groups: Sequence[Group], voice: Voice, own: Localized | None = None) -> None:
        """Show groups; `own` are the words of one's own answer, whose group is marked."""
        self.set_lines(partial(group_lines, groups, voice, own) if groups else None)

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def group_lines(
    groups: Sequence[Group], voice: Voice, own: Localized | None, width: int
) -> list[Content]:
    """Return groups as lines of at most `width` cells."""
    everybody = sum(group.count for group in groups)
    digits = max((len(str(group.count)) for group in groups), default=1)
    lines: list[Content] = []
    for group in groups:
        sign, style = judged_sign(group)
        share = group.count / everybody if everybody else 0.0
        mark = Content.assemble(
            (f"{sign} ", f"bold {style}"),
            padded(Content(str(group.count)), digits, right=True),
            "  ",
            bar(share, _BAR, style or "$act"),
            "  ",
        )
        room = width - mark.cell_length
        text = typeset(voice.document(group.words), room, "bold" if group.is_right else "")
        if own is not None and group.words == own:
            you = voice.say(msg("← you"), "$act")
            marked = text[-1] + Content("  ") + you
            text[-1:] = [marked] if marked.cell_length <= room else [text[-1], you]
        if group.mistake is not None:
            text += typeset(voice.document(group.mistake), room, MUTED)
        text += name_lines(group.names, voice, room, of=group.count)
        lines += hanging(mark, text)
    return lines


def judged_sign(group: Group) -> tuple[str, str]:
    """Return the sign of a group and its style; blank before the answer is shown."""
    if group.is_right is None:
        return " ", ""
    if group.is_right:
        return "✓", RIGHT
    return ("~", PARTLY) if group.score else ("✗", WRONG)
