"""Precisions and the units that bytes are written in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tutor.text.message import Message, msg

Dtype = Literal["float64", "float32", "float16", "bfloat16", "int8"]
ByteUnit = Literal["bytes", "KiB", "MiB", "GiB"]

BYTES: dict[Dtype, int] = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}
_POWERS: dict[ByteUnit, int] = {"bytes": 0, "KiB": 10, "MiB": 20, "GiB": 30}


def in_unit(amount: int, unit: ByteUnit | None) -> int | float:
    """Return an amount of bytes in a unit: an integer where it is one."""
    size = 1 << _POWERS[unit] if unit else 1
    return amount // size if amount % size == 0 else amount / size


def in_decimal_unit(amount: int, unit: ByteUnit) -> int | float:
    """Return an amount of bytes in kB, MB or GB: powers of 1000 instead of 1024."""
    size: int = 1000 ** (_POWERS[unit] // 10)
    return amount // size if amount % size == 0 else amount / size


def unit_words(unit: ByteUnit) -> Message:
    """Return the name of a unit."""
    match unit:
        case "bytes":
            return msg("bytes")
        case "KiB":
            return msg("KiB")
        case "MiB":
            return msg("MiB")
        case "GiB":
            return msg("GiB")


def shown_amount(amount: int, unit: ByteUnit) -> Iterator[Message]:
    """Yield the amount in the unit, or, of many bytes, in one that reads well."""
    if unit == "bytes":
        fitting: list[ByteUnit] = [u for u, power in _POWERS.items() if amount >= 1 << power]
        unit = fitting[-1] if fitting else "bytes"
    value = in_unit(amount, unit)
    if unit != "bytes":
        yield msg(
            r"In {unit}, of $2^{\val{power}}$ bytes each: {value}.",
            unit=unit_words(unit),
            power=_POWERS[unit],
            value=f"{value:,}" if isinstance(value, int) else f"{value:,.6g}",
        )
