from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path

import pytest

from tutor.bank.entry import Entry
from tutor.errors import ExitCode, TutorError
from tutor.grading.formula import Value
from tutor.kinds.numeric import PosedNumeric
from tutor.memory.rating import Rating
from tutor.services import Services, open_services
from tutor.services.paths import APP, find_paths
from tutor.services.study_run import StudyRun
from tutor.session.events import Rate, Resize, Skip, Submit
from tutor.session.study import Answered, Asking, Finished
from tutor.store.local_zone import LocalZone

QUESTIONS = """\
format: 1
topic: mine
title: My notes
questions:
- {id: mine.one, kind: numeric, prompt: "1?", answer: 1, explain: "One."}
- {id: mine.two, kind: numeric, prompt: "2?", answer: 2, explain: "Two."}
"""
MISTAKEN = """\
- id: mine.count
  kind: numeric
  draw: {d: {choose: [8, 9, 10, 11, 12]}, h: {choose: [24, 25, 26, 27]}}
  compute: {lstm: {engine: lstm_params, args: {input_size: d, hidden_size: h}}}
  prompt: "{d} and {h}?"
  answer: lstm.total
  mistakes: [{id: sizes-added, value: d + h, say: "{d} and {h} are added."}]
  explain: "So."
"""


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "mine.yaml").write_text(QUESTIONS, encoding="utf-8")
    opened = open_services({"TUTOR_HOME": str(tmp_path)}, "en", lambda _: NullTranslations())
    yield opened
    opened.close()


def test_an_answer_is_in_the_log_before_the_session_goes_on(services: Services) -> None:
    run = services.start_study(["mine"])
    run.send(Submit("1", run.now()))
    assert [row.question for row in services.store.rows()] == ["mine.one"]
    run.send(Rate(Rating.EASY, run.now()))
    rows = list(services.store.rows())
    assert [(row.action.value, row.rating) for row in rows] == [
        ("answer", Rating.GOOD),
        ("rerate", Rating.EASY),
    ]


