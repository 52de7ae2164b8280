"""Every word of the program exists in Korean, and the compiled catalogue is current."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "tutor" / "locale" / "ko" / "LC_MESSAGES" / "tutor.po"
KEYWORDS = {"msg": None, "msgs": (1, 2), "N_": None}
SLOT = re.compile(r"(?<!\{)\{([^{}]+)\}(?!\})|\\val\{([^{}]+)\}")

Id = str | tuple[str, ...]


@pytest.fixture(scope="module")
def used() -> dict[Id, str]:
    """Return every message of the program, with a place where it is used."""
    found = extract_from_dir(ROOT / "tutor", keywords=KEYWORDS)
    return {messages: f"{path}:{line}" for path, line, messages, _, _ in found}


@pytest.fixture(scope="module")
def korean() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ko")


def test_every_message_is_translated(used: dict[Id, str], korean: Catalog) -> None:
    translated = {
        message.id: message.string for message in korean if message.id and not message.fuzzy
    }
    missing = {
        place: message
        for message, place in used.items()
        if message not in translated or not all(_strings(translated[message]))
    }
    assert not missing


def test_no_translation_is_stale(used: dict[Id, str], korean: Catalog) -> None:
    stale = [message.id for message in korean if message.id and message.id not in used]
    assert not stale
    assert not korean.obsolete


def test_translations_use_the_values_of_their_message(korean: Catalog) -> None:
    different = [
        message.id
        for message in korean
        if message.id
        for string in _strings(message.string)
        if _slots(string) != _slots(_strings(message.id)[-1])
    ]
    assert not different


def test_the_compiled_catalogue_is_current(korean: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = _words(read_mo(file))
    assert compiled == _words(korean), "run: pybabel compile -d tutor/locale -D tutor"


def test_no_message_stands_inside_an_f_string() -> None:
    """There the extraction does not see it, and it would stay English."""
    hidden = [
        f"{path}:{call.lineno}"
        for path in (ROOT / "tutor").rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
    ]
    assert not hidden


def _words(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    # without the header: it names the Babel that wrote it
    return {_strings(message.id): _strings(message.string) for message in catalogue if message.id}


def _strings(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _slots(text: str) -> set[str]:
    return {a or b for a, b in SLOT.findall(text)}
