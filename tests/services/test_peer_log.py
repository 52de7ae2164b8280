"""What was answered in a room is in the player's own log once, and wrong answers come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path

import pytest

from tutor.memory.rating import Rating
from tutor.services import Services, open_services
from tutor.services.peer_log import PeerAnswer, PeerLog, record_peer
from tutor.session.study import Asking

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUESTIONS = """\
format: 1
topic: mine
title: My notes
questions:
- {id: mine.one, kind: numeric, aliases: [mine.old], prompt: "1?", answer: 1, explain: "One."}
- {id: mine.two, kind: numeric, prompt: "2?", answer: 2, explain: "Two."}
- {id: mine.gaps, kind: cloze, prompt: "The [[a]] and [[b]]", explain: "So."}
- {id: mine.talk, kind: discuss, prompt: "Why?", points: ["Since"], explain: "So."}
"""
WRONG = PeerAnswer("mine.two", 5, "3", 0.0, "off-by-one", 4200)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "mine.yaml").write_text(QUESTIONS, encoding="utf-8")
    environ = {"TUTOR_HOME": str(tmp_path), "TUTOR_CONTENT": str(folder)}
    opened = open_services(environ, "en", lambda _: NullTranslations())
    opened.clock = lambda: NOW
    opened.tz = UTC
    yield opened
    opened.close()


def test_an_answer_is_one_row(services: Services) -> None:
    assert record_peer(services, WRONG)
    assert not record_peer(services, WRONG)  # the room says it again to whoever comes back
    assert not record_peer(services, replace(WRONG, response="2", score=1.0))
    (row,) = services.store.rows()
    assert (row.question, row.seed, row.at) == ("mine.two", 5, NOW)
    assert (row.rating, row.score, row.response) == (Rating.AGAIN, 0.0, "3")
    assert (row.mistake, row.duration_ms) == ("off-by-one", 4200)
    assert record_peer(services, replace(WRONG, seed=6, score=1.0, mistake=None))
    assert [row.rating for row in services.store.rows()] == [Rating.AGAIN, Rating.GOOD]


def test_the_same_numbers_on_another_day_are_another_answer(services: Services) -> None:
    assert record_peer(services, WRONG)
    services.clock = lambda: NOW + timedelta(hours=25)
    assert record_peer(services, WRONG)


def test_a_wrong_answer_comes_back_in_the_next_study(services: Services) -> None:
    assert record_peer(services, replace(WRONG, question="mine.one", score=1.0))
    assert record_peer(services, WRONG)
    services.clock = lambda: NOW + timedelta(minutes=2)
    phase = services.start_study().state.phase
    assert isinstance(phase, Asking)
    assert phase.card.question.id == "mine.two"
    assert services.store.due(services.now(), UTC)[0] == "mine.two"


@pytest.mark.parametrize(
    "forged",
    [
        replace(WRONG, question="mine.three"),
        replace(WRONG, question="mine.talk"),  # nobody judges it
        replace(WRONG, question="x" * 100_000),
        replace(WRONG, question="\x1b]52;c;x\x07"),
        replace(WRONG, seed=-1),
        replace(WRONG, seed=2**31),
        replace(WRONG, response="\x1b[31m"),
        replace(WRONG, response="a\u202eb"),
        replace(WRONG, response="x" * 4001),
        replace(WRONG, score=float("nan")),
        replace(WRONG, score=1.5),
        replace(WRONG, score=-0.1),
        replace(WRONG, mistake="\x1b[31m"),
        replace(WRONG, mistake="a" * 201),
        replace(WRONG, mistake=""),
        replace(WRONG, took_ms=-1),
        replace(WRONG, took_ms=10**12),
    ],
)
def test_what_cannot_be_an_answer_stays_out(services: Services, forged: PeerAnswer) -> None:
    assert not record_peer(services, forged)
    assert list(services.store.rows()) == []


def test_names_of_old_and_parts_are_known(services: Services) -> None:
    assert record_peer(services, replace(WRONG, question="mine.old"))
    assert record_peer(services, replace(WRONG, question="mine.gaps#2"))
    assert not record_peer(services, replace(WRONG, question="mine.one"))
    assert [row.question for row in services.store.rows()] == ["mine.one", "mine.gaps#2"]


def test_what_is_left_out_is_said_once(services: Services) -> None:
    log = PeerLog(services)
    assert log.record(WRONG) is None
    assert log.record(WRONG) is None
    told = log.record(replace(WRONG, question="other.\x1b[31mone"))
    assert told is not None
    assert "other.�" in str(told)
    assert "\x1b" not in str(told)
    assert log.record(replace(WRONG, question="other.two")) is None
