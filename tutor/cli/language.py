"""Which language the process speaks, known before the first word is printed."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from pathlib import Path

from tutor.text.words import LANGS, Lang

LOCALE_DIR = Path(__file__).resolve().parents[1] / "locale"
DOMAIN = "tutor"


def choose_language(argv: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """Return the language of `--lang`, else of the locale, else English.

    Args:
        argv: the command line without the program's name.
        environ: the environment; the first of LC_ALL, LC_MESSAGES and LANG that is set counts.
    """
    for at, word in enumerate(argv):
        value = argv[at + 1] if word == "--lang" and at + 1 < len(argv) else None
        if word.startswith("--lang="):
            value = word.removeprefix("--lang=")
        for lang in LANGS:
            if value == lang:
                return lang
    locale = next(
        (environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), ""
    )
    return "ko" if locale.lower().startswith("ko") else "en"


def speak(lang: Lang, environ: dict[str, str]) -> None:
    """Make gettext's global functions, which click's own words go through, speak a language."""
    environ["LANGUAGE"] = lang  # the one place gettext's global functions look first
    gettext.bindtextdomain(DOMAIN, LOCALE_DIR)
    gettext.textdomain(DOMAIN)


def catalogue(lang: Lang) -> gettext.NullTranslations:
    """Return the catalogue of the program's words; English needs none."""
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=[lang], fallback=True)
