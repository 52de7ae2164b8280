from __future__ import annotations

import pytest

from tutor.bank.scalars import ScalarError, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("Off", "Off"), ("y", "y"),
        ("true", True), ("False", False), ("TRUE", True), ("tRUE", "tRUE"),
        ("", None), ("~", None), ("null", None), ("nULL", "nULL"),
        ("0", 0), ("-7", -7), ("+12", 12), ("0o17", 15), ("0x1F", 31), ("-0x1F", "-0x1F"),
        ("1e-3", 0.001), (".5", 0.5), ("1.", 1.0), ("-1.5E+2", -150.0), ("6.02e23", 6.02e23),
        ("1_000", "1_000"), ("1,000", "1,000"), ("1:30", "1:30"), ("0b11", "0b11"), ("1e", "1e"),
        ("2001-12-14", "2001-12-14"), (".", "."), ("-", "-"), ("inf", "inf"), ("١٢", "١٢"),
        ("4*h*(d+h)", "4*h*(d+h)"),
    ],
)  # fmt: skip
def test_plain_scalars_follow_the_core_schema(text: str, value: object) -> None:
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("012", "ambiguous", "`12`"),
        ("-08", "ambiguous", "-8"),
        (".nan", "not a number", "quotes"),
        ("-.inf", "not a number", "quotes"),
        ("1e999", "out of range", "quotes"),
        ("9" * 5000, "5000 digits", "quotes"),
    ],
)
def test_ambiguous_and_endless_numbers_are_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(ScalarError) as caught:
        resolve(text)
    assert message in str(caught.value.message)
    assert hint in str(caught.value.hint).replace("\\", "")
