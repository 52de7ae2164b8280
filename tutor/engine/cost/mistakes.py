"""Mistakes that several costs share."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.cost.unit import ByteUnit, in_decimal_unit, in_unit, unit_words
from tutor.engine.worked import Mistake
from tutor.text.message import msg


def as_macs(total: int) -> Mistake:
    """Return the mistake of counting a multiplication and an addition as one."""
    return Mistake(
        "macs-as-flops",
        msg(
            "{value:,} counts multiply-adds (MACs). Each is a multiplication and an addition:"
            " 2 FLOPs.",
            value=total // 2,
        ),
        total // 2,
    )


def one_token(total: int, length: int) -> Iterator[Mistake]:
    """Yield the mistake of counting a single position of several."""
    if length > 1:
        yield Mistake(
            "one-position",
            msg(
                "{value:,} is the work for one position. There are {length:,}.",
                value=total // length,
                length=length,
            ),
            total // length,
        )


def one_layer(total: int, layers: int, unit: ByteUnit | None = None) -> Iterator[Mistake]:
    """Yield the mistake of counting one layer of several."""
    if layers > 1:
        value = in_unit(total // layers, unit)
        yield Mistake(
            "one-layer",
            msg("{value:,} counts one layer. There are {layers:,}.", value=value, layers=layers),
            value,
        )


def batch_forgotten(total: int, batch: int, unit: ByteUnit | None = None) -> Iterator[Mistake]:
    """Yield the mistake of counting one example of several."""
    if batch > 1:
        value = in_unit(total // batch, unit)
        yield Mistake(
            "batch-forgotten",
            msg(
                "{value:,} counts one example. There are {batch:,}, and each needs its own.",
                value=value,
                batch=batch,
            ),
            value,
        )


def of_bytes(total: int, size: int, unit: ByteUnit, *, without: int = 1) -> Iterator[Mistake]:
    """Yield the mistakes about bytes: forgotten, bits, decimal units.

    Args:
        total: the bytes.
        size: of one number.
        unit: what the answer is written in.
        without: a size at which forgetting it gives the value of another mistake.
    """
    if unit != "bytes":
        decimal = in_decimal_unit(total, unit)
        yield Mistake(
            "decimal-unit",
            msg(
                "{value:,} takes powers of 1,000, which are kB, MB and GB. {unit} counts by powers"
                " of 1,024.",
                value=decimal,
                unit=unit_words(unit),
            ),
            decimal,
        )
    if size not in {1, without}:
        entries = in_unit(total // size, unit)
        yield Mistake(
            "bytes-forgotten",
            msg(
                "{value:,} counts the numbers. Each takes {size} bytes at this precision.",
                value=entries,
                size=size,
            ),
            entries,
        )
    bits = in_unit(total * 8, unit)
    yield Mistake(
        "bits-for-bytes",
        msg("{value:,} counts bits. A byte has 8 of them.", value=bits),
        bits,
    )
