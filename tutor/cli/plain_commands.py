"""What a host types, as frames to send or words to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from tutor.live.seat import Seat
from tutor.live.steering import suggested
from tutor.live.wire import (
    Act,
    DoConclude,
    DoDiscuss,
    DoExtend,
    DoKick,
    DoRename,
    DoSetOpen,
    DoTick,
    FromHost,
    Panel,
    Revealed,
    Seated,
)
from tutor.session.room.saying import shown_name, team_name
from tutor.text.message import Message, msg, msgs
from tutor.text.safe import UnsafeText, clean
from tutor.text.template import escape
from tutor.text.words import Words

LONGEST_CONCLUSION = 2000
LONGEST_NAME = 80
_USUAL_EXTENSION = 15  # seconds
_MOST_SECONDS = 3600

COMMANDS: tuple[tuple[str, Message], ...] = (
    ("", msg("Enter: what comes next; it is said each time")),
    ("lock", msg("close the vote")),
    ("extend 15", msg("give more time, in seconds")),
    ("discuss", msg("let those talk who answered differently, then vote again")),
    ("explain", msg("explain it once more, then vote again")),
    ("reveal", msg("show the answer")),
    ("again", msg("ask the same question once more, with other numbers")),
    ("skip", msg("leave this question out")),
    ("pause", msg("stop the clock; `resume` lets it go on")),
    ("who", msg("who is here")),
    ("kick NAME", msg("send a player away")),
    ("rename NAME NEW", msg("give a player another name; quote one that has spaces")),
    ("close", msg("close the lobby; `open` opens it again")),
    ("tick 2", msg("tick a point that came up, or take the tick back")),
    ("conclude TEXT", msg("write down what the team concludes")),
    ("end", msg("end the session for everybody")),
)
_ACTS = frozenset(get_args(Act.model_fields["do"].annotation)) - {"next"}
_UNSAFE = msg("There is a character in it that cannot be shown safely; type it again.")


class Unclear(Exception):
    """What was typed is no command now.

    Attributes:
        message: what to type instead.
    """

    def __init__(self, message: Words) -> None:
        super().__init__(message)
        self.message = message


def read_command(line: str, seat: Seat) -> FromHost:
    """Return the frame that a line commands.

    Args:
        line: as typed; neither `?` nor `who`, which need no server.
        seat: the host's, with its panel.

    Raises:
        Unclear: there is no such command, or it does not say what it needs.
    """
    panel = seat.panel
    if panel is None or seat.link != "connected":
        raise Unclear(msg("There is no connection now; type it again later."))
    command, _, rest = line.strip().partition(" ")
    command, rest = command.lower(), rest.strip()
    if command in {"", "next"}:
        return _next(panel)
    if command in _ACTS:
        return Act.model_validate({"do": command, "moves": panel.moves})
    if command in _OTHERS:
        return _OTHERS[command](rest, seat, panel)
    raise Unclear(msg("There is no command “{name}”; `?` lists them.", name=command[:20]))


def who(panel: Panel) -> list[Words]:
    """Return who is in the room, and who has answered."""
    said: list[Words] = [msgs("{n} player", "{n} players", n=panel.count)]
    said += (_described(seated, voting=panel.phase == "asking") for seated in panel.players)
    if panel.count > len(panel.players):
        said.append(msg("and {n} more", n=panel.count - len(panel.players)))
    return said


def _next(panel: Panel) -> FromHost:
    frame = suggested(panel)
    if frame is None:
        raise Unclear(msg("There is nothing to do now; `?` lists what can be typed."))
    return frame


def _extend(rest: str, _: Seat, panel: Panel) -> FromHost:
    seconds = _number(rest) if rest else _USUAL_EXTENSION
    if seconds is None or not 1 <= seconds <= _MOST_SECONDS:
        raise Unclear(msg("Type how many seconds, such as `extend 15`."))
    return DoExtend(seconds=seconds, moves=panel.moves)


def _tick(rest: str, seat: Seat, _: Panel) -> FromHost:
    scene, number = seat.scene, _number(rest)
    if not isinstance(scene, Revealed) or not scene.points:
        raise Unclear(msg("There are no points to tick now."))
    if number is None or not 1 <= number <= len(scene.points):
        raise Unclear(msg("Type the number of a point, 1 to {count}.", count=len(scene.points)))
    return DoTick(point=number - 1, is_on=number - 1 not in scene.ticks)


def _conclude(rest: str, _: Seat, __: Panel) -> FromHost:
    text = _cleaned(rest)
    if len(text) > LONGEST_CONCLUSION:
        raise Unclear(msg("A conclusion has at most {n:,} characters.", n=LONGEST_CONCLUSION))
    return DoConclude(text=text)


def _kick(rest: str, _: Seat, panel: Panel) -> FromHost:
    if not rest:
        raise Unclear(msg("Type whom, such as `kick Jun`."))
    return DoKick(player=_find(_unquoted(rest), panel).id)


def _rename(rest: str, _: Seat, panel: Panel) -> FromHost:
    old, new = _two(rest)
    if not old or not new:
        raise Unclear(msg("Type both names, such as `rename Jun Juna`."))
    new = _cleaned(new)
    if len(new) > LONGEST_NAME:
        raise Unclear(msg("A name has at most {n} characters.", n=LONGEST_NAME))
    return DoRename(player=_find(old, panel).id, name=new)


_OTHERS: Mapping[str, Callable[[str, Seat, Panel], FromHost]] = {
    "extend": _extend,
    "discuss": lambda _, __, panel: DoDiscuss(talk="pairs", moves=panel.moves),
    "explain": lambda _, __, panel: DoDiscuss(talk="explain", moves=panel.moves),
    "kick": _kick,
    "rename": _rename,
    "open": lambda _, __, ___: DoSetOpen(is_open=True),
    "close": lambda _, __, ___: DoSetOpen(is_open=False),
    "tick": _tick,
    "conclude": _conclude,
}


def _find(name: str, panel: Panel) -> Seated:
    """Return the player of a name, or the only one whose name begins so."""
    wanted = name.casefold()
    exact = [seated for seated in panel.players if seated.name.casefold() == wanted]
    found = exact or [one for one in panel.players if one.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(shown_name(seated.name) for seated in found)
        raise Unclear(msg("Which of them: {names}?", names=names))
    raise Unclear(msg("Nobody is called “{name}”; `who` lists who is here.", name=name[:40]))


def _described(seated: Seated, *, voting: bool) -> Words:
    parts: list[Words] = []
    if seated.team is not None:
        parts.append(team_name(seated.team))
    if not seated.connected:
        parts.append(msg("gone"))
    elif voting:
        parts.append(msg("has answered") if seated.answered else msg("has not answered yet"))
    name = shown_name(seated.name)
    match parts:
        case [one]:
            return msg("{name}: {one}", name=name, one=one)
        case [one, two]:
            return msg("{name}: {one}, {two}", name=name, one=one, two=two)
        case _:
            return escape(name)


def _cleaned(text: str) -> str:
    try:
        return clean(text)
    except UnsafeText:
        raise Unclear(_UNSAFE) from None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]
    return text[1:-1].strip() if quoted else text


def _two(text: str) -> tuple[str, str]:
    """Split two names; a name with spaces stands in quotes."""
    if text[:1] in {'"', "'"}:
        first, _, rest = text[1:].partition(text[0])
    else:
        first, _, rest = text.partition(" ")
    return first.strip(), _unquoted(rest.strip())
