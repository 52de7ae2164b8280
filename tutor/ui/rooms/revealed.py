"""The answer to a question of a room, and what came of one's own, in the server's words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.content import Content

from tutor.live.wire import Reason, Result, Revealed
from tutor.session.room.saying import SURE_WORDS, shown_name, written_points
from tutor.text.message import Message, msg, msgs
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.parts import PARTLY, RIGHT, WRONG
from tutor.ui.widgets.typeset import MUTED, hanging, typeset
from tutor.ui.widgets.verdict import answer_lines


class OutcomeView(Lines):
    """Shows the verdict on one's own answer and the right one, as the server says them."""

    def show(self, revealed: Revealed, result: Result | None, voice: Voice) -> None:
        """Show what came of a question; without a result, the answer alone."""
        self.set_lines(partial(outcome_lines, revealed, result, voice))

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def outcome_lines(
    revealed: Revealed, result: Result | None, voice: Voice, width: int
) -> list[Content]:
    """Return verdict, mistake, answer and explanation as lines of at most `width` cells."""
    lines = judged_lines(result, voice, width)
    own_answer = None if result is None else result.answer
    answer = own_answer or revealed.answer
    if answer is not None and not (result is not None and result.score == 1):
        lines += [Content(), *answer_lines(answer, voice, width)]
    explain = (None if result is None else result.explain) or revealed.explain
    lines += [Content(), *typeset(voice.document(explain), width)]
    return lines


def judged_lines(result: Result | None, voice: Voice, width: int) -> list[Content]:
    """Return sign and word of one's own answer, how it was read, and the mistake behind it."""
    if result is None or result.text is None:
        return [voice.say(msg("You did not answer this one."), MUTED)]
    sign, word, style = _judgement(result.score or 0.0)
    head = voice.say(word, f"bold {style}")
    lines = [head]
    if result.understood is not None:
        understood = msg("understood as {answer}", answer=result.understood)
        beside = head + Content("   ") + voice.say(understood, MUTED)
        if beside.cell_length <= width - 2:
            lines = [beside]
        else:
            lines += typeset(voice.document(understood), width - 2, MUTED)
    if result.diagnosis is not None:
        lines += typeset(voice.document(result.diagnosis), width - 2)
    return hanging(Content.styled(f"{sign} ", f"bold {style}"), lines)


def _judgement(score: float) -> tuple[str, Message, str]:
    if score >= 1:
        return "✓", msg("Right."), RIGHT
    if score > 0:
        return "~", msg("Partly right."), PARTLY
    return "✗", msg("Not yet."), WRONG


class TallyView(Lines):
    """Shows what the answer earned, and how the room answered before and after the talk."""

    def show(self, revealed: Revealed, result: Result | None, voice: Voice) -> None:
        """Show points and shares."""
        has_any = any(True for _ in _tally(revealed, result))
        self.set_lines(partial(tally_lines, revealed, result, voice) if has_any else None)

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def tally_lines(
    revealed: Revealed, result: Result | None, voice: Voice, width: int
) -> list[Content]:
    """Return points, shares and who was closest as lines of at most `width` cells."""
    said = _tally(revealed, result)
    return [line for words in said for line in typeset(voice.document(words), width)]


def _tally(revealed: Revealed, result: Result | None) -> Iterator[Words]:
    if result is not None and result.text is not None:
        earned = written_points(result.points)
        earned = f"+{earned}" if result.points > 0 else earned
        total = written_points(result.total)
        sure = result.sure
        if sure is None:
            yield msg("**{points}** for you, {total} in all.", points=earned, total=total)
        else:
            yield msg("**{points}** for you ({sure}), {total} in all.",
                      points=earned, sure=SURE_WORDS[sure], total=total)  # fmt: skip
        if result.first_score is not None and result.first_score != result.score:
            if result.first_score >= 1:
                yield msg("Your first answer was right.")
            else:
                yield msg("Your first answer was not right yet.")
    if revealed.after is not None and revealed.before is not None:
        yield msg("Right before you talked: {before}; after it: **{after}**.",
                  before=_share(revealed.before), after=_share(revealed.after))  # fmt: skip
    elif revealed.before is not None and revealed.answered:
        yield msgs("{share} of {n} answer was right.", "{share} of {n} answers were right.",
                   n=revealed.answered, share=_share(revealed.before))  # fmt: skip
    if revealed.closest:
        yield msg("Closest: **{names}**", names=", ".join(map(shown_name, revealed.closest)))


def _share(share: float) -> str:
    return f"{share:.0%}"


class NotesView(Lines):
    """Shows reasons that players gave, the points of an open question, and the conclusion."""

    def show(self, revealed: Revealed, voice: Voice) -> None:
        """Show what was said and noted."""
        has_any = bool(revealed.reasons or revealed.points or revealed.conclusion)
        self.set_lines(partial(notes_lines, revealed, voice) if has_any else None)

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def notes_lines(revealed: Revealed, voice: Voice, width: int) -> list[Content]:
    """Return points, conclusion and reasons as lines of at most `width` cells."""
    groups = [
        _point_lines(revealed, voice, width),
        _conclusion_lines(revealed.conclusion, voice, width),
        _reason_lines(revealed, voice, width),
    ]
    lines: list[Content] = []
    for group in groups:
        if lines and group:
            lines.append(Content())
        lines += group
    return lines


def _point_lines(revealed: Revealed, voice: Voice, width: int) -> list[Content]:
    if not revealed.points:
        return []
    lines = [voice.say(msg("What should come up; ✓ came up"), MUTED)]
    for number, point in enumerate(revealed.points):
        ticked = number in revealed.ticks
        mark = Content.assemble(
            ("✓ " if ticked else "· ", f"bold {RIGHT}" if ticked else MUTED),
            (f"{number + 1}  ", MUTED),
        )
        lines += hanging(mark, typeset(voice.document(point), width - 5))
    return lines


def _conclusion_lines(conclusion: str, voice: Voice, width: int) -> list[Content]:
    if not conclusion.strip():
        return []
    said = msg("**Conclusion:** {text}", text=" ".join(conclusion.split()))
    return typeset(voice.document(said), width)


def _reason_lines(revealed: Revealed, voice: Voice, width: int) -> list[Content]:
    if not revealed.reasons:
        return []
    lines = [voice.say(msg("Reasons"), "bold")]
    for reason in revealed.reasons:
        partly = any(
            group.words == reason.words and group.score and not group.is_right
            for group in revealed.groups
        )
        lines += _reason(reason, voice, width, partly=partly)
    return lines


def _reason(reason: Reason, voice: Voice, width: int, *, partly: bool) -> list[Content]:
    sign, style = ("✓ ", RIGHT) if reason.is_right else ("✗ ", WRONG)
    if partly:
        sign, style = "~ ", PARTLY
    said = msg("{name} ({answer}): {reason}", name=shown_name(reason.name),
               answer=reason.words, reason=reason.reason)  # fmt: skip
    return hanging(Content.styled(sign, f"bold {style}"), typeset(voice.document(said), width - 2))
