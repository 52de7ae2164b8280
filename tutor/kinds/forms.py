"""The forms in which a short answer is accepted or recognised, in both languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.functional_validators import AfterValidator, BeforeValidator

from tutor.grading.gaps import is_word, same_form, word_key
from tutor.kinds.base import Items, Model, as_text, invalid
from tutor.kinds.setting import Setting
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.template import escape


def _something(form: str) -> str:
    if not form.strip():
        raise invalid(msg("this form is empty"), msg("write a word, a number or maths"))
    return form


# One form; a number in a file is a form like any other
Form = Annotated[
    str,
    BeforeValidator(as_text, json_schema_input_type=str | int | float),
    AfterValidator(_something),
    Field(max_length=120),
]
FormList = Annotated[Items[Form], Field(min_length=1, max_length=30)]


class Forms(Model):
    """Ways to say the same thing; the first of a language is shown. Values may be named."""

    en: FormList
    ko: FormList

    @property
    def all(self) -> tuple[str, ...]:
        """The forms of both languages, each once."""
        return tuple(dict.fromkeys((*self.en, *self.ko)))

    @property
    def fixed(self) -> bool:
        """Whether no form holds a value."""
        return not any("{" in form for form in self.all)


def filled(forms: Forms, setting: Setting) -> tuple[str, ...]:
    """Return all forms with their values written in."""
    return tuple(dict.fromkeys(as_typed(form, setting) for form in forms.all))


def shown(forms: Forms, setting: Setting) -> Localized:
    """Return the form that is shown as the answer, with its values written in."""
    return setting.fill(Localized(forms.en[0], forms.ko[0]))


def shared_form(a: tuple[str, ...], b: tuple[str, ...]) -> str | None:
    """Return a form of the second that is also one of the first, however it is written."""
    words = {word_key(form) for form in a if is_word(form)}
    others = [form for form in a if not is_word(form)]
    for form in b:
        if word_key(form) in words or any(same_form(form, other) for other in others):
            return form
    return None


def as_typed(form: str, setting: Setting) -> str:
    """Return a form as it is typed: a brace stands in it without the mark that shows it."""
    return setting.fill(Localized.same(form)).en.replace(r"\{", "{").replace(r"\}", "}")


def as_markdown(typed: str) -> Localized:
    """Return a form as it is typed as markdown-lite; maths in it is set."""
    return Localized.same(typed if "$" in typed else escape(typed))
