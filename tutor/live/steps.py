"""What is told to those in a room, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tutor.live.documents import encode
from tutor.live.wire import Audience, FromServer


class Common:
    """A frame for everybody, encoded once for each audience."""

    def __init__(self, frame: FromServer) -> None:
        self.frame = frame
        self._texts: dict[Audience, str] = {}

    def text(self, audience: Audience) -> str:
        """Return the frame as one line of JSON."""
        if audience not in self._texts:
            self._texts[audience] = encode(self.frame, audience)
        return self._texts[audience]


@dataclass(frozen=True, slots=True)
class Own:
    """A frame for each player, by the id; for the host, of None."""

    make: Callable[[str | None], FromServer | None]


Step = Common | Own
