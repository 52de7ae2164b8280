"""How the parts of an answer fared, option by option or gap by gap."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tutor.kinds.posed import Part
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED, hanging, typeset

RIGHT, PARTLY, WRONG = "$text-success", "$text-warning", "$text-error"


def option_lines(parts: Sequence[Part], voice: Voice, width: int) -> list[Content]:
    """Return every option with its feedback; the one chosen and the right one stand out."""
    lines: list[Content] = []
    for number, part in enumerate(parts, 1):
        matters = part.right or part.chosen
        sign = _sign(part) if matters else Content("  ")
        mark = sign + Content.styled(f"{number}  ", MUTED)
        lines += _with_note(mark, part, voice, width, matters=matters)
    return lines


def tick_lines(parts: Sequence[Part], voice: Voice, width: int) -> list[Content]:
    """Return every option: whether it belongs, whether it was ticked, and what to say of it."""
    lines: list[Content] = []
    for number, part in enumerate(parts, 1):
        matters = part.right or part.chosen
        sign = _sign(part) if matters else Content.styled("✗ ", MUTED)
        box = Content.styled("[x]" if part.chosen else "[ ]", "" if part.chosen else MUTED)
        mark = sign + Content.styled(f"{number} ", MUTED) + box + Content(" ")
        lines += _with_note(mark, part, voice, width, matters=matters)
    return lines


def judged_lines(
    posed: PosedTrueFalse, parts: Sequence[Part], voice: Voice, width: int
) -> list[list[Content]]:
    """Return the verdict on a statement, and the reason; where none was asked for, nothing."""
    if len(parts) == 1:
        return []
    verdict, *reasons = parts
    said = hanging(_sign(verdict), typeset(voice.document(verdict.label), width - 2, "bold"))
    if posed.reasons:
        return [said, option_lines(reasons, voice, width)]
    return [said + gap_lines(reasons, voice, width)]


def gap_lines(parts: Sequence[Part], voice: Voice, width: int) -> list[Content]:
    """Return what was typed into each gap, and the answer where it was another."""
    lines: list[Content] = []
    for number, part in enumerate(parts, 1):
        mark = _sign(part)
        if len(parts) > 1:
            mark += Content.styled(f"({number}) ", MUTED)
        words: Words = part.label
        if part.note is not None:
            words = msg("{typed} → **{answer}**", typed=_content(words), answer=_content(part.note))
        lines += hanging(mark, typeset(voice.document(words), width - 6))
    return lines


def _sign(part: Part) -> Content:
    sign, style = ("✓ ", RIGHT) if part.right else ("✗ ", WRONG)
    return Content.styled(sign, f"bold {style}")


def _with_note(
    mark: Content, part: Part, voice: Voice, width: int, *, matters: bool
) -> list[Content]:
    """Return an option with its feedback under it."""
    hang = mark.cell_length
    text = typeset(voice.document(part.label), width - hang, "bold" if matters else MUTED)
    lines = hanging(mark, text)
    if part.note is not None:
        note = typeset(voice.document(part.note), width - hang, "" if matters else MUTED)
        lines += [Content(" " * hang) + line for line in note]
    return lines


def _content(words: Words) -> Words:
    """Return words that a message sets as they are; it would show a string literally."""
    return Localized.same(words) if isinstance(words, str) else words
