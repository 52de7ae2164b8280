"""What the screens of a room set into lines, and what stands behind it; without an app."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from textual.content import Content

from tests.ui.fake_link import (
    asked,
    board,
    lobby,
    result,
    revealed,
    row,
    same,
    talking,
    welcome,
)
from tests.ui.learner import BEGIN, make_services
from tutor.bank.bank import Bank
from tutor.errors import TutorError
from tutor.live.seat import Seat, Timer
from tutor.live.wire import Dispute, Group, Reason, Refused, TeamRow, Why
from tutor.services.peer_log import PeerAnswer
from tutor.text.message import msg
from tutor.text.speaker import Speaker
from tutor.text.width import cells
from tutor.text.words import LANGS
from tutor.ui.rooms.board import board_lines
from tutor.ui.rooms.ending import Settled, end_lines, missed_cards
from tutor.ui.rooms.groups import group_lines
from tutor.ui.rooms.lobby import lobby_lines
from tutor.ui.rooms.options import OPTIONS, choice_of
from tutor.ui.rooms.own_card import own_card
from tutor.ui.rooms.pair import pair_lines
from tutor.ui.rooms.refusals import what_to_do
from tutor.ui.rooms.results import Results
from tutor.ui.rooms.revealed import notes_lines, outcome_lines, tally_lines
from tutor.ui.rooms.timer import timer_words
from tutor.ui.voice import Voice

EVIL = "[@click=app.quit]x[/] *y* `z` " + "매우긴이름" * 10
ROWS = (row("Jun", 1, 3, team=0), row("민아", 1, 3, team=1), row(EVIL, 3, -0.5, team=0))
GROUPS = (
    Group(words=same("3,456"), count=1, names=("Jun",), is_right=True, score=1.0),
    Group(words=same("[/] " * 40), count=70, names=("민아", EVIL), is_right=False, score=0.0,
          mistake=same("Three blocks.")),
)  # fmt: skip
BOARD = board(
    *ROWS,
    teams=(
        TeamRow(rank=1, team=1, points=3, players=1),
        TeamRow(rank=2, team=0, points=1.25, players=2),
    ),
    disputes=(Dispute(round=1, prompt=same("How many? " * 20), groups=GROUPS),),
)
REVEALED = revealed(
    after=0.75, groups=GROUPS, points=(same("centred"), same("bounded")), ticks=(1,),
    conclusion=EVIL, closest=("Jun", EVIL),
    reasons=(Reason(name="Jun", words=same("3,456"), reason=EVIL, is_right=True),),
)  # fmt: skip
RESULT = result("2592", 0.5, diagnosis=same("Half."), understood=same("2,592"), first_score=1.0)
Lines = Callable[[Voice, int], Sequence[Content]]
EVERYTHING: dict[str, Lines] = {
    "lobby": lambda voice, width: lobby_lines(lobby("Jun", EVIL), welcome(name=EVIL), voice, width),
    "groups": lambda voice, width: group_lines(GROUPS, voice, same("3,456"), width),
    "pair": lambda voice, width: pair_lines(
        talking(same("3,456"), EVIL, "Jun", EVIL), voice, width
    ),
    "board": lambda voice, width: board_lines(BOARD, voice, ROWS[1], width),
    "outcome": lambda voice, width: outcome_lines(REVEALED, RESULT, voice, width),
    "tally": lambda voice, width: tally_lines(REVEALED, RESULT, voice, width),
    "notes": lambda voice, width: notes_lines(REVEALED, voice, width),
    "end": lambda voice, width: end_lines(
        BOARD, ROWS[1], [Settled(RESULT, same("How?")), Settled(result("1", 0.0), same(EVIL))],
        voice, width,
    ),
}  # fmt: skip


def english(lines: Lines, width: int = 76) -> str:
    """Return lines in one, with single spaces."""
    return " ".join(" ".join(line.plain for line in lines(Voice(Speaker("en")), width)).split())


@pytest.mark.parametrize("width", [36, 76])
@pytest.mark.parametrize("lines", EVERYTHING.values(), ids=EVERYTHING)
def test_no_line_is_too_wide_and_nothing_is_markup(lines: Lines, width: int) -> None:
    for lang in LANGS:
        for line in lines(Voice(Speaker(lang)), width):
            assert cells(line.plain) <= width
            assert not any("@click" in str(span.style) for span in line.spans)


def test_the_board_marks_ties_teams_and_disputes() -> None:
    said = english(EVERYTHING["board"])
    assert "=1 Jun team A 3 points" in said
    assert "▸ =1 민아 team B 3 points" in said
    assert "3 [@click=app.quit]x[/] *…" in said
    assert "−0.5 points" in said
    assert "▸ 1 team B 3 1 player 2 team A 1.2 2 players" in said
    assert "You were divided over 1 How many?" in said
    me = row("Me", 40, 0)
    outside = english(lambda voice, width: board_lines(BOARD, voice, me, width))
    assert "⋯ ▸ 40 Me 0 points" in outside


def test_groups_name_who_is_in_them_and_how_many_more() -> None:
    said = english(EVERYTHING["groups"])
    assert said.startswith("✓ 1 ▱▱▱▱▱▱▱▱▱▱ 3,456 ← you Jun ✗ 70 ▰▰▰▰▰▰▰▰▰▰ [/] [/]")
    assert said.endswith("68 more")
    before = [group.model_copy(update={"is_right": None, "score": None}) for group in GROUPS]
    hidden = english(lambda voice, width: group_lines(before, voice, None, width))
    assert "✓" not in hidden
    assert "✗" not in hidden


def test_the_tally_tells_points_gain_and_who_was_closest() -> None:
    said = english(EVERYTHING["tally"])
    assert said.startswith("+3 for you (certain), 3 in all. Your first answer was right.")
    assert "Right before you talked: 50%; after it: 75%. Closest: Jun, [@click" in said
    notes = english(EVERYTHING["notes"])
    assert "· 1 centred ✓ 2 bounded Conclusion: [@click=app.quit]x[/] *y* `z`" in notes
    assert "✓ Jun (3,456): [@click=app.quit]x[/] *y* `z`" in notes


@pytest.mark.parametrize(
    ("timer", "words"),
    [
        (Timer(), None),
        (Timer(1000.2, 90_000), "1:31 left"),
        (Timer(910.0, 90_000), "time is up"),
        (Timer(None, 30_000, is_paused=True), "paused at 0:30"),
        (Timer(None, None, is_paused=True), "paused"),
    ],
)
def test_the_time_is_told_in_words(timer: Timer, words: str | None) -> None:
    told = timer_words(timer, 910.0)
    assert (None if told is None else str(told)) == words


def test_every_refusal_that_ends_a_seat_says_what_to_do() -> None:
    ends = {
        "version",
        "no-room",
        "wrong-token",
        "full",
        "shut",
        "name",
        "elsewhere",
        "kicked",
        "gone",
    }
    assert ends <= set(get_args(Why))
    for why in ends:
        assert what_to_do(Refused(why=why, message=same("No."), is_final=True)) is not None  # type: ignore[arg-type]  # one of them


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    services = make_services(Path(tmp_path_factory.mktemp("bank")))
    yield services.load_bank()
    services.close()


@pytest.mark.parametrize(
    ("name", "seed", "score", "is_found"),
    [
        ("lstm.count", 1, 0.0, True),
        ("lstm.count", 1, 1.0, False),  # the server judges otherwise
        ("lstm.range", 1, 0.0, False),  # it looks otherwise
        ("lstm.why", 1, 0.0, False),  # nobody can ask it in a room
        ("nobody.knows", 1, 0.0, False),
    ],
)
def test_the_own_card_is_shown_only_if_it_is_the_same(
    bank: Bank, name: str, seed: int, score: float, is_found: bool
) -> None:
    face = asked(bank.questions["lstm.count"]).face
    outcome = result("2592", score, question=name, seed=seed)
    found = own_card(bank, face, revealed(name, seed), outcome, BEGIN)
    assert (found is not None) == is_found
    if found is not None:
        assert found.answered is not None
        assert found.answered.verdict.diagnosis is not None
    assert own_card(None, face, revealed(name, seed), outcome, BEGIN) is None


def test_a_card_with_other_numbers_is_another(bank: Bank) -> None:
    choice = bank.questions["lstm.range"]
    shown = {seed: asked(choice, seed).face for seed in range(1, 8)}
    other = next(seed for seed, face in shown.items() if face != shown[1])
    told = revealed("lstm.range", other)
    assert own_card(bank, shown[1], told, None, BEGIN) is None
    found = own_card(bank, shown[other], told, None, BEGIN)
    assert found is not None
    assert found.answered is None


def test_a_result_is_recorded_once_and_tried_again_after_an_error(bank: Bank) -> None:
    tries: list[PeerAnswer] = []

    def record(answer: PeerAnswer) -> None:
        tries.append(answer)
        if len(tries) == 1:
            raise TutorError(msg("The disk is full."))

    results = Results(record)
    question = asked(bank.questions["lstm.count"])
    seat = Seat(asked=question, result=result("2592", 0.0, first_mistake="three-blocks"))
    gone = replace(seat, result=None)
    assert isinstance(results.note(seat), TutorError)
    assert results.note(seat) is None
    assert len(tries) == 1  # the same frame, painted again
    for now in (gone, seat, gone, seat, seat):
        assert results.note(now) is None
    assert len(tries) == 2
    assert (tries[1].question, tries[1].response, tries[1].score) == ("elsewhere.card", "2592", 0.0)
    assert (tries[1].mistake, tries[1].took_ms) == ("three-blocks", 4000)
    unanswered = result(None, None, round=2, question="lstm.range")
    assert results.note(replace(seat, result=unanswered)) is None
    assert len(tries) == 2
    assert [settled.is_missed for settled in results.settled] == [True, True]
    assert missed_cards(results.settled, bank) == ["lstm.range"]


def test_what_the_host_chooses_is_what_the_room_gets() -> None:
    first: dict[str, Any] = {option.name: option.values[option.first] for option in OPTIONS}
    choice = choice_of(("lstm",), first)
    assert (choice.topics, choice.count, choice.seconds) == (("lstm",), 10, 60)
    assert (choice.difficulty, choice.misses, choice.settings.confidence) == ((1, 3), False, True)
    for option in OPTIONS:
        assert len(option.values) == len(option.words)
        for value in option.values:
            made = choice_of((), first | {option.name: value})
            where = made if hasattr(made, option.name) else made.settings
            assert getattr(where, option.name) == value
            assert made.settings.seconds == made.seconds
