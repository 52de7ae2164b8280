"""The host's screen, on frames that a test gives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.ui.learner import LARGE, SMALL, Learner, learner_at, make_services
from tests.ui.links import FakeLink, lobby, panel, welcome
from tutor.errors import TutorError
from tutor.kinds.face import ChoiceFace, DiscussFace, NumericFace, OrderFace
from tutor.live.wire import (
    Act,
    Asked,
    AskReport,
    Board,
    DoConclude,
    DoDiscuss,
    DoExtend,
    DoKick,
    DoRename,
    DoSetOpen,
    DoTick,
    Ended,
    Group,
    Locked,
    Reason,
    Refused,
    Report,
    Revealed,
    Row,
    Talking,
)
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.words import Lang
from tutor.ui.rooms.seated import SeatedScreen
from tutor.ui.rooms.way_in import WayIn
from tutor.ui.screens.host import HostScreen

TEAM = ("민아", "Jun", "서연", "Alex", "도윤")
HOSTILE = "[@click=app.quit]x[/]"
WAY = WayIn(
    code="KQ7M-2XPD",
    command="tutor join KQ7M-2XPD",
    urls=("http://192.168.0.12:8765/KQ7M2XPD",),
    picture=("▄▀▄▀▄▀", "▀▄▀▄▀▄"),
)
SAME = Localized.same


@pytest.fixture(autouse=True)
def _paints_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SeatedScreen, "EVERY", 0.0)


class Host(Learner):
    """A host who presses keys."""

    link: FakeLink
    reports: list[Report]

    @property
    def sent(self) -> Any:
        """What was sent since the last look."""
        sent, self.link.sent = self.link.sent, []
        return sent

    async def settle(self) -> None:
        for _ in range(3):  # and not for the worker of the link, which runs on
            await self.pilot.pause()

    async def hear(self, *frames: Any) -> None:
        self.link.receive(*frames)
        await self.pilot.pause()
        await self.settle()


@asynccontextmanager
async def host_at(
    folder: Path, size: tuple[int, int] = SMALL, lang: Lang = "en", way: WayIn = WAY
) -> AsyncIterator[Host]:
    async with learner_at(make_services(folder, lang), size=size) as learner:
        host = Host(learner.app, learner.pilot)
        host.link, host.reports = FakeLink(), []

        def keep(report: Report) -> tuple[str, ...]:
            host.reports.append(report)
            return ("2026-11-27-KQ7M2XPD.md",)

        host.app.push_screen(HostScreen(host.link, way, keep))
        await host.settle()
        yield host


def asked(**given: Any) -> Asked:
    settled: dict[str, Any] = {
        "round": 1,
        "of": 3,
        "ballot": 1,
        "topic": SAME("LSTM"),
        "face": ChoiceFace(
            prompt=SAME(r"Why $\sqrt{d_k}$?"), options=(SAME("It scales."), SAME(r"\[b\]Speed"))
        ),
        "is_open_question": False,
        "remaining_ms": 18_000,
        "is_paused": False,
    }
    return Asked(**(settled | given))


def revealed(**given: Any) -> Revealed:
    settled: dict[str, Any] = {
        "round": 1,
        "of": 3,
        "question": "lstm.gates",
        "seed": 7,
        "prompt": SAME("Why?"),
        "answer": SAME("It scales."),
        "explain": SAME("The variance grows with $d_k$."),
        "answered": 5,
        "before": 0.4,
        "after": 0.8,
        "groups": (
            Group(words=SAME("It scales."), count=4, names=TEAM[:4], is_right=True, score=1.0),
            Group(words=SAME("Speed"), count=1, names=("도윤",), is_right=False, score=0.0),
        ),
    }
    return Revealed(**(settled | given))


ASKING = ("lock", "extend", "skip", "pause", "end", "kick", "rename", "set-open")
LOCKED = ("reveal", "discuss", "skip", "pause", "end")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_room_from_lobby_to_end(tmp_path: Path, size: tuple[int, int]) -> None:
    async with host_at(tmp_path, size) as host:
        await host.hear(welcome(), lobby(), panel())
        assert "tutor join KQ7M-2XPD" in host.text
        assert "http://192.168.0.12:8765/KQ7M2XPD" in host.text
        assert "Nobody is here yet" in host.text
        await host.hear(lobby(*TEAM), panel(*TEAM))
        assert "5 players are here" in host.text
        await host.press("enter")
        assert host.sent == [Act(do="next", moves=0)]

        await host.hear(asked(), panel(*TEAM, answered=4, phase="asking", moves=1, round=1,
                                       ballot=1, can=ASKING))  # fmt: skip
        assert "Question 1 of 3" in host.text
        assert "[b]Speed" in host.text  # options are read, not marked up
        assert "4 of 5" in host.text
        assert "민아 ✓" in host.text
        assert "도윤 …" in host.text
        await host.type("+")
        await host.press("enter")
        assert host.sent == [DoExtend(seconds=15, moves=1), Act(do="lock", moves=1)]

        groups = (Group(words=SAME("Speed"), count=3, names=TEAM[:3]),
                  Group(words=SAME("It scales."), count=2, names=TEAM[3:]))  # fmt: skip
        closed = panel(*TEAM, answered=5, phase="locked", moves=2, round=1, ballot=1, can=LOCKED,
                       share=0.4, advice="discuss", groups=groups, pairs=(TEAM[1:4:2],))  # fmt: skip
        await host.hear(Locked(round=1, ballot=1), closed)
        assert "40% right: let those talk who answered differently" in host.text
        assert "Jun ↔ Alex" in host.text
        await host.press("enter")
        assert host.sent == [DoDiscuss(talk="pairs", moves=2)]

        talking = Talking(round=1, talk="pairs", remaining_ms=90_000, is_paused=False)
        await host.hear(talking, closed.model_copy(update={"phase": "talking", "moves": 3,
                                                           "can": ("next", "extend")}))  # fmt: skip
        assert "They answered differently" in host.text
        await host.press("space")
        assert host.sent == [Act(do="next", moves=3)]

        await host.hear(asked(ballot=2), panel(*TEAM, phase="asking", moves=4, ballot=2))
        assert "· second vote" in host.text
        shown = revealed(reasons=())
        await host.hear(Locked(round=1, ballot=2), shown,
                        panel(*TEAM, phase="revealed", moves=6, can=("next", "conclude")))  # fmt: skip
        assert "Answer: It scales." in host.text
        assert "Right before you talked: 40%; after it: 80%." in host.text
        assert "✗ 1" in host.text

        board = Board(rows=(Row(rank=1, name="민아", team=None, points=3, right=1, answered=1),),
                      players=5, of=3, round=3, is_last=True)  # fmt: skip
        await host.hear(board, Ended(), panel(*TEAM, phase="ended", moves=9, can=()))
        assert "The end" in host.text
        assert host.sent == [AskReport()]
        await host.hear(Report(report={"format": 1}))
        assert host.reports == [Report(report={"format": 1})]
        assert "2026-11-27-KQ7M2XPD.md" in host.text
        await host.press("escape")
        assert host.link.is_closed


async def test_notes_that_cannot_be_written_do_not_end_the_screen(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        tries: list[Report] = []

        def fail(report: Report) -> tuple[str, ...]:
            tries.append(report)
            raise TutorError(msg("The disk is full."))

        screen = HostScreen(host.link, WAY, fail)
        host.app.push_screen(screen)
        await host.settle()
        await host.hear(welcome(), Report(report={"format": 1}), lobby(*TEAM), panel(*TEAM))
        await host.hear(panel(*TEAM, moves=1))
        assert host.app.screen is screen
        assert len(tries) == 1
        assert any("The disk is full." in notice.message for notice in host.app._notifications)


async def test_what_cannot_be_undone_is_asked_for_twice(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        await host.hear(welcome(), lobby(*TEAM), panel(*TEAM))
        await host.press("tab", "down", "x")
        assert host.sent == []
        assert "x again sends Jun away" in host.text
        await host.press("x")
        assert host.sent == [DoKick(player="p2")]
        await host.press("ctrl+e")
        assert host.sent == []
        await host.press("ctrl+e")
        assert host.sent == [Act(do="end", moves=0)]
        await host.press("escape")  # from the players back to what moves the room
        await host.press("escape")
        assert not host.link.is_closed
        await host.press("escape")
        assert host.link.is_closed


async def test_an_empty_room_starts_when_it_is_asked_for_twice(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        await host.hear(welcome(), lobby(), panel())
        await host.press("enter")
        assert host.sent == []
        assert "once more starts all the same" in host.text
        await host.press("enter")
        assert host.sent == [Act(do="next", moves=0)]


async def test_everything_is_said_once(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        await host.hear(welcome(), lobby(*TEAM), panel(*TEAM))
        assert "192.168.0.12:8765" in host.lines[0]
        face = NumericFace(prompt=SAME("How many gates?"))
        await host.hear(asked(face=face),
                        panel(*TEAM, phase="asking", moves=1, round=1, ballot=1, can=ASKING))  # fmt: skip
        assert host.text.count("민아") == 1
        assert "╭" not in host.text  # the host answers nothing here
        await host.press("tab")
        assert host.text.count("민아") == 2  # to be sent away or renamed
        await host.press("tab")
        assert host.text.count("민아") == 1


async def test_a_small_team_goes_on_without_the_board(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        shown = panel(*TEAM, phase="revealed", moves=4, round=1, ballot=1, can=("next", "skip"))
        await host.hear(welcome(), asked(), revealed(), shown)
        await host.press("n")
        assert host.sent == [Act(do="next", moves=4), Act(do="next", moves=5)]
        await host.hear(shown.model_copy(update={"round": 3, "moves": 9}))
        await host.press("n")
        assert host.sent == []  # after the last question the board is where it ends


async def test_what_numbers_stand_for_stays_in_sight(tmp_path: Path) -> None:
    steps = tuple(SAME(f"step {letter} " + "x" * 30) for letter in "abc")
    face = OrderFace(prompt=SAME("Order."), steps=steps)
    groups = (Group(words=SAME("2 → 1 → 3"), count=1, names=("Jun",), is_right=False, score=0.5),)
    reason = Reason(name="Jun", words=SAME("2 → 1 → 3"), reason="so", is_right=False)
    async with host_at(tmp_path) as host:
        state = panel(*TEAM, phase="asking", moves=1, round=1, ballot=1, can=ASKING)
        await host.hear(welcome(), asked(face=face), state)
        assert "2 step b" in host.text
        assert "Which step" not in host.text  # that is for those who answer
        await host.hear(Locked(round=1, ballot=1),
                        state.model_copy(update={"phase": "locked", "groups": groups}))  # fmt: skip
        assert "2 step b" in host.text
        await host.hear(revealed(groups=groups, reasons=(reason,)))
        assert "2 step b" in host.text
        assert "~ Jun (2 → 1 → 3): so" in host.text


async def test_around_one_keyboard_no_time_runs(tmp_path: Path) -> None:
    async with host_at(tmp_path, way=WayIn("KQ7M-2XPD", "")) as host:
        await host.hear(welcome(), lobby(*TEAM), panel(*TEAM))
        assert "One keyboard is passed round. Nobody sees what the others answer." in host.text
        assert "KQ7M" not in host.text
        await host.hear(
            asked(), panel(*TEAM, phase="asking", moves=1, round=1, ballot=1, can=ASKING)
        )
        assert "left" not in host.lines[0]
        await host.press("plus", "o")
        assert host.sent == []


async def test_no_address_is_cut(tmp_path: Path) -> None:
    long = "198.151.100.200:35753/KQ7M2XPD"
    way = WayIn("KQ7M-2XPD", f"tutor join {long}", (f"http://{long}",), WAY.picture)
    async with host_at(tmp_path, way=way) as host:
        await host.hear(welcome(), lobby(*TEAM), panel(*TEAM))
        column = "".join(line[:40].strip() for line in host.lines)
        assert column.replace(" ", "").count(long) == 2


async def test_a_player_is_renamed_and_the_lobby_closed(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        await host.hear(welcome(), lobby(HOSTILE), panel(HOSTILE))
        assert HOSTILE in host.text
        await host.press("tab", "n")
        await host.press(*["backspace"] * len(HOSTILE))
        await host.type("Kim")
        await host.press("enter", "o")
        assert host.sent == [DoRename(player="p1", name="Kim"), DoSetOpen(is_open=False)]


async def test_an_open_question_has_points_to_tick_and_a_conclusion(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        face = DiscussFace(prompt=SAME("Why tanh?"), points=2)
        await host.hear(welcome(), asked(face=face, is_open_question=True),
                        panel(*TEAM, phase="asking", moves=1, can=ASKING))  # fmt: skip
        assert "votes are hidden" not in host.text
        assert "2 points should come up; they are shown when you close the talk" in host.text
        shown = revealed(answer=None, before=None, after=None, groups=(), answered=0, ticks=(1,),
                         points=(SAME("It is odd."), SAME("Its slope is 1 at 0.")))  # fmt: skip
        await host.hear(shown, panel(*TEAM, phase="revealed", moves=2,
                                     can=("next", "tick", "conclude")))  # fmt: skip
        assert "· 1 It is odd. ✓ 2 Its slope" in host.text
        await host.press("1", "2", "3", "c")
        await host.type("tanh 쓰자")
        assert "enter write it down esc back" in host.text
        await host.press("enter")
        assert host.sent == [
            DoTick(point=0, is_on=True),
            DoTick(point=1, is_on=False),
            DoConclude(text="tanh 쓰자"),
        ]


async def test_a_refusal_is_shown_and_the_language_can_be_changed(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        refused = Refused(why="stale", message=Localized("Too late.", "늦었습니다."))
        await host.hear(welcome(), lobby(), panel(), refused)
        assert "Too late." in host.text
        await host.press("f2")
        assert "늦었습니다." in host.text


async def test_a_key_of_another_state_does_nothing(tmp_path: Path) -> None:
    async with host_at(tmp_path) as host:
        await host.press("d", "e", "r", "p", "c", "g", "1", "plus", "f8", "enter", "o", "x")
        await host.hear(welcome(), lobby(), panel(can=("next",)))
        await host.press("d", "e", "r", "p", "c", "g", "1", "plus", "f8")
        assert host.sent == []
