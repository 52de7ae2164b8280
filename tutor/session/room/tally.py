"""The tally of a vote: who answered alike, and how many were right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tutor.session.room.answers import why_wrong, words_of
from tutor.session.room.state import Ballot, Ballots, Round
from tutor.text.message import msg
from tutor.text.words import Words

RIGHT = "right"
ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Those who answered alike.

    Attributes:
        key: equal for players of one group; nothing to show.
        words: the answer; where everybody has numbers of their own, what is behind it.
        players: their ids, in the order of their votes.
        score: from 0 to 1; None where answers are not scored.
        mistake: why it is wrong, for the first of them; None if that is not known.
    """

    key: str
    words: Words
    players: tuple[str, ...]
    right: bool
    score: float | None
    mistake: Words | None


def counting(round_: Round, player: str) -> Ballot | None:
    """Return the ballot of a player that counts: the last, of either vote; None without any."""
    return next((votes[player] for votes in reversed(round_.ballots) if player in votes), None)


def votes_of(round_: Round, ballot: int | None = None) -> Ballots:
    """Return the answers that counted after a vote, by player.

    Args:
        round_: the round.
        ballot: 1 for the first vote alone, 2 for what counted after the second; None for the last.
            Who did not vote in the second keeps the first answer.
    """
    counted: dict[str, Ballot] = {}
    for votes in round_.ballots[:ballot]:
        counted |= votes
    return counted


def answer_class(round_: Round, ballot: Ballot) -> str:
    """Return a text that is equal for answers that agree.

    All right answers agree, however they are put. With own numbers, wrong ones agree if the same
    mistake led to them.
    """
    if ballot.verdict.right:
        return RIGHT
    if not round_.own:
        return f"key {ballot.key}"
    diagnosis = ballot.verdict.diagnosis
    return ANOTHER if diagnosis is None else f"mistake {diagnosis.mistake}"


def groups(round_: Round, ballot: int | None = None) -> tuple[AnswerGroup, ...]:
    """Return who answered alike, the most frequent answer first, then the one given first.

    Args:
        round_: the round.
        ballot: as for `votes_of`.
    """
    votes = votes_of(round_, ballot)
    by_key: dict[str, list[str]] = defaultdict(list)
    for player, vote in sorted(votes.items(), key=lambda item: item[1].at):
        by_key[answer_class(round_, vote) if round_.own else vote.key].append(player)
    ordered = sorted(by_key.items(), key=lambda item: -len(item[1]))
    return tuple(_group(round_, key, players, votes) for key, players in ordered)


def share(round_: Round, ballot: int | None = None) -> float | None:
    """Return the share of right answers, from 0 to 1; None without an answer.

    Args:
        round_: the round.
        ballot: as for `votes_of`.
    """
    votes = votes_of(round_, ballot)
    return sum(vote.verdict.right for vote in votes.values()) / len(votes) if votes else None


def gain(before: float | None, after: float | None) -> float | None:
    """Return the normalised gain: how much of what could be gained was (Hake 1998).

    Negative if fewer are right than before; None if nobody could gain, or nobody voted.
    """
    if before is None or after is None or before >= 1:
        return None
    return (after - before) / (1 - before)


def _group(round_: Round, key: str, players: list[str], votes: Mapping[str, Ballot]) -> AnswerGroup:
    first = players[0]
    verdict = votes[first].verdict
    # with own numbers, what was not recognised has nothing in common
    is_mixed = bool(round_.own) and key == ANOTHER
    mistake = None if is_mixed else why_wrong(round_.posed_for(first), verdict)
    if not round_.own:
        words = words_of(round_, first, votes[first])
    elif key == RIGHT:
        words = msg("the right answer")
    else:
        words = mistake or msg("another answer")
    return AnswerGroup(
        key=key,
        words=words,
        players=tuple(players),
        right=verdict.right,
        score=verdict.score,
        mistake=mistake,
    )
