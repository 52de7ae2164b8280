"""Saying words in the learner's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import assert_never

from tutor.text.localized import Localized
from tutor.text.message import Message
from tutor.text.particles import resolve_particles
from tutor.text.template import Markdown, fill
from tutor.text.words import Lang, Words


@dataclass(frozen=True)
class Speaker:
    """A language, with the catalogue of the program's words in it.

    Args:
        lang: the language of content and of particles.
        catalogue: GNU gettext translations; the null catalogue speaks English.
        ascii: whether what is said is to be written with ASCII signs; words stay as they are.
    """

    lang: Lang
    catalogue: NullTranslations = field(default_factory=NullTranslations)
    ascii: bool = False

    def say(self, words: Words) -> str:
        """Return the words as markdown-lite, values filled in and particles resolved."""
        match words:
            case str():
                text = words
            case Localized():
                text = words.get(self.lang)
            case Message():
                text = self._translate(words)
            case _:
                assert_never(words)
        return resolve_particles(text) if self.lang == "ko" else text

    def maths(self, tex: str) -> str:
        """Return TeX drawn in one line."""
        from tutor.text import maths  # Home has none, and is painted without loading it

        return maths.inline(maths.parse(tex), ascii=self.ascii)

    def _translate(self, message: Message) -> str:
        values = message.values
        if message.plural is None:
            template = self.catalogue.gettext(message.msgid)
        else:
            count = values["n"]
            if not isinstance(count, int):
                raise TypeError("the value `n` chooses the plural and must be an integer")
            template = self.catalogue.ngettext(message.msgid, message.plural, count)

        def lookup(name: str) -> object:
            value = values[name]
            if isinstance(value, (Message, Localized)):
                return Markdown(self.say(value))
            return value

        return fill(template, lookup)


ENGLISH = Speaker("en")
