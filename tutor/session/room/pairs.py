"""Pairs of players who answered differently, to talk about it."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from tutor.kinds.seeds import Stream
from tutor.session.room.state import Ballot, Pair, Room, Round
from tutor.session.room.tally import RIGHT, answer_class

Team = int | None
Seats = dict[str, dict[Team, deque[str]]]  # players by answer, and within it by team
Kinds = tuple[str, str]  # the two answers of a pair


def pair_up(room: Room) -> tuple[Pair, ...]:
    """Propose who talks to whom about the first vote: players whose answers differ.

    There are as many pairs as can be, and among such pairings as many as can be of a right and a
    wrong answer; as far as that leaves a choice, both are of one team. Who is left over joins a
    pair as its third, each another one; who finds none stays alone. The same room always gives
    the same pairs.
    """
    round_ = room.rounds[-1]
    answers = {
        player: answer_class(round_, ballot)
        for player, ballot in round_.ballots[0].items()
        if room.players[player].counts
    }
    order = Stream("pairs", room.seed, round_.number).shuffled(sorted(answers))
    seats: Seats = defaultdict(lambda: defaultdict(deque))
    for player in order:
        seats[answers[player]][room.players[player].team].append(player)
    pairs = tuple(_take(seats, Counter(_kinds(Counter(answers.values()))), room))
    taken = {player for pair in pairs for player in pair}
    left = [player for player in order if player not in taken]
    return tuple(map(Pair, _with_thirds(room, pairs, left)))


def partners(round_: Round, player: str) -> tuple[str, ...]:
    """Return whom a player talks to; nobody if they are in no pair."""
    for pair in round_.pairs:
        if player in pair.players:
            return tuple(other for other in pair.players if other != player)
    return ()


def opposing(
    round_: Round, player: str, without: Collection[str] = ()
) -> tuple[str, Ballot] | None:
    """Return another player, and their answer in the first vote that differs from a player's.

    For all players of a large room, use `opposing_all`.
    """
    return opposing_all(round_, without).get(player)


def opposing_all(round_: Round, without: Collection[str] = ()) -> Mapping[str, tuple[str, Ballot]]:
    """Return for each who voted another player, and their answer, which differs.

    It is a partner's if that has a reason; else the one with a reason whose author is surest;
    else a partner's. Who has nobody to differ from, or has not voted, is not in it.

    Args:
        round_: the round.
        without: players whose words are not to be shown: those who were sent away.
    """
    votes = {
        player: ballot for player, ballot in round_.ballots[0].items() if player not in without
    }
    answers = {player: answer_class(round_, ballot) for player, ballot in votes.items()}
    others = {
        player: tuple(other for other in pair.players if other != player)
        for pair in round_.pairs
        for player in pair.players
    }
    surest = _surest(votes, answers)
    found: dict[str, tuple[str, Ballot]] = {}
    for player, answer in answers.items():
        differ = [other for other in others.get(player, ()) if answers.get(other, answer) != answer]
        reasoned = [other for other in differ if votes[other].reason]
        elsewhere = [other for other in surest if answers[other] != answer]
        chosen = next(iter([*reasoned, *elsewhere, *differ]), None)
        if chosen is not None:
            found[player] = (chosen, votes[chosen])
    return found


def _surest(votes: Mapping[str, Ballot], answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return who is surest and has a reason, and who is so of those with another answer."""
    reasoned = sorted(
        (player for player, ballot in votes.items() if ballot.reason),
        key=lambda player: (-(votes[player].sure or 0), votes[player].at),
    )
    if not reasoned:
        return ()
    first = reasoned[0]
    other = next((player for player in reasoned if answers[player] != answers[first]), None)
    return (first,) if other is None else (first, other)


def _kinds(counts: Counter[str]) -> tuple[Kinds, ...]:
    """Return the answers of each pair.

    Every pair of a right and a wrong answer takes the wrong one from those that most have, which
    leaves the wrong ones so that the most of them find each other.
    """
    right = counts.pop(RIGHT, 0)
    heap = [(-count, answer) for answer, count in sorted(counts.items())]
    heapify(heap)
    kinds: list[Kinds] = []
    while right and heap:
        count, answer = heappop(heap)
        kinds.append((RIGHT, answer))
        right -= 1
        if count < -1:
            heappush(heap, (count + 1, answer))
    # whoever is far enough behind in the queue of answers, most frequent first, differs
    queue = [answer for count, answer in sorted(heap) for _ in range(-count)]
    most = -min(heap)[0] if heap else 0
    apart = max((len(queue) + 1) // 2, most)
    kinds += zip(queue, queue[apart:], strict=False)
    return tuple(kinds)


def _take(seats: Seats, kinds: Counter[Kinds], room: Room) -> Iterator[tuple[str, str]]:
    """Take the pairs that are wanted, as many of one team as there are, then across teams."""
    teams: tuple[Team, ...] = tuple(range(room.settings.teams)) or (None,)
    for kind in kinds:
        one, other = (seats[answer] for answer in kind)
        for team in teams:
            while kinds[kind] and one[team] and other[team]:
                kinds[kind] -= 1
                yield one[team].popleft(), other[team].popleft()
    for kind, wanted in kinds.items():
        for _ in range(wanted):
            yield _first(seats[kind[0]]), _first(seats[kind[1]])


def _first(by_team: dict[Team, deque[str]]) -> str:
    return next(players for players in by_team.values() if players).popleft()


def _with_thirds(
    room: Room, pairs: Sequence[tuple[str, str]], left: Iterable[str]
) -> Iterator[tuple[str, ...]]:
    """Give who is left over to a pair each, of their own team where there is one.

    All who are left over have one answer, and the two of a pair have two: so they differ from
    one of the two at least.
    """
    free: dict[Team, deque[int]] = defaultdict(deque)
    for number, pair in enumerate(pairs):
        free[room.players[pair[0]].team].append(number)
    thirds: dict[int, str] = {}
    waiting: list[str] = []
    for player in left:
        own = free[room.players[player].team]
        if own:
            thirds[own.popleft()] = player
        else:
            waiting.append(player)
    rest = sorted(number for numbers in free.values() for number in numbers)
    thirds |= zip(rest, waiting, strict=False)
    for number, pair in enumerate(pairs):
        yield (*pair, thirds[number]) if number in thirds else pair
