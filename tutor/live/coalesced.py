"""Something that is sent often, but not too often."""

from __future__ import annotations

from datetime import datetime, timedelta


class Coalesced:
    """What is sent at once, but never twice within `every`."""

    def __init__(self, every: timedelta) -> None:
        self._every = every
        self._free_at: datetime | None = None  # from when it may be sent again
        self.due: datetime | None = None

    def ask(self, now: datetime) -> None:
        """Note that there is something to send."""
        if self.due is None:
            self.due = now if self._free_at is None else max(now, self._free_at)

    def is_due(self, now: datetime) -> bool:
        """Return whether it is to be sent now."""
        return self.due is not None and self.due <= now

    def sent(self, now: datetime, at_least: float = 0) -> None:
        """Note that it was sent; not again within `every`, and `at_least` seconds."""
        self.due = None
        self._free_at = now + max(self._every, timedelta(seconds=at_least))
