"""A room as its host sees it, in lines: one scene after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from textual.content import Content

from tutor.kinds import blind
from tutor.kinds.ballots import is_by_signs
from tutor.kinds.face import DiscussFace
from tutor.live.seat import Seat
from tutor.live.steering import advice_words, discreet
from tutor.live.wire import Asked, Board, Lobby, Locked, Panel, Revealed, Seated, Talking
from tutor.session.room.saying import shown_name
from tutor.text.message import Message, msg, msgs
from tutor.ui.rooms.board import board_lines
from tutor.ui.rooms.groups import group_lines
from tutor.ui.rooms.names import name_lines
from tutor.ui.rooms.revealed import notes_lines, tally_lines
from tutor.ui.rooms.signs import sign_lines
from tutor.ui.rooms.way_in import WayIn, way_in_lines
from tutor.ui.voice import Voice
from tutor.ui.widgets.meter import bar
from tutor.ui.widgets.typeset import MUTED, typeset
from tutor.ui.widgets.verdict import answer_lines

_BAR = 20
_NAMED = 30  # players whose names are listed while a vote is open


@dataclass(frozen=True, slots=True)
class Stage:
    """What the host's screen shows.

    Attributes:
        seat: what is known of the room.
        way: how players come in.
        notes: where the notes were written, once the session is over.
        is_shared: whether somebody who votes sees this screen.
    """

    seat: Seat
    way: WayIn
    notes: tuple[str, ...] = ()
    is_shared: bool = False


def stage_lines(stage: Stage, voice: Voice, width: int) -> list[Content]:
    """Return the scene as lines of at most `width` cells, parts with a line between them."""
    lines: list[Content] = []
    for part in _parts(stage, voice, width):
        if lines and part:
            lines.append(Content())
        lines += part
    return lines


def _parts(  # noqa: C901, PLR0912 - one case for each scene
    stage: Stage, voice: Voice, width: int
) -> Iterator[list[Content]]:
    seat, panel = stage.seat, stage.seat.panel
    if panel is not None and stage.is_shared:
        panel = discreet(panel)
    if seat.link == "lost":
        lost = msg("The connection is lost; trying again. Nothing is lost with it.")
        yield typeset(voice.document(lost), width, "$text-warning")
    match seat.scene:
        case None:
            yield [voice.say(msg("Connecting…"), MUTED)]
        case Lobby():
            yield way_in_lines(stage.way, voice, width)
            yield from _lobby(panel, voice, width)
        case Asked() as asked:
            yield sign_lines(asked.face, voice, width)
            if asked.is_open_question:
                yield _talked_about(asked, voice, width)
            elif panel is not None:
                yield from _answered(panel, voice, width)
        case Locked():
            if seat.asked is not None:
                yield from _question(seat.asked, voice, width)
            if panel is not None:
                yield from _closed(panel, voice, width)
        case Talking() as talking:
            if seat.asked is not None:
                yield from _question(seat.asked, voice, width)
            yield from _talk(talking, panel, voice, width)
        case Revealed() as revealed:
            yield [_number(revealed.round, revealed.of, voice)]
            yield from _revealed(revealed, seat.asked, voice, width)
        case Board() as board:
            yield [voice.say(_after(board, ended=seat.ended), "bold")]
            if seat.ended and stage.notes:
                yield _notes(stage.notes, voice, width)
            yield board_lines(board, voice, None, width)
        case scene:
            assert_never(scene)


def _lobby(panel: Panel | None, voice: Voice, width: int) -> Iterator[list[Content]]:
    if panel is None:
        return
    if not panel.count:
        words = msg("Nobody is here yet. Start when all are in; who is late can still come in.")
        yield typeset(voice.document(words), width, MUTED)
        return
    here = msgs("**{n}** player is here", "**{n}** players are here", n=panel.connected)
    named = [seated.name for seated in panel.players]
    yield [voice.say(here), *name_lines(named, voice, width, of=panel.count)]


def _number(number: int, of: int, voice: Voice) -> Content:
    return voice.say(msg("Question {number} of {of}", number=number, of=of), MUTED)


def question_head(asked: Asked, voice: Voice) -> Content:
    """Return which question is asked, and whether for the second time."""
    head = _number(asked.round, asked.of, voice)
    if asked.ballot == 1:
        return head
    return head + Content.styled(" · ", MUTED) + voice.say(msg("second vote"), "$act")


def _question(asked: Asked, voice: Voice, width: int) -> Iterator[list[Content]]:
    """Give the question without what there is to choose from."""
    yield [question_head(asked, voice)]
    yield typeset(voice.document(asked.face.prompt), width)
    yield _signs(asked, voice, width)


def _signs(asked: Asked | None, voice: Voice, width: int) -> list[Content]:
    """Return what the signs in the answers stand for, where they are said by signs."""
    if asked is None or not is_by_signs(blind(asked.face)):
        return []
    return sign_lines(asked.face, voice, width)


def _talked_about(asked: Asked, voice: Voice, width: int) -> list[Content]:
    """Return what an open question is for, until its points are shown."""
    count = asked.face.points if isinstance(asked.face, DiscussFace) else 0
    words = msgs(
        "Talk it over. {n} point should come up; it is shown when you close the talk.",
        "Talk it over. {n} points should come up; they are shown when you close the talk.",
        n=count,
    )
    return typeset(voice.document(words), width, MUTED)


def _answered(panel: Panel, voice: Voice, width: int) -> Iterator[list[Content]]:
    """Give how many have answered, and who, but not what."""
    everybody = panel.answered + panel.waiting
    share = panel.answered / everybody if everybody else 0.0
    count = msg("{answered} of {all}", answered=panel.answered, all=everybody)
    head = Content.assemble(
        voice.say(msg("answered")), "  ", bar(share, _BAR, "$act"), "  ", voice.say(count)
    )
    lines = [head]
    if panel.count <= _NAMED:
        signed = [f"{shown_name(each.name)} {_sign(each)}"
                  for each in panel.players]  # fmt: skip
        lines += name_lines(signed, voice, width, style="")
    yield lines
    yield [voice.say(msg("votes are hidden until you lock"), MUTED)]


def _sign(player: Seated) -> str:
    if player.answered:
        return "✓"
    return "…" if player.connected else "⊘"


def _closed(panel: Panel, voice: Voice, width: int) -> Iterator[list[Content]]:
    """Give what peer instruction advises, and who answered alike; not what is right."""
    advice = advice_words(panel)
    if advice is not None:
        yield typeset(voice.document(advice), width, "$text-accent")
    elif not panel.answered:
        yield [voice.say(msg("Nobody has answered."), MUTED)]
    if panel.groups:
        yield group_lines(panel.groups, voice, None, width)
    if panel.pairs and panel.advice == "discuss":
        yield _pairs(panel, msg("Who could talk to whom"), voice, width)


def _talk(
    talking: Talking, panel: Panel | None, voice: Voice, width: int
) -> Iterator[list[Content]]:
    if talking.talk == "explain":
        words = msg("Explain it once more, in other words; then they vote again.")
        yield typeset(voice.document(words), width, "bold")
    elif panel is not None:
        yield _pairs(panel, msg("They answered differently, and talk to each other"), voice, width)
    if panel is not None and panel.groups:
        yield group_lines(panel.groups, voice, None, width)


def _pairs(panel: Panel, title: Message, voice: Voice, width: int) -> list[Content]:
    named = [" ↔ ".join(map(shown_name, pair)) for pair in panel.pairs]
    return [voice.say(title, MUTED), *name_lines(named, voice, width, style="")]


def _revealed(
    revealed: Revealed, asked: Asked | None, voice: Voice, width: int
) -> Iterator[list[Content]]:
    """Give the question with its answer, what everybody made of it, and why it is so."""
    yield typeset(voice.document(revealed.prompt), width)
    yield _signs(asked, voice, width)
    if revealed.answer is not None:
        yield answer_lines(revealed.answer, voice, width)
    yield tally_lines(revealed, None, voice, width)
    yield group_lines(revealed.groups, voice, None, width)
    yield notes_lines(revealed, voice, width)
    yield typeset(voice.document(revealed.explain), width)


def _after(board: Board, *, ended: bool) -> Message:
    if ended:
        return msg("The end")
    return msg("After question {number} of {of}", number=board.round, of=board.of)


def _notes(files: tuple[str, ...], voice: Voice, width: int) -> list[Content]:
    lines = typeset(voice.document(msg("The notes of this session are in")), width, MUTED)
    return [*lines, *(Content(file).truncate(width, ellipsis=True) for file in files)]
