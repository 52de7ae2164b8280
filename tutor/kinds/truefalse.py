"""Statements to judge: true or false, and why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.grading.answers import is_accepted
from tutor.grading.formula import Value
from tutor.kinds.base import Items, Model, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.forms import Forms, filled, shown
from tutor.kinds.options import (
    MOST_OPTIONS,
    Option,
    PosedOption,
    draw_options,
    option_diagnosis,
    option_parts,
    require_one_right,
    require_sound,
)
from tutor.kinds.posed import Diagnosis, Examples, FormatError, Part, PosedBase, Verdict, rate
from tutor.kinds.typed import cleaned
from tutor.text.localized import Localized
from tutor.text.message import Message, msg
from tutor.text.template import escape

MAX_TYPED = 300  # characters
TRUTH = {True: msg("True"), False: msg("False")}
_WORDS = {
    # ㅅ, ㄹ, ㅐ and ㅌ are what the keys of t, f, o and x give under a Hangul input method
    True: frozenset({"t", "true", "o", "○", "1", "ㅅ", "ㅐ", "yes", "참", "맞음", "예", "네"}),
    False: frozenset(
        {"f", "false", "x", "×", "2", "ㄹ", "ㅌ", "no", "거짓", "틀림", "아니요", "아니오"}
    ),
}
_SPLIT = re.compile(r"\s*[;\n]\s*")
_PICKED = re.compile(r"(?P<truth>[^\s\d;]+|[12](?=[\s;]))[\s;]*(?P<reason>[1-9])", re.ASCII)


class TypedReason(Model):
    """A reason to type."""

    accept: Forms


class TrueFalse(QuestionBase):
    """A statement, whether it is true, and if wanted a reason: one to pick, or one to type."""

    kind: Literal["truefalse"]
    answer: bool
    reasons: Annotated[Items[Option], Field(min_length=2, max_length=MOST_OPTIONS)] | None = None
    reason: TypedReason | None = None
    shuffle: bool = True

    @model_validator(mode="after")
    def _one_reason(self) -> Self:
        if self.reasons is not None and self.reason is not None:
            raise invalid(
                msg("both `reasons` and a `reason`"),
                msg("`reasons` are picked from, a `reason` is typed; keep one of the two"),
                where=("reason",),
            )
        if self.reasons is not None:
            require_one_right(self.reasons, "reasons")
            require_sound(self.reasons, "reasons")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedTrueFalse(PosedBase):
    """A statement with its values filled in.

    Attributes:
        answer: whether the statement is true.
        reasons: to pick from, as they are shown; empty if none is picked.
        accepted: the forms of a typed reason, in both languages; empty if none is typed.
        shown: the typed reason to show.
    """

    answer: bool
    reasons: tuple[PosedOption, ...]
    accepted: tuple[str, ...]
    shown: Localized | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the learner thinks of a statement.

    Attributes:
        truth: whether it is true.
        reason: why: the index of a reason as shown, or a text; None if none is asked for.
    """

    truth: bool
    reason: int | str | None = None


def pose(
    question: TrueFalse, seed: int, learner_args: Mapping[str, Value] | None
) -> PosedTrueFalse:
    """Fill the values in and shuffle the reasons.

    Raises:
        PoseError: two reasons read alike with every draw.
    """
    setting, reasons = draw_options(
        question,
        question.reasons or (),
        seed,
        learner_args,
        shuffle=question.shuffle,
        key="reasons",
    )
    forms = question.reason.accept if question.reason else None
    return PosedTrueFalse(
        **shared_fields(question, seed, setting),
        answer=question.answer,
        reasons=reasons,
        accepted=filled(forms, setting) if forms else (),
        shown=shown(forms, setting) if forms else None,
    )


def parse(posed: PosedTrueFalse, text: str) -> Judgement | FormatError:
    """Read `t` or `f` in any of its ways, and the reason after `;` or on the next line."""
    line = cleaned(text, MAX_TYPED)
    if isinstance(line, FormatError):
        return line
    first, rest = _halves(posed, line)
    truth = _truth(first)
    if truth is None:
        return FormatError(msg("Type `t` for true or `f` for false."))
    reason = _reason(posed, rest)
    return reason if isinstance(reason, FormatError) else Judgement(truth, reason)


def _reason(posed: PosedTrueFalse, text: str) -> int | str | FormatError | None:
    """Read the reason: the number of one, or a text."""
    if not text:
        return _no_reason(posed)
    if posed.accepted:
        return text
    count = len(posed.reasons)
    if not count:
        return FormatError(msg("No reason is asked for: type `t` or `f` alone."))
    if len(text) == 1 and text in "123456789"[:count]:
        return int(text) - 1
    return FormatError(msg("Pick the reason by its number, 1 to {count}.", count=count))


