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


def refused(why: wire.Why = "closed", *, final: bool = False) -> wire.Refused:
    return wire.Refused(why=why, message=said(), is_final=final)


LOBBY = wire.Lobby(count=1, names=("Jun",), is_open=True, of=3)
LOCKED = wire.Locked(round=1, ballot=1)
TALKING = wire.Talking(round=1, talk="pairs", remaining_ms=9000, is_paused=False)
REVEALED = wire.Revealed(
    round=1, of=3, question="a.b", seed=7, prompt=said(), answer=said(), explain=said(),
    answered=1, before=0.5, after=None,
)  # fmt: skip
RESULT = wire.Result(
    round=1, question="a.b", seed=7, first_text="42", first_score=1, first_took_ms=900,
    first_mistake=None, text="42", score=1, sure=None, points=1, total=1,
)  # fmt: skip
ROW = wire.Row(rank=1, name="Jun", team=None, points=1, right=1, answered=1)
BOARD = wire.Board(rows=(ROW,), players=1, of=3, round=1, is_last=False)
PANEL = wire.Panel(
    phase="asking", is_paused=False, moves=1, round=1, of=3, ballot=1, is_open=True, count=1,
    connected=1, answered=0, waiting=1, players=(),
)  # fmt: skip

FRAMES: dict[str, wire.FromServer] = {
    "welcome": welcome(token="n" * 32),
    "lobby": LOBBY.model_copy(update={"count": 2}),
    "clock": wire.Clock(remaining_ms=1500, is_paused=False),
    "yours": yours(),
    "yours of another": yours(round=9),
    "asked": asked(2, left=30_000),
    "locked": LOCKED.model_copy(update={"ballot": 2}),
    "talking": TALKING.model_copy(update={"talk": "explain"}),
    "revealed": REVEALED.model_copy(update={"answered": 2}),
    "result": RESULT,
    "result of another": RESULT.model_copy(update={"round": 9}),
    "board": BOARD.model_copy(update={"players": 2}),
    "standing": wire.Standing(row=ROW),
    "ended": wire.Ended(),
    "notes": wire.Notes(round=1, ticks=(0,), conclusion="four blocks"),
    "notes of another": wire.Notes(round=9, ticks=(0,), conclusion="four blocks"),
    "complaint": wire.Complaint(round=1, ballot=1, message=said()),
    "complaint of another": wire.Complaint(round=9, ballot=1, message=said()),
    "refused": refused("not-now"),
    "refused for good": refused("gone", final=True),
    "panel": PANEL,
    "report": wire.Report(report={"rounds": []}),
}
