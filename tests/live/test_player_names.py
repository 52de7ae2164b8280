"""What a player may be called."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.live.names import WIDEST, NameRefused, tidy
from tutor.text.safe import clean
from tutor.text.width import cells


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("민아", "민아"),
        ("\u1106\u1175\u11ab\u110b\u1161", "민아"),
        ("  Jun   Ho  ", "Jun Ho"),
        ("Jun\u3000\u00a0Ho", "Jun Ho"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("Nguyễn", "Nguyễn"),
        ("नितीं", "नितीं"),
        ("O'Neil-Smith", "O'Neil-Smith"),
        ("[b]x[/b]", "[b]x[/b]"),
        ("+1", "+1"),
        ("민" * 12, "민" * 12),
        ("x" * 24, "x" * 24),
        ("😀", "😀"),
    ],
)
def test_names_that_are_taken(typed: str, name: str) -> None:
    assert tidy(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "\u3000", "\u2800", "\u0301", "\u200b", "\u3164", "\ufeff"),
        *(
            "a\x00",
            "a\x1b[1m",
            "a\rb",
            "a\x85b",
            "a\x1cb",
            "a\x7f",
            "a\u202eb",
            "a\u2066b",
            "a\u200db",
        ),
        *("민" * 12 + "x", "x" * 25, "e\u0301\u0302\u0303\u0304", "Z" + "\u0321" * 5),
    ],
)
def test_names_that_are_refused(typed: str) -> None:
    with pytest.raises(NameRefused):
        tidy(typed)


@given(st.text(max_size=40))
def test_a_name_that_is_taken_is_safe_short_and_stays_as_it_is(typed: str) -> None:
    try:
        name = tidy(typed)
    except NameRefused:
        return
    assert clean(name) == name == unicodedata.normalize("NFC", name)
    assert 0 < cells(name) <= WIDEST
    assert name.split(" ") == name.split()
    assert tidy(name) == name
