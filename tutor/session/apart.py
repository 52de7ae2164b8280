"""An order in which what belongs together does not follow itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def apart(items: Iterable[T], group: Callable[[T], object]) -> tuple[T, ...]:
    """Return the items so that no two neighbours are of one group, if that can be.

    Otherwise the order is kept: an item that would follow its like comes after the next that
    is of another group, or is put in further up where all that is left is of its own.
    """
    placed: list[T] = []
    held: list[T] = []

    def fits(at: int, item: T) -> bool:
        return all(group(near) != group(item) for near in placed[max(0, at - 1) : at + 1])

    for coming in items:
        held.append(coming)
        while (ready := _first(held, lambda item: fits(len(placed), item))) is not None:
            placed.append(held.pop(ready))
    for item in held:
        place = next((at for at in range(len(placed), -1, -1) if fits(at, item)), len(placed))
        placed.insert(place, item)
    return tuple(placed)


def _first(items: list[T], wanted: Callable[[T], bool]) -> int | None:
    return next((at for at, item in enumerate(items) if wanted(item)), None)
