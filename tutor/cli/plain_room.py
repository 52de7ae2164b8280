"""What a room says, as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tutor.cli.output import text_width
from tutor.cli.plain_card import front_lines, headline, said
from tutor.kinds import blind
from tutor.live.steering import advice_words
from tutor.live.wire import (
    Asked,
    Board,
    Group,
    Panel,
    Result,
    Revealed,
    Row,
    Standing,
    Talking,
    Yours,
)
from tutor.session.room.saying import SURE_WORDS, shown_name, team_name, tied, written_points
from tutor.text.message import Message, msg, msgs
from tutor.text.speaker import Speaker
from tutor.text.template import escape
from tutor.text.width import pad, truncate


def names_of(names: Iterable[str]) -> str:
    """Return names in a row."""
    return ", ".join(map(shown_name, names))


def percent(share: float) -> str:
    """Write a share."""
    return f"{share:.0%}"


def asked_lines(asked: Asked, speaker: Speaker, *, timed: bool = True) -> Iterator[str]:
    """Give a question as it is asked: where it stands, the time if it counts, and the card."""
    head = msg("[{number} of {planned}] {topic}", number=asked.round, planned=asked.of,
               topic=asked.topic)  # fmt: skip
    yield ""
    yield from said(head, speaker)
    if asked.ballot == 2:
        yield from said(msg("The second vote: answer once more."), speaker)
    if timed and asked.remaining_ms is not None:
        yield from said(time_left(-(-asked.remaining_ms // 1000)), speaker)
    yield ""
    yield from front_lines(blind(asked.face), speaker)
    if asked.is_open_question:
        yield ""
        yield from said(msg("Nobody votes on this one: talk it over."), speaker)


def time_left(seconds: int) -> Message:
    """Return how much time there is."""
    if seconds < 120:
        return msgs("{n} second left.", "{n} seconds left.", n=seconds)
    return msgs("{n} minute left.", "{n} minutes left.", n=seconds // 60)


def yours_lines(yours: Yours, speaker: Speaker) -> Iterator[str]:
    """Give the answer that the server has."""
    if yours.sure is None:
        yield from said(msg("Your answer counts: **{answer}**", answer=yours.words), speaker)
    else:
        sure = SURE_WORDS[yours.sure]
        counted = msg("Your answer counts: **{answer}** ({sure})", answer=yours.words, sure=sure)
        yield from said(counted, speaker)


def panel_lines(panel: Panel, speaker: Speaker) -> Iterator[str]:
    """Give how a closed vote went, for the host: what is right is not said."""
    yield from group_lines(panel.groups, speaker)
    for pair in panel.pairs if panel.advice == "discuss" else ():
        yield from said(msg("to talk: {names}", names=names_of(pair)), speaker, first="  ")
    if (advice := advice_words(panel)) is not None:
        yield from said(advice, speaker)


def group_lines(groups: Sequence[Group], speaker: Speaker) -> Iterator[str]:
    """Give those who answered alike, the most frequent answer first."""
    for group in groups:
        sign = "" if group.is_right is None else ("✓ " if group.is_right else
               "~ " if group.score else "✗ ")  # fmt: skip
        first = f"  {sign}{group.count} × "
        yield from said(group.words, speaker, first=first, rest=" " * len(first))
        if group.names:
            names = names_of(group.names)
            if group.count > len(group.names):
                more = group.count - len(group.names)
                yield from said(msg("{names} and {n} more", names=names, n=more), speaker,
                                first="      ", rest="      ")  # fmt: skip
            else:
                yield from said(escape(names), speaker, first="      ", rest="      ")
        if group.mistake is not None:
            yield from said(group.mistake, speaker, first="      ", rest="      ")


def talking_lines(talking: Talking, speaker: Speaker) -> Iterator[str]:
    """Give whom to talk to, and the opposing answer with its reason."""
    if talking.talk == "explain":
        yield from said(msg("**Listen:** the question is explained once more."), speaker)
    elif talking.partners:
        yield from said(
            msgs(
                "**Talk to {names}:** you answered differently.",
                "**Talk to {names}:** you answered differently.",
                n=len(talking.partners),
                names=names_of(talking.partners),
            ),
            speaker,
        )
    else:
        yield from said(msg("**Talk it over** with somebody who answered otherwise."), speaker)
    if talking.opposing is not None:
        yield from said(msg("Somebody answered otherwise:"), speaker)
        yield from said(talking.opposing, speaker, first="  ", rest="  ")
    if talking.reason:
        because = msg("because: {reason}", reason=talking.reason)
        yield from said(because, speaker, first="  ", rest="  ")
    yield from said(msg("Then everybody answers once more."), speaker)


def revealed_lines(revealed: Revealed, speaker: Speaker) -> Iterator[str]:
    """Give the answer, what everybody answered and why, and what the team noted."""
    yield ""
    if revealed.answer is not None:
        yield from said(msg("The answer: {answer}", answer=revealed.answer), speaker)
    yield from said(revealed.explain, speaker)
    if revealed.points:
        yield ""
        yield from said(msg("What should come up; ✓ came up"), speaker)
        yield from point_lines(revealed, speaker)
    if revealed.groups:
        yield ""
        yield from group_lines(revealed.groups, speaker)
    if revealed.before is not None and revealed.after is not None:
        shares = msg("Right before you talked: {before}; after it: **{after}**.",
                     before=percent(revealed.before), after=percent(revealed.after))  # fmt: skip
        yield from said(shares, speaker)
    if revealed.closest:
        yield from said(msg("Closest: **{names}**", names=names_of(revealed.closest)), speaker)
    if revealed.reasons:
        yield ""
        yield from said(msg("Reasons"), speaker)
    for reason in revealed.reasons:
        given = msg("{name} ({answer}): {reason}", name=shown_name(reason.name),
                    answer=reason.words, reason=reason.reason)  # fmt: skip
        sign = "✓" if reason.is_right else "✗"
        yield from said(given, speaker, first=f"  {sign} ", rest="    ")
    yield from conclusion_lines(revealed, speaker)


def point_lines(revealed: Revealed, speaker: Speaker) -> Iterator[str]:
    """Give the points of an open question by their numbers."""
    for number, point in enumerate(revealed.points, 1):
        mark = "✓" if number - 1 in revealed.ticks else " "
        yield from said(point, speaker, first=f"  {mark} {number}. ", rest="       ")


def conclusion_lines(revealed: Revealed, speaker: Speaker) -> Iterator[str]:
    """Give what the team concluded, if it did."""
    if revealed.conclusion.strip():
        text = " ".join(revealed.conclusion.split())
        yield from said(msg("**Conclusion:** {text}", text=text), speaker)


def result_lines(result: Result, speaker: Speaker) -> Iterator[str]:
    """Give what came of one's own answer."""
    yield ""
    if result.text is None:
        yield from said(msg("You did not answer this one."), speaker)
    else:
        yield from said(headline(result.score or 0.0), speaker)
        if result.understood is not None:
            yield from said(msg("Understood as {answer}.", answer=result.understood), speaker)
        if result.diagnosis is not None:
            yield from said(result.diagnosis, speaker)
    if result.answer is not None:
        own = msg("With your numbers the answer is {answer}.", answer=result.answer)
        yield from said(own, speaker)
    if result.explain is not None:
        yield from said(result.explain, speaker)
    if result.text is None:
        return
    earned = written_points(result.points)
    points = f"+{earned}" if result.points > 0 else earned
    total = written_points(result.total)
    if result.sure is None:
        yield from said(msg("**{points}** for you, {total} in all.", points=points, total=total),
                        speaker)  # fmt: skip
    else:
        yield from said(
            msg("**{points}** for you ({sure}), {total} in all.", points=points, total=total,
                sure=SURE_WORDS[result.sure]),
            speaker,
        )  # fmt: skip
    if result.first_score is not None and result.first_score != result.score:
        at_first = msg("Your first answer was right.") if result.first_score >= 1 else (
            msg("Your first answer was not right yet."))  # fmt: skip
        yield from said(at_first, speaker)


