"""A value as a key that is equal to itself alone, for what is remembered about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Itself(Generic[T]):
    """A frozen value whose fields need not be hashed, however many they are."""

    value: T

    def __eq__(self, other: object) -> bool:
        """Return whether the other holds the very same value."""
        return isinstance(other, Itself) and other.value is self.value

    def __hash__(self) -> int:
        """Return a number that no other value has while this one is kept."""
        return id(self.value)
