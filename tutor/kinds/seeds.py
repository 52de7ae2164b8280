"""Numbers from a seed, the same on every machine and in every Python version."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Stream:
    """A stream of numbers that depends on its labels alone.

    `random.Random` promises the same sequence between Python versions only for `random()`;
    a seed is logged with each answer and must give the very same card years later.
    """

    def __init__(self, *labels: object) -> None:
        self._key = "\x1f".join(map(str, labels)).encode()
        self._count = 0

    def below(self, limit: int) -> int:
        """Return the next integer in [0, limit)."""
        self._count += 1
        digest = blake2b(self._key + self._count.to_bytes(8, "big"), digest_size=16).digest()
        return int.from_bytes(digest, "big") % limit  # limit << 2**128: the bias is nil

    def choice(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """Return the items in a drawn order."""
        rest = list(items)
        return tuple(rest.pop(self.below(len(rest))) for _ in items)


def derive_seed(*labels: object) -> int:
    """Return a 31-bit seed made from labels."""
    return Stream("seed", *labels).below(2**31)