def board_lines(board: Board, speaker: Speaker) -> Iterator[str]:
    """Give how everybody stands, and what a small team was divided over."""
    yield ""
    if not board.rows:
        yield from said(msg("Nobody has answered yet."), speaker)
    shared = tied(row.rank for row in board.rows)
    for row in board.rows:
        rank = f"={row.rank}" if row.rank in shared else str(row.rank)
        yield from said(_row(row), speaker, first=f"  {pad(rank, 4, 'right')}  ", rest="        ")
    if board.players > len(board.rows):
        more = msgs("{n} player in all", "{n} players in all", n=board.players)
        yield from said(more, speaker, first="  ")
    if board.teams:
        yield from said(msg("Teams, by the mean of their players"), speaker)
    for team in board.teams:
        of_team = msg("{team}: {points}", team=team_name(team.team),
                   points=written_points(team.points))  # fmt: skip
        first = f"  {pad(str(team.rank), 4, 'right')}  "
        yield from said(of_team, speaker, first=first, rest="        ")
    if board.disputes:
        yield ""
        yield from said(msg("You were divided over"), speaker)
    for dispute in board.disputes:
        prompt = " ".join(said(dispute.prompt, speaker))
        yield f"  {dispute.round}. {truncate(prompt, text_width() - 6)}"
        for line in group_lines(dispute.groups, speaker):
            yield f"  {line}"


def standing_lines(standing: Standing, board: Board | None, speaker: Speaker) -> Iterator[str]:
    """Give one's own line of the board, where it is not among those shown."""
    row = standing.row
    if board is None or row in board.rows:
        return
    yield from said(msg("You: rank {rank} of {players}", rank=row.rank,
                        players=board.players), speaker)  # fmt: skip
    yield from said(_row(row), speaker, first="  ", rest="    ")


def _row(row: Row) -> Message:
    plural = 1 if row.points == 1 else 2
    written = written_points(row.points)
    points = msgs("{points} point", "{points} points", n=plural, points=written)
    right = msg("{right} of {total} right", right=row.right, total=row.answered)
    name = shown_name(row.name)
    if row.team is None:
        return msg("{name}: {points}, {right}", name=name, points=points, right=right)
    team = team_name(row.team)
    return msg("{name} ({team}): {points}, {right}", name=name, team=team, points=points,
               right=right)  # fmt: skip
