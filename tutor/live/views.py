"""What is told of a room: its state as frames, for everybody and for each player."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Literal

from tutor.kinds.discuss import PosedDiscuss
from tutor.kinds.face import face
from tutor.live.boards import board, row
from tutor.live.books import Book
from tutor.live.groups import Say, group_frames, names_answers, said, sent_away
from tutor.live.steps import Common, Own, Step
from tutor.live.wire import (
    MOST_NAMES,
    Asked,
    Clock,
    Ended,
    Lobby,
    Locked,
    Notes,
    Reason,
    Result,
    Revealed,
    Standing,
    Talking,
    Welcome,
    Yours,
)
from tutor.session.room.answers import right_answer, why_wrong, words_of
from tutor.session.room.pairs import opposing_all
from tutor.session.room.rules import in_all, is_open_question, question_of, takes_votes
from tutor.session.room.scoring import NOTHING, Accounts, closest, counts_for_points, standings
from tutor.session.room.scoring import Standing as Score
from tutor.session.room.state import Ballot, Phase, Room, Round
from tutor.session.room.tally import counting, groups, share, votes_of
from tutor.text.localized import Localized
from tutor.text.words import Words

MOST_REASONS = 20
_MILLISECOND = timedelta(milliseconds=1)


class View:
    """A room at an instant.

    Args:
        room: its state.
        now: the instant, for how much time is left.
        say: returns words in a language.
        book: of the room's points.
    """

    def __init__(self, room: Room, now: datetime, say: Say, book: Book) -> None:
        self.room = room
        self._book = book
        self._now = now
        self._say = say
        self._faces: dict[int, Asked] = {}  # by the identity of what is posed
        self._said: dict[int, Localized] = {}  # by the identity of the words
        self._answers: dict[str, Localized] = {}  # of the first vote, by player

    # What is sent when -------------------------------------------------------------------------

    def entering(self, listed: Common | None = None) -> tuple[Step, ...]:
        """Return what puts someone who comes in into the present state.

        Args:
            listed: who is in the lobby, where that has been said already.
        """
        says_so = self.room.phase in {Phase.ASKING, Phase.TALKING}  # of a pause, by itself
        scene = (listed or self.people(),) if self.room.phase is Phase.LOBBY else self._scene
        return (*scene, *((self._clock,) if self._is_paused and not says_so else ()))

    @property
    def _scene(self) -> tuple[Step, ...]:
        asked = (self._asked, Own(self.yours)) if self.room.rounds else ()
        match self.room.phase:
            case Phase.LOBBY:
                return (self.people(),)
            case Phase.ASKING:
                return asked
            case Phase.BOARD:
                return self._board_steps
            case Phase.ENDED:
                return (*self._board_steps, Common(Ended()))
            case _:
                return (*asked, *self._phase_steps)

    def changed(self, before: Room) -> tuple[Step, ...]:
        """Return what those who knew the state before have to be told."""
        if _scene(before) != _scene(self.room):
            return self._phase_steps_after(before)
        old, new = before.round, self.room.round
        if old is not None and new is not None and _noted(old) != _noted(new):
            return (Common(self._notes(new)),)
        return (self._clock,)

    def _phase_steps_after(self, before: Room) -> tuple[Step, ...]:
        match self.room.phase:
            case Phase.ASKING:
                return (self._asked, Own(self.yours))
            case Phase.ENDED:
                shown = () if before.phase is Phase.BOARD else self._board_steps
                return (*shown, Common(Ended()))
            case _:
                return self._phase_steps

    @property
    def _phase_steps(self) -> tuple[Step, ...]:
        match self.room.phase:
            case Phase.LOCKED:
                return (Common(Locked(round=self._round.number, ballot=self._ballot)),)
            case Phase.TALKING:
                return (Own(self._talking),)
            case Phase.REVEALED:
                return (Common(self._revealed()), Own(self._result))
            case Phase.BOARD:
                return self._board_steps
            case _:
                return self._scene

    @property
    def _board_steps(self) -> tuple[Step, ...]:
        return (Common(board(self.room, self._scores.values(), self._say)), Own(self._standing))

    # Its parts ---------------------------------------------------------------------------------

    @property
    def _round(self) -> Round:
        return self.room.rounds[-1]

    @property
    def _ballot(self) -> Literal[1, 2]:
        return 1 if self._round.ballot == 1 else 2

    @property
    def _is_paused(self) -> bool:
        return self.room.paused_at is not None

    @property
    def _clock(self) -> Common:
        return Common(Clock(remaining_ms=self._remaining, is_paused=self._is_paused))

    @property
    def _remaining(self) -> int | None:
        room = self.room
        if room.deadline is not None:
            return max(0, (room.deadline - self._now) // _MILLISECOND)
        return None if room.remaining is None else max(0, room.remaining // _MILLISECOND)

    def _both(self, words: Words) -> Localized:
        return said(words, self._say)

    def _name(self, player: str) -> str:
        return self.room.players[player].name

    # In the lobby, and on coming in ------------------------------------------------------------

    def welcome(self, player: str | None, token: str) -> Welcome:
        """Return the frame for one who comes in; the token is their own."""
        settings = self.room.settings
        seat = None if player is None else self.room.players[player]
        return Welcome(
            code=self.room.code,
            title=self.room.plan.title,
            player=player,
            name="" if seat is None else seat.name,
            team=None if seat is None else seat.team,
            token=token,
            confidence=settings.confidence,
            reasons=settings.reasons,
            teams=settings.teams,
        )

    def people(self) -> Common:
        """Return `lobby` for everybody."""
        return Common(self.lobby())

    def lobby(self) -> Lobby:
        """Return who is there before the first question: the last to come last."""
        players = tuple(self.room.players.values())
        last_first = (one.name for one in reversed(players) if one.counts)
        return Lobby(
            count=self.room.ledger.present,
            names=tuple(islice(last_first, MOST_NAMES))[::-1],
            is_open=self.room.is_open,
            of=in_all(self.room),
        )

    # While votes are taken ---------------------------------------------------------------------

    @property
    def _asked(self) -> Step:
        return Own(self._asked_of) if self._round.own else Common(self._asked_of(None))

    def _asked_of(self, player: str | None) -> Asked:
        round_ = self._round
        posed = round_.posed if player is None else round_.posed_for(player)
        if id(posed) not in self._faces:
            question = question_of(self.room, round_)
            runs = self.room.phase is Phase.ASKING
            self._faces[id(posed)] = Asked(
                round=round_.number,
                of=in_all(self.room),
                ballot=self._ballot,
                topic=_topic(self.room, question.id),
                face=face(posed),
                is_open_question=is_open_question(question),
                remaining_ms=self._remaining if runs else None,
                is_paused=self._is_paused,
            )
        return self._faces[id(posed)]

    def _answer(self, player: str, ballot: Ballot) -> Localized:
        """Return a player's answer in words; said once, however many are told it."""
        if player not in self._answers:
            self._answers[player] = self._both(words_of(self._round, player, ballot))
        return self._answers[player]

    def yours(self, player: str | None) -> Yours | None:
        """Return the answer that the room has of a player; None if there is none."""
        if player is None:
            return None
        round_ = self._round
        for number in range(round_.ballot, 0, -1):
            if (ballot := round_.ballots[number - 1].get(player)) is not None:
                return Yours(
                    round=round_.number,
                    ballot=1 if number == 1 else 2,
                    text=ballot.text,
                    words=self._both(words_of(round_, player, ballot)),
                    sure=ballot.sure,
                    reason=ballot.reason,
                )
        return None

    @cached_property
    def _opposing(self) -> Mapping[str, tuple[str, Ballot]]:
        if self._round.talk != "pairs":
            return {}
        return opposing_all(self._round, without=sent_away(self.room))

    @cached_property
    def _partners(self) -> Mapping[str, tuple[str, ...]]:
        return {
            player: tuple(other for other in pair.players if other != player)
            for pair in self._round.pairs
            for player in pair.players
        }

    def _talking(self, player: str | None) -> Talking:
        round_ = self._round
        found = None if player is None else self._opposing.get(player)
        with_whom = () if player is None else self._partners.get(player, ())
        return Talking(
            round=round_.number,
            talk=round_.talk or "explain",
            partners=tuple(map(self._name, with_whom)),
            opposing=None if found is None else self._answer(*found),
            reason="" if found is None else found[1].reason,
            remaining_ms=self._remaining,
            is_paused=self._is_paused,
        )

    # From the reveal on ------------------------------------------------------------------------

    def _revealed(self) -> Revealed:
        round_ = self._round
        posed = round_.posed
        votes = takes_votes(self.room)
        return Revealed(
            round=round_.number,
            of=in_all(self.room),
            question=posed.question,
            seed=posed.seed,
            prompt=posed.prompt,
            answer=self._both(right_answer(posed)) if votes else None,
            explain=self._both(posed.explain),
            points=posed.points if isinstance(posed, PosedDiscuss) else (),
            ticks=tuple(sorted(round_.ticks)),
            conclusion=round_.conclusion,
            answered=len(votes_of(round_)),
            before=share(round_, 1) if votes else None,
            after=share(round_) if votes and round_.ballot == 2 else None,
            groups=group_frames(self.room, round_, self._say),
            reasons=self._reasons(round_),
            closest=self._closest(round_),
        )

    def _closest(self, round_: Round) -> tuple[str, ...]:
        if not self.room.settings.closest:
            return ()
        away = sent_away(self.room)
        near = [player for player in closest(round_) if player not in away]
        return tuple(map(self._name, near[:MOST_NAMES]))

    def _reasons(self, round_: Round) -> tuple[Reason, ...]:
        votes, away = votes_of(round_), sent_away(self.room)
        given = [
            (player, votes[player])
            for group in groups(round_)
            for player in group.players
            if votes[player].reason and player not in away
        ]
        return tuple(
            Reason(
                name=self._name(player) if names_answers(self.room) else "",
                words=self._both(words_of(round_, player, ballot)),
                reason=ballot.reason,
                is_right=ballot.verdict.right,
            )
            for player, ballot in given[:MOST_REASONS]
        )

    def _notes(self, round_: Round) -> Notes:
        ticks = tuple(sorted(round_.ticks))
        return Notes(round=round_.number, ticks=ticks, conclusion=round_.conclusion)

    def _result(self, player: str | None) -> Result | None:
        if player is None:
            return None
        round_ = self._round
        first, last = round_.ballots[0].get(player), counting(round_, player)
        verdict = None if last is None else last.verdict
        posed = round_.posed_for(player)
        own = posed is not round_.posed and takes_votes(self.room)
        why = None if verdict is None else why_wrong(posed, verdict)
        first_diagnosis = None if first is None else first.verdict.diagnosis
        return Result(
            round=round_.number,
            question=posed.question,
            seed=posed.seed,
            first_text=None if first is None else first.text,
            first_score=None if first is None else first.verdict.score,
            first_took_ms=0 if first is None else first.took // _MILLISECOND,
            first_mistake=None if first_diagnosis is None else first_diagnosis.mistake,
            text=None if last is None else last.text,
            score=None if verdict is None else verdict.score,
            sure=None if last is None else last.sure,
            understood=self._maybe(None if verdict is None else verdict.understood),
            diagnosis=self._maybe(why),
            answer=self._both(right_answer(posed)) if own else None,
            explain=self._both(posed.explain) if own else None,
            points=self._accounts.get(player, NOTHING).last if self._counts else 0,
            total=self._scores[player].points,
        )

    def _maybe(self, words: Words | None) -> Localized | None:
        """Return words in both languages; said once where many got the very same ones."""
        if words is None:
            return None
        if id(words) not in self._said:  # the room holds them as long as this is a view of it
            self._said[id(words)] = self._both(words)
        return self._said[id(words)]

    @cached_property
    def _counts(self) -> bool:
        return counts_for_points(self.room, self._round)

    @cached_property
    def _scores(self) -> Mapping[str, Score]:
        return {score.player.id: score for score in standings(self.room, self._accounts)}

    @cached_property
    def _accounts(self) -> Accounts:
        return self._book.of(self.room)

    # The board ---------------------------------------------------------------------------------

    def _standing(self, player: str | None) -> Standing | None:
        score = None if player is None else self._scores.get(player)
        return None if score is None else Standing(row=row(score))


def _noted(round_: Round) -> tuple[frozenset[int], str]:
    """Return what is written down about a question while it is revealed."""
    return round_.ticks, round_.conclusion


def _scene(room: Room) -> tuple[Phase, int, int, bool]:
    """Return what of a room decides which frames show it."""
    round_ = room.round
    if round_ is None:
        return room.phase, 0, 0, False
    return room.phase, round_.number, round_.ballot, round_.skipped


def _topic(room: Room, card: str) -> Localized:
    """Return the title of the topic that a card is from."""
    return room.plan.topics.get(card.partition(".")[0], room.plan.title)
