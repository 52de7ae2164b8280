"""What of a result goes into the player's own log."""

from __future__ import annotations

from tutor.live.wire import Result
from tutor.services.peer_log import PeerAnswer


def own_answer(result: Result) -> PeerAnswer | None:
    """Return a player's first answer, which nobody had talked over; None if there was none."""
    if result.first_text is None or result.first_score is None:
        return None
    return PeerAnswer(
        question=result.question,
        seed=result.seed,
        response=result.first_text,
        score=result.first_score,
        mistake=result.first_mistake,
        took_ms=result.first_took_ms,
    )
