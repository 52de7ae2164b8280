"""Short answers: a word or a few, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.grading.answers import MAX_TYPED, read_answer
from tutor.grading.formula import Value
from tutor.kinds.base import Items, MistakeId, Model, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.forms import Forms, as_markdown, filled, shared_form, shown
from tutor.kinds.posed import Diagnosis, Examples, FormatError, PosedBase, Verdict, rate
from tutor.kinds.redraw import Collision, pose_apart
from tutor.kinds.setting import Setting
from tutor.kinds.typed import cleaned
from tutor.text.localized import Localized
from tutor.text.message import msg


class TextMistake(Model):
    """Wrong answers that a known misconception leads to."""

    id: MistakeId
    forms: Forms
    say: Localized


class Text(QuestionBase):
    """A question whose answer is a word or a few."""

    kind: Literal["text"]
    accept: Forms
    mistakes: Annotated[Items[TextMistake], Field(max_length=20)] = ()
    others: Forms | None = None

    @cached_property
    def fixed(self) -> bool:
        """Whether neither the answer nor a mistake is recognised by a value."""
        return self.accept.fixed and all(mistake.forms.fixed for mistake in self.mistakes)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        taken = [(msg("the answer"), self.accept.all)]
        for index, mistake in enumerate(self.mistakes):
            for name, forms in taken:
                if form := _shared(forms, mistake.forms.all):
                    raise invalid(
                        msg("the form `{form}` belongs to {name} too", form=form, name=name),
                        msg("give each form once"),
                        where=("mistakes", index, "forms"),
                    )
            taken.append((msg("the mistake `{id}`", id=mistake.id), mistake.forms.all))
        for name, forms in taken if self.others else ():
            if form := _shared(forms, self.others.all if self.others else ()):
                raise invalid(
                    msg("the form `{form}` belongs to {name} too", form=form, name=name),
                    msg("give each form once"),
                    where=("others",),
                )
        return self


@dataclass(frozen=True, slots=True)
class PosedTextMistake:
    """A mistake with the forms it is recognised by."""

    id: str
    forms: tuple[str, ...]
    message: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedText(PosedBase):
    """A short answer with its values filled in.

    Attributes:
        accepted: the forms of both languages.
        shown: the form to show.
        mistakes: what is recognised as wrong, with words for it.
        others: forms that are other words, not typos of the answer.
    """

    accepted: tuple[str, ...]
    shown: Localized
    mistakes: tuple[PosedTextMistake, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypedText:
    """What was typed."""

    text: str


def pose(question: Text, seed: int, learner_args: Mapping[str, Value] | None) -> PosedText:
    """Fill the values in; draw again where they make a mistake's form one of the answer's.

    With the learner's own sizes nothing is drawn again; a mistake that reads like the answer is
    left out.

    Raises:
        PoseError: the answer and a mistake read alike in every draw.
    """
    return pose_apart(question, seed, learner_args, partial(_filled, question, seed))


def _filled(question: Text, seed: int, setting: Setting) -> PosedText:
    accepted = filled(question.accept, setting)
    mistakes = _mistakes(question, setting, accepted)
    if not setting.learner_args and len(mistakes) < len(question.mistakes):
        raise Collision(msg("the answer and its mistakes coincide in every draw"))
    return PosedText(
        **shared_fields(question, seed, setting),
        accepted=accepted,
        shown=shown(question.accept, setting),
        mistakes=mistakes,
        others=filled(question.others, setting) if question.others else (),
    )


def parse(posed: PosedText, text: str) -> TypedText | FormatError:  # noqa: ARG001 - alike for all
    """Read a few words."""
    typed = cleaned(text, MAX_TYPED)
    if isinstance(typed, FormatError):
        return typed
    return TypedText(typed) if typed else FormatError(msg("Type an answer."))


def grade(posed: PosedText, response: TypedText) -> Verdict:
    """Compare with the known forms; a forgiven typo is told, a known mistake is named."""
    groups = [posed.accepted, *(mistake.forms for mistake in posed.mistakes), posed.others]
    reading = read_answer(response.text, *groups)
    diagnosis = None
    if reading is not None and 0 < reading.group <= len(posed.mistakes):
        mistake = posed.mistakes[reading.group - 1]
        diagnosis = Diagnosis(mistake.id, mistake.message)
    score = 1.0 if reading is not None and reading.group == 0 else 0.0
    return Verdict(
        score=score,
        right_answer=posed.shown,
        rating=rate(score),
        understood=as_markdown(reading.form) if reading and reading.typo else None,
        diagnosis=diagnosis,
    )


def examples(posed: PosedText) -> Examples:
    """Return every accepted form, every other known form, and texts that are no answer."""
    wrong = [form for mistake in posed.mistakes for form in mistake.forms]
    return Examples(
        right=(*posed.accepted, f" {posed.accepted[0]} "),
        wrong=(*wrong, *posed.others, "zzzzzzzz"),
        malformed=("", " \n ", "\x1b[31m", "x" * (MAX_TYPED + 1)),
    )


def _mistakes(
    question: Text, setting: Setting, accepted: tuple[str, ...]
) -> tuple[PosedTextMistake, ...]:
    """Return the mistakes that can be told from the answer and from each other."""
    kept: list[PosedTextMistake] = []
    for mistake in question.mistakes:
        forms = filled(mistake.forms, setting)
        taken = (accepted, *(other.forms for other in kept))
        # what holds no value was told apart when it was read
        if question.fixed or not any(shared_form(other, forms) for other in taken):
            kept.append(PosedTextMistake(mistake.id, forms, setting.fill(mistake.say)))
    return tuple(kept)


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> str | None:
    """Return a form that two lists share before their values are filled in."""
    if same := next((form for form in b if form in a), None):
        return same
    fixed = tuple(tuple(form for form in forms if "{" not in form) for forms in (a, b))
    return shared_form(*fixed)
