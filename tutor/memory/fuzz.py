"""A little spread of intervals, so that cards learnt together do not stay together."""

from __future__ import annotations

from hashlib import blake2b

# (from day, to day, share of the days between them that the interval may move by)
_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))


def fuzz_bounds(days: int, maximum: int) -> tuple[int, int]:
    """Return the shortest and longest interval that an interval may be moved to.

    The ranges are Anki's (rslib/src/scheduler/states/fuzz.rs); one and two days stay.
    """
    if days < _RANGES[0][0]:
        return days, days
    delta = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in _RANGES)
    lower = min(max(round(days - delta), 2), maximum)
    upper = min(round(days + delta), maximum)
    return lower, upper


def fuzzed(days: int, *, card: str, reps: int, maximum: int) -> int:
    """Return the interval, moved within its bounds by what the card and its count give.

    The same card with as many reviews always moves by the same share, on every machine,
    so a replay gives the same days; and a longer interval never becomes the shorter one.
    """
    lower, upper = fuzz_bounds(days, maximum)
    digest = blake2b(f"{card}\0{reps}".encode(), digest_size=7).digest()
    share = int.from_bytes(digest) / 2**56
    return lower + int(share * (upper - lower + 1))
