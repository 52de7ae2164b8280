"""How everybody stands: the table, the teams, and what the team was divided over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from textual.content import Content

from tutor.live.wire import Board, Dispute, Row, TeamRow
from tutor.session.room.saying import shown_name, team_name, tied, written_points
from tutor.text.message import msg, msgs
from tutor.text.width import cells, truncate
from tutor.ui.rooms.groups import judged_sign
from tutor.ui.rooms.names import name_lines
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.parts import RIGHT
from tutor.ui.widgets.typeset import MUTED, hanging, padded, typeset

_DISPUTES = 3  # shown at a time
_GAP = Content("   ")


class BoardView(Lines):
    """Shows a board."""

    def show(self, board: Board, voice: Voice, own: Row | None = None) -> None:
        """Show a board; `own` is one's own line, which may not be among its rows."""
        self.set_lines(partial(board_lines, board, voice, own))

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def board_lines(board: Board, voice: Voice, own: Row | None, width: int) -> list[Content]:
    """Return a board as lines of at most `width` cells."""
    groups = [
        _row_lines(board, voice, own, width),
        _team_lines(board.teams, voice, own, width),
        list(_dispute_lines(board.disputes[:_DISPUTES], voice, width)),
    ]
    lines: list[Content] = []
    for group in groups:
        if lines and group:
            lines.append(Content())
        lines += group
    return lines


def _row_lines(board: Board, voice: Voice, own: Row | None, width: int) -> list[Content]:
    rows = list(board.rows)
    outside = own is not None and own not in rows
    shown = [*rows, own] if own is not None and outside else rows
    if not shown:
        return [voice.say(msg("Nobody has answered yet."), MUTED)]
    shared = tied(row.rank for row in rows)
    cells_of = [_cells(row, voice, is_tied=row.rank in shared) for row in shown]
    widths = [max(cells(row[column].plain) for row in cells_of) for column in range(4)]
    widths[1] = min(widths[1], width - widths[0] - widths[2] - widths[3] - 11)
    lines: list[Content] = []
    for row, (rank, named, points, right) in zip(shown, cells_of, strict=True):
        if row is own and outside:
            lines.append(Content.styled("  ⋯", MUTED))
        is_own = own is not None and row == own
        name = named
        if cells(name.plain) > widths[1]:
            name = Content(truncate(name.plain, widths[1]))
        line = Content.assemble(
            ("▸ " if is_own else "  ", "bold $act"),
            padded(rank, widths[0], right=True),
            "  ",
            padded(name, widths[1]),
            _GAP,
            padded(points, widths[2], right=True),
            _GAP,
            padded(right, widths[3], right=True),
        )
        lines.append(line.stylize_before("bold $act") if is_own else line)
    if board.players > len(rows):
        more = msgs("{n} player in all", "{n} players in all", n=board.players)
        lines.append(Content("  ") + voice.say(more, MUTED))
    return lines


def _cells(row: Row, voice: Voice, *, is_tied: bool) -> tuple[Content, Content, Content, Content]:
    """Return rank, name, points, and how many answers were right."""
    rank = Content(f"{'=' if is_tied else ''}{row.rank}")
    name = Content(shown_name(row.name))
    if row.team is not None:
        name += Content("  ") + voice.say(team_name(row.team), MUTED)
    points = voice.say(
        msgs("{points} point", "{points} points", n=_plural(row.points),
             points=written_points(row.points))
    )  # fmt: skip
    right = voice.say(msg("{right} of {total} right", right=row.right, total=row.answered), MUTED)
    return rank, name, points, right


def _plural(points: float) -> int:
    return 1 if round(points, 1) == 1 else 2


def _team_lines(
    teams: Iterable[TeamRow], voice: Voice, own: Row | None, width: int
) -> list[Content]:
    rows = list(teams)
    if not rows:
        return []
    shared = tied(row.rank for row in rows)
    lines = [voice.say(msg("Teams, by the mean of their players"), "bold")]
    for row in rows:
        is_own = own is not None and own.team == row.team
        line = Content.assemble(
            ("▸ " if is_own else "  ", "bold $act"),
            f"{'=' if row.rank in shared else ''}{row.rank}".rjust(3),
            "  ",
            padded(voice.say(team_name(row.team)), 8),
            _GAP,
            padded(Content(written_points(row.points)), 7, right=True),
            _GAP,
            voice.say(msgs("{n} player", "{n} players", n=row.players), MUTED),
        )
        line = line.truncate(width)
        lines.append(line.stylize_before("bold $act") if is_own else line)
    return lines


def _dispute_lines(disputes: Iterable[Dispute], voice: Voice, width: int) -> Iterator[Content]:
    for index, dispute in enumerate(disputes):
        if not index:
            yield voice.say(msg("You were divided over"), "bold")
        mark = Content.styled(f"  {dispute.round}  ", MUTED)
        yield (mark + voice.say(dispute.prompt)).truncate(width, ellipsis=True)
        for group in dispute.groups:
            sign, style = judged_sign(group)
            head = Content.assemble("     ", (f"{sign} ", f"bold {style}"))
            room = width - head.cell_length
            words = typeset(voice.document(group.words), room, RIGHT if group.is_right else "")
            yield from hanging(
                head, [*words, *name_lines(group.names, voice, room, of=group.count)]
            )