def _no_reason(posed: PosedTrueFalse) -> FormatError | None:
    if posed.reasons:
        count = len(posed.reasons)
        return FormatError(msg("Pick a reason too, 1 to {count}, as in `t; 1`.", count=count))
    if posed.accepted:
        return FormatError(msg("The reason is still missing."))
    return None


def grade(posed: PosedTrueFalse, response: Judgement) -> Verdict:
    """Judge both halves; a reason counts only with the verdict that it is a reason for."""
    right = response.truth is posed.answer
    halves = [right]
    if response.reason is not None:
        halves.append(_reason_right(posed, response.reason))
    score = sum(halves) / len(halves) if right else 0.0
    return Verdict(
        score=score,
        right_answer=_right_answer(posed),
        rating=rate(score),
        detail=_detail(posed, halves),
        diagnosis=_diagnosis(posed, response.reason),
        parts=(
            Part(TRUTH[response.truth], right=right, chosen=True),
            *_reason_parts(posed, response.reason),
        ),
    )


def examples(posed: PosedTrueFalse) -> Examples:
    """Return the verdict in all its spellings, with each reason."""
    right, wrong = (sorted(_WORDS[truth]) for truth in (posed.answer, not posed.answer))
    malformed = ["", ";", "maybe", "tf", "٢", "\x1b[31m", "t;\x1b", "x" * (MAX_TYPED + 1)]
    if posed.reasons:
        good = [str(n) for n, option in enumerate(posed.reasons, 1) if option.right]
        bad = [str(n) for n, option in enumerate(posed.reasons, 1) if not option.right]
        malformed += ["t; 0", f"t; {len(posed.reasons) + 1}", "t; because"]
    elif posed.accepted:
        good, bad = list(posed.accepted), ["zzz"]
    else:
        return Examples(tuple(right), tuple(wrong), (*malformed, "t; because"))
    return Examples(
        right=(
            *(f"{word}; {good[0]}" for word in right),
            *(f"{right[0]}\n{reason}" for reason in good),
        ),
        wrong=(
            *(f"{word}; {good[0]}" for word in wrong),
            *(f"{right[0]}; {reason}" for reason in bad),
            f"{wrong[0]}\n{bad[0]}",
        ),
        malformed=(*malformed, "t", "f;", "t\n"),
    )


def asks_reason(posed: PosedTrueFalse) -> bool:
    """Return whether a reason is asked for."""
    return bool(posed.reasons or posed.accepted)


def _halves(posed: PosedTrueFalse, text: str) -> tuple[str, str]:
    """Split an answer into the verdict and the reason."""
    picked = _PICKED.fullmatch(text) if posed.reasons else None
    if picked is not None:  # `t 2`, without any `;`
        return picked["truth"], picked["reason"]
    first, *rest = _SPLIT.split(text, maxsplit=1)
    return first, rest[0].strip() if rest else ""


def _truth(text: str) -> bool | None:
    word = _spelling(text.strip().removesuffix("."))
    return next((truth for truth, words in _WORDS.items() if word in map(_spelling, words)), None)


def _spelling(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _reason_right(posed: PosedTrueFalse, reason: int | str) -> bool:
    if isinstance(reason, int):
        return posed.reasons[reason].right
    return is_accepted(reason, posed.accepted)


def _reason_parts(posed: PosedTrueFalse, reason: int | str | None) -> tuple[Part, ...]:
    match reason:
        case None:
            return ()
        case int():
            return option_parts(posed.reasons, (reason,))
        case str():
            right = _reason_right(posed, reason)
            typed = Localized.same(escape(reason))
            return (Part(typed, right=right, chosen=True, note=None if right else posed.shown),)


def _diagnosis(posed: PosedTrueFalse, reason: int | str | None) -> Diagnosis | None:
    return option_diagnosis(posed.reasons, (reason,)) if isinstance(reason, int) else None


def _detail(posed: PosedTrueFalse, halves: list[bool]) -> Message | None:
    match halves:
        case [True, False]:
            return msg("the verdict is right, the reason is not")
        case [False, True]:
            return msg("that reason goes with the other verdict")
        case [False, *_]:
            return msg("the statement is true") if posed.answer else msg("the statement is false")
        case _:
            return None


def _right_answer(posed: PosedTrueFalse) -> Message:
    reason = next((option.text for option in posed.reasons if option.right), posed.shown)
    truth = TRUTH[posed.answer]
    if reason is None:
        return truth
    return msg("{truth}: {reason}", truth=truth, reason=reason)
