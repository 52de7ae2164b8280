"""The flow of a room from one phase to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from tutor.kinds import Posed, Question
from tutor.kinds.seeds import derive_seed
from tutor.session.room.events import Talk
from tutor.session.room.illegal import Illegal
from tutor.session.room.pairs import pair_up
from tutor.session.room.rules import (
    has_other_numbers,
    is_open_question,
    posed_with,
    question_of,
    takes_votes,
)
from tutor.session.room.state import Phase, Planned, Room, Round

OWN_SEEDS = 64  # different numbers for one question; in a larger room they come round again


def next_question(room: Room, at: datetime) -> Room:
    """Ask the first question that is still to come and can be posed; end if there is none."""
    start = room.rounds[-1].index + 1 if room.rounds else 0
    for index in range(start, len(room.plan.questions)):
        planned = room.plan.questions[index]
        posed = posed_with(planned.question, planned.seed, planned.question.id)
        if posed is not None:
            return _ask(room, index, posed, at)
    return end(room)


def ask_again(room: Room, at: datetime) -> Room:
    """Ask the question that was last asked once more, with other numbers.

    Raises:
        Illegal: it cannot be posed with any.
    """
    last = room.rounds[-1]
    question = question_of(room, last)
    seen = {_numbers(r.posed) for r in room.rounds if r.index == last.index}
    number = len(room.rounds) + 1
    fresh = None
    for attempt in range(1, 21):
        seed = derive_seed(last.seed, "again", number, attempt)
        posed = posed_with(question, seed, question.id)
        fresh = posed or fresh
        if posed is not None and _numbers(posed) not in seen:
            break
    if fresh is None:
        raise Illegal("not-now")
    return _ask(room, last.index, fresh, at)


def close_vote(room: Room) -> Room:
    """Close the vote; an open question is revealed at once, with the points to tick."""
    if not takes_votes(room):
        return reveal(room)
    return _moved(room, Phase.LOCKED)


def close_if_complete(room: Room) -> Room:
    """Close the vote if all who count have answered, and somebody has.

    While nobody can be reached it stays open: the network may be down, not the team done.
    """
    ledger = room.ledger
    if (
        room.phase is Phase.ASKING
        and room.paused_at is None
        and room.settings.lock_when_all
        and ledger.present
        and not ledger.awaited
        and takes_votes(room)
    ):
        return close_vote(room)
    return room


def discuss(room: Room, talk: Talk, at: datetime) -> Room:
    """Talk over the vote that is closed."""
    pairs = pair_up(room) if talk == "pairs" else ()
    room = with_round(room, replace(room.rounds[-1], talk=talk, pairs=pairs))
    return _runs(room, Phase.TALKING, at, room.settings.talk_seconds)


def vote_again(room: Room, at: datetime) -> Room:
    """Open the second vote."""
    last = room.rounds[-1]
    room = with_round(room, replace(last, ballots=(*last.ballots, {})))
    return _open_vote(room, at)


def reveal(room: Room) -> Room:
    """Show the answer."""
    return _moved(with_round(room, replace(room.rounds[-1], revealed=True)), Phase.REVEALED)


def show_board(room: Room) -> Room:
    """Show how everybody stands."""
    return _moved(room, Phase.BOARD)


def skip(room: Room, at: datetime) -> Room:
    """Leave the question out, and ask the next; after the last, show the board if there is one."""
    room = with_round(room, replace(room.rounds[-1], skipped=True))
    following = next_question(room, at)
    if following.phase is Phase.ENDED and any(r.revealed and not r.skipped for r in room.rounds):
        return show_board(room)
    return following


def end(room: Room) -> Room:
    """End the session."""
    return replace(_moved(room, Phase.ENDED), paused_at=None)


def with_round(room: Room, round_: Round) -> Room:
    """Return the room with its last question changed."""
    return replace(room, rounds=(*room.rounds[:-1], round_))


def own_numbers(room: Room, question: Question, seed: int, place: int) -> Posed | None:
    """Return a question with the numbers of one player; None if all have the same.

    Args:
        room: the room.
        question: what is asked.
        seed: of the round.
        place: of the player among all who ever joined, counted from 0.
    """
    if not room.settings.own_numbers or not has_other_numbers(question):
        return None
    own_seed = derive_seed(room.seed, "own", seed, place % OWN_SEEDS)
    return posed_with(question, own_seed, question.id)


def _ask(room: Room, index: int, posed: Posed, at: datetime) -> Room:
    planned: Planned = room.plan.questions[index]
    round_ = Round(
        number=len(room.rounds) + 1,
        index=index,
        seed=posed.seed,
        posed=posed,
        opened_at=at,
        own=_everybodys_own(room, planned.question, posed.seed),
    )
    room = replace(room, rounds=(*room.rounds, round_))
    if is_open_question(planned.question):
        return _runs(room, Phase.ASKING, at, room.settings.talk_seconds)
    return _open_vote(room, at)


def _everybodys_own(room: Room, question: Question, seed: int) -> Mapping[str, Posed]:
    variants: dict[int, Posed | None] = {}
    own: dict[str, Posed] = {}
    for place, player in enumerate(room.players):
        variant = place % OWN_SEEDS
        if variant not in variants:
            variants[variant] = own_numbers(room, question, seed, variant)
        posed = variants[variant]
        if posed is not None:
            own[player] = posed
    return own


def _open_vote(room: Room, at: datetime) -> Room:
    room = _runs(room, Phase.ASKING, at, room.settings.seconds)
    return replace(room, ledger=replace(room.ledger, awaited=room.ledger.present))


def _runs(room: Room, phase: Phase, at: datetime, seconds: int) -> Room:
    """Return the room in a phase that ends by itself."""
    deadline = at + timedelta(seconds=seconds)
    return replace(_moved(room, phase), deadline=deadline, opened=at)


def _moved(room: Room, phase: Phase) -> Room:
    """Return the room in another phase, in which no time runs."""
    return replace(
        room,
        phase=phase,
        deadline=None,
        opened=None,
        remaining=None,
        moves=room.moves + 1,
        ledger=replace(room.ledger, awaited=0, late={}),
    )


def _numbers(posed: Posed) -> tuple[tuple[str, object], ...]:
    return tuple((size.name, size.value) for size in posed.sizes)
