"""From question to question, and to the end."""

from __future__ import annotations

import pytest

from tests.kinds.questions import choice, discuss, flashcard, numeric
from tests.session.room.rooms import (
    after,
    asking,
    later,
    locked,
    new_room,
    revealed,
    seated,
    talking,
    voted,
)
from tutor.kinds import PoseError, Question, pose
from tutor.kinds.formula import FormulaQuestion
from tutor.session.room.effects import Moved, Save
from tutor.session.room.events import (
    Again,
    Conclude,
    Discuss,
    End,
    Extend,
    Lock,
    Next,
    Pause,
    Reveal,
    RoomEvent,
    Skip,
    Tick,
    TimeUp,
)
from tutor.session.room.illegal import Illegal
from tutor.session.room.reducer import step
from tutor.session.room.rules import has_other_numbers
from tutor.session.room.scoring import standings
from tutor.session.room.state import Phase, Room


def fraction(**fields: object) -> Question:
    return numeric(prompt="{a}", explain="{a}", answer="a/(a-1)", mistakes=[], **fields)


def unposable() -> Question:
    """A question that has no answer."""
    return fraction(id="t.unposable", draw={"a": {"choose": [1]}})


def picky() -> Question:
    """A question that has an answer with three seeds of four."""
    return fraction(id="t.picky", draw={"a": {"from": 1, "to": 4}})


def phases(room: Room, *events: RoomEvent) -> list[Phase]:
    found = []
    for event in events:
        room = step(room, event)[0]
        found.append(room.phase)
    return found


def test_a_whole_session() -> None:
    room = after(seated(2, [numeric(), discuss()]), Next(later(0)))
    room = voted(room, "rw")
    assert phases(
        room,
        Discuss("pairs", later(2)),
        TimeUp(later(400)),
        TimeUp(later(800)),
        Reveal(later(801)),
        Conclude("four blocks", later(802)),
        Next(later(803)),
        Next(later(804)),
        TimeUp(later(1600)),
        Tick(2, is_on=True, at=later(1601)),
        Next(later(1602)),
        Next(later(1603)),
    ) == [
        Phase.TALKING,
        Phase.ASKING,
        Phase.LOCKED,
        Phase.REVEALED,
        Phase.REVEALED,
        Phase.BOARD,
        Phase.ASKING,
        Phase.REVEALED,
        Phase.REVEALED,
        Phase.BOARD,
        Phase.ENDED,
    ]


def test_each_phase_has_its_time() -> None:
    room = asking(2, numeric(), discuss(), seconds=30, talk_seconds=90)
    assert room.deadline == later(30)
    room = after(room, Lock(later(10)))
    assert room.deadline is None
    room = after(room, Discuss("explain", later(20)))
    assert (room.deadline, room.rounds[-1].talk, room.rounds[-1].pairs) == (
        later(110),
        "explain",
        (),
    )
    assert after(room, Extend(15, later(30))).deadline == later(125)
    room = after(room, Next(later(50)))
    assert (room.deadline, room.opened) == (later(80), later(50))
    room = after(room, Lock(later(60)), Reveal(later(61)), Next(later(62)), Next(later(63)))
    assert room.deadline == later(63 + 90)


