"""How the parts of an answer fared: options, gaps, steps, pairs, points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.content import Content

from tutor.kinds.match import PosedMatch
from tutor.kinds.order import PosedOrder
from tutor.kinds.posed import Part
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.text.message import msg
from tutor.text.template import unescaped
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED, hanging, padded, typeset

RIGHT, PARTLY, WRONG = "$text-success", "$text-warning", "$text-error"
_GAP = 4  # between two orders beside each other
_NARROWEST = 24  # cells that each of them needs


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
    typed = [line for part in reasons for line in gap_lines(part, voice, width)]
    return [said + typed]


def gap_lines(part: Part, voice: Voice, width: int) -> list[Content]:
    """Return what was typed into the gap, and the answer where it was another."""
    words: Words = part.label
    if part.note is not None:
        words = msg("{typed} → **{answer}**", typed=unescaped(words), answer=unescaped(part.note))
    return hanging(_sign(part), typeset(voice.document(words), width - 2))


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


def order_lines(
    posed: PosedOrder, parts: Sequence[Part], voice: Voice, width: int
) -> list[list[Content]]:
    """Return the first wrong step, and the learner's order beside the right one.

    A step is marked right if it belongs to the longest order that both have in common.
    """
    notes = [part.note for part in parts if part.note is not None]
    if not notes:
        return [[line for number, part in enumerate(parts, 1)
                 for line in _step(number, part.label, voice, width)]]  # fmt: skip
    first_wrong = typeset(voice.document(notes[0]), width)
    column = (width - _GAP) // 2
    beside = column >= _NARROWEST
    room = column if beside else width
    yours = [_marked(part, number, voice, room) for number, part in enumerate(parts, 1)]
    right = [_step(number, step, voice, room) for number, step in enumerate(posed.steps, 1)]
    titles = [
        voice.say(msg("Your order; ✗ has to move"), MUTED),
        voice.say(msg("The right order"), MUTED),
    ]
    if not beside:
        return [first_wrong, [titles[0], *_flat(yours)], [titles[1], *_flat(right)]]
    longest = max(cells(line.plain) for line in [titles[0], *_flat(yours)])
    lines = [padded(titles[0], longest + _GAP) + titles[1]]
    for own, other in zip(yours, right, strict=True):
        for left, line in zip_longest(own, other, fillvalue=Content()):
            lines.append(padded(left, longest + _GAP) + line)
    return [first_wrong, lines]


def _flat(rows: Sequence[Sequence[Content]]) -> list[Content]:
    return [line for row in rows for line in row]


def _marked(part: Part, number: int, voice: Voice, width: int) -> list[Content]:
    sign, style = ("✓ ", RIGHT) if part.right else ("✗ ", WRONG)
    mark = Content.assemble((sign, f"bold {style}"), (f"{number}  ", MUTED))
    return hanging(mark, typeset(voice.document(part.label), width - 5))


def _step(number: int, step: Words, voice: Voice, width: int) -> list[Content]:
    mark = Content.styled(f"{number}  ", MUTED)
    return hanging(mark, typeset(voice.document(step), width - 3))


def match_lines(
    posed: PosedMatch, parts: Sequence[Part], voice: Voice, width: int
) -> list[Content]:
    """Return each left side with the right one that was chosen, and the one that belongs to it."""
    lines: list[Content] = []
    for number, (left, part) in enumerate(zip(posed.lefts, parts, strict=True), 1):
        label = unescaped(part.label)
        words = msg("{left}: {right}", left=left, right=label)
        if part.note is not None:
            answer = unescaped(part.note)
            words = msg("{left}: {typed} → **{answer}**", left=left, typed=label, answer=answer)
        lines += _marked(Part(words, right=part.right, chosen=True), number, voice, width)
    return lines


def point_lines(parts: Sequence[Part], voice: Voice, width: int) -> list[Content]:
    """Return the points; those that came up have a sign."""
    lines: list[Content] = []
    for number, part in enumerate(parts, 1):
        sign = "✓ " if part.chosen else "· "
        mark = Content.assemble((sign, f"bold {RIGHT}" if part.chosen else MUTED),
                                (f"{number}  ", MUTED))  # fmt: skip
        lines += hanging(mark, typeset(voice.document(part.label), width - 5))
    return lines
