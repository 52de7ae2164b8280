from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.safe import UnsafeText, clean, scrub


@pytest.mark.parametrize(
    "bad",
    ["\x1b[31m", "\x07", "\x00", "\x9b31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\r"],
)
def test_what_could_steer_a_terminal_is_refused_with_its_place(bad: str) -> None:
    with pytest.raises(UnsafeText) as caught:
        clean("ab" + bad)
    assert (caught.value.offset, caught.value.codepoint) == (2, ord(bad[0]))


def test_decomposed_hangul_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "은닉 상태")
    assert decomposed != "은닉 상태"
    assert clean(decomposed) == "은닉 상태"


def test_newline_tab_and_markup_pass() -> None:
    assert clean("a\n\tb [dim] [/] [@click=app.quit]x[/]").endswith("x[/]")


@given(st.text())
def test_scrubbed_text_is_clean(text: str) -> None:
    assert clean(scrub(text)) == scrub(text)
