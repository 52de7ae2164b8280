from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from tutor.text.localized import Localized

ADAPTER = TypeAdapter(Localized)


def test_a_string_serves_both_languages() -> None:
    assert ADAPTER.validate_python("d = 10") == Localized("d = 10", "d = 10")


def test_both_languages_are_taken() -> None:
    words = ADAPTER.validate_python({"en": "gate", "ko": "게이트"})
    assert (words.get("en"), words.get("ko")) == ("gate", "게이트")


@pytest.mark.parametrize("bad", [{"en": "gate"}, {"en": "a", "ko": "b", "fr": "c"}, 3, "", None])
def test_anything_else_is_refused(bad: object) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(bad)
