"""The frame of the parameter workbench as lines."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from textual.content import Content

from tutor.labs.parameters import (
    Guess,
    Malformed,
    ParametersFrame,
    Rest,
    Share,
    alike,
    folded,
)
from tutor.text import maths
from tutor.text.document import Span
from tutor.text.message import msg, msgs
from tutor.text.template import labelled
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.labs.picture import Rectangle, picture_lines
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED, hanging, padded, typeset, wrapped
from tutor.ui.widgets.worked import line_bar

LONGEST_BAR = 24
SHORTEST_BAR = 4
SHORTEST_WHY = 36  # cells beside a count; a shorter rest of the line is left empty
_GAP = 2
_COVERED = "·"
_LONG = 10**13


def sum_lines(frame: ParametersFrame, voice: Voice, width: int, *, covered: bool) -> list[Content]:
    """Return the sum in symbols, in numbers, and what it comes to."""
    if covered:
        return typeset(voice.document(msg("How many parameters? Your count, then Enter.")), width)
    equals = Content.styled("= ", MUTED)
    unit = Content() if frame.worked.unit is None else voice.say(frame.worked.unit, MUTED)
    space = "" if "가" <= unit.plain[:1] <= "힣" else " "  # 3,456개, but 3,456 parameters
    total = Content.styled(count(frame.total), "bold") + Content(space) + unit
    return [
        *_maths(frame.worked.formula, width, voice),
        *hanging(equals, _maths(frame.worked.substituted, width - 2, voice)),
        *hanging(Content() if frame.total >= _LONG else equals, [total]),
    ]


def _maths(tex: str, width: int, voice: Voice) -> list[Content]:
    """Draw a sum; one that is too wide is broken between its terms."""
    lines: list[list[str]] = [[]]
    for term in _terms(tex):
        longer = [*lines[-1], term]
        if lines[-1] and cells(voice.maths(" + ".join(longer))) > width - 2:
            lines.append([term])
        else:
            lines[-1] = longer
    drawn: list[Content] = []
    for index, terms in enumerate(lines):
        line = [Span(("+ " if index else "") + voice.maths(" + ".join(terms)))]
        drawn += wrapped(line, width)
    return drawn


def _terms(tex: str) -> list[str]:
    """Split a sum at the plus signs outside brackets."""
    terms, depth, start = [], 0, 0
    for at, sign in enumerate(tex):
        depth += (sign in "({") - (sign in ")}")
        if sign == "+" and not depth:
            terms.append(tex[start:at].strip())
            start = at + 1
    return [*terms, tex[start:].strip()]


def tensor_lines(
    frame: ParametersFrame, voice: Voice, width: int, rows: int, *, covered: bool
) -> list[Content]:
    """Return the tensors as a table: name, symbols, shape, count, share as a bar and a number.

    Args:
        frame: the layer, counted.
        voice: the language.
        width: cells per line; what does not fit is left out, the symbols first.
        rows: at most so many tensors.
        covered: leave the numbers out.
    """
    shown = folded(frame.shares, rows)
    names = [_name(row, voice) for row in shown]
    symbols = [voice.maths(row.term.symbol) if isinstance(row, Share) else "" for row in shown]
    shapes = [_shape(row) for row in shown]
    counts = [_COVERED if covered else count(_value(row)) for row in shown]
    shares = ["" if covered else f"{row.share * 100:.1f} %" for row in shown]
    columns: list[tuple[list[str], bool]] = [
        (names, False),
        (symbols, False),
        (shapes, False),
        (counts, True),
        (shares, True),
    ]
    leaving = iter((1, 4, 2))  # what gives way, until the names, counts and bars fit
    while _used(columns) + SHORTEST_BAR > width:
        gone = next(leaving, None)
        if gone is None:
            break
        columns[gone] = ([""] * len(shown), False)
    bar = min(LONGEST_BAR, width - _used(columns))
    top = max(row.share for row in shown if isinstance(row, Share))
    lines = []
    for at, row in enumerate(shown):
        line = Content()
        for column, (texts, is_right) in enumerate(columns):
            wide = max(map(cells, texts))
            if wide:
                style = MUTED if column in {1, 4} else ""
                line += padded(Content.styled(texts[at], style), wide, right=is_right)
                line += Content(" " * _GAP)
        if isinstance(row, Share) and not covered and bar >= SHORTEST_BAR:
            line += line_bar(row.share / top, bar)
        lines.append(line)
    return lines


def _used(columns: list[tuple[list[str], bool]]) -> int:
    widths = [max(map(cells, texts)) for texts, _ in columns]
    return sum(width + _GAP for width in widths if width)


def _name(row: Share | Rest, voice: Voice) -> str:
    if isinstance(row, Rest):
        return voice.text(msgs("{n:,} more tensor", "{n:,} more tensors", n=row.tensors))
    label = row.term.label
    return voice.text(labelled(label))


def _value(row: Share | Rest) -> int:
    return row.value if isinstance(row, Rest) else row.term.count


def count(value: int) -> str:
    """Write a count: grouped, or as a power of ten if it is longer than a column can be."""
    if abs(value) < _LONG:
        return f"{value:,}".replace("-", "−")
    mantissa, _, exponent = f"{value:.3e}".replace("-", "−").partition("e+")
    return f"≈ {mantissa} × {_inline(f'10^{{{int(exponent)}}}')}"


def _more(difference: int) -> str:
    return f"+{count(difference)}" if difference > 0 else count(difference)


def _shape(row: Share | Rest) -> str:
    if isinstance(row, Rest) or row.term.shape is None:
        return ""
    times = f"{row.term.times:,} · " if row.term.times > 1 else ""
    return times + " × ".join(f"{size:,}" for size in row.term.shape)


def _inline(tex: str) -> str:
    return maths.inline(maths.parse(tex))


def convention_lines(
    frame: ParametersFrame, voice: Voice, width: int, *, covered: bool
) -> list[Content]:
    """Return the conventions side by side, the chosen one marked, and what makes them differ.

    Those that count alike for the same reason share a row, the chosen one first.
    """
    groups = alike(frame.conventions)
    labels = [Content(", ").join([voice.say(one.label) for one in group]) for group in groups]
    rows = [group[0] for group in groups]
    totals = [_COVERED if covered else count(one.total) for one in rows]
    apart = ["" if covered or not one.difference else _more(one.difference) for one in rows]
    label_width = max(cells(label.plain) for label in labels)
    total_width, apart_width = max(map(cells, totals)), max(map(cells, apart))
    lines = []
    for one, label, total, more in zip(rows, labels, totals, apart, strict=True):
        style = "bold" if one.chosen else ""
        head = Content.styled("▸ " if one.chosen else "  ", "bold $act")
        head += padded(label.stylize(style), label_width + _GAP)
        head += padded(Content.styled(total, style), total_width, right=True)
        if apart_width:
            head += Content(" " * _GAP) + padded(Content(more), apart_width, right=True)
        head += Content(" " * _GAP)
        why = voice.document(one.why)
        if width - cells(head.plain) >= SHORTEST_WHY:
            lines += hanging(head, typeset(why, width - cells(head.plain), MUTED))
        else:
            lines += [head, *hanging(Content("    "), typeset(why, width - 4, MUTED))]
    if not covered:
        lines += typeset(voice.document(frame.difference), width)
    return lines


def step_lines(frame: ParametersFrame, voice: Voice, width: int) -> list[Content]:
    """Return the solution line by line."""
    lines = [voice.say(msg("Step by step"), "bold")]
    for number, step in enumerate(frame.worked.steps, 1):
        mark = Content.styled(f"{number}  ", MUTED)
        lines += hanging(mark, typeset(voice.document(step.text), width - 3))
    return lines


def caption_lines(captions: Iterable[Words], voice: Voice, width: int) -> list[Content]:
    """Return what is seen and why."""
    return [line for words in captions for line in typeset(voice.document(words), width)]


def guess_lines(judged: Guess | Malformed, voice: Voice, width: int) -> list[Content]:
    """Return the verdict on a guess: sign, word, and why."""
    if isinstance(judged, Malformed):
        return notice_lines(judged.message, voice, width)
    if judged.verdict == "right":
        mark = Content.styled("✓ ", "bold $text-success")
        words = msg("**Right.** {message}", message=judged.message)
    else:
        mark = Content.styled("✗ ", "bold $text-error")
        words = msg("**Not yet.** {message}", message=judged.message)
    return hanging(mark, typeset(voice.document(words), width - 2))


def notice_lines(words: Words, voice: Voice, width: int) -> list[Content]:
    """Return why something was not taken."""
    mark = Content.styled("! ", "bold $text-warning")
    return hanging(mark, typeset(voice.document(words), width - 2, "$text-warning"))


def tensor_picture(frame: ParametersFrame, voice: Voice, width: int, height: int) -> list[Content]:
    """Return the tensors as rectangles, if there are few enough."""
    across = frame.convention in {"keras", "flax"}  # a bias lies along the side of its kernel
    rectangles = []
    for share in frame.shares:
        shape = share.term.shape or (1,)
        if len(shape) == 1:
            shape = (1, *shape) if across else (*shape, 1)
        *rows, columns = shape  # ONNX stacks the directions: one above the other
        rectangles.append(Rectangle(_name(share, voice), prod(rows), columns))
    picture = picture_lines(rectangles, width, height)
    if picture:
        picture.append(voice.say(msg("To one scale: rows down, columns across."), MUTED))
    return picture
