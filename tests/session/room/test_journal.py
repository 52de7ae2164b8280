"""What is written down of a room gives the room again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

import tutor
from tests.session.room.rooms import after, bank, join, later, new_room, right, seated, vote
from tests.session.room.test_table import EVENTS_NOW
from tutor.bank.load import load
from tutor.errors import ExitCode, TutorError
from tutor.kinds import Question, cards
from tutor.kinds.written import read_question, written
from tutor.session.room.events import (
    Conclude,
    Discuss,
    Kick,
    Lock,
    Next,
    Pause,
    Rename,
    Resume,
    Reveal,
    RoomEvent,
    Voted,
)
from tutor.session.room.journal import event_line, header_line, read, recover
from tutor.session.room.state import Room

CONTENT = Path(tutor.__file__).parent.parent / "content"


def played() -> tuple[Room, list[str]]:
    """Return a room in the middle of a discussion, and its journal."""
    room = new_room(own_numbers=True, teams=2)
    lines = [header_line(room)]

    def take(*events: RoomEvent) -> None:
        nonlocal room
        for event in events:
            room = after(room, event)
            lines.append(event_line(event))

    take(join("p1", name="민지 🎓"), join("p2"), Next(later(1)), join("p3", 2))
    take(vote(room, "p1", sure=3, reason="4개의 블록 “\u2028”"), vote(room, "p2", "12", 3.25))
    take(Pause(later(4)), Rename("p2", 'a"b\\c', later(5)), Resume(later(6)))
    take(vote(room, "p3", "13", 7), Discuss("pairs", later(8)), Next(later(9)))
    take(vote(room, "p2", None, 10), Kick("p3", later(11)), Lock(later(12)), Reveal(later(13)))
    take(Conclude("첫째\n둘째", later(14)), Next(later(15)), Next(later(16)))
    return room, lines


def test_a_room_is_what_its_journal_tells() -> None:
    room, lines = played()
    again = read(lines)
    assert again == room
    assert again.rounds[0].ballots == room.rounds[0].ballots
    assert again.players == room.players
    assert again.ledger.names == room.ledger.names
    assert all(line.isascii() and len(line.splitlines()) == 1 for line in lines)
    assert read(line + "\n" for line in lines) == room


def test_every_event_comes_back_from_its_line() -> None:
    assert {type(event) for event in EVENTS_NOW.values()} == set(get_args(RoomEvent))
    start = header_line(seated(0))
    for event in EVENTS_NOW.values():
        values = json.loads(event_line(event))
        assert values.pop("event").replace("-", "") == type(event).__name__.lower()
        assert set(values) == set(type(event).__slots__)
    assert read([start]) == seated(0)


@pytest.mark.parametrize("cut", [1, 10, -1])
def test_a_torn_last_line_is_dropped(cut: int) -> None:
    _, lines = played()
    whole = recover(lines[:-1])
    torn = recover([*lines[:-1], lines[-1][:cut]])
    assert torn == whole
    assert torn.lines == len(lines) - 1
    assert recover(lines).lines == len(lines)
    assert recover([*lines, "", "\n"]).lines == len(lines)


def broken(lines: list[str]) -> TutorError:
    with pytest.raises(TutorError) as raised:
        read(lines)
    assert raised.value.exit_code is ExitCode.DATA
    return raised.value


@pytest.mark.parametrize(
    "line",
    [
        '{"event":"join',
        "[]",
        "{}",
        '{"event":"explode"}',
        '{"event":["next"]}',
        '{"event":"next"}',
        '{"event":"next","at":"yesterday"}',
        '{"event":"next","at":5}',
        '{"event":"voted","player":"p1","round":"1","ballot":1,"text":"","sure":null,"reason":"","at":"2026-03-02T09:00:00Z"}',
        '{"event":"reveal","at":"2026-03-02T09:00:00Z"}',
        '{"event":"kick","player":"p9","at":"2026-03-02T09:00:00Z"}',
        "\x00",
    ],
)
def test_anything_else_that_is_broken_is_an_error_that_names_the_line(line: str) -> None:
    _, lines = played()
    assert "line 3 of" in str(broken([*lines[:2], line, *lines[2:]]))


def test_an_answer_that_this_program_cannot_read_is_an_error() -> None:
    _, lines = played()
    event = Voted("p2", 2, 1, "?", None, "", later(17))
    assert f"line {len(lines) + 1} of" in str(broken([*lines, event_line(event)]))


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"more": 1},
        {"plan": [{"question": {"id": "x", "kind": "numeric"}, "seed": 1}]},
        {"plan": [{"question": {"kind": "numeric"}, "seed": 1}]},
        {"plan": [{"question": {}, "seed": 1}]},
        {"settings": {"seconds": 0}},
        {"title": {"en": "only"}},
        {"created": None},
    ],
)
def test_a_broken_header_is_an_error(change: dict[str, object]) -> None:
    _, lines = played()
    header = json.dumps(json.loads(lines[0]) | change)
    assert "line 1 of" in str(broken([header, *lines[1:]]))
    assert "line 1 of" in str(broken([header]))


@pytest.mark.parametrize("lines", [[], [""], ["{"], ["\n", "\n"]])
def test_a_journal_without_a_header_is_an_error(lines: list[str]) -> None:
    assert "line 1 of" in str(broken(lines))


def assert_same(question: Question) -> None:
    again = read_question(json.loads(json.dumps(written(question))))
    assert again == question
    assert repr(again) == repr(question)
    assert again.model_fields_set == question.model_fields_set


@pytest.mark.parametrize("question", bank(), ids=lambda question: question.id)
def test_a_question_comes_back_as_it_was_written(question: Question) -> None:
    assert_same(question)


def test_a_card_of_a_question_that_has_several_is_that_card() -> None:
    gaps = cards(bank()[3])
    assert gaps[0].id.endswith("#2")
    with pytest.raises(ValueError, match="part 9"):
        read_question(written(gaps[0]) | {"id": "t.cloze#9"})


def test_every_question_of_the_content_comes_back_as_it_was_written() -> None:
    questions = load([CONTENT]).questions
    assert len(questions) > 100
    for question in questions.values():
        assert_same(question)


def test_a_journal_holds_no_more_than_was_said() -> None:
    room, lines = played()
    assert right(room.rounds[0].own["p1"]) in lines[5]  # what p1 typed
    header = json.loads(lines[0])
    assert set(header) == {
        "format", "code", "seed", "created", "title", "topics", "settings", "plan", "host_digest",
    }  # fmt: skip
