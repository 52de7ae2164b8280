"""What may be said on the wire."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from tutor.live.words import LONGEST, Line, Said
from tutor.text.localized import Localized

SAID: TypeAdapter[Localized] = TypeAdapter(Said)


@pytest.mark.parametrize(
    "text",
    ["a $", r"$\frac$", r"$\evil{x}$", "> " * 20, "a\x1b[31m", "a\u202eb", "가" * (LONGEST + 1)],
)
def test_what_cannot_be_drawn_or_obeyed_is_refused(text: str) -> None:
    for said in (text, {"en": "fine", "ko": text}):
        with pytest.raises(ValidationError):
            SAID.validate_python(said)


def test_what_is_said_is_in_nfc() -> None:
    assert SAID.validate_python("\u1112\u1161\u11ab") == Localized.same("한")
    assert TypeAdapter(Line).validate_python("\u1112\u1161\u11ab $ [/]") == "한 $ [/]"
