"""What a host types becomes a frame, or says what to type instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tutor.cli.language import catalogue
from tutor.cli.output import text_width
from tutor.cli.plain_card import said
from tutor.cli.plain_commands import COMMANDS, Unclear, read_command, who
from tutor.live.seat import Seat
from tutor.live.wire import (
    Act,
    DoConclude,
    DoDiscuss,
    DoExtend,
    DoKick,
    DoRename,
    DoSetOpen,
    DoTick,
    FromHost,
    Panel,
    Revealed,
    Seated,
)
from tutor.text.localized import Localized
from tutor.text.speaker import Speaker
from tutor.text.width import cells
from tutor.text.words import Lang

SO = Localized.same("So.")
POINTS = Revealed(
    round=1, of=3, question="a.b", seed=1, prompt=SO, answer=None, explain=SO, points=(SO, SO),
    ticks=(1,), answered=0, before=None, after=None,
)  # fmt: skip
PLAYERS = tuple(
    Seated(id=f"p{n}", name=name, team=0 if n == 1 else None, connected=n != 2, answered=n == 3)
    for n, name in enumerate(["Jun", "June Lee", "민아"], 1)
)
PANEL = Panel(
    phase="asking", is_paused=False, moves=7, round=1, of=3, ballot=1, is_open=True, count=3,
    connected=2, answered=1, waiting=1, players=PLAYERS,
    can=("lock", "pause", "extend", "skip"),
)  # fmt: skip
SEAT = Seat(link="connected", panel=PANEL, scene=POINTS)


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        ("", Act(do="lock", moves=7)),
        ("next", Act(do="lock", moves=7)),
        (" LOCK ", Act(do="lock", moves=7)),
        ("pause", Act(do="pause", moves=7)),
        ("end", Act(do="end", moves=7)),
        ("extend", DoExtend(seconds=15, moves=7)),
        ("extend 90", DoExtend(seconds=90, moves=7)),
        ("discuss", DoDiscuss(talk="pairs", moves=7)),
        ("explain", DoDiscuss(talk="explain", moves=7)),
        ("kick jun", DoKick(player="p1")),
        ("kick june", DoKick(player="p2")),
        ('kick "June Lee"', DoKick(player="p2")),
        ("kick 민", DoKick(player="p3")),
        ('rename "June Lee" Juna B', DoRename(player="p2", name="Juna B")),
        ("rename Jun 'Jun K'", DoRename(player="p1", name="Jun K")),
        ("open", DoSetOpen(is_open=True)),
        ("close", DoSetOpen(is_open=False)),
        ("tick 1", DoTick(point=0, is_on=True)),
        ("tick 2", DoTick(point=1, is_on=False)),
        ("conclude it is bounded", DoConclude(text="it is bounded")),
        ("conclude", DoConclude(text="")),
    ],
)
def test_commands(line: str, frame: FromHost) -> None:
    assert read_command(line, SEAT) == frame


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dance", "There is no command “dance”"),
        ("extend soon", "how many seconds"),
        ("extend 0", "how many seconds"),
        ("extend 99999999999999999999", "how many seconds"),
        ("tick", "1 to 2"),
        ("tick 3", "1 to 2"),
        ("tick ٢", "1 to 2"),
        ("kick", "Type whom"),
        ("kick Alex", "Nobody is called “Alex”"),
        ("kick ju", "Which of them: Jun, June Lee?"),
        ("rename Jun", "both names"),
        ("rename Jun \x1b[31m", "cannot be shown safely"),
        ("rename Jun " + "x" * 81, "at most 80"),
        ("conclude a\u200bb", "cannot be shown safely"),
        ("conclude " + "x" * 2001, "at most 2,000"),
    ],
)
def test_what_is_unclear(line: str, said: str) -> None:
    with pytest.raises(Unclear) as caught:
        read_command(line, SEAT)
    assert said in str(caught.value.message)


def test_without_a_connection_nothing_is_sent() -> None:
    with pytest.raises(Unclear, match="no connection"):
        read_command("", replace(SEAT, link="lost"))


def test_who_is_here() -> None:
    said = [str(words) for words in who(PANEL)]
    assert said == [
        "3 players",
        "Jun: team A, has not answered yet",
        "June Lee: gone",
        "민아: has answered",
    ]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_command_and_what_it_does_are_one_line(lang: Lang) -> None:
    speaker = Speaker(lang, catalogue(lang))
    for command, words in COMMANDS:
        assert len(list(said(words, speaker, first=" " * 20))) == 1, command


def test_what_stands_before_a_line_is_part_of_its_width() -> None:
    lines = list(said("word " * 60, Speaker("en"), first="  1. ", rest="     "))
    assert len(lines) > 1
    assert max(map(cells, lines)) <= text_width()
