"""What happened in a room, as it is kept: every question with these numbers, and every vote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from tutor.kinds import Posed
from tutor.kinds.base import Items, Model
from tutor.kinds.discuss import PosedDiscuss
from tutor.kinds.face import Face, face
from tutor.kinds.safe_words import OneLine, Prompt, Shown
from tutor.session.room.answers import right_answer, words_of
from tutor.session.room.events import Sure, Talk
from tutor.session.room.scoring import closest, earned, standings
from tutor.session.room.state import Ballots, Room, Round
from tutor.session.room.tally import gain, share
from tutor.text.localized import Localized
from tutor.text.template import escape
from tutor.text.words import Words

Say = Callable[[Words], Localized]  # gives words in both languages
EarnedBy = Mapping[str, Mapping[int, float]]  # points by player and round

FORMAT: Literal[1] = 1


class ReportVote(Model):
    """An answer as it stood when the vote closed.

    Attributes:
        text: as typed.
        words: as a person would say it.
        mistake: the id of the mistake that was recognised.
        diagnosis: what that mistake is.
    """

    text: Shown
    words: Prompt
    sure: Sure | None
    reason: Shown
    score: float | None
    mistake: OneLine | None
    diagnosis: Prompt | None

    @property
    def is_right(self) -> bool:
        """Whether everything was right."""
        return self.score is not None and self.score >= 1


class ReportAnswer(Model):
    """What one player answered to a question; `first` and `second` are None without a vote.

    Attributes:
        seed: of the player's own numbers; None where all had the same.
        answer: what was right with the player's own numbers.
    """

    player: OneLine
    seed: int | None
    answer: Prompt | None
    first: ReportVote | None
    second: ReportVote | None
    points: float

    @property
    def last(self) -> ReportVote | None:
        """The vote that counts."""
        return self.second or self.first


class ReportPoint(Model):
    """A point of an open question, and whether it came up."""

    words: Prompt
    came_up: bool


class ReportMistake(Model):
    """A mistake that was recognised in the first vote, with who made it."""

    mistake: OneLine
    diagnosis: Prompt
    players: Items[OneLine]


class ReportRound(Model):
    """A question as it was asked.

    Attributes:
        before, after: the share of right answers in the first and in the second vote.
        pairs: the names of those who were to talk to each other.
        closest: who came nearest to the right number, where that is scored.
    """

    number: int
    question: OneLine
    seed: int
    kind: OneLine
    topic: Prompt
    face: Face
    answer: Prompt | None
    explain: Prompt
    own_numbers: bool
    answers: Items[ReportAnswer]
    before: float | None
    after: float | None
    talk: Talk | None
    pairs: Items[Items[OneLine]]
    points: Items[ReportPoint]
    mistakes: Items[ReportMistake]
    closest: Items[OneLine] = ()
    conclusion: Shown

    @property
    def prompt(self) -> Localized:
        """What was asked."""
        return self.face.prompt

    @property
    def share(self) -> float | None:
        """The share of right answers in the end; None if nobody answered."""
        return self.before if self.after is None else self.after

    @property
    def gain(self) -> float | None:
        """The normalised gain (Hake 1998): how much of what could be gained was."""
        return gain(self.before, self.after)


class ReportPlayer(Model):
    """How a player did in all."""

    name: OneLine
    team: int | None
    rank: int
    points: float
    right: int
    answered: int


class SessionReport(Model):
    """A session.

    Attributes:
        teams: how many; 0 if everybody played alone.
        skipped: ids of questions that were left out.
    """

    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)] = FORMAT
    code: OneLine
    title: Prompt
    began: Annotated[datetime, Field(strict=False)]
    ended: Annotated[datetime, Field(strict=False)]
    teams: int
    confidence: bool
    players: Items[ReportPlayer]
    rounds: Items[ReportRound]
    skipped: Items[OneLine]


def make_report(room: Room, ended: datetime, say: Say) -> SessionReport:
    """Return what happened so far.

    Args:
        room: in any phase; a question that is not revealed yet is not in it.
        ended: the instant of the last event.
        say: gives words in both languages.
    """
    asked = [each for each in room.rounds if each.revealed and not each.skipped]
    earned_by = {player: earned(room, player) for player in room.players}
    return SessionReport(
        code=room.code,
        title=room.plan.title,
        began=room.rounds[0].opened_at if room.rounds else room.created,
        ended=ended,
        teams=room.settings.teams,
        confidence=room.settings.confidence,
        players=tuple(
            ReportPlayer(
                name=each.player.name,
                team=each.player.team,
                rank=each.rank,
                points=each.points,
                right=each.right,
                answered=each.answered,
            )
            for each in standings(room)
        ),
        rounds=tuple(_round(room, each, earned_by, say) for each in asked),
        skipped=tuple(each.posed.question for each in room.rounds if each.skipped),
    )


def _round(room: Room, round_: Round, earned_by: EarnedBy, say: Say) -> ReportRound:
    posed = round_.posed
    question = room.plan.questions[round_.index].question
    open_question = isinstance(posed, PosedDiscuss)
    voters = dict.fromkeys(player for votes in round_.ballots for player in votes)
    answers = tuple(_answer(room, round_, player, earned_by, say) for player in voters)
    topic = posed.question.partition(".")[0]
    return ReportRound(
        number=round_.number,
        question=posed.question,
        seed=posed.seed,
        kind=question.kind,
        topic=room.plan.topics.get(topic, Localized.same(escape(topic))),
        face=face(posed),
        answer=None if open_question else say(right_answer(posed)),
        explain=posed.explain,
        own_numbers=bool(round_.own),
        answers=answers,
        before=share(round_, 1),
        after=share(round_) if round_.ballot == 2 else None,
        talk=round_.talk,
        pairs=tuple(tuple(room.players[p].name for p in pair.players) for pair in round_.pairs),
        points=_points(posed, round_, say),
        mistakes=_mistakes(answers),
        closest=tuple(room.players[player].name for player in closest(round_))
        if room.settings.closest
        else (),
        conclusion=round_.conclusion,
    )


def _answer(room: Room, round_: Round, player: str, earned_by: EarnedBy, say: Say) -> ReportAnswer:
    own = round_.own.get(player)
    first, second = (*round_.ballots, {})[:2]
    return ReportAnswer(
        player=room.players[player].name,
        seed=None if own is None else own.seed,
        answer=None if own is None else say(right_answer(own)),
        first=_vote(round_, player, first, say),
        second=_vote(round_, player, second, say),
        points=earned_by[player].get(round_.number, 0.0),
    )


def _vote(round_: Round, player: str, votes: Ballots, say: Say) -> ReportVote | None:
    ballot = votes.get(player)
    if ballot is None:
        return None
    diagnosis = ballot.verdict.diagnosis
    return ReportVote(
        text=ballot.text,
        words=say(words_of(round_, player, ballot)),
        sure=ballot.sure,
        reason=ballot.reason,
        score=ballot.verdict.score,
        mistake=None if diagnosis is None else diagnosis.mistake,
        diagnosis=None if diagnosis is None else say(diagnosis.message),
    )


def _points(posed: Posed, round_: Round, say: Say) -> tuple[ReportPoint, ...]:
    if not isinstance(posed, PosedDiscuss):
        return ()
    return tuple(
        ReportPoint(words=say(point), came_up=index in round_.ticks)
        for index, point in enumerate(posed.points)
    )


def _mistakes(answers: tuple[ReportAnswer, ...]) -> tuple[ReportMistake, ...]:
    """Return the mistakes of the first vote, those of most players first."""
    made: dict[str, list[str]] = defaultdict(list)
    words: dict[str, Localized] = {}
    for answer in answers:
        vote = answer.first
        if vote is not None and vote.mistake is not None and vote.diagnosis is not None:
            made[vote.mistake].append(answer.player)
            words.setdefault(vote.mistake, vote.diagnosis)
    ordered = sorted(made.items(), key=lambda item: -len(item[1]))
    return tuple(
        ReportMistake(mistake=mistake, diagnosis=words[mistake], players=tuple(players))
        for mistake, players in ordered
    )
