"""The frames that a server sends: to all, to one player, to the host."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tutor.kinds.base import Items, Model
from tutor.kinds.face import Face
from tutor.live.wire_values import (
    MOST_NAMES,
    MOST_QUESTIONS,
    VERSION,
    Code,
    Count,
    Millis,
    PhaseName,
    PlayerId,
    Seed,
    Token,
)
from tutor.live.words import Line, Said
from tutor.session.room.events import Sure, Talk

# From the server, to everybody -----------------------------------------------------------------


class Welcome(Model):
    """One is in. `token` is one's own alone, and is given once more at each entry."""

    t: Literal["welcome"] = "welcome"
    v: Literal[1] = VERSION
    code: Code
    title: Said
    player: PlayerId | None  # None for the host
    name: Line
    team: Count | None
    token: Token
    confidence: bool
    reasons: bool
    teams: Count


class Lobby(Model):
    """Who is there before the first question; names of at most 60."""

    t: Literal["lobby"] = "lobby"
    count: Count
    names: Annotated[Items[Line], Field(max_length=MOST_NAMES)]
    is_open: bool
    of: Count  # questions


class Clock(Model):
    """How long what is running goes on; None if it has no end. The receiver counts down."""

    t: Literal["clock"] = "clock"
    remaining_ms: Millis | None
    is_paused: bool


class Yours(Model):
    """The answer that the server has of a player, in the vote that is open or was last."""

    t: Literal["yours"] = "yours"
    round: Count
    ballot: Literal[1, 2]
    text: Annotated[str, Field(max_length=4000)]
    words: Said
    sure: Sure | None
    reason: Line


class Asked(Model):
    """A vote is open. `Yours` follows where the receiver has answered already."""

    t: Literal["asked"] = "asked"
    round: Count
    of: Count
    ballot: Literal[1, 2]
    topic: Said
    face: Face
    is_open_question: bool  # nothing to vote on: people talk
    remaining_ms: Millis | None
    is_paused: bool


class Locked(Model):
    """The vote is closed, and not revealed yet."""

    t: Literal["locked"] = "locked"
    round: Count
    ballot: Literal[1, 2]


class Talking(Model):
    """The vote is talked over. To each player the own pair; to others none.

    Attributes:
        partners: the names of those to talk to.
        opposing: the answer of one who answered otherwise, not said to be right or wrong.
        reason: why, in that player's words; empty if nobody gave a reason.
    """

    t: Literal["talking"] = "talking"
    round: Count
    talk: Talk
    partners: Annotated[Items[Line], Field(max_length=8)] = ()
    opposing: Said | None = None
    reason: Line = ""
    remaining_ms: Millis | None
    is_paused: bool


class Group(Model):
    """Those who answered alike; names of at most 60, and none in rooms of many."""

    words: Said
    count: Count
    names: Annotated[Items[Line], Field(max_length=MOST_NAMES)] = ()
    is_right: bool | None = None  # None before the reveal
    score: Annotated[float, Field(ge=0, le=1)] | None = None
    mistake: Said | None = None


class Reason(Model):
    """A line that a player gave as the reason of a vote."""

    name: Line
    words: Said  # of the answer
    reason: Line
    is_right: bool


class Revealed(Model):
    """The answer, and what everybody answered.

    Attributes:
        question, seed: the card, so that `tutor study --card question@seed` shows it again.
        answer: what is right; for an open question, nothing.
        points: of an open question, in order; `ticks` are those that came up.
        groups: of the vote that counts, the most frequent answer first.
        before, after: the share of right answers in the first and in the second vote.
        closest: who came nearest, where that is scored.
    """

    t: Literal["revealed"] = "revealed"
    round: Count
    of: Count
    question: Annotated[str, Field(max_length=300)]
    seed: Seed
    prompt: Said
    answer: Said | None
    explain: Said
    points: Annotated[Items[Said], Field(max_length=20)] = ()
    ticks: Annotated[Items[Count], Field(max_length=20)] = ()
    conclusion: Annotated[str, Field(max_length=2000)] = ""
    answered: Count
    before: Annotated[float, Field(ge=0, le=1)] | None
    after: Annotated[float, Field(ge=0, le=1)] | None
    groups: Annotated[Items[Group], Field(max_length=40)] = ()
    reasons: Annotated[Items[Reason], Field(max_length=20)] = ()
    closest: Annotated[Items[Line], Field(max_length=MOST_NAMES)] = ()


class Result(Model):
    """To one player, with `Revealed`: what came of the own answer.

    The first six say what goes into the player's own log: the first vote, which nobody had
    talked over.
    """

    t: Literal["result"] = "result"
    round: Count
    question: Annotated[str, Field(max_length=300)]
    seed: Seed
    first_text: Annotated[str, Field(max_length=4000)] | None
    first_score: Annotated[float, Field(ge=0, le=1)] | None
    first_took_ms: Millis
    first_mistake: Annotated[str, Field(max_length=200)] | None
    text: Annotated[str, Field(max_length=4000)] | None  # None if there was no answer
    score: Annotated[float, Field(ge=0, le=1)] | None
    sure: Sure | None
    understood: Said | None = None
    diagnosis: Said | None = None
    answer: Said | None = None  # where it is another than everybody's: with own numbers
    explain: Said | None = None
    points: int | float  # earned by this question
    total: int | float


