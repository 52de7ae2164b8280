"""Cloze texts: type what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

from pydantic import model_validator

from tutor.grading.formula import Value
from tutor.grading.gaps import gap_matches
from tutor.kinds.base import QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.gap import Gap, GapError, parse_gaps
from tutor.kinds.posed import Examples, FormatError, Part, PosedBase, Verdict, rate
from tutor.kinds.setting import Setting, draw_setting
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.safe import UnsafeText, clean
from tutor.text.template import escape
from tutor.text.words import LANGS, Lang

MAX_TYPED = 200
SEPARATOR = "\n"  # between the gaps of one response; `;` is understood too
_BLANK = "＿＿＿"


class Cloze(QuestionBase):
    """A text with gaps, the same ones in both languages."""

    kind: Literal["cloze"]

    @model_validator(mode="after")
    def _same_gaps(self) -> Self:
        counts = {lang: len(_gaps(_parsed(self.prompt, lang))) for lang in LANGS}
        if counts["en"] != counts["ko"]:
            raise invalid(
                msg("{en} gaps in English, {ko} in Korean", **counts),
                msg("ask for the same things in both languages"),
                where=("prompt",),
            )
        if not counts["en"]:
            raise invalid(
                msg("a cloze without a gap"),
                msg("write a gap as `[[answer]]`"),
                where=("prompt",),
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedCloze(PosedBase):
    """A cloze with its values filled in.

    Attributes:
        gaps: by number, the accepted answers of both languages, their own first.
        shown: by number, the answer to show.
        filled: the text with its gaps filled.
    """

    gaps: tuple[tuple[str, ...], ...]
    shown: tuple[Localized, ...]
    filled: Localized


@dataclass(frozen=True, slots=True)
class TypedGaps:
    """What was typed, gap by gap."""

    texts: tuple[str, ...]


def pose(question: Cloze, seed: int, learner_args: Mapping[str, Value] | None) -> PosedCloze:
    """Fill the values in and open the gaps."""
    setting = draw_setting(question, seed, learner_args)
    en, ko = (_parsed(question.prompt, lang) for lang in LANGS)
    gaps_en, gaps_ko = (_answers(parts, setting) for parts in (en, ko))
    return PosedCloze(
        **shared_fields(
            question, seed, setting, prompt=Localized(_with_blanks(en), _with_blanks(ko))
        ),
        gaps=tuple(tuple(dict.fromkeys((*a, *b))) for a, b in zip(gaps_en, gaps_ko, strict=True)),
        shown=tuple(Localized(a[0], b[0]) for a, b in zip(gaps_en, gaps_ko, strict=True)),
        filled=setting.fill(Localized(_filled(en), _filled(ko))),
    )


def parse(posed: PosedCloze, text: str) -> TypedGaps | FormatError:
    """Read one answer per gap, on a line each or separated by `;`."""
    count = len(posed.gaps)
    separator = SEPARATOR if SEPARATOR in text.strip() or ";" not in text else ";"
    texts = [typed.strip() for typed in text.split(separator)] if count > 1 else [text.strip()]
    if len(texts) != count:
        return FormatError(
            msg("There are {count} gaps; separate their answers by `;`.", count=count)
        )
    for number, typed in enumerate(texts, 1):
        if not typed:
            return FormatError(msg("Gap {number} is still empty.", number=number))
        if len(typed) > MAX_TYPED:
            return FormatError(msg("Gap {number} is too long to be an answer.", number=number))
        try:
            clean(typed)
        except UnsafeText:
            return FormatError(msg("Gap {number} holds an invisible character.", number=number))
    return TypedGaps(tuple(texts))


def grade(posed: PosedCloze, response: TypedGaps) -> Verdict:
    """Judge each gap; all must be right for the card to count as remembered."""
    right = [
        gap_matches(typed, accepted)
        for typed, accepted in zip(response.texts, posed.gaps, strict=True)
    ]
    score = sum(right) / len(right)
    return Verdict(
        score=score,
        right_answer=posed.filled,
        rating=rate(score),
        parts=tuple(
            _part(typed, answer, right=ok)
            for typed, ok, answer in zip(response.texts, right, posed.shown, strict=True)
        ),
    )


def examples(posed: PosedCloze) -> Examples:
    """Return every accepted answer in turn, and answers that no gap takes."""
    firsts = [accepted[0] for accepted in posed.gaps]
    right = [
        SEPARATOR.join([*firsts[:i], answer, *firsts[i + 1 :]])
        for i, accepted in enumerate(posed.gaps)
        for answer in accepted
    ]
    wrong = [SEPARATOR.join([*firsts[:i], "zzz", *firsts[i + 1 :]]) for i in range(len(posed.gaps))]
    return Examples(tuple(right), tuple(wrong), ("", SEPARATOR * len(posed.gaps), "\x1b[31m"))


def _part(typed: str, answer: Localized, *, right: bool) -> Part:
    note = None if right else answer
    return Part(Localized.same(escape(typed)), right=right, chosen=True, note=note)


def _parsed(prompt: Localized, lang: Lang) -> tuple[str | Gap, ...]:
    try:
        return parse_gaps(prompt.get(lang))
    except GapError as error:
        raise invalid(error.message, error.hint, error.offset, ("prompt", lang)) from None


def _gaps(parts: tuple[str | Gap, ...]) -> list[Gap]:
    return sorted((part for part in parts if isinstance(part, Gap)), key=lambda gap: gap.number)


def _answers(parts: tuple[str | Gap, ...], setting: Setting) -> list[tuple[str, ...]]:
    return [
        tuple(setting.fill(Localized.same(answer)).en for answer in gap.answers)
        for gap in _gaps(parts)
    ]


def _with_blanks(parts: tuple[str | Gap, ...]) -> str:
    several = len(_gaps(parts)) > 1

    def show(part: str | Gap) -> str:
        if isinstance(part, str):
            return part
        return f"({part.number}){_BLANK}" if several else _BLANK

    return "".join(map(show, parts))


def _filled(parts: tuple[str | Gap, ...]) -> str:
    return "".join(part if isinstance(part, str) else f"**{part.answers[0]}**" for part in parts)
