"""An answer with what everybody made of it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from tutor.live.wire import Reason, Revealed
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.template import unescaped
from tutor.ui.rooms.groups import group_lines
from tutor.ui.rooms.names import name_lines, shown_name
from tutor.ui.voice import Voice
from tutor.ui.widgets.parts import RIGHT, WRONG
from tutor.ui.widgets.typeset import MUTED, hanging, typeset

_REASONS = 4  # of a vote, so that what follows stays in sight


def reveal_lines(
    revealed: Revealed, own: Localized | None, voice: Voice, width: int
) -> list[Content]:
    """Return a revealed question as lines of at most `width` cells.

    Args:
        revealed: the question, its answer and all votes.
        own: the words of one's own answer, whose group is marked.
        voice: the language.
        width: cells per line.
    """
    lines: list[Content] = []
    for part in _parts(revealed, own, voice, width):
        if lines and part:
            lines.append(Content())
        lines += part
    return lines


def _parts(
    revealed: Revealed, own: Localized | None, voice: Voice, width: int
) -> Iterator[list[Content]]:
    yield typeset(voice.document(revealed.prompt), width)
    if revealed.answer is not None:
        answer = msg("The answer: {answer}", answer=unescaped(revealed.answer))
        yield typeset(voice.document(answer), width, "bold")
    yield points_of(revealed, voice, width)
    share = share_words(revealed, voice)
    if share is not None:
        yield [share]
    yield group_lines(revealed.groups, voice, own, width)
    if revealed.closest:
        near = voice.say(msg("closest: "), MUTED)
        names = name_lines(revealed.closest, voice, width - near.cell_length, style="bold")
        yield hanging(near, names)
    yield [line for each in revealed.reasons[:_REASONS] for line in _reason(each, voice, width)]
    yield typeset(voice.document(revealed.explain), width)
    if revealed.conclusion:
        said = msg("**Conclusion:** {text}", text=revealed.conclusion)
        yield typeset(voice.document(said), width)


def share_words(revealed: Revealed, voice: Voice) -> Content | None:
    """Return how many were right, and the gain of a second vote; None without a vote."""
    if revealed.before is None:
        return None
    before = round(100 * revealed.before)
    if revealed.after is None:
        return voice.say(msg("{share} % right", share=before))
    after = round(100 * revealed.after)
    words = voice.say(msg("{before} % right, after talking {after} %", before=before, after=after))
    if after == before:
        return words
    gain = f"{'+' if after > before else '−'}{abs(after - before)}"
    style = RIGHT if after > before else WRONG
    return words + Content("  ") + Content.styled(gain, f"bold {style}")


def points_of(revealed: Revealed, voice: Voice, width: int) -> list[Content]:
    """Return the points of an open question; those that came up have a sign."""
    lines: list[Content] = []
    for index, point in enumerate(revealed.points):
        came_up = index in revealed.ticks
        sign = ("✓ ", f"bold {RIGHT}") if came_up else ("· ", MUTED)
        mark = Content.assemble(sign, (f"{index + 1}  ", MUTED))
        lines += hanging(mark, typeset(voice.document(point), width - mark.cell_length))
    return lines


def _reason(reason: Reason, voice: Voice, width: int) -> list[Content]:
    sign = ("✓ ", f"bold {RIGHT}") if reason.is_right else ("✗ ", f"bold {WRONG}")
    said = msg("**{name}:** {reason}", name=shown_name(reason.name), reason=reason.reason)
    return hanging(Content.styled(*sign), typeset(voice.document(said), width - 2))
