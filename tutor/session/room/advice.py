"""What peer instruction suggests once a vote is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tutor.session.room.state import Round
from tutor.session.room.tally import gain, share

FEW, MANY = 0.35, 0.70  # of right answers; between them, both included, people discuss

Suggestion = Literal["explain", "discuss", "go-on"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do next, and why.

    Attributes:
        share: of right answers, from 0 to 1, after the last vote.
        gain: the normalised gain by the discussion; None before it, or if nothing could be gained.
    """

    suggestion: Suggestion
    share: float
    gain: float | None = None


def advise(round_: Round) -> Advice | None:
    """Return what Mazur suggests for a closed vote; nothing if nobody answered.

    Few right: explain it again. Many: go on. Between: let those discuss who differ. After the
    second vote nothing is discussed again: if few are right even now, explain.
    """
    right = share(round_)
    if right is None:
        return None
    if round_.ballot > 1:
        gained = gain(share(round_, 1), right)
        return Advice("explain" if right < FEW else "go-on", right, gained)
    return Advice(suggest(right), right)


def suggest(right: float) -> Suggestion:
    """Return what to do after a first vote with this share of right answers."""
    if right < FEW:
        return "explain"
    return "go-on" if right > MANY else "discuss"
