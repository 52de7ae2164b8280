"""How a room plays: times, scoring, and what is asked beside the answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tutor.kinds.base import Model

LONGEST = 3600  # seconds of one phase


class RoomSettings(Model):
    """What the host has chosen before the room opened.

    Attributes:
        seconds: to answer one question.
        talk_seconds: to discuss before the vote is taken again, and for open questions.
        confidence: whether a vote says how sure the player is, which changes what it earns.
        reasons: whether a vote may say why in a line.
        speed: whether an early right answer earns more; the last one still earns half.
        streaks: whether right answers in a row earn more.
        closest: whether numbers are scored by how near they are, on a logarithmic scale.
        own_numbers: whether every player gets the question with numbers of their own.
        teams: into how many teams players are dealt; 0 for none.
        lock_when_all: whether the vote closes when all who are connected have answered.
    """

    seconds: Annotated[int, Field(ge=5, le=LONGEST)] = 60
    talk_seconds: Annotated[int, Field(ge=5, le=LONGEST)] = 120
    confidence: bool = True
    reasons: bool = True
    speed: bool = False
    streaks: bool = False
    closest: bool = False
    own_numbers: bool = False
    teams: Annotated[int, Field(ge=0, le=12)] = 0
    lock_when_all: bool = True