class Row(Model):
    """A line of the board; equal points share a rank."""

    rank: Count
    name: Line
    team: Count | None
    points: int | float
    right: Count
    answered: Count


class TeamRow(Model):
    """A team of the board, by the mean of its players."""

    rank: Count
    team: Count
    points: int | float
    players: Count


class Dispute(Model):
    """A question over which a small team was divided, with who said what."""

    round: Count
    prompt: Said
    groups: Annotated[Items[Group], Field(max_length=40)]


class Board(Model):
    """How everybody stands.

    Attributes:
        rows: all of a small room, the first ten of a large one.
        disputes: in small rooms, the questions on which answers differed, the last one first.
        is_last: whether no question follows.
    """

    t: Literal["board"] = "board"
    rows: Annotated[Items[Row], Field(max_length=MOST_NAMES)]
    teams: Annotated[Items[TeamRow], Field(max_length=12)] = ()
    disputes: Annotated[Items[Dispute], Field(max_length=MOST_QUESTIONS)] = ()
    players: Count
    of: Count
    round: Count
    is_last: bool


class Standing(Model):
    """To one player, with `Board`: the own line of it."""

    t: Literal["standing"] = "standing"
    row: Row


class Ended(Model):
    """The session is over; `Board` and `Standing` came just before."""

    t: Literal["ended"] = "ended"


class Notes(Model):
    """The points and the conclusion of the question that is revealed have changed."""

    t: Literal["notes"] = "notes"
    round: Count
    ticks: Annotated[Items[Count], Field(max_length=20)]
    conclusion: Annotated[str, Field(max_length=2000)]


class Complaint(Model):
    """An answer could not be read: it is asked again, and not counted as wrong."""

    t: Literal["complaint"] = "complaint"
    round: Count
    ballot: Literal[1, 2]
    message: Said


Why = Literal[
    "malformed",  # not a frame
    "version",
    "too-large",
    "too-fast",
    "no-room",
    "wrong-token",
    "wrong-key",
    "full",
    "shut",  # the lobby is closed
    "name",  # empty, too long, taken, or with signs that are not allowed
    "not-host",
    "not-now",  # does not fit the state
    "closed",  # the vote is over
    "stale",
    "plan",  # the room cannot be opened with these questions
    "kicked",
    "elsewhere",  # this seat was taken over by a newer connection
    "gone",  # the room was closed
]


class Refused(Model):
    """What was sent last is refused; a final refusal is followed by the end of the connection."""

    t: Literal["refused"] = "refused"
    why: Why
    message: Said
    is_final: bool = False


# From the server, to the host alone ------------------------------------------------------------


class Seated(Model):
    """A player as the host sees them."""

    id: PlayerId
    name: Line
    team: Count | None
    connected: bool
    answered: bool


class Panel(Model):
    """The room as the host sees it; sent at most ten times a second.

    Attributes:
        phase: where the room stands; `is_paused` beside it.
        answered, waiting: of the vote that is open: who has answered, whom it waits for.
        players: at most 60, those who are waited for first.
        share: of right answers, once the vote is closed; None before, or without a vote.
        advice: what peer instruction suggests then.
        groups: who answered alike, once the vote is closed; what is right is not said.
        pairs: the pairs that are proposed or talk, by name.
        can: the actions that fit now.
    """

    t: Literal["panel"] = "panel"
    phase: PhaseName
    is_paused: bool
    moves: Count
    round: Count
    of: Count
    ballot: Literal[1, 2] | None
    is_open: bool
    count: Count
    connected: Count
    answered: Count
    waiting: Count
    players: Annotated[Items[Seated], Field(max_length=MOST_NAMES)]
    share: Annotated[float, Field(ge=0, le=1)] | None = None
    advice: Literal["explain", "discuss", "go-on"] | None = None
    groups: Annotated[Items[Group], Field(max_length=40)] = ()
    pairs: Annotated[Items[Items[Line]], Field(max_length=MOST_NAMES)] = ()
    can: Annotated[Items[Line], Field(max_length=30)] = ()


class Report(Model):
    """The notes of the session, as `tutor.session.room.report` makes them, in JSON."""

    t: Literal["report"] = "report"
    report: dict[str, Any]


FromServer = (
    Welcome
    | Lobby
    | Clock
    | Yours
    | Asked
    | Locked
    | Talking
    | Revealed
    | Result
    | Board
    | Standing
    | Ended
    | Notes
    | Complaint
    | Refused
    | Panel
    | Report
)
