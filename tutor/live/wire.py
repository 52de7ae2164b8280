"""The frames that travel between a room's server and those who sit in it.

Each frame is one JSON object whose `t` says which it is. A frame from either side is refused as
a whole if it has an unknown key, a value of another type, or text that a terminal would obey.
Nothing that tells the right answer is in a frame to anybody before `Revealed`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from tutor.kinds.base import Items, Model
from tutor.kinds.face import Face
from tutor.live.words import Line, Said
from tutor.session.room.events import Sure, Talk
from tutor.session.room.settings import LONGEST, RoomSettings

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


# From the host ---------------------------------------------------------------------------------


class PlannedQuestion(Model):
    """A question as it is written in its file, and its seed."""

    question: dict[str, Any]
    seed: Seed


class Open(Model):
    """Open a room. `key` is the server's, where it asks for one."""

    t: Literal["open"] = "open"
    v: Literal[1] = VERSION
    key: Annotated[str, Field(max_length=200)] | None = None
    title: Said
    settings: RoomSettings
    plan: Annotated[Items[PlannedQuestion], Field(min_length=1, max_length=MOST_QUESTIONS)]
    topics: dict[Annotated[str, Field(max_length=200)], Said] = Field(default_factory=dict)
    seed: Seed


class Preside(Model):
    """Take the host's seat of a room that is open, again or for the first time."""

    t: Literal["preside"] = "preside"
    v: Literal[1] = VERSION
    code: Code
    token: Token


class Act(Model):
    """What the host does that moves the room.

    `moves` is the count of the state that the host saw: an older one is refused as stale, so
    that a key pressed twice acts once.
    """

    t: Literal["act"] = "act"
    do: Do
    moves: Count


class DoExtend(Model):
    """Give more time."""

    t: Literal["extend"] = "extend"
    seconds: Annotated[int, Field(ge=1, le=LONGEST)]
    moves: Count


class DoDiscuss(Model):
    """Talk before the second vote."""

    t: Literal["discuss"] = "discuss"
    talk: Talk
    moves: Count


class DoKick(Model):
    """Send a player away."""

    t: Literal["kick"] = "kick"
    player: PlayerId


class DoRename(Model):
    """Give a player another name."""

    t: Literal["rename"] = "rename"
    player: PlayerId
    name: Line


class DoSetOpen(Model):
    """Open or close the lobby."""

    t: Literal["set-open"] = "set-open"
    is_open: bool


class DoTick(Model):
    """Mark a point of an open question, counted from 0."""

    t: Literal["tick"] = "tick"
    point: Annotated[int, Field(ge=0, le=99)]
    is_on: bool


class DoConclude(Model):
    """Write down the team's conclusion."""

    t: Literal["conclude"] = "conclude"
    text: Annotated[str, Field(max_length=2000)]


class AskReport(Model):
    """Ask for the notes of the session so far."""

    t: Literal["ask-report"] = "ask-report"


# From a player ---------------------------------------------------------------------------------


class Enter(Model):
    """Come into a room: as somebody new, or, with a token, as who one was."""

    t: Literal["enter"] = "enter"
    v: Literal[1] = VERSION
    code: Code
    name: Annotated[str, Field(max_length=400)] = ""
    token: Token | None = None
    audience: Audience = "terminal"


class Vote(Model):
    """Answer. What is typed is parsed and judged by the server alone."""

    t: Literal["vote"] = "vote"
    round: Count
    ballot: Literal[1, 2]
    text: Annotated[str, Field(max_length=4000)]
    sure: Sure | None = None
    reason: Annotated[str, Field(max_length=400)] = ""


class Leave(Model):
    """Go; the seat is kept."""

    t: Literal["leave"] = "leave"


FromPlayer = Enter | Vote | Leave
FromHost = (
    Open
    | Preside
    | Act
    | DoExtend
    | DoDiscuss
    | DoKick
    | DoRename
    | DoSetOpen
    | DoTick
    | DoConclude
    | AskReport
)
FromClient = FromPlayer | FromHost


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

FROM_CLIENT: TypeAdapter[FromClient] = TypeAdapter(Annotated[FromClient, Field(discriminator="t")])
FROM_SERVER: TypeAdapter[FromServer] = TypeAdapter(Annotated[FromServer, Field(discriminator="t")])