def test_a_question_that_is_left_out_counts_for_nobody() -> None:
    room = after(revealed("rw", numeric(), choice()), Skip(later(5)))
    assert room.phase is Phase.ASKING
    assert (room.rounds[0].skipped, room.rounds[-1].index) == (True, 1)
    assert [(row.points, row.answered) for row in standings(room)] == [(0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("room", "phase"),
    [
        (asking(2, numeric()), Phase.ENDED),
        (locked("rw", numeric()), Phase.ENDED),
        (revealed("rw", numeric()), Phase.ENDED),
        (after(revealed("rw", numeric(), choice()), Next(later(5)), Next(later(6))), Phase.BOARD),
        (after(talking("rw", numeric(), choice())), Phase.ASKING),
    ],
)
def test_after_the_last_question_the_board_comes_if_there_is_one(room: Room, phase: Phase) -> None:
    assert after(room, Skip(later(9))).phase is phase


def test_the_end_can_come_at_any_time() -> None:
    for room in (new_room(), asking(2), talking("rw"), after(asking(2), Pause(later(1)))):
        ended = after(room, End(later(9)))
        assert (ended.phase, ended.deadline, ended.paused_at) == (Phase.ENDED, None, None)


def test_a_question_asked_again_has_other_numbers() -> None:
    room = revealed("rw", numeric())
    seen = [room.rounds[-1]]
    for _ in range(5):
        room = after(room, Again(later(10)))
        seen.append(room.rounds[-1])
        room = after(room, Lock(later(11)), Reveal(later(12)))
    assert [round_.number for round_ in seen] == [1, 2, 3, 4, 5, 6]
    assert {round_.index for round_ in seen} == {0}
    assert len({str(round_.posed.prompt) for round_ in seen}) == 6
    for round_ in seen:
        assert pose(numeric(), round_.seed) == round_.posed
    assert after(room, Next(later(20)), Next(later(21))).phase is Phase.ENDED


def test_what_cannot_be_posed_is_passed_over() -> None:
    room = after(seated(2, [unposable(), choice(), unposable()]), Next(later(0)))
    assert (room.phase, room.rounds[-1].index) == (Phase.ASKING, 1)
    room = after(room, Lock(later(1)), Reveal(later(2)), Next(later(3)), Next(later(4)))
    assert room.phase is Phase.ENDED


def test_a_room_that_can_ask_nothing_is_over() -> None:
    room = after(seated(2, [unposable(), unposable()]), Next(later(0)))
    assert (room.phase, room.rounds) == (Phase.ENDED, ())


def test_another_seed_is_tried_where_one_does_not_do() -> None:
    room = after(seated(1, [picky()] * 12), Next(later(0)))
    for _ in range(11):
        room = after(room, Skip(later(1)))
    assert [round_.index for round_ in room.rounds] == list(range(12))
    others = 0
    for round_, planned in zip(room.rounds, room.plan.questions, strict=True):
        try:
            assert pose(planned.question, planned.seed) == round_.posed
        except PoseError:
            others += 1
        assert pose(planned.question, round_.seed) == round_.posed
    assert 0 < others < 12


def test_ticks_are_points_that_there_are() -> None:
    room = after(asking(2, discuss()), Lock(later(1)))
    room = after(room, Tick(0, is_on=True, at=later(2)), Tick(2, is_on=True, at=later(3)))
    room = after(room, Tick(0, is_on=False, at=later(4)))
    assert room.rounds[-1].ticks == {2}
    assert step(room, Tick(2, is_on=True, at=later(5))) == (room, ())
    for point in (3, -1, 10**9):
        with pytest.raises(Illegal):
            step(room, Tick(point, is_on=True, at=later(6)))


def test_a_conclusion_is_kept_as_text_that_can_be_shown() -> None:
    room = revealed("rw", numeric())
    event = Conclude(" a \x1b]52;c;x\x07\n b ", later(5))
    concluded, caused = step(room, event)
    assert concluded.rounds[-1].conclusion == "a �]52;c;x�\n b"
    assert caused == (Save(event), Moved())
    assert len(after(room, Conclude("x" * 5000, later(5))).rounds[-1].conclusion) == 2000
    assert step(concluded, event) == (concluded, ())


def test_moves_count_what_a_key_pressed_twice_would_do_twice() -> None:
    room = asking(2, numeric(), choice())
    moves = [room.moves]
    for event in (
        Extend(5, later(1)),
        Pause(later(2)),
        Conclude("x", later(2)),
        End(later(3)),
    ):
        try:
            room = after(room, event)
        except Illegal:
            continue
        moves.append(room.moves)
    assert moves == sorted(set(moves))
    assert len(moves) == 4


@pytest.mark.parametrize("question", [flashcard(), discuss()])
def test_what_is_not_scored_is_talked_about(question: Question) -> None:
    room = asking(2, question)
    assert after(room, Lock(later(1))).phase is Phase.REVEALED


def test_which_questions_have_other_numbers() -> None:
    assert has_other_numbers(numeric())
    assert not has_other_numbers(choice())
    only_one = numeric(draw={"d": {"choose": [8]}, "h": {"from": 8, "to": 9, "step": 2}})
    assert not has_other_numbers(only_one)
    formula = FormulaQuestion.model_validate(
        {
            "id": "t.formula",
            "kind": "formula",
            "prompt": "?",
            "explain": "!",
            "draw": {"h": {"choose": [8, 16]}},
            "answer": "4*h",
        }
    )
    assert not has_other_numbers(formula)
