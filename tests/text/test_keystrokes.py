from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.keystrokes import TWINS, keystrokes


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("뮤", "ab"),
        ("뮻", "abc"),
        ("1ㅠ 2ㅁ 3ㅊ", "1b 2a 3c"),
        ("한글", "gksrmf"),
        ("뷁", "qnpfr"),
        ("ㄳ", "rt"),
        ("ㅘ", "hk"),
        ("ㄸ", "E"),
        ("１２ａ", "12a"),
        ("σ ٢ é", "σ ٢ é"),
    ],
)
def test_keys_behind_what_was_typed(typed: str, keys: str) -> None:
    assert keystrokes(typed) == keys
    assert keystrokes(unicodedata.normalize("NFD", typed)) == keys


@given(st.integers(ord("가"), ord("힣")))
def test_every_syllable_has_keys(code: int) -> None:
    keys = keystrokes(chr(code))
    assert set(keys) <= set(TWINS)
    assert 2 <= len(keys) <= 5
