"""What the frames of a room are made of: codes, tokens, counts, and how much of each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tutor.session.room.settings import LONGEST

VERSION: Literal[1] = 1
MOST_BYTES = 16_384  # of a frame from a player
MOST_PLAN_BYTES = 4_194_304  # of the frame that opens a room
MOST_QUESTIONS = 200
MOST_NAMES = 60  # named in one frame

Code = Annotated[str, Field(min_length=8, max_length=8, pattern="^[0-9A-HJKMNP-TV-Z]{8}$")]
Token = Annotated[str, Field(min_length=20, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
PlayerId = Annotated[str, Field(max_length=12, pattern="^p[0-9]+$")]
Seed = Annotated[int, Field(ge=0, lt=2**31)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Millis = Annotated[int, Field(ge=0, le=LONGEST * 10_000)]
Audience = Literal["terminal", "page"]  # a page gets documents in place of markdown-lite
Do = Literal["next", "lock", "reveal", "skip", "again", "pause", "resume", "end"]
PhaseName = Literal["lobby", "asking", "locked", "talking", "revealed", "board", "ended"]
