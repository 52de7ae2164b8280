"""Whether a text that is taught is really there in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bank.bank import Place
from tutor.bank.findings import Finding, is_scalar_in
from tutor.bank.texts import HANGUL, latin_words, texts_of
from tutor.bank.topic import Page
from tutor.kinds import Question
from tutor.text.message import Message, msg

SHORT = 3  # words that may be the same in both languages: names, terms, code


def bilingual_findings(item: Page | Question, place: Place) -> list[Finding]:
    """Return the texts that lack a language.

    One text for both languages must be maths or numbers alone. Two equal texts, or Korean
    without Hangul, may hold a few words of Latin letters, such as `nn.LSTM`.
    """
    return list(_findings(item, place))


def _findings(item: Page | Question, place: Place) -> Iterator[Finding]:
    for where, words in texts_of(item):
        if words.en == words.ko:
            if is_scalar_in(place.file, (*place.where, *where)):
                if latin_words(words.en) or HANGUL.search(words.en):
                    yield Finding(
                        where, msg("one text for both languages"), msg("write `en:` and `ko:`")
                    )
            elif len(latin_words(words.en)) > SHORT:
                yield _lacks(msg("Korean"), where, "ko")
        elif not HANGUL.search(words.ko) and len(latin_words(words.ko)) > SHORT:
            yield _lacks(msg("Korean"), where, "ko")
        if HANGUL.search(words.en) and not latin_words(words.en):
            yield _lacks(msg("English"), where, "en")


def _lacks(language: Message, where: tuple[str | int, ...], lang: str) -> Finding:
    return Finding(
        (*where, lang),
        msg("this text is not in {language}", language=language),
        msg("translate it"),
    )
