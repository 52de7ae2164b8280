"""Cloze texts: type what is missing, one gap at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from pydantic import PrivateAttr, model_validator

from tutor.grading.answers import MAX_TYPED, read_answer
from tutor.grading.formula import Value
from tutor.kinds.base import QuestionBase, invalid
from tutor.kinds.cards import card_id, question_of
from tutor.kinds.common import shared_fields
from tutor.kinds.forms import as_markdown, as_typed
from tutor.kinds.gap import Gap, GapError, parse_gaps
from tutor.kinds.posed import Examples, FormatError, Part, PosedBase, Verdict, rate
from tutor.kinds.setting import draw_setting
from tutor.kinds.typed import cleaned
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.template import escape
from tutor.text.words import LANGS, Lang

MOST_GAPS = 20  # each is a card
BLANK = "＿＿＿"


class Cloze(QuestionBase):
    """A text with gaps, the same ones in both languages; each gap is a card of its own."""

    kind: Literal["cloze"]
    _gap: int = PrivateAttr(default=1)  # the number of the one that this card asks for

    @property
    def asked(self) -> int:
        """The number of the gap that this card asks for; the others are filled in."""
        return self._gap

    @model_validator(mode="after")
    def _same_gaps(self) -> Self:
        counts = {lang: len(_gaps(_parsed(self.prompt, lang))) for lang in LANGS}
        if counts["en"] != counts["ko"]:
            raise invalid(
                msg("{en} gaps in English, {ko} in Korean", **counts),
                msg("ask for the same things in both languages"),
                where=("prompt",),
            )
        if counts["en"] > MOST_GAPS:
            raise invalid(
                msg("a cloze with {n} gaps", n=counts["en"]),
                msg("it takes at most {most}", most=MOST_GAPS),
                where=("prompt",),
            )
        if not counts["en"]:
            raise invalid(
                msg("a cloze without a gap"),
                msg("write a gap as `[[answer]]`"),
                where=("prompt",),
            )
        return self


def cards(question: Cloze) -> tuple[Cloze, ...]:
    """Return a card for each gap, by their numbers; of a single gap, the question itself."""
    count = len(_gaps(_parsed(question.prompt, "en")))
    if count == 1 or question.id != question_of(question.id):
        return (question,)
    return tuple(_card(question, number) for number in range(1, count + 1))


def _card(question: Cloze, number: int) -> Cloze:
    card = question.model_copy(update={"id": card_id(question.id, number)})
    card._gap = number
    return card


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedCloze(PosedBase):
    """A cloze with its values filled in, and one gap open.

    Attributes:
        accepted: the answers of both languages, the English ones first.
        others: the answers of the other gaps.
        shown: the answer to show.
        filled: the text with this gap filled too.
    """

    accepted: tuple[str, ...]
    others: tuple[str, ...]
    shown: Localized
    filled: Localized


@dataclass(frozen=True, slots=True)
class TypedGap:
    """What was typed into the gap."""

    text: str


def pose(question: Cloze, seed: int, learner_args: Mapping[str, Value] | None) -> PosedCloze:
    """Fill the values in, and every gap but the one that is asked."""
    setting = draw_setting(question, seed, learner_args)
    en, ko = (_parsed(question.prompt, lang) for lang in LANGS)
    answers_en, answers_ko = ({gap.number: gap.answers for gap in _gaps(p)} for p in (en, ko))
    own_en, own_ko = answers_en.pop(question.asked), answers_ko.pop(question.asked)
    others = (*answers_en.values(), *answers_ko.values())

    def text(write: Callable[[str], str]) -> Localized:
        return Localized(*(_text(parts, question.asked, write) for parts in (en, ko)))

    return PosedCloze(
        **shared_fields(question, seed, setting, prompt=text(lambda _: BLANK)),
        accepted=tuple(dict.fromkeys(as_typed(form, setting) for form in (*own_en, *own_ko))),
        others=tuple(as_typed(form, setting) for forms in others for form in forms),
        shown=setting.fill(Localized(own_en[0], own_ko[0])),
        filled=setting.fill(text(lambda answer: f"**{answer}**")),
    )


def parse(posed: PosedCloze, text: str) -> TypedGap | FormatError:  # noqa: ARG001 - the way of all kinds
    """Read the answer."""
    typed = cleaned(text, MAX_TYPED)
    if isinstance(typed, FormatError):
        return typed
    return TypedGap(typed) if typed else FormatError(msg("The gap is still empty."))


def grade(posed: PosedCloze, response: TypedGap) -> Verdict:
    """Judge what was typed; what belongs into another gap is no typo."""
    reading = read_answer(response.text, posed.accepted, posed.others)
    right = reading is not None and reading.group == 0
    return Verdict(
        score=float(right),
        right_answer=posed.filled,
        rating=rate(float(right)),
        understood=as_markdown(reading.form) if right and reading and reading.typo else None,
        parts=(_part(response.text, posed.shown, right=right),),
    )


def examples(posed: PosedCloze) -> Examples:
    """Return every accepted answer, and one that no gap takes."""
    return Examples(posed.accepted, ("zzz",), ("", " \n", "\x1b[31m"))


def _part(typed: str, answer: Localized, *, right: bool) -> Part:
    note = None if right else answer
    return Part(Localized.same(escape(typed)), right=right, chosen=True, note=note)


def _parsed(prompt: Localized, lang: Lang) -> tuple[str | Gap, ...]:
    try:
        return parse_gaps(prompt.get(lang))
    except GapError as error:
        raise invalid(error.message, error.hint, error.offset, ("prompt", lang)) from None


def _gaps(parts: tuple[str | Gap, ...]) -> list[Gap]:
    return [part for part in parts if isinstance(part, Gap)]


def _text(parts: tuple[str | Gap, ...], asked: int, write: Callable[[str], str]) -> str:
    """Return the text with every gap filled; the one that is asked, as `write` has it."""

    def show(part: str | Gap) -> str:
        if isinstance(part, str):
            return part
        answer = part.answers[0]
        return write(answer) if part.number == asked else answer

    return "".join(map(show, parts))