def test_what_cannot_be_written_is_not_shown_as_saved(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = services.start_study(["mine"])

    def full(answer: object) -> None:
        raise TutorError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(services.store, "record", full)
        with pytest.raises(TutorError):
            run.send(Submit("1", run.now()))
        assert isinstance(run.state.phase, Asking)
    run.send(Submit("1", run.now()))
    assert isinstance(run.state.phase, Answered)


def test_the_right_cards_come_back_tomorrow(services: Services) -> None:
    day = datetime(2026, 3, 2, 9, tzinfo=UTC)
    services.clock = lambda: day
    services.tz = UTC
    run = services.start_study(["mine"])
    for _ in range(2):
        assert isinstance(run.state.phase, Asking)
        run.send(Submit(run.state.phase.posed.prompt.en[0], day))
        run.send(Rate(Rating.EASY, day))
    assert isinstance(run.state.phase, Finished)
    assert services.home().due == 0
    due = services.store.memories(["mine.one"])["mine.one"].due
    assert due is not None
    services.clock = lambda: due + timedelta(hours=1)
    again = services.start_study(["mine"])
    assert isinstance(again.state.phase, Asking)


def test_an_unknown_topic(services: Services) -> None:
    with pytest.raises(TutorError) as caught:
        services.start_study(["mime"])
    assert caught.value.exit_code is ExitCode.USAGE
    assert "mine" in str(caught.value.hint)


def test_paths_come_from_the_environment_and_the_command_line(tmp_path: Path) -> None:
    environ = {"TUTOR_HOME": str(tmp_path), "TUTOR_CONTENT": "/from/environment"}
    assert find_paths(environ, None).content == Path("/from/environment")
    assert find_paths(environ, "/given").content == Path("/given")
    assert find_paths(environ, None).questions == tmp_path / "questions"
    assert find_paths(environ, None).cache == tmp_path / "cache"
    elsewhere = find_paths({}, None)
    assert elsewhere.cache is not None
    assert elsewhere.cache.name == APP
    assert elsewhere.cache != elsewhere.data


def test_questions_are_kept_in_the_cache_and_indexed_alike(
    services: Services, tmp_path: Path
) -> None:
    os.utime(tmp_path / "questions" / "mine.yaml", (1e9, 1e9))
    cold = services.load_bank()
    fingerprint = services.store.bank_fingerprint
    assert list((tmp_path / "cache" / "questions").glob("*.json"))
    cached = services.read_bank()
    assert cached == cold
    services.adopt_bank(cached)
    assert services.store.bank_fingerprint == fingerprint
    assert isinstance(services.start_study(["mine"]).state.phase, Asking)


def test_only_the_questions_of_a_session_are_made_from_the_cache(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(services, CLOZE.replace("gates,", "gates, aliases: [mine.old],"))
    os.utime(tmp_path / "questions" / "mine.yaml", (1e9, 1e9))
    services.load_bank()
    made: list[str] = []
    own = Entry.card

    def card(entry: Entry, part: int) -> object:
        made.append(entry.id)
        return own(entry, part)

    monkeypatch.setattr(Entry, "card", card)
    services.adopt_bank(services.read_bank())
    run = services.start_study(questions=["mine.two"])
    assert {name for name in made if name.startswith("mine.")} == {"mine.two"}
    made.clear()
    services.adopt_bank(services.read_bank())
    run.renew()
    assert {name for name in made if name.startswith("mine.")} == {"mine.two"}


@pytest.fixture
def in_berlin() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.usefixtures("in_berlin")
def test_the_local_zone_knows_summer_time() -> None:
    zone = LocalZone()
    winter = datetime(2026, 1, 15, 12, tzinfo=UTC).astimezone(zone)
    summer = datetime(2026, 7, 15, 12, tzinfo=UTC).astimezone(zone)
    assert (winter.hour, summer.hour) == (13, 14)
    assert winter.astimezone(UTC).hour == summer.astimezone(UTC).hour == 12


def test_a_card_that_another_tutor_asked_meanwhile_is_scheduled_from_there(
    services: Services,
) -> None:
    day = datetime(2026, 3, 2, 9, tzinfo=UTC)
    services.clock = lambda: day
    mine, theirs = services.start_study(["mine"]), services.start_study(["mine"])
    theirs.send(Submit("1", day))
    theirs.send(Rate(Rating.EASY, day))
    state = mine.send(Submit("1", day))
    assert isinstance(state.phase, Answered)
    good = state.phase.outcomes[Rating.GOOD]
    assert good == services.store.memories(["mine.one"])["mine.one"]
    assert good.reps == 2


def test_a_link_to_no_lab_is_a_problem_of_the_questions(services: Services) -> None:
    file = services.paths.questions / "mine.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("answer: 1,", "answer: 1, lab: {name: nowhere},"), "utf-8")
    bank = services.load_bank()
    assert [(problem.file, problem.line) for problem in bank.problems] == [(file, 5)]
    assert "nowhere" in str(bank.problems[0])
    assert "mine.one" in bank.questions


def test_a_question_that_is_renamed_keeps_its_progress(services: Services) -> None:
    run = services.start_study(["mine"])
    run.send(Submit("1", run.now()))
    file = services.paths.questions / "mine.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("{id: mine.one,", "{id: mine.first, aliases: [mine.one],"), "utf-8"
    )
    services.adopt_bank(services.read_bank())
    assert services.store.memories(["mine.first"])["mine.first"].reps == 1
    (topic,) = (t for t in services.home().topics if t.topic == "mine")
    assert topic.seen == 1


def test_a_question_that_has_no_answer_is_passed_over(services: Services) -> None:
    file = services.paths.questions / "mine.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("answer: 1,", "answer: 1 / (1 - 1),"), "utf-8")
    run = services.start_study(["mine"])
    assert isinstance(run.state.phase, Asking)
    assert run.state.phase.posed.question == "mine.two"


def mistaken(services: Services, mistake: str, sizes: dict[str, Value] | None = None) -> str:
    """Answer a computed question by one of its mistakes, and return what is said to it."""
    run = services.start_study(questions=["mine.count"])
    if sizes:
        run.send(Resize(sizes, run.now()))
    phase = run.state.phase
    assert isinstance(phase, Asking)
    assert isinstance(phase.posed, PosedNumeric)
    (value,) = (made.value for made in phase.posed.mistakes if made.id == mistake)
    state = run.send(Submit(str(value), run.now()))
    assert isinstance(state.phase, Answered)
    assert state.phase.verdict.diagnosis is not None
    return str(state.phase.verdict.diagnosis.message)


@pytest.fixture
def counting(services: Services) -> Services:
    file = services.paths.questions / "mine.yaml"
    file.write_text(QUESTIONS + MISTAKEN, encoding="utf-8")
    return services


def words(services: Services) -> dict[str, tuple[int, str | None]]:
    met = services.met_mistakes(services.stats())
    return {made.mistake: (made.recent, made.message and str(made.message)) for made in met}


def test_mistakes_are_told_in_the_words_of_their_latest_diagnosis(counting: Services) -> None:
    services = counting
    said = [mistaken(services, "three-blocks") for _ in range(3)]
    own = mistaken(services, "sizes-added", {"d": 5, "h": 7})
    assert own == "5 and 7 are added."
    assert len(set(said)) > 1  # other numbers each time
    assert words(services) == {"three-blocks": (3, said[-1]), "sizes-added": (1, own)}


def test_a_mistake_of_a_question_that_changed_or_went_is_known_by_its_id(
    counting: Services,
) -> None:
    services = counting
    said = mistaken(services, "three-blocks")
    mistaken(services, "sizes-added")
    file = services.paths.questions / "mine.yaml"
    changed = (QUESTIONS + MISTAKEN).replace("value: d + h", "value: d + h + 1")
    file.write_text(changed, encoding="utf-8")
    services.adopt_bank(services.read_bank())
    assert words(services) == {"three-blocks": (1, said), "sizes-added": (1, None)}
    refused = changed.replace("input_size: d", "input_size: d - d")
    file.write_text(refused, encoding="utf-8")
    services.adopt_bank(services.read_bank())
    assert words(services) == {"three-blocks": (1, None), "sizes-added": (1, None)}
    file.write_text(QUESTIONS, encoding="utf-8")
    services.adopt_bank(services.read_bank())
    assert words(services) == {"three-blocks": (1, None), "sizes-added": (1, None)}
    made = services.met_mistakes(services.stats())[1]
    assert str(made.words) == r"three\-blocks"


def test_a_renamed_question_tells_a_mistake_with_the_numbers_of_then(counting: Services) -> None:
    services = counting
    said = mistaken(services, "three-blocks")
    renamed = MISTAKEN.replace("mine.count", "mine.new\n  aliases: [mine.count]")
    file = services.paths.questions / "mine.yaml"
    file.write_text(QUESTIONS + renamed, encoding="utf-8")
    services.adopt_bank(services.read_bank())
    assert "mine.new" in services.load_bank().questions
    assert words(services) == {"three-blocks": (1, said)}


def test_only_the_first_ten_mistakes_are_posed_again(
    counting: Services,
) -> None:
    services = counting
    mistaken(services, "three-blocks")
    counted = services.stats()
    many = replace(counted, mistakes=counted.mistakes * 12)
    met = services.met_mistakes(many)
    assert [made.message is not None for made in met] == [True] * 10 + [False] * 2


CLOZE = "- {id: mine.gates, kind: cloze, prompt: 'The [[forget]] and [[input]]', explain: 'x'}\n"


def add(services: Services, text: str) -> None:
    file = services.paths.questions / "mine.yaml"
    file.write_text(QUESTIONS + text, encoding="utf-8")


def cards_of(run: StudyRun) -> list[str]:
    """The cards of a session, in order."""
    asked = []
    while isinstance(run.state.phase, Asking):
        asked.append(run.state.phase.posed.question)
        run.send(Skip(run.now()))
    return asked


def test_one_gap_a_day_but_all_when_they_are_asked_for(services: Services) -> None:
    page = "pages:\n- {id: mine.page, title: P, body: x, ask: [mine.gates]}\n"
    add(services, CLOZE + page)
    assert cards_of(services.start_study(["mine"])) == ["mine.one", "mine.two", "mine.gates#1"]
    both = ["mine.gates#1", "mine.gates#2"]
    assert cards_of(services.start_study(page="mine.page")) == both
    assert cards_of(services.start_study(questions=["mine.gates"])) == both
    assert cards_of(services.start_study(questions=["mine.gates#2"])) == both[1:]
    assert cards_of(services.start_study(["mine"], ahead=True)) == [
        "mine.one", "mine.gates#2", "mine.two", "mine.gates#1",
    ]  # fmt: skip


def test_what_was_answered_before_the_split_counts_for_the_first_gap(services: Services) -> None:
    add(services, CLOZE.replace("[[input]]", "input"))
    run = services.start_study(questions=["mine.gates"])
    run.send(Submit("forget", run.now()))
    assert [row.question for row in services.store.rows()] == ["mine.gates"]
    add(services, CLOZE)
    services.adopt_bank(services.read_bank())
    cards = ["mine.gates#1", "mine.gates#2"]
    assert [services.store.memories(cards)[card].reps for card in cards] == [1, 0]
    run = services.start_study(questions=cards[1:])
    run.send(Submit("input", run.now()))
    add(services, CLOZE.replace("[[input]]", "input"))
    services.adopt_bank(services.read_bank())
    assert services.store.memories(["mine.gates"])["mine.gates"].reps == 1
