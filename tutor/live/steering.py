"""What the host of a room can do now, and what comes first."""

from __future__ import annotations

from typing import assert_never

from tutor.live.wire import Act, Do, DoDiscuss, FromHost, Panel
from tutor.text.message import Message, msg

_ROW: tuple[Do, ...] = ("next", "lock", "reveal", "again", "skip", "pause", "resume")
EXTENSION = 15  # seconds that one key adds


def suggested(panel: Panel) -> FromHost | None:
    """Return what the host most likely does next; after a vote, what peer instruction advises.

    None where nothing is left to do.
    """
    can, moves = set(panel.can), panel.moves
    if panel.is_paused:
        return Act(do="resume", moves=moves) if "resume" in can else None
    match panel.phase:
        case "lobby" | "talking" | "revealed" | "board":
            return Act(do="next", moves=moves) if "next" in can else None
        case "asking":
            return Act(do="lock", moves=moves) if "lock" in can else None
        case "locked":
            if panel.advice in {"discuss", "explain"} and "discuss" in can:
                pairs = panel.advice == "discuss" and bool(panel.pairs)
                return DoDiscuss(talk="pairs" if pairs else "explain", moves=moves)
            return Act(do="reveal", moves=moves) if "reveal" in can else None
        case "ended":
            return None
        case _:
            assert_never(panel.phase)


def offers(panel: Panel) -> dict[str, FromHost]:
    """Return what the host can do that moves the room, by name, what is suggested first.

    The names are those of the frames; `pairs` and `explain` are the two ways to talk.
    """
    can, moves = set(panel.can), panel.moves
    frames: dict[str, FromHost] = {}
    first = suggested(panel)
    if first is not None:
        frames[_name_of(first)] = first
    if "discuss" in can:
        if panel.pairs:
            frames.setdefault("pairs", DoDiscuss(talk="pairs", moves=moves))
        frames.setdefault("explain", DoDiscuss(talk="explain", moves=moves))
    for do in _ROW:
        if do in can:
            frames.setdefault(do, Act(do=do, moves=moves))
    return frames


def _name_of(frame: FromHost) -> str:
    match frame:
        case Act(do=do):
            return do
        case DoDiscuss(talk=talk):
            return talk
        case _:
            return frame.t


def label_of(frame: FromHost | None, panel: Panel) -> Message:
    """Return what an action is called where it is offered."""
    match frame:
        case Act(do="next"):
            return _label_of_next(panel)
        case Act(do="lock") if panel.ballot is None:  # a question that is only talked about
            return msg("show the points")
        case Act(do=do):
            return LABELS[do]
        case DoDiscuss(talk=talk):
            return msg("discuss") if talk == "pairs" else msg("explain again")
        case _:
            return msg("end")


def _label_of_next(panel: Panel) -> Message:
    if panel.phase == "lobby":
        return msg("start")
    if panel.phase == "talking":
        return msg("vote again")
    if panel.phase == "revealed":
        return msg("board")
    return msg("end") if panel.round >= panel.of else msg("next question")


LABELS = {
    "lock": msg("lock"),
    "reveal": msg("reveal"),
    "skip": msg("skip"),
    "again": msg("ask again"),
    "pause": msg("pause"),
    "resume": msg("go on"),
    "end": msg("end the session"),
}


def discreet(panel: Panel) -> Panel:
    """Return a panel for a screen that those who still have to vote see too.

    Who sees what most people answered, or how many were right, follows them in the second vote.
    """
    if panel.phase not in {"locked", "talking"} or panel.ballot == 2:
        return panel
    return panel.model_copy(update={"groups": (), "share": None})


def advice_words(panel: Panel) -> Message | None:
    """Return what peer instruction (Mazur 1997) says of a vote that is closed."""
    if panel.advice is None:
        return None
    if panel.share is None:
        return _WITHOUT_SHARE[panel.advice]
    share = round(100 * panel.share)
    match panel.advice:
        case "explain":
            if panel.ballot == 2:
                return msg(
                    "**{share}%** right, even after talking: reveal, and explain in other words.",
                    share=share,
                )
            return msg(
                "**{share}%** right: too few for a discussion. Explain again, then vote again.",
                share=share,
            )
        case "discuss":
            return msg(
                "**{share}%** right: let those talk who answered differently, then vote again.",
                share=share,
            )
        case "go-on":
            return msg("**{share}%** right: reveal, and go on.", share=share)
        case _:
            assert_never(panel.advice)


_WITHOUT_SHARE = {
    "explain": msg("Look at it together once more, then vote again or reveal."),
    "discuss": msg("Let those talk who answered differently, then vote again."),
    "go-on": msg("Reveal, and go on."),
}
