"""Frames for tests: of each kind one, and a question to be asked."""

from __future__ import annotations

from typing import Literal

from pydantic import TypeAdapter

from tutor.kinds.face import Face
from tutor.live import wire
from tutor.text.localized import Localized

TOKEN = "t" * 32
CODE = "KQ7M2XPD"
FACE = TypeAdapter(Face).validate_python({"kind": "numeric", "prompt": "How many?"})


def said(text: str = "words") -> Localized:
    return Localized(text, f"{text} 말")


def welcome(*, player: str | None = "p1", token: str = TOKEN) -> wire.Welcome:
    return wire.Welcome(
        code=CODE, title=said(), player=player, name="Jun", team=None, token=token,
        confidence=True, reasons=True, teams=0,
    )  # fmt: skip


def asked(
    round: int = 1,  # noqa: A002 - the frame's own name
    ballot: Literal[1, 2] = 1,
    *,
    left: int | None = 60_000,
    paused: bool = False,
) -> wire.Asked:
    return wire.Asked(
        round=round, of=3, ballot=ballot, topic=said(), face=FACE,
        is_open_question=False, remaining_ms=left, is_paused=paused,
    )  # fmt: skip


def yours(round: int = 1, ballot: Literal[1, 2] = 1, text: str = "42") -> wire.Yours:  # noqa: A002 - the frame's own name
    return wire.Yours(round=round, ballot=ballot, text=text, words=said(text), sure=None, reason="")
