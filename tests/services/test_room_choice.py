"""The host's choice, from the bank, this machine's log and earlier rooms."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path

import pytest

from tutor.errors import ExitCode, TutorError
from tutor.live.proposal import open_frame
from tutor.live.wire import Open
from tutor.services import Services, open_services
from tutor.services.earlier_rooms import RoomMiss, earlier_misses
from tutor.services.peer_log import PeerAnswer, record_peer
from tutor.services.room_choice import RoomChoice, choose, choose_and_tell
from tutor.services.room_notes import kept_sessions, write_file, write_notes
from tutor.session.room.report import SessionReport
from tutor.session.room.settings import RoomSettings
from tutor.text.localized import Localized
from tutor.text.speaker import ENGLISH

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def questions(topic: str) -> str:
    head = (
        f"format: 1\ntopic: {topic}\ntitle: {{en: Topic {topic}, ko: 주제 {topic}}}\nquestions:\n"
    )
    return head + "".join(
        f'- {{id: {topic}.q{n}, kind: numeric, difficulty: {n % 3 + 1}, prompt: "{topic}{n}?",'
        f' answer: {n}, explain: "So."}}\n'
        for n in range(6)
    )


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    folder = tmp_path / "taught"
    folder.mkdir()
    for topic in ("one", "two"):
        (folder / f"{topic}.yaml").write_text(questions(topic), encoding="utf-8")
    environ = {"TUTOR_HOME": str(tmp_path), "TUTOR_CONTENT": str(folder)}
    opened = open_services(environ, "en", lambda _: NullTranslations())
    opened.clock = lambda: NOW
    opened.tz = UTC
    opened.draw_seed = lambda: 3
    yield opened
    opened.close()


def ids(services: Services, choice: RoomChoice) -> list[str]:
    return [planned.question.id for planned in choose(services, choice).questions]


def test_a_plan_has_title_topics_and_settings(services: Services) -> None:
    settings = RoomSettings(teams=2)
    plan = choose(services, RoomChoice(("two",), count=4, seconds=30, settings=settings))
    assert plan.title == Localized("Topic two", "주제 two")
    assert plan.topics == {"two": plan.title}
    assert plan.settings == RoomSettings(teams=2, seconds=30)
    assert {planned.question.id[:3] for planned in plan.questions} == {"two"}
    assert choose(services, RoomChoice(count=4)).title == Localized(
        "Topic one, Topic two", "주제 one, 주제 two"
    )


def test_fewer_than_asked_for_is_said(services: Services) -> None:
    chosen = choose_and_tell(services, RoomChoice(("one",), count=10, difficulty=(1, 2)))
    assert len(chosen.plan.questions) == 4
    assert [str(note) for note in chosen.notes] == ["There are only 4 such questions."]
    assert choose_and_tell(services, RoomChoice(count=10)).notes == ()


def test_what_is_not_there_is_a_usage_error(services: Services) -> None:
    with pytest.raises(TutorError) as caught:
        choose(services, RoomChoice(("tow",)))
    assert caught.value.exit_code is ExitCode.USAGE
    assert "two" in str(caught.value.hint)


def test_no_question_fits(tmp_path: Path) -> None:
    folder = tmp_path / "taught"
    folder.mkdir()
    text = 'format: 1\ntopic: one\ntitle: One\nquestions:\n- {id: one.a, kind: flashcard, prompt: "?", back: b, explain: "So."}\n'
    (folder / "one.yaml").write_text(text, encoding="utf-8")
    environ = {"TUTOR_HOME": str(tmp_path), "TUTOR_CONTENT": str(folder)}
    opened = open_services(environ, "en", lambda _: NullTranslations())
    with pytest.raises(TutorError, match="No question fits"):
        choose(opened, RoomChoice())
    opened.close()


def miss(services: Services, card: str, seed: int = 1, ago: float = 0) -> None:
    services.clock = lambda: NOW - timedelta(days=ago)
    assert record_peer(services, PeerAnswer(card, seed, "x", 0.0, None, 1))
    services.clock = lambda: NOW


def report(card: str, right: int, wrong: int, ended: datetime = NOW) -> SessionReport:
    vote = {"text": "1", "words": "1", "sure": None, "reason": "", "mistake": None,
            "diagnosis": None}  # fmt: skip
    answers = [
        {"player": f"P{n}", "seed": None, "answer": None, "second": None, "points": 0.0,
         "first": vote | {"score": float(n < right)}}
        for n in range(right + wrong)
    ]  # fmt: skip
    asked = {
        "number": 1, "question": card, "seed": 1, "kind": "numeric", "topic": "One",
        "face": {"kind": "numeric", "prompt": "?"}, "answer": "1", "explain": "So.",
        "own_numbers": False, "answers": answers, "before": right / (right + wrong),
        "after": None, "talk": None, "pairs": [], "points": [], "mistakes": [],
        "conclusion": "",
    }  # fmt: skip
    return SessionReport.model_validate(
        {
            "code": "A4M2HB1G", "title": "Test", "began": NOW, "ended": ended, "teams": 0,
            "confidence": False, "players": [], "rounds": [asked], "skipped": [],
        }
    )  # fmt: skip


def test_misses_come_first_and_are_accounted_for(services: Services) -> None:
    miss(services, "one.q1")
    miss(services, "two.q4", seed=1)
    miss(services, "two.q4", seed=2)
    miss(services, "one.q2", ago=40)  # too long ago
    write_notes(report("two.q0", 1, 4), services.paths.sessions, ENGLISH, UTC)
    chosen = choose_and_tell(services, RoomChoice(count=6, misses=True))
    asked = [planned.question.id for planned in chosen.plan.questions]
    assert asked[:3] == ["two.q0", "two.q4", "one.q1"]
    assert [str(note) for note in chosen.notes] == [
        "2 questions that you missed.",
        "1 question that earlier rooms missed.",
        "3 questions from topics that are due.",
    ]
    assert chosen.plan.title == Localized("What we missed", "What we missed")


def test_misses_keep_to_topics_and_difficulty(services: Services) -> None:
    miss(services, "one.q1")
    miss(services, "two.q4")
    assert ids(services, RoomChoice(("two",), count=1, misses=True)) == ["two.q4"]
    assert "one.q1" not in ids(services, RoomChoice(misses=True, difficulty=(1, 1)))


def test_a_miss_fades(services: Services) -> None:
    miss(services, "one.q1", ago=20)
    miss(services, "one.q1", ago=21, seed=2)
    miss(services, "one.q2")
    assert ids(services, RoomChoice(count=2, misses=True)) == ["one.q2", "one.q1"]


def test_without_misses_what_is_due_is_asked(services: Services) -> None:
    chosen = choose_and_tell(services, RoomChoice(("one",), count=2, misses=True))
    assert [str(note) for note in chosen.notes] == ["2 other questions."]


def test_rooms_that_knew_it_or_are_long_over_missed_nothing(services: Services) -> None:
    folder = services.paths.sessions
    write_notes(report("one.q0", 4, 1), folder, ENGLISH, UTC)
    assert list(earlier_misses(folder, NOW - timedelta(days=1))) == []
    write_notes(report("one.q0", 2, 3), folder, ENGLISH, UTC)
    assert list(earlier_misses(folder, NOW)) == [RoomMiss("one.q0", 3, NOW)]
    assert list(earlier_misses(folder, NOW + timedelta(seconds=1))) == []


def test_what_is_no_session_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "b.json").write_bytes(b"\xff")
    (tmp_path / "c.json").mkdir()
    assert list(kept_sessions(tmp_path)) == []
    assert list(kept_sessions(tmp_path / "nowhere")) == []


def test_notes_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    kept = tmp_path / "sessions"
    said = report("one.q0", 1, 1)
    assert write_notes(said, kept, ENGLISH, UTC) == (
        kept / "2026-03-02-A4M2HB1G.md",
        kept / "2026-03-02-A4M2HB1G.json",
    )
    to = tmp_path / "docs" / "day14.md"
    assert write_notes(said, kept, ENGLISH, UTC, to) == (to, to.with_suffix(".json"))
    assert "# Test" in to.read_text(encoding="utf-8")
    assert list(kept_sessions(kept)) == [said]


def test_a_server_does_not_choose_the_file(tmp_path: Path) -> None:
    forged = report("one.q0", 1, 1).model_copy(update={"code": "../../etc"})
    files = write_notes(forged, tmp_path / "sessions", ENGLISH, UTC)
    assert {path.parent for path in files} == {tmp_path / "sessions"}


def test_notes_that_cannot_be_written_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(TutorError, match="cannot be written"):
        write_notes(report("one.q0", 1, 1), tmp_path, ENGLISH, UTC, tmp_path / "file" / "a.md")


def test_notes_that_cannot_be_written_are_kept_among_the_sessions(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said, kept = report("one.q0", 1, 1), tmp_path / "sessions"
    with pytest.raises(TutorError) as raised:
        write_notes(said, kept, ENGLISH, UTC, tmp_path / "file" / "a.md")
    assert "tutor report --to" in str(raised.value.hint)
    assert list(kept_sessions(kept)) == [said]


def test_a_disk_without_room_leaves_a_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notes.md"
    write_file(path, "of yesterday")

    def full(path: Path, text: str, **_given: object) -> None:
        path.write_bytes(text[:2].encode())
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(TutorError, match="No space"):
        write_file(path, "of today")
    assert path.read_bytes() == b"of yesterday"
    assert list(tmp_path.iterdir()) == [path]


def test_a_plan_travels(services: Services) -> None:
    plan = choose(services, RoomChoice(count=3))
    plan = replace(plan, settings=RoomSettings(speed=True))
    frame = open_frame(plan, 5, "key")
    again = Open.model_validate_json(frame.model_dump_json())
    assert again == frame
    assert [item.seed for item in again.plan] == [planned.seed for planned in plan.questions]
    assert again.settings.speed
