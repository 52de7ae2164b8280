"""How much somebody may still do: a bucket that fills with time."""

from __future__ import annotations

from datetime import datetime

from tutor.live.limits import Rate


class Allowance:
    """A bucket that holds `rate.burst` and gains `rate.per_second`."""

    __slots__ = ("_at", "_left", "_rate")

    def __init__(self, rate: Rate, at: datetime) -> None:
        self._rate = rate
        self._left = rate.burst
        self._at = at

    def _fill(self, at: datetime) -> None:
        passed = max(0.0, (at - self._at).total_seconds())
        self._left = min(self._rate.burst, self._left + passed * self._rate.per_second)
        self._at = at

    def has(self, at: datetime) -> bool:
        """Return whether once more is allowed, without taking it."""
        self._fill(at)
        return self._left >= 1

    def take(self, at: datetime, amount: float = 1) -> bool:
        """Take an amount, more than is left too, if there is one; return whether there was."""
        if not self.has(at):
            return False
        self._left -= amount
        return True

    def is_full(self, at: datetime) -> bool:
        """Return whether nothing has been taken for so long that it need not be kept."""
        self._fill(at)
        return self._left >= self._rate.burst


class Allowances:
    """A bucket for each address, forgotten when it is full again."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._by_address: dict[str, Allowance] = {}
        self._next_sweep = 1024

    def has(self, address: str, at: datetime) -> bool:
        """Return whether once more is allowed to an address, without taking it."""
        found = self._by_address.get(address)
        return found is None or found.has(at)

    def take(self, address: str, at: datetime, amount: float = 1) -> bool:
        """Take an amount, as from one bucket; return whether there was one."""
        found = self._by_address.get(address)
        if found is None:
            self._sweep(at)
            found = self._by_address[address] = Allowance(self._rate, at)
        return found.take(at, amount)

    def _sweep(self, at: datetime) -> None:
        """Forget full buckets now and then: the time of a sweep is shared by many calls."""
        if len(self._by_address) < self._next_sweep:
            return
        kept = {address: one for address, one in self._by_address.items() if not one.is_full(at)}
        self._by_address = kept
        self._next_sweep = max(1024, 2 * len(kept))
